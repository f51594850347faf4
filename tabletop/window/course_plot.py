"""Course plot: how the meters went, turn by turn, with turning points to look at, and each line named at its end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.presentation.chart_geometry import Place, across, places
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Action, Control
from tabletop.window.frames import Pad
from tabletop.window.layout import Element, Group
from tabletop.window.palette import Colour, mixed
from tabletop.window.parts import Text, meter_icon
from tabletop.window.pen import Pen
from tabletop.window.plots import polyline
from tabletop.window.text import runs
from tabletop.window.theme import BODY, GAP, HAIR, LABEL, ROUND, SMALL, SMALL_GAP, STRONG, TIGHT, Style

# Markers stand out of the field a little.
_MARGIN = 12.0
_TICKS = (0.0, 0.25, 0.5, 0.75, 1.0)


@attrs.frozen
class Line:
    """A meter's line: its values at the start and at the end of each turn, from `low` to `high`."""

    id: str
    name: str
    at: int
    values: tuple[int, ...]
    low: int
    high: int


@attrs.frozen
class Mark:
    """A point of the plot that can be looked at: in which turn it was, which meters it moved, and what a press does."""

    name: str
    turn: int
    moved: tuple[str, ...]
    on_press: Action | None
    tip: str = ""


class MeterPlot(Group):
    """The lines of a game. `stages` are (first turn, title) of its parts; `marks` are numbered in order.

    A line is lit up while its name or a mark that moved it is looked at. `looked` is told which control that is.
    """

    def __init__(
        self,
        lines: Sequence[Line],
        marks: Sequence[Mark],
        stages: Sequence[tuple[int, str]],
        *,
        least: float = 300.0,
        grow: float = 1.0,
    ) -> None:
        self._points = [_Point(mark, number) for number, mark in enumerate(marks, 1)]
        self._names = [_Name(line) for line in lines]
        super().__init__(*self._points, *self._names, grow=grow)
        self._lines, self._marks, self._stages, self._least = lines, marks, stages, least
        self._field = Box(0, 0, 0, 0)
        self._strip = 0.0

    def widths(self, pen: Pen) -> tuple[float, float]:
        wide = self._gutter(pen) + self._scale(pen) + 260
        return wide, max(wide, 900.0)

    def height(self, pen: Pen, width: float) -> float:
        names = sum(name.height(pen, 0) for name in self._names)
        return max(self._least, names) + self._top(pen) + self._axis(pen)

    def least_height(self, pen: Pen, width: float) -> float:
        return self.height(pen, width)

    def _gutter(self, pen: Pen) -> float:
        return max((name.widths(pen)[1] for name in self._names), default=0.0) + GAP

    def _scale(self, pen: Pen) -> float:
        return pen.units(pen.set(runs("100", SMALL.face), SMALL).width) + TIGHT

    def _top(self, pen: Pen) -> float:
        return (self._points[0].height(pen, 0) + GAP) if self._points else TIGHT

    def _axis(self, pen: Pen) -> float:
        return pen.em(SMALL) * SMALL.leading + TIGHT

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        left, top = self._scale(pen), self._top(pen)
        high = max(1.0, box.height - top - self._axis(pen))
        self._field = Box(box.x + left, box.y + top, max(1.0, box.width - left - self._gutter(pen)), high)
        self._strip = self._field.right + GAP
        self._place_points(pen)
        self._place_names(pen)

    def _place_points(self, pen: Pen) -> None:
        if not self._points:
            return
        size = self._points[0].height(pen, 0)
        field = self._field.inset(-size / 2, 0)
        wanted = [self.across(mark.turn) - size / 2 for mark in self._marks]
        for point, x in zip(self._points, spread(wanted, size + HAIR, field.x, field.right), strict=True):
            point.place(pen, Box(x, self.box.y, size, size))

    def _place_names(self, pen: Pen) -> None:
        if not self._names:
            return
        size = self._names[0].height(pen, 0)
        top, bottom = self.box.y + self._top(pen) - size / 2, self._field.bottom + size / 2
        if bottom - top < size * len(self._names):
            top, bottom = self.box.y, self.box.bottom
        order = sorted(range(len(self._names)), key=lambda at: self.down(self._lines[at], -1))
        wanted = [self.down(self._lines[at], -1) - size / 2 for at in order]
        for at, y in zip(order, spread(wanted, size, top, bottom), strict=True):
            self._names[at].place(pen, Box(self._strip, y, max(0.0, self.box.right - self._strip), size))
        self._names.sort(key=lambda name: name.box.y)
        self.children = [*self._points, *self._names]

    @property
    def _turns(self) -> int:
        return max((len(line.values) - 1 for line in self._lines), default=1)

    def across(self, turn: int) -> float:
        """Where the end of a turn is; 0 for the start of the game."""
        return self._field.x + across(turn, self._turns + 1, self._field.width)

    def down(self, line: Line, turn: int) -> float:
        """Where a line is at the end of a turn."""
        return self._field.y + self._course(line)[turn][1]

    def _course(self, line: Line) -> tuple[Place, ...]:
        return places(line.values, line.low, line.high, self._field.width, self._field.height)

    def draw(self, canvas: Canvas) -> None:
        self._draw_grid(canvas)
        lit = self._lit(canvas)
        for line in sorted(self._lines, key=lambda line: line.id in lit):
            self._draw_line(canvas, line, lit)
        self._draw_leaders(canvas)
        super().draw(canvas)

    def _lit(self, canvas: Canvas) -> set[str]:
        for name in self._names:
            if canvas.attention.is_active(name.name):
                return {name.line.id}
        for mark in self._marks:
            if canvas.attention.is_active(mark.name):
                return set(mark.moved)
        return set()

    def _draw_grid(self, canvas: Canvas) -> None:
        field, soft, edge = self._field, canvas.ground.soft, canvas.ground.edge
        first = self._lines[0] if self._lines else None
        for share in _TICKS:
            y = field.bottom - field.height * share
            canvas.fill(Box(field.x, y, field.width, 1.5), edge)
            if first is not None and share in (0.0, 0.5, 1.0):
                words = str(round(first.low + (first.high - first.low) * share))
                set_text = canvas.pen.set(runs(words, SMALL.face), SMALL)
                high = canvas.pen.units(set_text.height)
                canvas.text(set_text, Box(self.box.x, y - high / 2, field.x - self.box.x - TIGHT, high), soft, 1.0)
        free = field.x
        for turn, title in self._stages:
            x = self.across(turn - 1)
            canvas.fill(Box(x, field.y, 1.5, field.height + TIGHT), edge)
            set_text = canvas.pen.set(runs(title, SMALL.face), SMALL)
            wide, high = canvas.pen.units(set_text.width), canvas.pen.units(set_text.height)
            left = min(x, self.box.right - wide)
            if left >= free:
                canvas.text(set_text, Box(left, field.bottom + TIGHT, wide, high), soft)
                free = left + wide + TIGHT

    def _draw_line(self, canvas: Canvas, line: Line, lit: set[str]) -> None:
        colour = canvas.look.meter_colour(line.id, line.at, canvas.ground)
        is_lit = line.id in lit
        if lit and not is_lit:
            colour = mixed(canvas.ground.fill, colour, 0.28)
        points = [(self.across(turn), self._field.y + y) for turn, (_, y) in enumerate(self._course(line))]
        polyline(canvas, self._field.inset(-_MARGIN), points, colour, 5.0 if is_lit else 3.0, line.at)
        name = next(one for one in self._names if one.line is line)
        canvas.lines([points[-1], (self._strip, name.box.centre[1])], colour, 1.5)

    def _draw_leaders(self, canvas: Canvas) -> None:
        for mark, point in zip(self._marks, self._points, strict=True):
            is_active = canvas.attention.is_active(mark.name)
            colour = canvas.ground.accent if is_active else mixed(canvas.ground.edge, canvas.ground.soft, 0.35)
            x, field = self.across(mark.turn), self._field
            canvas.lines([(point.box.centre[0], point.box.bottom), (x, field.y)], colour, 2.0)
            thick = 3.0 if is_active else 1.5
            canvas.fill(Box(x - thick / 2, field.y, thick, field.height), colour)


