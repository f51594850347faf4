"""The writer of a room without a network: what it commits, decides, and finds again in the journal."""

from __future__ import annotations

import datetime
import pathlib
import re
import time

import pytest

from tabletop.engine.adjudication import RulingRefused
from tabletop.host import membership
from tabletop.host.ballots import Vote
from tabletop.host.device_pages import voted
from tabletop.host.ledger import Ledger, settings_said
from tabletop.host.pages.clock_face import FacedClock
from tabletop.host.pages.facilitator_page import facilitator_page
from tabletop.host.refusals import Refused
from tabletop.host.restoring import restored
from tabletop.host.roster import Person, Roster
from tabletop.host.snapshot import Observer
from tabletop.host.tokens import hashed
from tabletop.host.writer import Request, Writer
from tabletop.players.search import SearchPlayer
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, NotKept, Session
from tabletop.session.bot_thinking import inline
from tabletop.session.commands import CaptainNamed, Decide, Joined, Placed, Plain, RoomSet, Tallied, Voted
from tabletop.session.errors import FileDamaged
from tests.host.live_room import again, begun

EVERYBODY = frozenset(["a1", "b1", "a2", "b2"])


@pytest.fixture
def session(tmp_path: pathlib.Path) -> Session:
    return begun(tmp_path)


@pytest.fixture
def writer(session: Session) -> Writer:
    return in_play(Writer(session))


def in_play(writer: Writer) -> Writer:
    """With four people, two on each seat, in a game that has begun."""
    for id in sorted(EVERYBODY, key=lambda id: id[::-1]):
        person = Person(id=id, name=id)
        (reply,) = writer.commit([Request(saying=lambda it, one=person: membership.join(it, one, hashed(one.id), ""))])
        assert reply.answer == id
    writer.commit([Request(saying=membership.fill)])
    writer.commit([Request(saying=lambda it: ([settings_said({"started": True})], None))])
    return writer


def vote(writer: Writer, person: str, *moves: str, serial: int = 1) -> None:
    """Somebody votes, by default for the first move, and the room goes on."""
    seat = writer.ledger.roster.people[person].seat
    ballot = writer.ledger.ballots[seat]
    cast = Vote(person=person, moves=moves or ballot.moves[:1], why=f"{person} says so.", serial=serial)
    (reply,) = writer.commit([Request(saying=lambda it: voted(it, ballot.key, cast))])
    if reply.error is not None:
        raise reply.error
    writer.advance(EVERYBODY)


def test_requests_at_once_are_one_write_and_each_has_its_own_answer(writer: Writer) -> None:
    ballot = writer.ledger.ballots["corvane"]
    team = [one.id for one in writer.ledger.roster.team("corvane")]
    asked = [
        Request(saying=lambda it, id=id: voted(it, ballot.key, Vote(person=id, moves=ballot.moves[:1]))) for id in team
    ]
    other = Request(saying=lambda it: voted(it, "old", Vote(person=team[0], moves=ballot.moves[:1])))
    replies = writer.commit([asked[0], other, asked[1]])
    assert [reply.error is None for reply in replies] == [True, False, True]
    assert isinstance(replies[1].error, Refused)
    assert len(writer.ledger.ballots["corvane"].votes) == 2


