"""Stage scenes: the pictures of a staging in order, and where the meters stand at each of them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.presentation.staging import StagedStep, StagedTurn
from tabletop.presentation.week_summary import WeekSummary

#: A set piece of something so many entries away in the log is about the same.
_NEAR = 1


@attrs.frozen(kw_only=True)
class StageScene:
    """One picture of the staging: a step of a turn, or the page of one."""

    turn: StagedTurn
    step: StagedStep | None = None
    summary: WeekSummary | None = None
    at: int = 0

    @property
    def title(self) -> str:
        """What the page of a turn is called, "" for a step."""
        return self.summary.title if self.summary is not None else ""


def scenes_of(turns: Sequence[StagedTurn]) -> list[StageScene]:
    """The pictures of some turns, one after another."""
    found: list[StageScene] = []
    for turn in turns:
        found += [StageScene(turn=turn, step=step, at=at) for at, step in enumerate(turn.steps)]
        if turn.summary is not None:
            found.append(StageScene(turn=turn, summary=turn.summary, at=len(turn.steps)))
    return found


def values_at(scenes: Sequence[StageScene], at: int, has_landed: bool) -> dict[str, int]:
    """The meters at a picture: before or after what it moves."""
    values: dict[str, int] = {}
    for scene in scenes:
        for change in scene.step.changes if scene.step is not None else ():
            if change.noun == "meter":
                values.setdefault(change.target, change.before)
    for number, scene in enumerate(scenes[: at + 1]):
        if scene.summary is not None:  # the page of a turn also knows what no step had to show
            values.update({one.change.target: one.change.after for one in scene.summary.moved})
        if scene.step is None or (number == at and not has_landed):
            continue
        values.update({one.target: one.after for one in scene.step.changes if one.noun == "meter"})
    return values


def without_told(turn: StagedTurn, filled: frozenset[int]) -> StagedTurn:
    """A turn without what has just filled the screen, unless it moved a meter far."""
    steps = [step for step in turn.steps if step.is_great or not _is_near(step, filled)]
    return attrs.evolve(turn, steps=tuple(steps))


def _is_near(step: StagedStep, filled: frozenset[int]) -> bool:
    return any(abs(place - own) <= _NEAR for place in filled for own in step.places)
