"""Map: Northeast Asia as a playing board, drawn in any theme and crop, and where the seats stand on it."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable, Mapping
from typing import Any

from tabletop.storage.shipped_data import shelf
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.layout import Element, Group
from tabletop.window.palette import MapColours, hexadecimal
from tabletop.window.pen import Pen

# Crops, in the map's own units of four kilometres about 39.5 N 127 E.
REGION = Box(-560, -330, 1000, 660)

# Capitals that are on the map, and those far away, which stand at an edge: 0 is left or top, 1 right or bottom.
_CAPITALS = ("seoul", "tokyo", "beijing", "pyongyang")
EDGES = {"washington": (1.0, 0.42), "moscow": (0.3, 0.0)}


@functools.cache
def _data() -> dict[str, Any]:
    data: dict[str, Any] = json.loads((shelf("assets") / "maps" / "northeast-asia.json").read_text(encoding="utf-8"))
    return data


def place(name: str) -> tuple[float, float]:
    """Where a city is on the map: seoul, tokyo, beijing, pyongyang, panmunjom, vladivostok, taipei or shanghai."""
    x, y = _data()["places"][name]
    return x, y


def crop(box: Box, around: Box = REGION) -> Box:
    """The part of the map that fills a box and shows all of `around`, which is in the map's units."""
    scale = min(box.width / around.width, box.height / around.height)
    x, y = around.centre
    width, height = box.width / scale, box.height / scale
    return Box(x - width / 2, y - height / 2, width, height)


def spot(name: str, box: Box, view: Box) -> tuple[float, float] | None:
    """Where a city of the map is in a box that shows a part of it; None for a name that is not on the map."""
    if name not in _data()["places"]:
        return None
    x, y = place(name)
    return box.x + (x - view.x) * box.width / view.width, box.y + (y - view.y) * box.height / view.height


def anchors(
    seats: Iterable[str], box: Box, view: Box, margin: float, edges: Mapping[str, tuple[float, float]] = EDGES
) -> dict[str, tuple[float, float]]:
    """Where seats stand in a box: capitals where they are, distant ones at the edges, others along the bottom.

    `margin` is how far from the edge the distant ones stay, in units.
    """
    found: dict[str, tuple[float, float]] = {}
    inner = box.inset(margin)
    others = [seat for seat in seats if seat not in _CAPITALS and seat not in edges]
    for seat in seats:
        there = spot(seat, box, view) if seat in _CAPITALS else None
        if there is not None:
            found[seat] = there
        elif seat in edges:
            across, down = edges[seat]
            found[seat] = inner.x + inner.width * across, inner.y + inner.height * down
        else:
            share = (others.index(seat) + 1) / (len(others) + 1)
            found[seat] = inner.x + inner.width * share, inner.bottom
    return found


@functools.lru_cache(maxsize=16)
def region_svg(view: Box, colours: MapColours, extra: str = "") -> str:
    """The map as an SVG picture of a part of it. `extra` is drawn on top, in the map's units."""
    data = _data()
    shore = " ".join(_path(ring) for name, rings in data["land"].items() for ring in rings)
    focus = " ".join(_path(ring) for name in ("north_korea", "south_korea") for ring in data["land"][name])
    lines = " ".join(_path(line, closed=False) for line in data["graticule"])
    borders = " ".join(_path(line, closed=False) for line in data["borders"])
    armistice = " ".join(_path(line, closed=False) for line in data["armistice"])
    paint = {name: hexadecimal(getattr(colours, name)) for name in MapColours.__annotations__}
    thin = view.width / 1000
    round_line = 'fill="none" stroke-linejoin="round" stroke-linecap="round"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{view.x} {view.y} {view.width} {view.height}" '
        f'preserveAspectRatio="none">'
        f'<rect x="{view.x - 5}" y="{view.y - 5}" width="{view.width + 10}" height="{view.height + 10}" '
        f'fill="{paint["sea"]}"/>'
        + "".join(
            f'<path d="{shore}" {round_line} stroke="{paint["shallows"]}" stroke-opacity="{shade}" '
            f'stroke-width="{wide * thin}"/>'
            for wide, shade in ((44, 0.45), (26, 0.6), (10, 0.9))
        )
        + f'<path d="{lines}" {round_line} stroke="{paint["graticule"]}" stroke-width="{1.1 * thin}"/>'
        f'<path d="{shore}" fill="{paint["land"]}" stroke="{paint["coast"]}" stroke-width="{1.4 * thin}" '
        f'stroke-linejoin="round"/>'
        f'<path d="{borders}" {round_line} stroke="{paint["border"]}" stroke-width="{1.6 * thin}" '
        f'stroke-dasharray="{5 * thin} {4 * thin}"/>'
        f'<path d="{focus}" fill="{paint["focus"]}" stroke="{paint["coast"]}" stroke-width="{1.8 * thin}" '
        f'stroke-linejoin="round"/>'
        f'<path d="{armistice}" {round_line} stroke="{paint["armistice"]}" stroke-width="{3.4 * thin}" '
        f'stroke-dasharray="{7 * thin} {4.5 * thin}"/>'
        f"{extra}</svg>"
    )


