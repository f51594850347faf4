"""Decisions as a debrief looks at them: what was chosen and passed over, why, and how long it took."""

from __future__ import annotations

import csv
import io

import attrs
import pytest

from tabletop.session import Facilitator, Session
from tabletop.session.command_kinds import Counts
from tabletop.session.commands import Answered, Joined, Placed, Tallied, Voted
from tabletop.session.played_decisions import played_decisions
from tabletop.session.room_voices import answers, people, tallies, vote_reasons, without_names
from tabletop.session.turn_sheet import turn_sheet
from tests.session.conftest import Begin, ended, planned


def said_at(session: Session, *seconds: int) -> None:
    """The commands of a session were given so many seconds after noon."""
    for at, second in enumerate(seconds):
        moment = f"2018-06-12T12:{second // 60:02}:{second % 60:02}+00:00"
        session.commands[at] = attrs.evolve(session.commands[at], at=moment)
        step = session.course.steps.get(session.commands[at].number)
        if step is not None:
            step.command = session.commands[at]


def test_a_decision_has_the_other_legal_moves_beside_it(begin: Begin) -> None:
    session = begin()
    session.decide("harbour", "visit(place=quay)", why="They were here first.")
    (one,) = played_decisions(session)
    assert (one.seat, one.action.label, one.why) == ("harbour", "Visit the quay", "They were here first.")
    assert sorted(str(other) for other in one.passed_over) == ["pass", "visit(place=mill)"]
    assert one.player == ""


def test_bots_decide_without_a_time_and_by_their_name(begin: Begin) -> None:
    found = played_decisions(planned(begin()))
    assert [(one.seat, one.player, one.seconds is None) for one in found if one.player] == [("island", "random", True)]


def test_what_was_taken_back_face_down_is_no_decision(begin: Begin) -> None:
    session = begin()
    session.decide("harbour", "visit(place=quay)")
    Facilitator(session).take_back("harbour", "They miscounted.")
    session.decide("harbour", "visit(place=mill)")
    assert [one.action.label for one in played_decisions(session)] == ["Visit the mill"]


def test_a_decision_takes_the_time_since_the_seats_last_without_pauses(begin: Begin) -> None:
    session = begin()
    session.decide("harbour", "visit(place=quay)")
    facilitator = Facilitator(session)
    facilitator.pause("Coffee.")
    facilitator.go_on()
    session.decide("harbour", "visit(place=mill)")
    said_at(session, 10, 20, 80, 100)
    first, second = played_decisions(session)
    assert first.seconds is None  # nothing tells when the game was put on the table
    assert second.seconds == 100 - 10 - 60


def test_a_decision_after_going_back_takes_the_time_since_then(begin: Begin) -> None:
    session = planned(begin())
    session.decide("harbour", "sail_out")
    session.back()
    session.decide("harbour", "stay")
    said_at(session, *[10 * at for at in range(1, len(session.commands) - 1)], 300, 340)
    assert played_decisions(session)[-1].seconds == 40


def test_an_overruled_decision_keeps_the_reason_of_its_seat(begin: Begin) -> None:
    session = planned(begin())
    session.decide("harbour", "sail_out", why="We promised.")
    facilitator = Facilitator(session)
    fall = next(one for one in facilitator.falls() if one.draw.node.kind == "table")
    other = "calm" if fall.draw.outcome == "rough" else "rough"
    facilitator.overrule(fall.step, fall.draw.place, other, "Too harsh.")
    assert [one.why for one in played_decisions(session) if one.action.id == "sail_out"] == ["We promised."]


@pytest.fixture
def room(begin: Begin) -> Session:
    """Two people on the harbour, one of whom sat on the island first."""
    session = begin()
    session.remark(Joined(person="a", name="Ada", standing="seated", hash="1", seat="island"), "room")
    session.remark(Joined(person="b", name="Ada Lovelace", standing="seated", hash="2", seat="harbour"), "room")
    session.remark(Answered(person="a", question="q", value=40), "room")
    session.remark(Placed(person="a", standing="seated", seat="harbour", name=None), "room")
    session.remark(Answered(person="b", question="q", value=60), "room")
    session.remark(Answered(person="b", question="q", value=70), "room")
    return session


def test_of_each_persons_answers_the_last_counts_from_the_seat_of_then(room: Session) -> None:
    assert [(one.person, one.seat, one.value) for one in answers(room)] == [("a", "island", 40), ("b", "harbour", 70)]
    assert [(one.name, one.seat) for one in people(room.commands).values()] == [
        ("Ada", "harbour"),
        ("Ada Lovelace", "harbour"),
    ]


def test_reasons_of_votes_name_moves_as_they_are_called(room: Session) -> None:
    for number, (move, why) in enumerate(
        [("visit(place=quay)", "Quick."), ("visit(place=mill)", "On second thought.")]
    ):
        room.remark(Voted(person="a", seat="harbour", ballot="1", moves=(move,), serial=number), "room", why)
    counts = Counts({"visit(place=mill)": 1})
    tally = Tallied(seat="harbour", ballot="1", moves=("visit(place=mill)",), how="all", counts=counts, voters=1)
    room.remark(tally, "room")
    (reason,) = vote_reasons(room)
    assert (reason.person, reason.moves, reason.text) == ("a", ("Visit the mill",), "On second thought.")
    (count,) = tallies(room)
    assert (count.counts, count.voters) == ({"Visit the mill": 1}, 1)


def test_names_are_taken_out_of_what_was_written_the_longest_first(room: Session) -> None:
    hide = without_names(people(room.commands), lambda number: f"Person {number}")
    assert hide("ada lovelace and Ada, not Adam") == "Person 2 and Person 1, not Adam"


def test_a_sheet_has_a_row_a_turn_and_a_column_a_seat(begin: Begin) -> None:
    session = begin()
    session.decide("harbour", "visit(place=quay)", why="=They were here first.")
    ended(session)
    head, first, *rows = list(csv.reader(io.StringIO(turn_sheet(session))))
    assert head == ["turn", "stage", "date", "cards", "Harbour", "Island", "Trust"]
    assert len(rows) == 2
    assert first[:2] == ["1", "The season"]
    assert first[4].startswith("Visit the quay (=They were here first.); ")
    assert int(rows[-1][6]) == session.state.meters["trust"]
