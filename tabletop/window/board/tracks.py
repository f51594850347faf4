"""Tracks: the steps of preparation, the facts that have come about, and what there is to spend."""

from __future__ import annotations

import functools
from collections.abc import Callable, Sequence

from tabletop.presentation.board import Fact, TrackBoard, TrackItem, resources_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.board.wording import joined
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Picture, Space, Text, meter_icon
from tabletop.window.span_runs import runs_of
from tabletop.window.theme import GAP, HAIR, LABEL, SLOW, SMALL, TIGHT

_MOST_PIPS = 12


def tracks(shown: Sequence[TrackBoard], first: int, grown: float, explain: Callable[[str], object]) -> list[Element]:
    """Every track that the seat knows of; pressing one explains it. `first` is how many meters stand before them."""
    return [(_several if one.is_parted else _single)(first + one.place, one, grown, explain) for one in shown]


def _icon(at: int, track: TrackBoard, grown: float) -> Element:
    side = 26 * grown
    return Picture(
        lambda canvas, box: canvas.icon(
            meter_icon(track.id, at), box, canvas.look.meter_colour(track.id, at, canvas.ground)
        ),
        side,
        side,
    )


def _tip(track: TrackBoard, item: TrackItem) -> str:
    return joined([item.standing, track.text, track.levels_text], "\n")


def _single(at: int, track: TrackBoard, grown: float, explain: Callable[[str], object]) -> Element:
    item = track.items[0]
    row = Row(
        _icon(at, track, grown),
        Column(Text(track.name, LABEL), Text(item.level, SMALL, "soft") if item.level else None, gap=0, grow=1),
        steps(track.id, item.value, track.steps, grown),
        gap=TIGHT,
        align="middle",
    )
    return Spot(f"track.{track.id}", Pad(row, TIGHT, HAIR / 2), lambda: explain(track.id), tip=_tip(track, item))


def _several(at: int, track: TrackBoard, grown: float, explain: Callable[[str], object]) -> Element:
    cells: list[Element] = []
    for item in track.items:
        row = Row(
            Text(item.name, SMALL, grow=1),
            steps(item.id, item.value, track.steps, grown),
            gap=TIGHT,
            align="middle",
        )
        tell = functools.partial(explain, item.id)
        cells.append(Spot(f"track.{item.id}", Pad(row, TIGHT, HAIR / 2), tell, tip=_tip(track, item)))
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


def facts(shown: Sequence[Fact], explain: Callable[[str], object], most: int = 8) -> Element:
    """What has come about, each in two or three words, the most telling first."""
    cells = [
        Spot(
            f"fact.{one.id}",
            Pad(Text(runs_of(one.line), SMALL), TIGHT, HAIR / 2),
            functools.partial(explain, one.id),
            tip=one.text,
        )
        for one in shown[:most]
    ]
    return Flow(*cells, gap=0, line_gap=0) if cells else Space()


def purse(perspective: Perspective, words: Words, grown: float) -> list[Element]:
    """What the seat has left to spend, as coins; as a number where there are many."""
    shown: list[Element] = []
    for one in resources_of(perspective, words):
        name = Text(one.name, LABEL, "soft", wraps=False)
        count = Text(str(one.left), LABEL, wraps=False)
        few = one.most <= 10
        shown.append(
            Row(name, coins(f"purse.{one.id}", one.left, one.most, grown) if few else count, gap=TIGHT, align="middle")
        )
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