class _Point(Control):
    """The number of a turning point."""

    radius = 99.0

    def __init__(self, mark: Mark, number: int) -> None:
        super().__init__(mark.name, Text(str(number), LABEL, across=0.5, wraps=False), mark.on_press, tip=mark.tip)

    def _size(self, pen: Pen) -> float:
        return pen.em(LABEL) * 1.9

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._size(pen), self._size(pen)

    def height(self, pen: Pen, width: float) -> float:
        return self._size(pen)

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        high = self.child.height(pen, box.width)
        self.child.place(pen, Box(box.x, box.y + (box.height - high) / 2, box.width, high))

    def paint(self, canvas: Canvas) -> None:
        is_active = canvas.attention.is_active(self.name)
        ground = canvas.theme.ground("accent" if is_active else "raised")
        x, y = self.box.centre
        canvas.disc(x, y, self.box.width / 2, canvas.ground.accent)
        canvas.disc(x, y, self.box.width / 2 - 2, ground.fill)
        with canvas.on(ground):
            self.child.draw(canvas)


class _Name(Control):
    """A meter at the end of its line: icon, name, where it ended and by how much that is more or less."""

    radius = ROUND

    def __init__(self, line: Line) -> None:
        amount = line.values[-1] - line.values[0]
        change = f"+{amount}" if amount > 0 else f"−{-amount}" if amount else "±0"
        super().__init__(f"line.{line.id}", Pad(Text("", SMALL), TIGHT, HAIR))
        self.line = line
        self._parts = (runs(line.name, LABEL.face), runs(str(line.values[-1]), STRONG.face), runs(change, SMALL.face))

    def _wide(self, pen: Pen) -> tuple[float, float, float, float]:
        name, number, _ = self._parts
        return (
            pen.em(BODY) * 1.1 + TIGHT,
            pen.units(pen.set(name, LABEL).width) + SMALL_GAP,
            max(pen.units(pen.set(runs("100", STRONG.face), STRONG).width), pen.units(pen.set(number, STRONG).width)),
            pen.units(pen.set(runs("−100", SMALL.face), SMALL).width) + TIGHT,
        )

    def widths(self, pen: Pen) -> tuple[float, float]:
        wide = sum(self._wide(pen)) + 2 * TIGHT
        return wide, wide

    def height(self, pen: Pen, width: float) -> float:
        return pen.em(STRONG) * 1.3 + TIGHT

    def paint(self, canvas: Canvas) -> None:
        pen, ground = canvas.pen, canvas.ground
        if canvas.attention.is_active(self.name):
            ground = canvas.theme.ground("raised")
            canvas.rounded(self.box, ground.fill, self.radius)
        with canvas.on(ground):
            icon, _, number, change = self._wide(pen)
            side = icon - TIGHT
            colour = canvas.look.meter_colour(self.line.id, self.line.at, ground)
            x = self.box.x + TIGHT
            canvas.icon(
                meter_icon(self.line.id, self.line.at), Box(x, self.box.centre[1] - side / 2, side, side), colour
            )
            self._put(canvas, 0, LABEL, x + icon, 0, ground.ink, 0.0)
            right = self.box.right - TIGHT
            self._put(canvas, 1, STRONG, right - change - number, number, ground.ink, 1.0)
            self._put(canvas, 2, SMALL, right - change, change, ground.soft, 1.0)

    def _put(self, canvas: Canvas, at: int, style: Style, x: float, wide: float, colour: Colour, across: float) -> None:
        set_text = canvas.pen.set(self._parts[at], style)
        high = canvas.pen.units(set_text.height)
        box = Box(x, self.box.centre[1] - high / 2, wide or canvas.pen.units(set_text.width), high)
        canvas.text(set_text, box, colour, across)


