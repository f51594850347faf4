"""The line of play of a session, from its start to where it stands, for those who look back on it."""

from __future__ import annotations

from tabletop.engine.played_step import PlayedStep
from tabletop.session.apply_command import named_action
from tabletop.session.commands import Decide, Overrule, Retract
from tabletop.session.recorded_game import RecordedGame
from tabletop.session.step_tree import Step


def played_line(session: RecordedGame, branch: str | None = None) -> tuple[PlayedStep, ...]:
    """The steps from the start to where the game stands, or to the end of a branch. What was undone is not among them.

    Raises KeyError for an unknown branch, and CannotReplay where the journal has a step that cannot be taken.
    """
    tip = session.course.at if branch is None else session.course.tips[branch]
    return tuple(_played(session, step) for step in tip.line() if step.before is not None)


def _played(session: RecordedGame, step: Step) -> PlayedStep:
    assert step.before is not None
    before, after = session.position_at(step.before), session.position_at(step).state
    match step.said:
        case (Decide() | Overrule()) as said:
            action = named_action(before, said.seat, said.action)
            ruled = isinstance(said, Overrule)
            return PlayedStep(
                number=step.number,
                kind=step.kind,
                before=before.state,
                after=after,
                seat=said.seat,
                action=str(action),
                move=before.game.legal_move(before.state, said.seat, action),
                drawn=before.game.apply(before.state, said.seat, action) if ruled else None,
            )
        case Retract(seat=seat):
            return PlayedStep(number=step.number, kind=step.kind, before=before.state, after=after, seat=seat)
        case _:
            return PlayedStep(number=step.number, kind=step.kind, before=before.state, after=after)
