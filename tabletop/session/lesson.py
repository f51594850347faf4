"""Lesson: how far a player is in the steps of a pack's lesson, from the game and from what is on the screen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.engine.conditions import holds
from tabletop.scenario.presentation import Lesson, LessonStep
from tabletop.session.session import Session

if TYPE_CHECKING:
    from tabletop.session.commands import Command


@attrs.frozen
class Moment:
    """Where the player is in a step: the game, what was done in it since the step began, and what is on the screen.

    `has_sheet` is whether something lies over the table now, `had_sheet` whether anything has since the step began.
    """

    session: Session
    since: Sequence[Command] = ()
    has_sheet: bool = False
    had_sheet: bool = False

    @property
    def is_finished(self) -> bool:
        """Whether the game is over."""
        return self.session.state.finished

    def is_over(self, step: LessonStep) -> bool:
        """Whether what a step waits for has come about; a step that is only read never is."""
        if any(self._has_come(wait) for wait in step.waits):
            return True
        if step.phase and self._is_past(step.phase):
            return True
        return step.until is not None and holds(self.session.state, step.until.source)

    def is_wanted(self, step: LessonStep) -> bool:
        """Whether a step has anything to say here."""
        state = self.session.state
        if (step.needs == "card" and state.card is None) or (step.needs == "undo" and not self.session.can_undo):
            return False
        return step.when is None or holds(state, step.when.source)

    def _has_come(self, wait: str) -> bool:
        return {
            "sheet_closed": not self.has_sheet,
            "sheet_read": self.had_sheet and not self.has_sheet,
            "card_answered": self.session.state.card is None,
            "decided": self._did("decide"),
            "taken_back": self._did("go"),
            "game_over": self.is_finished,
        }[wait]

    def _did(self, kind: str) -> bool:
        """Whether the player has done something of a kind since the step began."""
        return any(one.kind == kind and one.who in self.session.humans for one in self.since)

    def _is_past(self, phase: str) -> bool:
        """Whether a phase of the first turn is over."""
        state = self.session.state
        stage = next(one for one in self.session.scenario.stages if one.id == state.stage)
        order = [one.id for one in stage.phases]
        if state.turn > 1 or phase not in order or state.phase not in order:
            return True
        return order.index(state.phase) > order.index(phase)


def next_step(lesson: Lesson, at: int, moment: Moment) -> int:
    """The place of the next step that is wanted after one; the last one is always."""
    last = len(lesson.steps) - 1
    if moment.is_finished:
        return last
    return next((place for place in range(at + 1, last) if moment.is_wanted(lesson.steps[place])), last)


def waits(step: LessonStep) -> bool:
    """Whether a step waits for something rather than being read."""
    return bool(step.waits or step.phase or step.until is not None)
