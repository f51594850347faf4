"""Tracks: the steps of preparation, and the facts that have come about, as far as the seat knows them."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.board import Hidden, Track, Value, Variable
from tabletop.window.board.wording import joined
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Picture, Space, Text, meter_icon
from tabletop.window.text import Run
from tabletop.window.theme import GAP, HAIR, LABEL, SLOW, SMALL, TIGHT

_MOST_PIPS = 12


def tracks(perspective: Perspective, words: Words, grown: float, explain: Callable[[str], object]) -> list[Element]:
    """Every track that the seat knows of; pressing one explains it."""
    shown: list[Element] = []
    first = len(perspective.scenario.meters)
    for at, track in enumerate(perspective.scenario.tracks, first):
        ids = [f"{track.id}_{item}" for item in track.by] or [track.id]
        known = [id for id in ids if id in perspective.view.tracks]
        if known and not track.by:
            shown.append(_single(perspective, words, at, track, grown, explain))
        elif known:
            shown.append(_several(perspective, words, at, track, known, grown, explain))
    return shown


def _icon(at: int, track: Track, grown: float) -> Element:
    side = 26 * grown
    return Picture(
        lambda canvas, box: canvas.icon(
            meter_icon(track.id, at), box, canvas.look.meter_colour(track.id, at, canvas.ground)
        ),
        side,
        side,
    )


def _tip(perspective: Perspective, words: Words, track: Track, id: str) -> str:
    named = ", ".join(f"{one.name} ≥ {one.at}" for one in track.thresholds)
    levels = words("table.levels", levels=named) if named else ""
    standing = f"{perspective.names.full(id)}: {perspective.view.tracks[id]}/{track.steps}"
    return (
        joined([standing, perspective.names.level(id, perspective.view.tracks[id])])
        + f"\n{track.text}\n{levels}".rstrip()
    )


def _single(
    perspective: Perspective, words: Words, at: int, track: Track, grown: float, explain: Callable[[str], object]
) -> Element:
    value = perspective.view.tracks[track.id]
    level = perspective.names.level(track.id, value)
    row = Row(
        _icon(at, track, grown),
        Column(Text(track.name, LABEL), Text(level, SMALL, "soft") if level else None, gap=0, grow=1),
        steps(track.id, value, track.steps, grown),
        gap=TIGHT,
        align="middle",
    )
    tip = _tip(perspective, words, track, track.id)
    return Spot(f"track.{track.id}", Pad(row, TIGHT, HAIR / 2), lambda: explain(track.id), tip=tip)


def _several(
    perspective: Perspective,
    words: Words,
    at: int,
    track: Track,
    ids: list[str],
    grown: float,
    explain: Callable[[str], object],
) -> Element:
    cells: list[Element] = []
    for id in ids:
        item = id.removeprefix(f"{track.id}_")
        row = Row(
            Text(perspective.names.item(item), SMALL, grow=1),
            steps(id, perspective.view.tracks[id], track.steps, grown),
            gap=TIGHT,
            align="middle",
        )
        tip = _tip(perspective, words, track, id)
        cells.append(Spot(f"track.{id}", Pad(row, TIGHT, HAIR / 2), lambda id=id: explain(id), tip=tip))  # type: ignore[misc]
    head = Pad(Row(_icon(at, track, grown), Text(track.name, LABEL, grow=1), gap=TIGHT, align="middle"), TIGHT, 0)
    return Column(head, Grid(*cells, columns=2 if len(cells) > 1 else 1, gap=HAIR), gap=0)


def steps(id: str, value: int, most: int, grown: float) -> Element:
    """Steps done and steps to do, as discs; as a number where there are many."""
    if most > _MOST_PIPS:
        return Text(f"{value}/{most}", LABEL, wraps=False)
    side = 18 * grown

    def paint(canvas: Canvas, box: Box) -> None:
        for at in range(most):
            x, y = box.x + side * (at + 0.5), box.centre[1]
            canvas.disc(x, y, side * 0.36, canvas.ground.soft)
            canvas.disc(x, y, side * 0.36 - 2, canvas.ground.fill)
            done = canvas.motion.value(f"step.{id}.{at}", 1.0 if at < value else 0.0, duration=SLOW)
            if done > 0:
                canvas.disc(x, y, side * 0.42 * done, canvas.ground.accent)

    return Picture(paint, side * most, side)


def facts(perspective: Perspective, explain: Callable[[str], object], most: int = 8) -> Element:
    """What has come about, each in two or three words, the most telling first."""
    named = perspective.telling_facts()
    here = [name for name in named if name in perspective.changed_in_stage]
    rest = [name for name in named if name not in perspective.changed_in_stage]
    shown = list(dict.fromkeys([*here, *perspective.at_stake(), *rest]))[:most]
    nouns = texts(perspective)
    cells = [
        Spot(
            f"fact.{name}",
            Pad(Text(fact_runs(perspective, name), SMALL), TIGHT, HAIR / 2),
            lambda name=name: explain(name),  # type: ignore[misc]
            tip=nouns.get(name, ""),
        )
        for name in shown
    ]
    return Flow(*cells, gap=0, line_gap=0) if cells else Space()


def texts(perspective: Perspective) -> dict[str, str]:
    """What the scenario says about every fact, by id."""
    scenario = perspective.scenario
    nouns: list[Variable | Hidden | Value] = [*scenario.variables, *scenario.hidden, *scenario.values]
    return {one.id: one.text for one in nouns}


def fact_runs(perspective: Perspective, name: str) -> list[Run]:
    """One fact, as text."""
    value = perspective.view.facts[name]
    if value is True:
        return [Run(perspective.names.full(name), "bold")]
    return [Run(f"{perspective.names.full(name)} ", "text", "soft"), Run(perspective.names.value(name, value), "bold")]


def purse(perspective: Perspective, grown: float) -> list[Element]:
    """What the seat has left to spend, as coins; as a number where there are many."""
    shown: list[Element] = []
    for one in perspective.noun.resources:
        left = perspective.left(one)
        most = max(left, one.refresh or one.start)
        name = Text(one.name, LABEL, "soft", wraps=False)
        count = Text(str(left), LABEL, wraps=False)
        row = Row(name, coins(f"purse.{one.id}", left, most, grown), gap=TIGHT, align="middle") if most <= 10 else None
        shown.append(row or Row(name, count, gap=TIGHT, align="middle"))
    return [Row(*shown, gap=GAP, align="middle")] if shown else []


def coins(key: str, left: int, most: int, grown: float, role: str = "accent") -> Element:
    """Coins that are left, and the places of those that are spent."""
    side = 24 * grown

    def paint(canvas: Canvas, box: Box) -> None:
        for at in range(most):
            x, y = box.x + side * (at + 0.5), box.centre[1]
            radius = side * 0.42
            canvas.disc(x, y, radius, canvas.ground.soft if at >= left else canvas.ground.role(role))
            canvas.disc(x, y, radius - 2.5, canvas.ground.fill)
            if at < left:
                canvas.disc(x, y, radius - 5, canvas.ground.role(role))

    return Picture(paint, side * most, side)
