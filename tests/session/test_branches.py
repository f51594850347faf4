"""The course of a session: steps back and forward, and branches that are left and gone back to."""

from __future__ import annotations

import pytest

import tabletop
from tabletop.engine.adjudication import RulingRefused
from tabletop.session import Facilitator, Journal, Session, open_session
from tabletop.session.session import CannotGo
from tests.session.conftest import Begin, planned


def names(session: Session) -> list[str]:
    return [branch.name for branch in session.branches]


def test_any_number_of_steps_can_be_undone_and_redone(begin: Begin) -> None:
    session = planned(begin())
    there, steps = session.state.fingerprint, len(session.course.at.line()) - 1
    start = session.states[0].fingerprint
    assert session.back(100) == steps
    assert session.state.fingerprint == start
    assert session.forward(100) == steps
    assert session.state.fingerprint == there
    assert session.forward() == 0


def test_going_on_from_an_earlier_point_begins_a_branch_and_loses_nothing(begin: Begin) -> None:
    session = planned(begin())
    there = session.state.fingerprint
    session.back(2)
    session.decide("harbour", "pass")
    assert names(session) == ["main", "branch 2"]
    session.switch("main")
    assert session.state.fingerprint == there


def test_a_redo_leads_to_where_the_game_was_last(begin: Begin) -> None:
    session = begin()
    session.decide("harbour", "visit(place=quay)")
    session.back()
    session.decide("harbour", "visit(place=mill)")
    other = session.state.fingerprint
    session.back()
    session.forward()
    assert session.state.fingerprint == other


def test_a_branch_can_be_begun_by_name_before_anything_differs(begin: Begin) -> None:
    session = planned(begin())
    session.begin_branch("bolder")
    session.decide("harbour", "sail_out")
    bold = session.state.fingerprint
    session.switch("main")
    session.decide("harbour", "stay")
    assert names(session) == ["main", "bolder"]
    session.switch("bolder")
    assert session.state.fingerprint == bold
    branch = session.branches[1]
    assert (branch.parent, branch.steps, branch.current) == ("main", 1, True)


def test_branches_are_renamed_and_their_names_are_their_own(begin: Begin) -> None:
    session = planned(begin())
    session.begin_branch("bolder")
    session.rename_branch("bolder", "boldest")
    assert names(session) == ["main", "boldest"]
    for wrong in ("main", " ", "x" * 61):
        with pytest.raises(CannotGo):
            session.begin_branch(wrong)
    with pytest.raises(CannotGo, match="there are main, boldest"):
        session.switch("bolder")
    with pytest.raises(CannotGo, match="no step 99"):
        session.go(99)


def test_a_branch_begun_by_itself_takes_a_name_that_is_free(begin: Begin) -> None:
    session = planned(begin())
    session.begin_branch("branch 3")
    session.back(2)
    session.decide("harbour", "pass")
    assert names(session) == ["main", "branch 3", "branch 4"]


def test_the_tree_is_the_same_when_it_is_opened_again(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    session.begin_branch("bolder", why="What if?")
    session.decide("harbour", "sail_out")
    session.switch("main")
    session.decide("harbour", "stay")
    session.back(3)
    session.decide("harbour", "pass")
    session.rename_branch("main", "as it was")
    session.back()
    before = session.branches, session.course.at.number, session.state.fingerprint
    session.close()
    again, _ = open_session(journal)
    assert (again.branches, again.course.at.number, again.state.fingerprint) == before
    assert again.forward() == 1
    again.close()


def test_what_a_facilitator_did_is_undone_like_a_decision(begin: Begin) -> None:
    session = planned(begin())
    facilitator, before = Facilitator(session), session.state.fingerprint
    for change in (
        lambda: facilitator.inject("fog"),
        lambda: facilitator.set("trust", 3),
        lambda: facilitator.hand("island"),
        lambda: facilitator.skip(),
        lambda: facilitator.extend(),
        lambda: facilitator.repeat(),
        lambda: facilitator.write_card("title: Word\ntext: A word.\neffects: []\n"),
    ):
        change()
        assert session.back() == 1
        assert session.state.fingerprint == before
        assert session.players == {"island": "random"}


def test_an_assumption_is_switched_on_a_branch_and_holds_on_it_alone(summit: tabletop.Scenario) -> None:
    session = Session(summit, seed=3, humans=["washington"])
    for _ in session.run_bots():
        pass
    session.begin_branch("as its critics see it")
    Facilitator(session).set("pressure_works", False, "To see what hangs on it.")
    assert session.view("tokyo").assumptions["pressure_works"] is False
    entry = session.view("washington").log[-1]
    assert (entry.target, entry.before, entry.after, entry.why) == (
        "pressure_works",
        1,
        0,
        "To see what hangs on it.",
    )
    session.switch("main")
    session.back()
    assert session.view("tokyo").assumptions["pressure_works"] is True
    with pytest.raises(RulingRefused, match="true or false"):
        Facilitator(session).set("pressure_works", 7)