def _path(flat: list[int], closed: bool = True) -> str:
    points = [f"{x} {y}" for x, y in zip(flat[::2], flat[1::2], strict=True)]
    return "M" + "L".join(points) + ("Z" if closed else "")


def route(start: tuple[float, float], end: tuple[float, float], bend: float) -> str:
    """The path of a curved line between two places; `bend` is how far it leaves the straight, as a share of it."""
    (x1, y1), (x2, y2) = start, end
    across, down = x2 - x1, y2 - y1
    middle = (x1 + x2) / 2 + down * bend, (y1 + y2) / 2 - across * bend
    return f"M{x1:.1f} {y1:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {x2:.1f} {y2:.1f}"


class RegionMap(Group):
    """The map with an element at each seat's place, as a screen wants them: badges, chips, spots that can be pressed.

    Elements keep within the map, and off each other as far as they can. `around` is the part of the map that must be
    seen, in its own units.
    """

    def __init__(
        self, marks: Mapping[str, Element], *, around: Box = REGION, radius: float = 0.0, grow: float = 1.0
    ) -> None:
        super().__init__(*marks.values(), grow=grow)
        self._marks, self._around, self._radius = dict(marks), around, radius
        self.view = around

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 320.0, 800.0

    def height(self, pen: Pen, width: float) -> float:
        return 220.0

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        self.view = crop(box, self._around)
        sizes = {}
        for seat, mark in self._marks.items():
            wide = min(box.width, mark.widths(pen)[1])
            sizes[seat] = wide, mark.height(pen, wide)
        taken: list[Box] = []
        for seat, (x, y) in anchors(self._marks, box, self.view, 12).items():
            wide, high = sizes[seat]
            own = _beside(Box(x - wide / 2, y - high / 2, wide, high), box.inset(12), taken)
            taken.append(own)
            self._marks[seat].place(pen, own)

    def draw(self, canvas: Canvas) -> None:
        canvas.drawing(region_svg(self.view, canvas.theme.palette.map), self.box, is_opaque=True)
        if self._radius:
            canvas.round_off(self.box, self._radius)
        for seat in self._marks:
            there = spot(seat, self.box, self.view)
            if there is not None:
                canvas.disc(*there, 6, canvas.theme.palette.map.armistice)
        super().draw(canvas)


def _beside(own: Box, limits: Box, taken: list[Box]) -> Box:
    """A box near where it wants to be, within limits, and clear of those that are taken if there is room near by."""

    def kept(box: Box) -> Box:
        x = min(max(box.x, limits.x), max(limits.x, limits.right - box.width))
        y = min(max(box.y, limits.y), max(limits.y, limits.bottom - box.height))
        return Box(x, y, box.width, box.height)

    step = 8.0
    best = kept(own)
    for ring in range(40):
        for across, down in ((0, 1), (0, -1), (1, 0), (-1, 0), (1, 1), (-1, 1), (1, -1), (-1, -1)):
            tried = kept(own.moved(across * ring * step, down * ring * step))
            if all(tried.inset(-4).common(other).area == 0 for other in taken):
                return tried
    return best
