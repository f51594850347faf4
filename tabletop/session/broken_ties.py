"""Broken ties: votes of teams that closed with several moves ahead, and which of them was taken."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tabletop.session.room_commands import Tallied
from tabletop.session.session import Session
from tabletop.session.step_tree import Step

#: How a tally names a tie that was broken when its ballot was closed.
BROKEN = "tie broken"


@attrs.frozen(kw_only=True)
class BrokenTie:
    """A tie of a team that was broken: the move `taken` by its label, and the `others` that had as many votes."""

    taken: str
    others: tuple[str, ...]
    votes: int


def broken_ties(session: Session) -> dict[str, BrokenTie]:
    """The last decision of each seat in the present turn, where it was a tie."""
    found: dict[str, BrokenTie | None] = {}
    for step, tally in _tallies(session):
        if tally.seat not in found:
            found[tally.seat] = _broken(session, step, tally) if tally.how == BROKEN else None
    return {seat: tie for seat, tie in found.items() if tie is not None}


def _tallies(session: Session) -> Iterator[tuple[Step, Tallied]]:
    """The tallies of the present turn that have not been stepped back from, each with where the game stood, the last
    first."""
    line = {step.number: step for step in session.course.at.line()}
    for command in reversed(session.commands):
        step = line.get(command.parent)
        if step is None:
            continue
        state = session.position_at(step).state
        if (state.turn, state.stage) != (session.state.turn, session.state.stage):
            return
        if isinstance(command.said, Tallied):
            yield step, command.said


def _broken(session: Session, step: Step, tally: Tallied) -> BrokenTie | None:
    view = session.game.view(session.position_at(step).state, tally.seat)
    labels = {str(action): action.label for action in view.actions}
    most = max(tally.counts.values(), default=0)
    taken = next(iter(tally.moves), "")
    others = tuple(labels.get(move, move) for move, votes in tally.counts.items() if votes == most and move != taken)
    return BrokenTie(taken=labels.get(taken, taken), others=others, votes=most) if others else None
