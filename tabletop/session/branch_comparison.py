"""Two branches of a session side by side: what was decided otherwise, and where that led, without sentences."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence

import attrs

from tabletop.engine.program import Action
from tabletop.engine.state import State
from tabletop.session.apply_command import named_action
from tabletop.session.commands import Decide, Overrule, Retract
from tabletop.session.session import CannotGo, Session
from tabletop.session.step_summary import StepSummary, step_summary
from tabletop.session.step_tree import Step

#: Steps of a facilitator, which are told as such.
RULINGS = frozenset(["inject", "set", "overrule", "skip", "extend", "repeat", "hand", "retract"])


@attrs.frozen(kw_only=True)
class Difference:
    """What a seat decided in a phase of a turn on either branch, where that is not the same; in any order."""

    turn: int
    stage: str
    stage_turn: int
    phase: str
    seat: str
    one: tuple[Action, ...]
    other: tuple[Action, ...]


@attrs.frozen(kw_only=True)
class MeterComparison:
    """A meter on both branches: where they part, at the end of each, and at the end of every turn since.

    `turns` has (one, other) by turn; None for a branch that has not come so far.
    """

    meter: str
    parted: int
    one: int
    other: int
    turns: Mapping[int, tuple[int | None, int | None]]

    @property
    def apart(self) -> int:
        """How much higher it ends on the other branch."""
        return self.other - self.one


@attrs.frozen(kw_only=True)
class Comparison:
    """Two branches: the step at which they part, what differs since, and how each ends so far.

    `decisions` are those at which both have come by; `further` is how many each has made beyond the other's end.
    `rulings` are the facilitator's steps on each; `outcomes` the ids of the endings, None where the game is not over
    there; `steps` how many each has had since.
    """

    one: str
    other: str
    parted: StepSummary
    ends: tuple[StepSummary, StepSummary]
    steps: tuple[int, int]
    decisions: tuple[Difference, ...]
    further: tuple[int, int]
    rulings: tuple[tuple[StepSummary, ...], tuple[StepSummary, ...]]
    meters: tuple[MeterComparison, ...]
    outcomes: tuple[str | None, str | None]


def compare(session: Session, one: str, other: str) -> Comparison:
    """Two branches of a session by their names, each to its end. Raises CannotGo for a name that there is none of."""
    tips = [_tip(session, name) for name in (one, other)]
    lines = [tip.line() for tip in tips]
    shared = sum(1 for a, b in zip(*lines, strict=False) if a is b)
    since = [line[shared:] for line in lines]
    parted = lines[0][shared - 1]
    states = [session.position_at(tip).state for tip in tips]
    sides = [_decided(session, steps) for steps in since]
    reach = [_reach(session, state) for state in states]
    return Comparison(
        one=one,
        other=other,
        parted=step_summary(session, parted),
        ends=(step_summary(session, tips[0]), step_summary(session, tips[1])),
        steps=(len(since[0]), len(since[1])),
        decisions=tuple(_differences(session, sides, reach, _turns_in_stages(session, lines))),
        further=(_beyond(session, sides[0], reach[1]), _beyond(session, sides[1], reach[0])),
        rulings=(_rulings(session, since[0]), _rulings(session, since[1])),
        meters=tuple(_meters(session, parted, tips, since)),
        outcomes=(states[0].outcome, states[1].outcome),
    )


def _tip(session: Session, branch: str) -> Step:
    tips = session.course.tips
    if branch not in tips:
        known = ", ".join(tips)
        raise CannotGo(f"there is no branch '{branch}' (there are {known})", "no-branch", name=branch, known=known)
    return tips[branch]


def _rulings(session: Session, steps: Sequence[Step]) -> tuple[StepSummary, ...]:
    return tuple(step_summary(session, step) for step in steps if step.kind in RULINGS)


_Place = tuple[int, str, str, str]


_Decided = Mapping[_Place, Sequence[Action]]


def _differences(
    session: Session,
    sides: Sequence[_Decided],
    reach: Sequence[tuple[float, float]],
    stage_turns: Mapping[tuple[int, str], int],
) -> Iterator[Difference]:
    for place in sorted({*sides[0], *sides[1]}, key=lambda place: _by_stage(session, place)):
        one, other = sides[0].get(place, ()), sides[1].get(place, ())
        both = all(side.get(place) or _order(session, place)[:2] < end for side, end in zip(sides, reach, strict=True))
        if both and sorted(map(str, one)) != sorted(map(str, other)):
            turn, stage, phase, seat = place
            yield Difference(
                turn=turn,
                stage=stage,
                stage_turn=stage_turns[turn, stage],
                phase=phase,
                seat=seat,
                one=tuple(one),
                other=tuple(other),
            )


def _turns_in_stages(session: Session, lines: Sequence[Sequence[Step]]) -> dict[tuple[int, str], int]:
    """The turn as players count it, in its stage, of every turn of two lines."""
    states = [session.position_at(step).state for line in lines for step in line]
    return {(state.turn, state.stage): state.stage_turn for state in states}


def _beyond(session: Session, side: _Decided, end: tuple[float, float]) -> int:
    """How many decisions of a branch come after all that the other one has come by."""
    return sum(len(actions) for place, actions in side.items() if _order(session, place)[:2] > end)


def _reach(session: Session, state: State) -> tuple[float, float]:
    """How far a branch has come: the turn and the place of the phase in it; the end lies beyond all."""
    if state.finished:
        return math.inf, 0
    return _order(session, (state.turn, state.stage, state.phase, ""))[:2]


def _decided(session: Session, steps: Sequence[Step]) -> dict[_Place, list[Action]]:
    """What each seat decided in each phase of each turn."""
    found: dict[_Place, list[Action]] = {}
    for step in steps:
        said = step.said
        if isinstance(said, Retract):
            state = session.position_at(step).state
            found.pop((state.turn, state.stage, state.phase, said.seat), None)
        elif isinstance(said, Decide | Overrule) and step.before is not None:
            before = session.position_at(step.before)
            action = named_action(before, said.seat, said.action)
            state = before.state
            found.setdefault((state.turn, state.stage, state.phase, said.seat), []).append(action)
    return found


def _by_stage(session: Session, place: _Place) -> tuple[int, int, int, int]:
    """The order of places where two lines may be in different stages in the same turn."""
    turn, phase, seat = _order(session, place)
    return turn, [one.id for one in session.scenario.stages].index(place[1]), phase, seat


def _order(session: Session, place: _Place) -> tuple[int, int, int]:
    turn, stage, phase, seat = place
    phases = [one.id for noun in session.scenario.stages if noun.id == stage for one in noun.phases]
    seats = [one.id for one in session.scenario.seats]
    return turn, phases.index(phase), seats.index(seat) if seat else -1


def _meters(
    session: Session, parted: Step, tips: Sequence[Step], since: Sequence[Sequence[Step]]
) -> list[MeterComparison]:
    before = session.position_at(parted).state
    ends = [session.position_at(tip).state.meters for tip in tips]
    by_turn = [_by_turn(session, parted, steps) for steps in since]
    turns = sorted({*by_turn[0], *by_turn[1]})
    return [
        MeterComparison(
            meter=name,
            parted=value,
            one=ends[0][name],
            other=ends[1][name],
            turns={turn: (by_turn[0].get(turn, {}).get(name), by_turn[1].get(turn, {}).get(name)) for turn in turns},
        )
        for name, value in before.meters.items()
    ]


def _by_turn(session: Session, parted: Step, steps: Sequence[Step]) -> dict[int, Mapping[str, int]]:
    """The meters as they last stood in each turn since two branches parted."""
    states = [session.position_at(step).state for step in (parted, *steps)]
    return {state.turn: state.meters for state in states}
