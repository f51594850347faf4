"""Decisions: which ballots a session's position asks for, and making a move of what a team has decided.

The one place of the server in which moves of people are made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import attrs

from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.refusals import Refusal
from tabletop.engine.state import State
from tabletop.engine.views import View
from tabletop.host.ballots import Ballot
from tabletop.host.plan import Budget
from tabletop.scenario.turns import Phase
from tabletop.session import Session
from tabletop.session.command_kinds import Said
from tabletop.session.commands import Decide
from tabletop.session.room_commands import Tallied

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
    state, players = session.state, session.position.players
    if state.finished:
        return {}
    return {seat: ballot_of(session.view(seat), session) for seat in state.acting if not players[seat]}


def ballot_of(view: View, session: Session) -> Ballot:
    """The ballot of a seat that has to act."""
    phase = phase_of(view, session)
    left = _picks_left(view, phase)
    is_plan = phase is not None and phase.order == "simultaneous" and view.card is None and left > 1
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
            raise IllegalAction(decisions[0].ballot.seat, "", Refusal(kind="paused"))
        one = decisions[0]
        if session.course.at.after and len(decisions) == 1 and not one.ballot.is_plan:
            # What was taken back and is decided again is no new branch.
            session.remark(one.tally, "room")
            session.decide(one.ballot.seat, one.moves[0], why=one.why)
            return
        state = session.state
        said: list[tuple[Said, str, str]] = []
        for one in decisions:
            seat = one.ballot.seat
            made, state = _made(session.game, state, one)
            said.append((one.tally, "room", ""))
            said += [(Decide(seat=seat, action=move), seat, one.why) for move in made]
        session.together(said)


def _made(game: Game, state: State, decision: Decision) -> tuple[list[str], State]:
    """The moves of a decision that can be made one after the other, and the state after them."""
    ballot, began, made = decision.ballot, _moment(state), list[str]()
    if not ballot.is_plan:
        (move,) = decision.moves
        return [move], game.apply(state, ballot.seat, move)
    for move in (*decision.moves, PASS):
        if ballot.seat in state.acting and _moment(state) == began:
            try:
                state = game.apply(state, ballot.seat, move)
            except IllegalAction:
                continue
            made.append(move)
    return made, state


def _moment(state: State) -> tuple[int, str]:
    return state.turn, state.phase
