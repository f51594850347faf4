"""Votes at the facilitator's console: a line for several teams, reasons, ballots by number, and votes that change."""

from __future__ import annotations

import io
import pathlib
import sys
from collections.abc import Callable

import pytest
from rich.console import Console

import tabletop
from tabletop.presentation.perspective import Perspective
from tabletop.session import Facilitator, Journal, Session
from tabletop.terminal.command_lines import CommandError, read_order, read_votes
from tabletop.terminal.facilitate import facilitate

Orders = Callable[..., str]

#: A week of six teams: the card, the planning, the calendar; and the room's screens going on between.
WEEK = ["d 1", "d w 3,6; s 4; t 1; b 2; p 5; m 3", "", "", "d 1", ""]
#: The same with a reason for every decision.
WITH_REASONS = [
    'd 1 "we want to know his price"',
    'd w 3,6 "proof first, then Beijing"; s 4 "no daylight between us"; t 1 "we are within his range"; '
    'b 2 "they did not ask us"; p 5 "it costs us little"; m 3 "a seat at the table"',
    "",
    "",
    'd 1 "not before the allies are heard"',
    "",
]


@pytest.fixture
def session(tmp_path: pathlib.Path, summit: tabletop.Scenario) -> Session:
    everybody = [seat.id for seat in summit.seats]
    return Session(summit, seed=7, pack="summit-2018", humans=everybody, journal=Journal(tmp_path / "saves"))


@pytest.fixture
def orders(session: Session, monkeypatch: pytest.MonkeyPatch) -> Orders:
    def give(*lines: str) -> str:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        out = io.StringIO()
        facilitate(session, Console(file=out, width=100, highlight=False))
        return " ".join(out.getvalue().partition(" facilitator> ")[2].split())

    return give


def planning(session: Session) -> Session:
    """The session in the first week's planning."""
    session.decide("washington", "ask_about_weapons")
    return session


def decided(session: Session) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for seat, action in session.decisions:
        found.setdefault(seat, []).append(action)
    return found


@pytest.mark.parametrize(("lines", "most"), [(WEEK, 60), (WITH_REASONS, 300)])
def test_a_week_of_six_teams_takes_few_keys(session: Session, orders: Orders, lines: list[str], most: int) -> None:
    assert sum(len(line) + 1 for line in lines) < most
    typed = [line for line in lines if line]  # of a person, an empty line agrees or goes on
    orders(*typed)
    assert session.state.turn == 2
    assert set(decided(session)) == {seat.id for seat in session.scenario.seats}
    reasons = [command.why for command in session.commands if command.kind == "decide" and command.who == "facilitator"]
    assert all(reasons) or not any(reasons)


def test_a_line_decides_for_all_that_it_names_or_for_nobody(session: Session, orders: Orders) -> None:
    planning(session)
    before = len(session.commands)
    said = orders("d w 3,6; s 99; t nonsense; b 2")
    assert "Seoul: There is no move 99 now" in said
    assert "Tokyo: 'nonsense' is no move" in said
    assert "Nothing was decided." in said
    assert len(session.commands) == before


