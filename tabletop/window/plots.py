"""Plots: lines over the turns of a game, told apart by colour, marker and a name at their end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.layout import Element
from tabletop.window.palette import Colour, hexadecimal, meter_colour
from tabletop.window.pen import Pen
from tabletop.window.text import runs
from tabletop.window.theme import GAP, HAIR, SMALL, TIGHT


class Series(NamedTuple):
    """A line: its name, its place in the scenario's order, and its value at each turn."""

    name: str
    at: int
    values: Sequence[float]


class Moment(NamedTuple):
    """A turn that is marked, with a letter or number that a legend beside the plot explains."""

    turn: int
    mark: str


# A marker for each place in the order, about 0 0 and one unit wide.
_MARKERS = (
    '<circle r="0.5"/>',
    '<rect x="-0.45" y="-0.45" width="0.9" height="0.9"/>',
    '<path d="M0-0.6L0.55 0.45L-0.55 0.45Z"/>',
    '<path d="M0-0.62L0.62 0L0 0.62L-0.62 0Z"/>',
    '<path d="M0 0.6L0.55-0.45L-0.55-0.45Z"/>',
    '<path d="M-0.6-0.2H-0.2V-0.6H0.2V-0.2H0.6V0.2H0.2V0.6H-0.2V0.2H-0.6Z"/>',
    '<rect x="-0.65" y="-0.25" width="1.3" height="0.5"/>',
    '<rect x="-0.25" y="-0.65" width="0.5" height="1.3"/>',
)


def polyline(
    canvas: Canvas,
    box: Box,
    points: Sequence[tuple[float, float]],
    colour: Colour,
    thick: float,
    marker: int | None = None,
) -> None:
    """A smooth line through places of a box, with a marker at each if one is given."""
    place = "L".join(f"{x - box.x:.1f} {y - box.y:.1f}" for x, y in points)
    paint = hexadecimal(colour)
    marks = ""
    if marker is not None:
        shape = _MARKERS[marker % len(_MARKERS)]
        marks = "".join(
            f'<g transform="translate({x - box.x:.1f} {y - box.y:.1f}) scale({thick * 3.4})" fill="{paint}">{shape}</g>'
            for x, y in points
        )
    canvas.drawing(
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {box.width:.1f} {box.height:.1f}">'
        f'<path d="M{place}" fill="none" stroke="{paint}" stroke-width="{thick}" stroke-linejoin="round" '
        f'stroke-linecap="round"/>{marks}</svg>',
        box,
    )


class Plot(Element):
    """Lines over turns. Names stand at the ends of the lines, moved apart where they would touch.

    `ends` are the lowest and highest value; `moments` are turning points, drawn as marked lines down the plot.
    """

    def __init__(
        self,
        series: Sequence[Series],
        *,
        ends: tuple[float, float] = (0, 100),
        moments: Sequence[Moment] = (),
        first_turn: int = 1,
        grow: float = 1.0,
    ) -> None:
        self._series, self._ends, self._moments = series, ends, moments
        self._first, self.grow = first_turn, grow

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 480.0, 900.0

    def height(self, pen: Pen, width: float) -> float:
        return max(280.0, len(self._series) * self._line(pen) + 2 * self._line(pen) + 4 * TIGHT)

    def _line(self, pen: Pen) -> float:
        return pen.em(SMALL) * SMALL.leading

    def draw(self, canvas: Canvas) -> None:
        pen = canvas.pen
        names = [pen.set(runs(one.name, "text"), SMALL) for one in self._series]
        right = max((pen.units(name.width) for name in names), default=0) + 2 * GAP
        left = pen.units(pen.set(runs(str(int(self._ends[1])), "text"), SMALL).width) + TIGHT
        line = self._line(pen)
        inner = Box(
            self.box.x + left,
            self.box.y + line + TIGHT,
            self.box.width - left - right,
            self.box.height - 2 * line - 2 * TIGHT,
        )
        self._draw_grid(canvas, inner)
        lowest, highest = self._ends
        turns = max((len(one.values) for one in self._series), default=1)
        at_end: list[tuple[float, int]] = []
        for index, one in enumerate(self._series):
            points = [
                (
                    inner.x + inner.width * turn / max(1, turns - 1),
                    inner.bottom - inner.height * (value - lowest) / max(1e-9, highest - lowest),
                )
                for turn, value in enumerate(one.values)
            ]
            polyline(canvas, self.box, points, meter_colour(one.at, canvas.ground.is_light), 3, one.at)
            if points:
                at_end.append((points[-1][1], index))
        y = inner.y - line
        tops: list[tuple[float, int]] = []
        for wanted, index in sorted(at_end):
            y = max(wanted - line / 2, y + line)
            tops.append((y, index))
        over = max(0.0, y + line - self.box.bottom)
        for at, (top, index) in enumerate(tops):
            room = self.box.y + at * line
            place = Box(inner.right + GAP, max(room, top - over), right - GAP, line)
            canvas.text(names[index], place)

    def _draw_grid(self, canvas: Canvas, inner: Box) -> None:
        pen, line = canvas.pen, self._line(canvas.pen)
        lowest, highest = self._ends
        for share in (0.0, 0.5, 1.0):
            y = inner.bottom - inner.height * share
            canvas.fill(Box(inner.x, y, inner.width, 1.5), canvas.ground.edge)
            label = pen.set(runs(f"{lowest + (highest - lowest) * share:.0f}", "text"), SMALL)
            canvas.text(
                label, Box(self.box.x, y - line / 2, inner.x - self.box.x - TIGHT, line), canvas.ground.soft, 1.0
            )
        turns = max((len(one.values) for one in self._series), default=1)
        every = max(1, round(turns * pen.em(SMALL) * 2.4 / max(1.0, inner.width)))
        for turn in range(0, turns, every):
            x = inner.x + inner.width * turn / max(1, turns - 1)
            label = pen.set(runs(str(self._first + turn), "text"), SMALL)
            canvas.text(label, Box(x - 40, inner.bottom + HAIR, 80, line), canvas.ground.soft, 0.5)
        for moment in self._moments:
            x = inner.x + inner.width * (moment.turn - self._first) / max(1, turns - 1)
            canvas.fill(Box(x - 1, inner.y, 2, inner.height), canvas.ground.warn)
            label = pen.set(runs(moment.mark, "bold"), SMALL)
            canvas.text(label, Box(x - 60, inner.y - line - HAIR, 120, line), canvas.ground.warn, 0.5)
