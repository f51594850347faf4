"""The layout engine: elements with minimum and preferred sizes, and rows, columns, grids and flows that place them.

A screen is a tree of elements, rebuilt whenever something changes. Layout asks each element for its minimum and
preferred width, then for its minimum and preferred height at the given width; then elements are placed in boxes and
drawn.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.pen import Pen
from tabletop.window.theme import GAP

Measure = TypeVar("Measure", bound=Callable[..., Any])


def memoized(measure: Measure) -> Measure:
    """Memoizes a measurement of an element for a pen, as containers ask many times."""
    name = measure.__name__

    @functools.wraps(measure)
    def known(element: Element, pen: Pen, *width: float) -> Any:
        if element.measured_with is not pen:
            element.measured_with, element.measures = pen, {}
        key = (name, *width)
        if key not in element.measures:
            element.measures[key] = measure(element, pen, *width)
        return element.measures[key]

    return known  # type: ignore[return-value]


class Element:
    """A node of the layout tree.

    `grow` is its share of the free space along a row (in width) or a column (in height); with 0 it gets its preferred
    size.
    """

    grow: float = 0.0
    box: Box = Box(0, 0, 0, 0)
    measured_with: Pen | None = None
    measures: dict[tuple[Any, ...], Any]

    def widths(self, pen: Pen) -> tuple[float, float]:
        """The minimum and the preferred width, in units."""
        return 0.0, 0.0

    def height(self, pen: Pen, width: float) -> float:
        """The preferred height at a width, in units."""
        return 0.0

    def least_height(self, pen: Pen, width: float) -> float:
        """The minimum height at a width: less than `height` only if something in it scrolls."""
        return self.height(pen, width)

    def place(self, pen: Pen, box: Box) -> None:
        """Assigns its box, and those of its parts."""
        self.box = box

    def draw(self, canvas: Canvas) -> None:
        """Draws it in its box."""

    def parts(self) -> Sequence[Element]:
        """Its child elements."""
        return ()

    def __iter__(self) -> Iterator[Element]:
        """Iterates over itself and all descendants."""
        yield self
        for part in self.parts():
            yield from part


class Group(Element):
    """Elements drawn in order, which must stay within the group's box."""

    def __init__(self, *children: Element | None, grow: float = 0.0) -> None:
        self.children = [child for child in children if child is not None]
        self.grow = grow

    def parts(self) -> Sequence[Element]:
        return self.children

    def draw(self, canvas: Canvas) -> None:
        with canvas.inside(self.box):
            for child in self.children:
                child.draw(canvas)


def shared(available: float, least: Sequence[float], wanted: Sequence[float], grow: Sequence[float]) -> list[float]:
    """Distributes a length: parts that do not grow get their preferred length, or less if there is too little.

    >>> shared(100, [10, 10, 10], [30, 80, 10], [0, 1, 1])
    [30, 35.0, 35.0]
    """
    stiff = [at for at, weight in enumerate(grow) if not weight]
    soft = [at for at, weight in enumerate(grow) if weight]
    sizes = [0.0] * len(grow)
    room = available - sum(least[at] for at in soft)
    want, need = sum(wanted[at] for at in stiff), sum(least[at] for at in stiff)
    if want <= room:
        for at in stiff:
            sizes[at] = wanted[at]
    else:
        share = max(0.0, (room - need) / (want - need)) if want > need else 0.0
        for at in stiff:
            sizes[at] = least[at] + (wanted[at] - least[at]) * share
    left = available - sum(sizes)
    while soft:
        weight = sum(grow[at] for at in soft)
        tight = [at for at in soft if left * grow[at] / weight < least[at]]
        if not tight:
            for at in soft:
                sizes[at] = left * grow[at] / weight
            break
        for at in tight:
            sizes[at] = least[at]
            left -= least[at]
            soft.remove(at)
    return sizes


