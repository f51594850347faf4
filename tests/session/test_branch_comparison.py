"""Two branches of a game, side by side."""

from __future__ import annotations

import pytest

import tabletop
from tabletop.session import Facilitator, Session
from tabletop.session.branch_comparison import compare
from tabletop.session.session import CannotGo


@pytest.fixture
def session(tutorial: tabletop.Scenario) -> Session:
    return Session(tutorial, seed=3, humans=["corvane", "ulmar"])


def week(session: Session, *decisions: tuple[str, str]) -> None:
    """Makes decisions, and passes or takes the first move for whatever else is asked in the week."""
    turn, wanted = session.state.turn, list(decisions)
    while session.state.turn == turn and session.state.acting:
        seat = session.state.acting[0]
        names = [str(action) for action in session.game.actions(session.state, seat)]
        chosen = next((one for one in wanted if one[0] == seat and one[1] in names), None)
        if chosen:
            wanted.remove(chosen)
        session.decide(seat, chosen[1] if chosen else "pass" if "pass" in names else names[0])


def parted(session: Session) -> tuple[int, int]:
    """One week on main, and another on a branch that leaves it before."""
    start = session.course.at.number
    week(session, ("corvane", "draft"), ("corvane", "draft"))
    main = session.course.at.number
    session.go(start)
    session.begin_branch("words")
    week(session, ("corvane", "explain"), ("corvane", "explain"))
    return main, session.course.at.number


def test_it_tells_which_decisions_differ_and_which_meters(session: Session) -> None:
    ends = parted(session)
    found = compare(session, "main", "words")
    assert (found.ends[0].number, found.ends[1].number) == ends
    assert found.parted.number == 0
    corvane = next(one for one in found.decisions if one.seat == "corvane" and one.phase == "work")
    assert [action.id for action in corvane.one][:1] == ["draft"]
    assert [action.id for action in corvane.other][:1] == ["explain"]
    assert all(one.seat == "corvane" for one in found.decisions)
    hopes = next(one for one in found.meters if one.meter == "expectation")
    states = [session.position_at(session.course.steps[end.number]).state for end in found.ends]
    assert (hopes.one, hopes.other) == tuple(state.meters["expectation"] for state in states)
    assert hopes.apart == hopes.other - hopes.one < 0
    assert hopes.turns[1][0] is not None


def test_the_order_in_which_a_seat_picks_is_no_difference(session: Session) -> None:
    week(session, ("corvane", "draft"), ("corvane", "explain"))
    session.go(0)
    session.begin_branch("other")
    week(session, ("corvane", "explain"), ("corvane", "draft"))
    assert [one for one in compare(session, "main", "other").decisions if one.phase == "work"] == []


def test_what_one_branch_has_not_come_to_is_no_difference(session: Session) -> None:
    session.begin_branch("longer")
    week(session)
    week(session)
    found = compare(session, "main", "longer")
    assert [one for one in found.decisions if one.turn > 1] == []
    assert found.further[0] == 0
    assert found.further[1] > 0
    assert found.steps[0] == 0


def test_a_facilitators_steps_are_told_apart(session: Session) -> None:
    session.begin_branch("doubt")
    Facilitator(session).set("trust", 20, "To see what they do.")
    found = compare(session, "main", "doubt")
    assert [[step.kind for step in steps] for steps in found.rulings] == [[], ["set"]]
    assert next(one.apart for one in found.meters if one.meter == "trust") == 20 - 55


def test_a_branch_that_there_is_none_of_is_refused(session: Session) -> None:
    with pytest.raises(CannotGo, match="there is no branch 'mian'"):
        compare(session, "main", "mian")


def test_where_branches_are_in_different_stages_each_stage_is_told_by_itself() -> None:
    scenario = tabletop.load("summit-2018")
    session = Session(scenario, seed=3, humans=[seat.id for seat in scenario.seats])
    week(session, ("washington", "announce(weeks=3)"))
    week(session)
    week(session)
    week(session, ("washington", "attend"))
    week(session)
    session.go(0)
    session.begin_branch("home")
    for _ in range(5):
        week(session, ("washington", "hold_off"))
    found = compare(session, "main", "home").decisions
    stages = [stage.id for stage in scenario.stages]
    phases = {phase.id: at for stage in scenario.stages for at, phase in enumerate(stage.phases)}
    seats = [seat.id for seat in scenario.seats]
    places = [(one.turn, stages.index(one.stage), phases[one.phase], seats.index(one.seat)) for one in found]
    assert len({(turn, stage) for turn, stage, _, _ in places if turn == 5}) == 2
    assert places == sorted(places)
