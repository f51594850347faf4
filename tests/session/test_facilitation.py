"""Facilitation: cards, values, overrulings, seats, phases and words, each in the journal with who, when and why."""

from __future__ import annotations

import pytest

from tabletop.engine.adjudication import RulingRefused
from tabletop.engine.game import IllegalAction
from tabletop.engine.log import Entry
from tabletop.players import UnknownPlayer
from tabletop.scenario.problems import PackError
from tabletop.session import Facilitator, NotKept, Session, open_session
from tabletop.session.commands import Command
from tabletop.session.debrief import facts
from tabletop.session.facilitation import Fall
from tabletop.session.notes import LONGEST_NOTE, messages_to, notes
from tests.session.conftest import Begin, planned

CARD = """
title: A rider
text: Somebody comes over the hill.
effects: [{change: trust, by: 4, why: Good news.}]
choices:
  - seat: island
    prompt: Do you let them in?
    options:
      - {id: open, label: Open the gate, effects: [{change: trust, by: 2, why: Friendly.}]}
      - {id: shut, label: Shut the gate, effects: []}
"""


@pytest.fixture
def session(begin: Begin) -> Session:
    return planned(begin())


@pytest.fixture
def facilitator(session: Session) -> Facilitator:
    return Facilitator(session, "Ms Lee")


def rulings(session: Session, seat: str) -> list[Entry]:
    return [entry for entry in session.view(seat).log if entry.rule == "facilitator"]


def test_everything_is_written_down_with_who_when_and_why(session: Session, facilitator: Facilitator) -> None:
    facilitator.inject("fog", "So that they wait.")
    facilitator.set("trust", 40, "As agreed.")
    facilitator.pause("Coffee.")
    for command, (kind, why) in zip(
        session.commands[-3:],
        [("inject", "So that they wait."), ("set", "As agreed."), ("pause", "Coffee.")],
        strict=True,
    ):
        assert (command.kind, command.who, command.why) == (kind, "Ms Lee", why)
        assert command.at.startswith("20")


def test_a_card_written_on_the_spot_is_played_like_any_other(session: Session, facilitator: Facilitator) -> None:
    trust = session.state.meters["trust"]
    facilitator.write_card(CARD, "To see what they do.")
    assert session.state.meters["trust"] == trust + 4
    assert session.state.card == "improvised_a_rider"
    assert session.state.acting == ("island",)
    (decided,) = session.run_bots()
    assert decided.seat == "island"
    assert session.to_act == "harbour"
    facilitator.inject("improvised_a_rider")  # it is one of the cards now
    assert session.state.meters["trust"] >= trust + 8


def test_what_is_wrong_with_a_card_is_told_line_by_line(session: Session, facilitator: Facilitator) -> None:
    before = len(session.commands)
    with pytest.raises(PackError) as wrong:
        facilitator.write_card(CARD.replace("trust", "trsut", 1).replace("island", "iland"))
    assert [str(problem) for problem in wrong.value.problems] == [
        "your card:4:20: there is no 'trsut'; this can be a meter, track, resource, variable (did you mean 'trust'?)",
        "your card:6:11: there is no seat 'iland' (did you mean 'island'?)",
    ]
    assert len(session.commands) == before


def test_cards_of_the_same_title_get_names_of_their_own(session: Session, facilitator: Facilitator) -> None:
    for _ in range(2):
        facilitator.write_card("title: News\ntext: A rider.\neffects: []\n")
    assert [card.id for card in session.scenario.cards][-2:] == ["improvised_news", "improvised_news_2"]


def test_players_are_shown_that_it_was_done_by_hand_or_not(session: Session, facilitator: Facilitator) -> None:
    facilitator.inject("fog", "So that they wait.", shown=False)
    facilitator.set("trust", 40, "As agreed.", shown=False)
    assert rulings(session, "harbour") == []
    facilitator.set("trust", 41, "As agreed.")
    assert [entry.why for entry in rulings(session, "harbour")] == ["As agreed."]


# Overruling


def fall_of(facilitator: Facilitator) -> Fall:
    return next(fall for fall in facilitator.falls() if fall.draw.node.kind == "table")


def other(fall: Fall) -> str:
    return "calm" if fall.draw.outcome == "rough" else "rough"


def test_the_model_is_overruled_with_a_reason_and_its_own_result_is_kept(
    session: Session, facilitator: Facilitator
) -> None:
    trust = session.state.meters["trust"]
    session.decide("harbour", "sail_out")
    fall = fall_of(facilitator)
    facilitator.overrule(fall.step, fall.draw.place, other(fall), "The class votes so.")
    crossing = next(entry for entry in session.state.log if entry.kind == "roll")
    assert crossing.outcome == other(fall)
    assert session.commands[-1].body["model"] == {"0": fall.draw.model}
    again = fall_of(facilitator).draw
    assert (again.model, again.outcome) == (fall.draw.model, other(fall))
    ruled = rulings(session, "island")[-1].intervention
    assert ruled is not None
    assert (ruled.kind, ruled.noun, ruled.subject) == ("overrule", "table", "crossing")
    assert abs(session.state.meters["trust"] - trust) <= 4