class Aligned(Group):
    """Elements in a line, with gaps between them.

    `align` is their alignment across the line; `justify` their position along it if none grows: "start", "centre",
    "end", or "between" with the free space in the gaps.
    """

    def __init__(
        self,
        *children: Element | None,
        gap: float = GAP,
        align: str = "stretch",
        justify: str = "start",
        grow: float = 0.0,
    ) -> None:
        super().__init__(*children, grow=grow)
        self.gap, self.align, self.justify = gap, align, justify

    def _gaps(self) -> float:
        return self.gap * max(0, len(self.children) - 1)

    def _begun(self, left_over: float) -> tuple[float, float]:
        """The offset of the first element and the gap between elements, given the free space."""
        if self.justify == "between" and len(self.children) > 1:
            return 0.0, self.gap + left_over / (len(self.children) - 1)
        return left_over * {"start": 0.0, "centre": 0.5}.get(self.justify, 1.0), self.gap


class Row(Aligned):
    """Elements side by side.

    `align` puts those that are lower than the row at its "top", "middle" or "bottom", or "stretch"es them.
    """

    @memoized
    def widths(self, pen: Pen) -> tuple[float, float]:
        each = [child.widths(pen) for child in self.children]
        return sum(one[0] for one in each) + self._gaps(), sum(one[1] for one in each) + self._gaps()

    @memoized
    def _shares(self, pen: Pen, width: float) -> list[float]:
        each = [child.widths(pen) for child in self.children]
        grow = [child.grow for child in self.children]
        return shared(width - self._gaps(), [one[0] for one in each], [one[1] for one in each], grow)

    @memoized
    def height(self, pen: Pen, width: float) -> float:
        shares = self._shares(pen, width)
        return max((child.height(pen, share) for child, share in zip(self.children, shares, strict=True)), default=0.0)

    @memoized
    def least_height(self, pen: Pen, width: float) -> float:
        shares = self._shares(pen, width)
        return max(
            (one.least_height(pen, share) for one, share in zip(self.children, shares, strict=True)), default=0.0
        )

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        shares = self._shares(pen, box.width)
        begun, gap = self._begun(max(0.0, box.width - sum(shares) - self._gaps()))
        x = box.x + begun
        for child, share in zip(self.children, shares, strict=True):
            high = box.height if self.align == "stretch" else min(box.height, child.height(pen, share))
            down = {"middle": 0.5, "bottom": 1.0}.get(self.align, 0.0)
            child.place(pen, Box(x, box.y + (box.height - high) * down, share, high))
            x += share + gap


class Column(Aligned):
    """Elements one below the other.

    `align` puts those that are narrower at the "start", "centre" or "end", or "stretch"es them.
    """

    @memoized
    def widths(self, pen: Pen) -> tuple[float, float]:
        each = [child.widths(pen) for child in self.children]
        return max((one[0] for one in each), default=0.0), max((one[1] for one in each), default=0.0)

    def _width(self, pen: Pen, child: Element, width: float) -> float:
        return width if self.align == "stretch" else min(width, child.widths(pen)[1])

    @memoized
    def height(self, pen: Pen, width: float) -> float:
        return sum(child.height(pen, self._width(pen, child, width)) for child in self.children) + self._gaps()

    @memoized
    def least_height(self, pen: Pen, width: float) -> float:
        return sum(child.least_height(pen, self._width(pen, child, width)) for child in self.children) + self._gaps()

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        wide = [self._width(pen, child, box.width) for child in self.children]
        wanted = [child.height(pen, width) for child, width in zip(self.children, wide, strict=True)]
        least = [child.least_height(pen, width) for child, width in zip(self.children, wide, strict=True)]
        grow = [child.grow for child in self.children]
        high = shared(box.height - self._gaps(), least, wanted, grow)
        begun, gap = self._begun(max(0.0, box.height - sum(high) - self._gaps()))
        y = box.y + begun
        across = {"centre": 0.5, "end": 1.0}.get(self.align, 0.0)
        for child, width, height in zip(self.children, wide, high, strict=True):
            child.place(pen, Box(box.x + (box.width - width) * across, y, width, height))
            y += height + gap