def test_a_reason_is_kept_as_typed_and_is_never_an_order(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders("d w 3 because allies  first; seoul 4", 'd s 4 "so; tokyo 1"; t 1')
    assert [one.why for one in session.commands if one.kind == "decide" and one.body["seat"] != "washington"] == [
        "so; tokyo 1",
        "",
    ]
    assert [one.why for one in session.commands if one.body.get("action") == "demand_evidence"] == [
        "allies  first; seoul 4"
    ]
    assert "nothing in it was decided" in said


def test_reasons_end_with_their_quotes_or_with_the_line() -> None:
    assert read_order('set tension 50 because "Shots; heard"').why == "Shots; heard"
    assert read_order('set tension 50 because "We must," said Tokyo, "go"').why == '"We must," said Tokyo, "go"'
    assert [one.why for one in read_votes('a 1 because "x; y"; b 2 because z; c 3')] == ["x; y", "z; c 3"]
    for line in ('a 1 "not closed', 'a 1 "closed" b 2'):
        with pytest.raises(CommandError):
            read_votes(line)


def test_a_changed_vote_takes_the_place_of_the_first(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders("d t 1; s 4", "d t 2", "change w 3", "d w 6; t 3")
    assert "Tokyo" in said
    assert "in place of what it had chosen" in said
    assert [str(action) for action in session.view("tokyo").picked] == [
        str(action) for action in Perspective.of(session, "tokyo").moves_of_phase[2:3]
    ]
    assert "Nothing" not in orders("change w 5")
    assert len(session.view("washington").picked) == 1
    assert session.course.branch == "main"


def test_a_move_has_the_same_number_in_every_week(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=7, humans=["washington"])
    numbers: dict[str, set[int]] = {}
    while session.state.turn < 5:
        for _ in session.run_bots():
            pass
        perspective = Perspective.of(session, "washington")
        if perspective.view.phase == "planning" and perspective.view.card is None:
            for action in perspective.moves:
                numbers.setdefault(str(action), set()).add(perspective.number(action))
        session.decide("washington", perspective.moves[-1])
    assert len(numbers) > 15
    assert all(len(found) == 1 for found in numbers.values())


def test_words_that_a_line_has_no_use_for_are_refused(session: Session, orders: Orders) -> None:
    planning(session)
    before = len(session.commands)
    said = orders(
        "status now", "board of trade", "hand tokyo to bot quietly", "moves w because so", "undo " + "9" * 5000
    )
    assert said.count("Nothing was done.") == 4
    assert "`status` stands alone" in said
    assert "cannot be done quietly" in said
    assert "takes no reason" in said
    assert len(session.commands) == before


def test_several_seats_are_named_alike_everywhere(session: Session, orders: Orders) -> None:
    planning(session)
    assert "Moscow: Planning" in orders("moves all")
    assert "For Pyongyang only" in orders("brief p")
    said = orders("hand s,t to bot", "hand all to person")
    assert "Seoul is now played by the bot" in said
    assert "Tokyo is now played by a person." in said
    assert "Only Seoul and Tokyo may read it" in orders("tell s, t: Wait outside.")


def test_going_back_and_deciding_otherwise_says_that_it_is_a_branch(session: Session, orders: Orders) -> None:
    planning(session)
    said = orders("d t 1", "undo", "d t 2")
    assert "on a branch of its own: branch 2" in said
    assert "`switch main` goes back there" in said


def test_more_time_can_be_given_with_extend(session: Session, orders: Orders) -> None:
    planning(session)
    assert "no clock in this phase to be given 2 minutes more" in orders("extend 2m")
    said = orders("clock 8m", "extend 2m", "extend soon")
    assert "left of 8 minutes" in said
    assert "`extend` adds a round of decisions" in said
    assert [one.body["more"] for one in session.commands if "more" in one.body] == [120]
    assert all(one.kind != "extend" for one in session.commands)


def test_an_outcome_is_named_by_its_number(session: Session, orders: Orders) -> None:
    planning(session)
    orders("d w 3,6; s pass; t pass; b pass; p pass; m pass")
    said = orders("chances 1")
    assert " 1 " in said
    assert "The outcomes are numbered 1 to" in orders("overrule 1 99 because so")
    fall = orders("overrule 1 1 because so", "overrule 1 2 because so")
    assert "The facilitator overrules the model" in fall


def test_what_an_overruling_leaves_behind_is_named(session: Session, orders: Orders) -> None:
    planning(session)
    orders("d w 3,6; s pass; t pass; b pass; p pass; m pass", "set tension 50 because so", "d w 1")
    falls = Facilitator(session).falls()
    evidence, fall = next((at, one) for at, one in enumerate(falls, 1) if one.draw.node.subject == "evidence")
    outcome = next(at for at, one in enumerate(fall.draw.node.outcomes, 1) if one.id != fall.draw.outcome)
    said = orders(f"overrule {evidence} {outcome} because it was so")
    assert "Done again behind it: Tension set to 50" in said
    assert "Left behind with the other outcome: Washington:" in said
    assert session.state.meters["tension"] == 50
