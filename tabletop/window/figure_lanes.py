"""Lanes: a figure with its interval, or a bar of a waterfall, on an axis that the lanes of a chart share."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.presentation.chart_geometry import Axis
from tabletop.presentation.review.alternatives import FigureRange
from tabletop.presentation.review.charts import bar_extent, figure_extent, path_places
from tabletop.presentation.review.turning import AccountBar, AccountStory
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.palette import Colour, mixed
from tabletop.window.parts import Picture
from tabletop.window.plots import polyline

_WIDE, _HIGH, _THICK, _PATH = 160.0, 30.0, 3.0, 150.0
#: Axes go from 0 to this; a lane has as many units as there is room for.
WHOLE = 1000.0


def bar_lane(axis: Axis, bar: AccountBar) -> Picture:
    """A bar of a waterfall: what adds is good, what takes away is bad, a sum is neither; its interval is a line."""
    found = bar_extent(axis, bar)

    def paint(canvas: Canvas, box: Box) -> None:
        scale = box.width / WHOLE
        _grid(canvas, box, axis, (0.0,))
        ground = canvas.ground
        colour = ground.soft if bar.kind == "total" else ground.good if bar.value >= 0 else ground.bad
        high = box.height * 0.56
        thick = max(_THICK, found.width * scale)
        left = min(box.x + found.left * scale, box.right - thick)
        canvas.fill(Box(left, box.y + (box.height - high) / 2, thick, high), mixed(colour, ground.fill, 0.25))
        if found.low != found.high:
            _whiskers(canvas, box, box.x + found.low * scale, box.x + found.high * scale, ground.ink)

    return Picture(paint, _WIDE, _HIGH, grow=1)


def range_lane(axis: Axis, figure: FigureRange, *, is_full: bool) -> Picture:
    """A figure as a dot in its interval; the dot `is_full` or a ring."""
    found = figure_extent(axis, figure)

    def paint(canvas: Canvas, box: Box) -> None:
        scale, middle = box.width / WHOLE, box.centre[1]
        _grid(canvas, box, axis, axis.ticks)
        ground = canvas.ground
        colour = ground.accent if is_full else ground.ink
        left, right = box.x + found.low * scale, box.x + found.high * scale
        canvas.rounded(Box(left, middle - 4, max(_THICK, right - left), 8), mixed(colour, ground.fill, 0.6), 4)
        radius = box.height * 0.27
        x = min(max(box.x + found.left * scale, box.x + radius), box.right - radius)
        canvas.disc(x, middle, radius, colour)
        if not is_full:
            canvas.disc(x, middle, radius - _THICK, ground.fill)

    return Picture(paint, _WIDE, _HIGH, grow=1)


def path_line(story: AccountStory) -> Picture:
    """How the expected figure went, from the deal to the end, within its interval; it fills the height that is left."""

    def paint(canvas: Canvas, box: Box) -> None:
        ground = canvas.ground
        means, lows, highs = path_places(story, box.width, box.height)
        step = box.width / max(1, len(means) - 1)
        band = mixed(ground.accent, ground.fill, 0.78)
        for y in (0.0, box.height / 2, box.height):
            canvas.fill(Box(box.x, min(box.y + y, box.bottom - 1.5), box.width, 1.5), ground.edge)
        for (x, low), (_, high) in zip(lows, highs, strict=True):
            left, right = max(0.0, x - step / 2), min(box.width, x + step / 2)
            canvas.fill(Box(box.x + left, box.y + high, right - left, low - high), band)
        polyline(canvas, box, [(box.x + x, box.y + y) for x, y in means], ground.accent, 3)

    return Picture(paint, _WIDE, _PATH, grow=1)


def _grid(canvas: Canvas, box: Box, axis: Axis, values: Sequence[float]) -> None:
    for value in values:
        x = box.x + axis.at(value) * box.width / WHOLE
        canvas.fill(Box(min(max(x - 0.75, box.x), box.right - 1.5), box.y, 1.5, box.height), canvas.ground.edge)


def _whiskers(canvas: Canvas, box: Box, left: float, right: float, colour: Colour) -> None:
    middle, high = box.centre[1], box.height * 0.2
    left, right = max(left, box.x), min(right, box.right)
    canvas.fill(Box(left, middle - 1, max(_THICK, right - left), 2), colour)
    for x in (left, right - 2):
        canvas.fill(Box(x, middle - high, 2, 2 * high), colour)