class Grid(Group):
    """Elements in columns of equal width: a given number, or as many as fit at `cell` units each.

    The cells of a row have equal height. With `fill`, a growing grid distributes its height among its rows.
    """

    def __init__(
        self,
        *children: Element | None,
        columns: int = 0,
        cell: float = 0.0,
        gap: float = GAP,
        fill: bool = False,
        grow: float = 0.0,
    ) -> None:
        super().__init__(*children, grow=grow)
        self.columns, self.cell, self.gap, self.fill = columns, cell, gap, fill

    def _across(self, width: float) -> int:
        if self.columns:
            return self.columns
        return max(1, min(len(self.children), int((width + self.gap) // (self.cell + self.gap))))

    @memoized
    def widths(self, pen: Pen) -> tuple[float, float]:
        each = [child.widths(pen) for child in self.children]
        least = max((one[0] for one in each), default=0.0)
        if not self.columns:
            return max(least, min(self.cell, least)), (self.cell + self.gap) * len(self.children) - self.gap
        gaps = self.gap * (self.columns - 1)
        return least * self.columns + gaps, max((one[1] for one in each), default=0.0) * self.columns + gaps

    @memoized
    def _rows(self, pen: Pen, width: float) -> tuple[float, list[list[Element]], list[float]]:
        across = self._across(width)
        cell = (width - self.gap * (across - 1)) / across
        rows = [self.children[at : at + across] for at in range(0, len(self.children), across)]
        return cell, rows, [max(child.height(pen, cell) for child in row) for row in rows]

    @memoized
    def height(self, pen: Pen, width: float) -> float:
        high = self._rows(pen, width)[2]
        return sum(high) + self.gap * max(0, len(high) - 1)

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        cell, rows, high = self._rows(pen, box.width)
        spare = max(0.0, box.height - sum(high) - self.gap * (len(rows) - 1)) / max(1, len(rows)) if self.fill else 0.0
        y = box.y
        for row, height in zip(rows, high, strict=True):
            for at, child in enumerate(row):
                child.place(pen, Box(box.x + at * (cell + self.gap), y, cell, height + spare))
            y += height + spare + self.gap


class Flow(Group):
    """Elements side by side that wrap into lines, as words do."""

    def __init__(self, *children: Element | None, gap: float = GAP, line_gap: float | None = None) -> None:
        super().__init__(*children)
        self.gap = gap
        self.line_gap = gap if line_gap is None else line_gap

    @memoized
    def widths(self, pen: Pen) -> tuple[float, float]:
        each = [child.widths(pen) for child in self.children]
        wanted = sum(one[1] for one in each) + self.gap * max(0, len(each) - 1)
        return max((one[0] for one in each), default=0.0), wanted

    @memoized
    def _lines(self, pen: Pen, width: float) -> list[list[tuple[Element, float]]]:
        lines: list[list[tuple[Element, float]]] = [[]]
        used = 0.0
        for child in self.children:
            wide = min(width, child.widths(pen)[1])
            if lines[-1] and used + wide > width + 0.5:
                lines.append([])
                used = 0.0
            lines[-1].append((child, wide))
            used += wide + self.gap
        return lines

    @memoized
    def height(self, pen: Pen, width: float) -> float:
        lines = self._lines(pen, width)
        each = [max((child.height(pen, wide) for child, wide in line), default=0.0) for line in lines]
        return sum(each) + self.line_gap * (len(lines) - 1)

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        y = box.y
        for line in self._lines(pen, box.width):
            high = max((child.height(pen, wide) for child, wide in line), default=0.0)
            x = box.x
            for child, wide in line:
                own = child.height(pen, wide)
                child.place(pen, Box(x, y + (high - own) / 2, wide, own))
                x += wide + self.gap
            y += high + self.line_gap