@pytest.mark.parametrize("why", ["", "  ", "\n"])
def test_without_a_reason_nothing_is_overruled(session: Session, facilitator: Facilitator, why: str) -> None:
    session.decide("harbour", "sail_out")
    fall, before = fall_of(facilitator), session.state
    with pytest.raises(RulingRefused, match="you must say why"):
        facilitator.overrule(fall.step, fall.draw.place, other(fall), why)
    assert session.state is before


def test_what_cannot_be_overruled_is_refused_and_the_game_stays_where_it_is(
    session: Session, facilitator: Facilitator
) -> None:
    session.decide("harbour", "sail_out")
    fall, before = fall_of(facilitator), session.state
    for step, place, outcome in (
        (fall.step, fall.draw.place, fall.draw.outcome),
        (fall.step, fall.draw.place, "gold"),
        (fall.step, 99, "calm"),
        (999, 0, "calm"),
        (0, 0, "calm"),
    ):
        with pytest.raises(RulingRefused):
            facilitator.overrule(step, place, outcome, "So it is.")
    assert session.state is before


def test_an_overruling_can_itself_be_overruled_and_taken_back(session: Session, facilitator: Facilitator) -> None:
    session.decide("harbour", "sail_out")
    model = session.state.fingerprint
    fall = fall_of(facilitator)
    facilitator.overrule(fall.step, fall.draw.place, other(fall), "The class votes so.")
    ruled = session.state.fingerprint
    again = fall_of(facilitator)
    facilitator.overrule(again.step, again.draw.place, fall.draw.model, "They think better of it.")
    assert session.state.fingerprint == model
    assert session.commands[-1].body["rulings"] == {}
    session.back()
    session.switch("branch 2")
    assert session.state.fingerprint == ruled


def test_what_was_decided_after_an_overruled_step_stays_on_a_branch(session: Session, facilitator: Facilitator) -> None:
    session.decide("harbour", "sail_out")
    fall = fall_of(facilitator)
    session.decide("harbour", "visit(place=quay)")
    after = session.state.fingerprint
    facilitator.overrule(fall.step, fall.draw.place, other(fall), "The class votes so.")
    session.switch("main")
    assert session.state.fingerprint == after


