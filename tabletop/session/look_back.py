"""Looking back on a session: its line of play step by step, with what each step did and how chance fell after it.

What those who weigh the decisions of a game need, whether or not it is over; without sentences. It holds what is hidden
from players, so it is for whoever may know everything (see `public_screen.everything_is_told`).
"""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tabletop.engine.log import Entry
from tabletop.engine.played_step import PlayedStep
from tabletop.engine.program import Action
from tabletop.session.played_line import played_line
from tabletop.session.session import Session
from tabletop.session.step_falls import dealt_truths, step_falls
from tabletop.session.step_summary import Moment, StepSummary, moment_before, step_summary
from tabletop.session.step_tree import Step


@attrs.frozen(kw_only=True)
class StepOfLine:
    """A step of the line: what it did, when it was taken, the cards and rolls that it brought, and, of a decision, what
    was open then."""

    did: StepSummary
    taken: Moment
    falls: tuple[Entry, ...]
    options: tuple[Action, ...] = ()


@attrs.frozen(kw_only=True)
class LookBack:
    """A game that was played: the `steps` from the start to where it stands, the same by number as they are told (0 is
    the deal), the hidden truths that were dealt, whose points are looked at (the seats that people play, or else the
    scenario's solo seat), the ending that came, None where none has come yet, and the assumptions of the game."""

    steps: tuple[PlayedStep, ...]
    told: Mapping[int, StepOfLine]
    dealt: Mapping[str, int | bool | str]
    seats: tuple[str, ...]
    outcome: str | None
    assumptions: Mapping[str, int | bool]


def _options(session: Session, step: Step) -> tuple[Action, ...]:
    if step.before is None or step.kind not in ("decide", "overrule"):
        return ()
    before = session.position_at(step.before)
    return before.game.actions(before.state, step.body["seat"])


def look_back(session: Session) -> LookBack:
    """The line of play to where a session stands. Raises CannotReplay where the journal has a step that cannot be
    taken."""
    falls = step_falls(session)
    return LookBack(
        steps=played_line(session),
        told={
            step.number: StepOfLine(
                did=step_summary(session, step),
                taken=moment_before(session, step),
                falls=falls[step.number],
                options=_options(session, step),
            )
            for step in session.course.at.line()
        },
        dealt=dealt_truths(session),
        seats=tuple(session.humans) or (session.scenario.player,),
        outcome=session.state.outcome,
        assumptions=session.state.assumptions,
    )
