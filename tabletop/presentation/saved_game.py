"""A saved game at a glance: where it stands, who plays, and how its meters went, none of it secret."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.presentation.perspective import Perspective

#: How many places of a meter's course a small picture has room for.
MOST_POINTS = 40


@attrs.frozen(kw_only=True)
class SavedGame:
    """The key facts of a saved game. `meters` is the course of each from 0 to 1, by id; `names` and `values` are theirs
    now.

    `wrong` says in a line why the game cannot be opened.
    """

    when: str = ""
    stage: str = ""
    ending: str = ""
    tone: str = ""
    branches: int = 1
    decisions: int = 0
    meters: dict[str, list[float]] = attrs.field(factory=dict)
    names: dict[str, str] = attrs.field(factory=dict)
    values: dict[str, int] = attrs.field(factory=dict)
    seats: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    wrong: str = ""


def saved_game(
    perspective: Perspective, courses: Mapping[str, Sequence[int]], *, branches: int, decisions: int
) -> SavedGame:
    """What can be seen of a game by anybody, from the view of whoever has no seat and every meter by turn."""
    scenario, view = perspective.scenario, perspective.view
    ending = next((one for one in scenario.endings if one.id == view.outcome), None)
    meters = {}
    for meter in scenario.meters:
        low, high = meter.range
        values = courses[meter.id]
        shown = [*values[:: max(1, len(values) // MOST_POINTS)], view.meters[meter.id]]
        meters[meter.id] = [round((value - low) / max(1, high - low), 3) for value in shown]
    return SavedGame(
        when=perspective.label.date,
        stage=perspective.stage.title,
        ending=ending.title if ending else "",
        tone=ending.tone if ending else "",
        branches=branches,
        decisions=decisions,
        meters=meters,
        names={meter.id: meter.short or meter.name for meter in scenario.meters},
        values=dict(view.meters),
        seats=tuple(seat.id for seat in scenario.seats),
        people=tuple(map(perspective.names.seat, perspective.humans)),
    )
