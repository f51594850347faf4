"""What the room's screens may show, and until when: reveals, words for all, and hidden truths."""

from __future__ import annotations

import pathlib

import pytest

import tabletop
from tabletop.engine.adjudication import RulingRefused
from tabletop.session import Facilitator, Journal, Session, open_session
from tabletop.session.passwords import has_word, new_word, opens, word_number
from tabletop.session.public_screen import announcements, is_facilitated, reveal, told_truths


@pytest.fixture
def session(tmp_path: pathlib.Path, summit: tabletop.Scenario) -> Session:
    everybody = [seat.id for seat in summit.seats]
    return Session(summit, seed=7, pack="summit-2018", humans=everybody, journal=Journal(tmp_path / "saves"))


@pytest.fixture
def facilitator(session: Session) -> Facilitator:
    return Facilitator(session)


def in_the_calendar(facilitator: Facilitator) -> None:
    """Plays the first week up to its calendar."""
    session = facilitator.session
    facilitator.decide("washington", "ask_about_weapons")
    facilitator.decide("washington", "demand_evidence")
    while session.state.phase == "planning":
        facilitator.decide(session.state.acting[0], "pass")


def test_what_came_of_a_phase_is_held_until_the_facilitator_goes_on(facilitator: Facilitator) -> None:
    session = facilitator.session
    in_the_calendar(facilitator)
    latest = reveal(session)
    assert latest.held
    assert "demand_evidence" in [entry.rule for entry in latest.entries]
    facilitator.go_to_next()
    assert not reveal(session).held


def test_the_calendars_decision_and_the_end_of_the_week_are_revealed(facilitator: Facilitator) -> None:
    session = facilitator.session
    in_the_calendar(facilitator)
    facilitator.go_to_next()
    facilitator.decide("washington", session.view("washington").actions[1])
    latest = reveal(session)
    assert session.state.turn == 2
    assert latest.held
    assert {"calendar", "upkeep"} <= {entry.phase for entry in latest.entries}
    assert session.state.card not in [entry.rule for entry in latest.entries if entry.kind == "card"]
    while session.state.card is not None:
        asked = session.state.acting[0]
        facilitator.decide(asked, session.view(asked).actions[0])
    facilitator.decide("tokyo", "pass")  # somebody chooses face down: the room has gone on
    assert not reveal(session).held


def test_nothing_is_held_in_a_game_without_a_facilitator(session: Session) -> None:
    session.decide("washington", "ask_about_weapons")
    assert not is_facilitated(session)
    assert reveal(session).tells
    assert not reveal(session).held


def test_words_for_everybody_stand_until_the_turn_is_over(facilitator: Facilitator) -> None:
    session = facilitator.session
    facilitator.note("Ten minutes more.", shown=True)
    facilitator.note("They are tired.")
    in_the_calendar(facilitator)
    assert [note.text for note in announcements(session)] == ["Ten minutes more."]
    facilitator.decide("washington", session.view("washington").actions[0])
    assert session.state.turn == 2
    assert announcements(session) == []


def test_hidden_truths_are_told_when_the_facilitator_says_so(facilitator: Facilitator) -> None:
    session = facilitator.session
    with pytest.raises(RulingRefused, match="the game is not over"):
        facilitator.tell_truth()
    for seat in session.humans:
        facilitator.hand(seat, "random")
    facilitator.note("On to the end.")
    for _ in session.run_bots():
        pass
    assert session.state.finished
    assert told_truths(session) == frozenset()
    with pytest.raises(RulingRefused, match="there is no hidden truth 'mood'"):
        facilitator.tell_truth(["mood"])
    facilitator.tell_truth()
    assert told_truths(session) == {"intention"}
    journal = session.journal
    assert journal is not None
    assert told_truths(open_session(journal, session.id, watch=True)[0]) == {"intention"}


def test_alone_or_without_a_facilitator_they_are_told_with_the_verdict(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=7)
    assert told_truths(session) == frozenset()
    for _ in session.run_bots():
        pass
    assert told_truths(session) == {"intention"}


def test_a_word_opens_the_screen_of_its_seat_until_another_is_given_out(facilitator: Facilitator) -> None:
    session = facilitator.session
    assert not has_word(session.commands, "tokyo")
    assert not opens(session.commands, "tokyo", "")
    facilitator.give_word("tokyo", "Heron Maple")
    first = word_number(session.commands, "tokyo")
    assert opens(session.commands, "tokyo", " heron  maple ")
    assert not opens(session.commands, "tokyo", "heron")
    assert not opens(session.commands, "seoul", "heron maple")
    facilitator.give_word("tokyo", new_word())
    assert not opens(session.commands, "tokyo", "heron maple")
    assert word_number(session.commands, "tokyo") > first
    assert "heron" not in "".join(command.line() for command in session.commands).lower()
    with pytest.raises(RulingRefused, match="at least 4 letters"):
        facilitator.give_word("tokyo", "  a ")
