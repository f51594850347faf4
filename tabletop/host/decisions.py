"""Decisions: which ballots a session's position asks for, and making a move of what a team has decided.

The one place of the server in which moves of people are made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.host.ballots import Ballot
from tabletop.host.plan import Budget
from tabletop.scenario.turns import Phase
from tabletop.session import IllegalAction, Session
from tabletop.session.apply_command import played
from tabletop.session.command_kinds import Said
from tabletop.session.commands import Decide
from tabletop.session.errors import refuse_in_pause
from tabletop.session.room_commands import Tallied
from tabletop.session.step_tree import Position

if TYPE_CHECKING:
    from tabletop.engine.views import View

PASS = "pass"


def ballot_key(view: View) -> str:
    """What names the decision that a seat has to make, from its view alone: two positions that differ only in what
    the seat may not know have the same."""
    own = sum(1 for entry in view.log if entry.kind == "action" and entry.seat == view.seat)
    picked = ",".join(map(str, view.picked))
    told = f"{view.seat}|{view.turn}|{view.stage}|{view.phase}|{view.card}|{picked}|{own}"
    return hashlib.blake2b(told.encode(), digest_size=6).hexdigest()


def ballots_of(session: Session) -> dict[str, Ballot]:
    """The ballots that are open where a session stands, of the seats that people play, without any votes."""
    if session.is_over:
        return {}
    acting, players = session.position.acting, session.position.players
    return {seat: ballot_of(session.view(seat), session) for seat in acting if not players[seat]}


def ballot_of(view: View, session: Session) -> Ballot:
    """The ballot of a seat that has to act."""
    phase = phase_of(view, session)
    left = _picks_left(view, phase)
    is_plan = phase is not None and phase.is_face_down and view.card is None and left > 1
    moves = [str(action) for action in view.actions if not (is_plan and action.kind == PASS)]
    return Ballot(key=ballot_key(view), seat=view.seat, moves=tuple(moves), is_plan=is_plan, picks=max(1, left))


def phase_of(view: View, session: Session) -> Phase | None:
    """The phase that a view is of."""
    stages = {stage.id: stage for stage in session.scenario.stages}
    return next((phase for phase in stages[view.stage].phases if phase.id == view.phase), None)


def _picks_left(view: View, phase: Phase | None) -> int:
    most = phase.picks.get(view.seat, 1) if phase is not None else 1
    return most - len(view.picked)


def budget_of(view: View, session: Session) -> Budget:
    """What a seat may still spend in the phase."""
    promised: dict[str, int] = {}
    for action in view.picked:
        for resource, amount in action.cost.items():
            promised[resource] = promised.get(resource, 0) + amount
    return Budget(
        picks=_picks_left(view, phase_of(view, session)),
        left={id: amount - promised.get(id, 0) for id, amount in view.resources.items()},
        costs={str(action): dict(action.cost) for action in view.actions},
    )


@attrs.frozen(kw_only=True)
class Decision:
    """What a team has decided: the `moves` of its ballot, why, and the tally that is kept with it."""

    ballot: Ballot
    moves: tuple[str, ...]
    why: str
    tally: Tallied


def make(session: Session, decisions: Sequence[Decision]) -> None:
    """Makes the moves of teams, each with its tally, all or none and in one write; after a plan the seat passes with
    what is left.

    A move of a plan that another of them rules out is left away. Raises IllegalAction or NotKept, and then nothing has
    changed.
    """
    with session.alone:
        if session.paused:
            raise refuse_in_pause(decisions[0].ballot.seat)
        one = decisions[0]
        if session.course.at.after and len(decisions) == 1 and not one.ballot.is_plan:
            # What was taken back and is decided again is no new branch.
            session.remark(one.tally, "room")
            session.decide(one.ballot.seat, one.moves[0], why=one.why)
            return
        position = session.position
        said: list[tuple[Said, str, str]] = []
        for one in decisions:
            seat = one.ballot.seat
            made, position = _made(position, one)
            said.append((one.tally, "room", ""))
            said += [(Decide(seat=seat, action=move), seat, one.why) for move in made]
        session.together(said)


def _made(position: Position, decision: Decision) -> tuple[list[str], Position]:
    """The moves of a decision that can be made one after the other, and the position after them."""
    seat, began, made = decision.ballot.seat, position.moment, list[str]()
    if not decision.ballot.is_plan:
        (move,) = decision.moves
        return [move], played(position, Decide(seat=seat, action=move))
    for move in (*decision.moves, PASS):
        if seat in position.acting and position.moment == began:
            try:
                position = played(position, Decide(seat=seat, action=move))
            except IllegalAction:
                continue
            made.append(move)
    return made, position