def test_what_cannot_be_written_has_not_happened(writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise NotKept("the disk is full")

    before = writer.ledger
    monkeypatch.setattr(writer.session.keeping, "keep", fails)
    with pytest.raises(Refused, match="not happened"):
        vote(writer, "a1")
    assert writer.ledger is before
    assert str(writer.problem) == "the disk is full"


def test_the_ledger_that_is_found_again_is_the_one_that_was_left(writer: Writer, tmp_path: pathlib.Path) -> None:
    team = [one.id for one in writer.ledger.roster.team("corvane")]
    for id in team:
        vote(writer, id)
    vote(writer, team[0], "draft")
    vote(writer, writer.ledger.roster.team("ulmar")[0].id)
    left = writer.ledger
    assert sum(len(ballot.votes) for ballot in left.ballots.values()) == 2
    writer.session.close()
    assert restored(again(tmp_path, writer.session.id)) == left


def test_votes_of_what_was_stepped_back_over_are_not_found_again(writer: Writer, tmp_path: pathlib.Path) -> None:
    for person in writer.ledger.roster.team("corvane"):
        vote(writer, person.id)
    writer.session.back()
    writer.take_in()
    assert not writer.ledger.ballots["corvane"].votes
    writer.session.close()
    assert restored(again(tmp_path, writer.session.id)) == writer.ledger


def test_another_teams_choice_leaves_a_teams_votes_alone(writer: Writer) -> None:
    for person in writer.ledger.roster.team("corvane"):
        vote(writer, person.id)
    vote(writer, writer.ledger.roster.team("corvane")[0].id, "draft")
    for person in writer.ledger.roster.team("ulmar"):
        vote(writer, person.id)
    assert "ulmar" not in writer.session.state.acting
    assert len(writer.ledger.ballots["corvane"].votes) == 1


def test_a_person_who_changes_teams_leaves_their_vote_behind(writer: Writer) -> None:
    (person, *_) = writer.ledger.roster.team("corvane")
    vote(writer, person.id)
    moved = writer.ledger.roster.seated(person.id, "ulmar").people[person.id]
    from tabletop.host.ledger import person_said

    writer.commit([Request(saying=lambda it: ([person_said(moved)], None))])
    assert not writer.ledger.ballots["corvane"].votes


@pytest.mark.parametrize(("nobody", "decided"), [("wait", False), ("doctrine", True), ("pass", True)])
def test_for_a_team_of_which_nobody_is_there_the_facilitators_choice_holds(
    writer: Writer, nobody: str, decided: bool
) -> None:
    writer.commit([Request(saying=lambda it: ([settings_said({"nobody": nobody})], None))])
    before = len(writer.session.decisions)
    writer.advance(frozenset())
    assert (len(writer.session.decisions) > before) == decided


def test_a_tally_stands_before_its_decision_with_who_was_away(writer: Writer) -> None:
    first, second = (one.id for one in writer.ledger.roster.team("corvane"))
    ballot = writer.ledger.ballots["corvane"]
    cast = Vote(person=first, moves=ballot.moves[:1])
    writer.commit([Request(saying=lambda it: voted(it, ballot.key, cast))])
    writer.advance(EVERYBODY - {second})
    tally, decide = writer.session.commands[-2:]
    assert (tally.kind, decide.kind, tally.parent) == ("tally", "decide", decide.parent)
    assert tally.body["absent"] == [second]
    assert tally.body["counts"] == {ballot.moves[0]: 1}


def test_a_phase_ends_by_its_clock_with_the_votes_there_are(writer: Writer) -> None:
    for person in writer.ledger.roster.team("corvane"):
        vote(writer, person.id)
    vote(writer, writer.ledger.roster.team("corvane")[0].id, "ask")
    writer.end_phase(EVERYBODY)
    assert ("corvane", "ask") in writer.session.decisions
    assert ("ulmar", "pass") in writer.session.decisions


def test_a_ledger_passes_over_what_makes_no_sense() -> None:
    ledger = Ledger(roster=Roster(seats=("red",)))
    for said in (
        Joined(person="a", name="A", standing="king", hash="0"),
        Joined(person="a", name="A", standing="seated", seat="blue", hash="0"),
        Placed(person="nobody", standing="seated", seat="red"),
        Voted(person="a", seat="red", ballot="x", moves=(), serial=1),
        CaptainNamed(seat="red", person="nobody"),
        RoomSet(settings=Plain({"rule": "lottery"})),
        Decide(seat="red", action="x"),
    ):
        assert ledger.after(said) == ledger


# What happens by itself


def test_the_clock_ends_a_phase_with_the_votes_there_are(session: Session) -> None:
    time = [1000.0]
    writer = in_play(Writer(session, lambda: time[0], inline))
    for person in writer.ledger.roster.team("corvane"):
        vote(writer, person.id)
    Facilitator(session).set_clock(60, then="skip")
    vote(writer, writer.ledger.roster.team("corvane")[0].id, "ask")
    time[0] += 59
    writer.advance(EVERYBODY)
    assert ("corvane", "ask") not in session.decisions
    time[0] += 1
    writer.advance(EVERYBODY)
    assert ("corvane", "ask") in session.decisions
    (tally,) = [one.said for one in session.commands if isinstance(one.said, Tallied)][-1:]
    assert tally.how == "deadline"
    assert ("ulmar", "pass") in session.decisions


def test_a_card_that_waits_outlasts_its_time_and_then_takes_the_first_vote(session: Session) -> None:
    time = [1000.0]
    writer = in_play(Writer(session, lambda: time[0], inline))
    Facilitator(session).set_clock(60, then="skip")
    writer.advance(EVERYBODY)
    time[0] += 600
    writer.advance(EVERYBODY)
    with pytest.raises(RulingRefused, match="a card waits"):
        writer.end_phase(EVERYBODY)
    assert not session.decisions
    vote(writer, writer.ledger.roster.team("corvane")[0].id)
    assert len(session.decisions) == 1


def test_no_clock_runs_before_the_beginning_nor_in_a_pause(session: Session) -> None:
    time = [1000.0]
    writer = Writer(session, lambda: time[0], inline)
    Facilitator(session).set_clock(60, then="skip")
    writer.advance(EVERYBODY)
    time[0] += 30
    in_play(writer)
    Facilitator(session).pause()
    writer.advance(EVERYBODY)
    time[0] += 30
    Facilitator(session).go_on()
    writer.advance(EVERYBODY)
    assert writer.clock.left == 60


def test_what_follows_by_itself_is_written_as_soon_as_it_can_be(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    Facilitator(writer.session).hand("corvane", "random")

    def fails(*_: object) -> None:
        raise NotKept("the disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(writer.session.keeping, "keep", fails)
        writer.advance(EVERYBODY)
        assert (str(writer.problem), writer.session.decisions) == ("the disk is full", [])
    writer.advance(EVERYBODY)
    assert writer.session.decisions
    assert not writer.problem


def test_a_bot_that_breaks_down_is_told_of_until_its_seat_is_handed_over(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    writer = in_play(Writer(session, thinking=inline))
    facilitator = Facilitator(session)
    facilitator.hand("corvane", "search")

    def broken(*_: object) -> int:
        raise ZeroDivisionError("by nought")

    monkeypatch.setattr(SearchPlayer, "move", broken)
    writer.advance(EVERYBODY)
    writer.advance(EVERYBODY)
    assert "by nought" in str(writer.problem)
    assert not session.decisions
    facilitator.hand("corvane", "random")
    writer.advance(EVERYBODY)
    assert session.decisions
    assert not writer.problem


def test_what_is_wrong_is_told_in_the_language_of_the_facilitator(
    writer: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> None:
        raise FileDamaged(pathlib.Path("kept.sqlite"), "it ends in the middle")

    monkeypatch.setattr(writer.session.keeping, "keep", fails)
    with pytest.raises(Refused, match="not happened"):
        vote(writer, "a1")
    snapshot = Observer(writer, FacedClock(writer.clock, time.time)).snapshot(EVERYBODY)
    now = datetime.datetime(2026, 3, 8, 9, 0)
    told = [facilitator_page(writer, snapshot, now, Words(language)).problem for language in ("en", "ko")]
    assert all("kept.sqlite" in one for one in told)
    assert "damaged" in told[0]
    assert re.search("[가-힣]", told[1])