def spread(wanted: Sequence[float], size: float, low: float, high: float) -> list[float]:
    """Places for things of a size in order, each as near as can be to where it is wanted, none on another.

    >>> spread([0, 2, 50], 10, 0, 100)
    [0.0, 10.0, 50.0]
    """
    found: list[float] = []
    for at, place in enumerate(wanted):
        least = low + at * size
        most = high - (len(wanted) - at) * size
        found.append(float(max(min(place, most), least, found[-1] + size if found else low)))
    return found


class Looked(Element):
    """Several elements in one place, of which that is drawn which belongs to the control that is looked at.

    `by` has the name of the control for each; until one of them was looked at, the one called "" is shown.
    """

    def __init__(self, by: Mapping[str, Element], memory: dict[str, str], key: str, *, grow: float = 0.0) -> None:
        self._by, self._memory, self._key, self.grow = dict(by), memory, key, grow

    def parts(self) -> Sequence[Element]:
        return list(self._by.values())

    def widths(self, pen: Pen) -> tuple[float, float]:
        each = [one.widths(pen) for one in self._by.values()]
        return max(one[0] for one in each), max(one[1] for one in each)

    def height(self, pen: Pen, width: float) -> float:
        return max(one.height(pen, width) for one in self._by.values())

    def least_height(self, pen: Pen, width: float) -> float:
        return max(one.least_height(pen, width) for one in self._by.values())

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        for one in self._by.values():
            one.place(pen, box)

    def draw(self, canvas: Canvas) -> None:
        for name in self._by:
            if name and canvas.attention.is_active(name):
                self._memory[self._key] = name
        shown = self._memory.get(self._key, "")
        with canvas.inside(self.box):
            self._by.get(shown, next(iter(self._by.values()))).draw(canvas)
