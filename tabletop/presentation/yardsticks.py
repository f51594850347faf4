"""A finished game by other measures than the seats' own points: the yardsticks of the scenario."""

from __future__ import annotations

import attrs

from tabletop.presentation.perspective import Perspective


@attrs.frozen(kw_only=True)
class Yardstick:
    """What a game came to by one measure: its name, by whose it is, what it counts, and the points. Points of two
    yardsticks cannot be compared with each other, only those of one yardstick in two games."""

    id: str
    name: str
    held_by: str
    text: str
    points: int


def yardsticks(perspective: Perspective) -> tuple[Yardstick, ...]:
    """A finished game by each yardstick of the scenario, in its order; none while it goes on, and none of those that
    read what may not be told."""
    view = perspective.view
    return tuple(
        Yardstick(
            id=one.id,
            name=one.name or one.held_by,
            held_by=one.held_by,
            text=" ".join(one.note.split()),
            points=int(view.facts[one.id]),
        )
        for one in perspective.scenario.values
        if one.held_by and one.id in view.facts and view.finished
    )