def test_an_overruling_that_cannot_be_written_leaves_the_game_where_it_is(
    session: Session, facilitator: Facilitator, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.decide("harbour", "sail_out")
    fall, before, written = fall_of(facilitator), session.state, len(session.commands)
    line = Command.line

    def fails_at_an_overruling(command: Command) -> str:
        if command.kind == "overrule":
            raise NotKept("the disk is full")
        return line(command)

    monkeypatch.setattr(Command, "line", fails_at_an_overruling)
    with pytest.raises(NotKept):
        facilitator.overrule(fall.step, fall.draw.place, other(fall), "The class votes so.")
    assert session.state is before
    assert session.journal is not None
    assert len(session.commands) == len(session.journal.commands(session.id)) == written


def test_a_bots_decision_can_be_overruled(begin: Begin) -> None:
    session = begin(humans=[])
    facilitator = Facilitator(session)
    while not any(fall.draw.node.kind == "table" for fall in facilitator.falls()):
        next(session.run_bots())
    fall = fall_of(facilitator)
    facilitator.overrule(fall.step, fall.draw.place, other(fall), "So it is.")
    assert session.commands[-1].body["by"] == "random"


# Seats, phases, decisions


def test_a_seat_is_handed_to_a_person_and_to_a_bot(session: Session, facilitator: Facilitator) -> None:
    facilitator.hand("island", "", "Somebody came late.")
    assert session.humans == ("harbour", "island")
    facilitator.hand("harbour", "random", "They left.")
    assert session.humans == ("island",)
    assert session.players == {"harbour": "random"}
    for seat, player, words in (("iland", "", "no seat 'iland'"), ("island", "rndom", "did you mean 'random'")):
        with pytest.raises(UnknownPlayer, match=words):
            facilitator.hand(seat, player)


def test_a_facilitator_decides_for_a_seat_as_the_table_has_voted(session: Session, facilitator: Facilitator) -> None:
    facilitator.decide("harbour", "stay", "Seven to three.")
    command = session.commands[-1]
    assert (command.who, command.why, command.body["seat"]) == ("Ms Lee", "Seven to three.", "harbour")
    with pytest.raises(IllegalAction):
        facilitator.decide("island", "stay")


def test_a_phase_is_skipped_extended_and_repeated(begin: Begin) -> None:
    session = begin()
    facilitator = Facilitator(session)
    session.decide("harbour", "visit(place=quay)")
    facilitator.repeat(why="They misread the card.")
    assert session.view("harbour").picked == ()
    facilitator.skip("Time is up.")
    assert session.state.phase == "sail"
    facilitator.extend("One more.")
    assert session.state.phase == "sail"
    done = [entry.intervention for entry in rulings(session, "island")]
    assert [(one.kind, one.subject) for one in done if one is not None] == [
        ("repeat", "plan"),
        ("skip", "plan"),
        ("extend", "sail"),
    ]


# Words


def test_a_message_reaches_its_seats_alone(session: Session, facilitator: Facilitator) -> None:
    facilitator.message(["island"], "  Look at the tide.  ")
    assert [note.text for note in messages_to(session, "island")] == ["Look at the tide."]
    assert messages_to(session, "harbour") == []
    with pytest.raises(RulingRefused, match="did you mean 'island'"):
        facilitator.message(["iland"], "Hello.")


def test_a_note_is_tagged_to_its_moment_and_shown_or_not(session: Session, facilitator: Facilitator) -> None:
    facilitator.note("They look tired.", ["surprise"])
    session.decide("harbour", "stay")
    facilitator.note("Half time.", shown=True)
    first, second = notes(session)
    assert (first.text, first.tags, first.shown, first.who) == ("They look tired.", ("surprise",), False, "Ms Lee")
    assert first.step < second.step == session.course.at.number
    assert second.shown


def test_what_was_written_can_be_taken_back_once(session: Session, facilitator: Facilitator) -> None:
    number = facilitator.note("A slip.").number
    facilitator.withdraw(number, "It was not so.")
    assert notes(session) == []
    for wrong in (number, 999, 1):
        with pytest.raises(RulingRefused, match="to be taken back"):
            facilitator.withdraw(wrong)


@pytest.mark.parametrize("text", ["", "   ", "x" * (LONGEST_NOTE + 1)])
def test_a_note_says_something_and_not_too_much(facilitator: Facilitator, text: str) -> None:
    with pytest.raises(RulingRefused):
        facilitator.note(text)


def test_undo_takes_back_steps_and_leaves_notes(session: Session, facilitator: Facilitator) -> None:
    session.decide("harbour", "stay")
    facilitator.note("They look tired.")
    session.back(2)
    assert [note.text for note in notes(session)] == ["They look tired."]


def test_pauses_are_once_and_survive_a_restart(session: Session, facilitator: Facilitator) -> None:
    count = len(session.commands)
    facilitator.go_on()
    facilitator.pause()
    facilitator.pause()
    assert len(session.commands) == count + 1
    assert session.journal is not None
    session.close()
    again, _ = open_session(session.journal)
    assert again.paused
    Facilitator(again).go_on()
    assert not again.paused
    again.close()


def test_a_second_overruling_in_one_step_keeps_the_reason_of_the_first(
    session: Session, facilitator: Facilitator
) -> None:
    session.decide("harbour", "sail_out")
    fall = fall_of(facilitator)
    facilitator.overrule(fall.step, fall.draw.place, other(fall), "The class votes so.", shown=False)
    again = fall_of(facilitator)
    facilitator.overrule(again.step, again.draw.place, fall.draw.model, "They think better of it.")
    said = [(entry.why, entry.known_to) for entry in session.state.log if entry.kind == "ruling"]
    assert said == [("The class votes so.", frozenset()), ("They think better of it.", None)]
    rows = [fact for fact in facts(session) if fact.fact == "override" and fact.command == session.course.at.number]
    assert [(row.why, row.shown, row.stands) for row in rows] == [
        ("The class votes so.", "no", "no"),
        ("They think better of it.", "yes", "yes"),
    ]


def test_what_was_set_right_after_a_step_that_is_overruled_is_set_again(
    session: Session, facilitator: Facilitator
) -> None:
    session.decide("harbour", "sail_out")
    fall = fall_of(facilitator)
    name = next(iter(session.state.meters))
    facilitator.set(name, 7, "So it is.")
    set_step = session.course.at
    session.decide("harbour", "visit(place=quay)")
    left = session.course.at
    came = facilitator.overrule(fall.step, fall.draw.place, other(fall), "The class votes so.")
    assert (came.again, came.left) == ((set_step,), (left,))
    assert session.state.meters[name] == 7
    assert [command.why for command in session.commands[-2:]] == ["The class votes so.", "So it is."]
