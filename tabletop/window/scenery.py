"""Scenery: what the seats stand on: the pack's own map, or a round table in a room."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from tabletop.scenario import Scenario
from tabletop.scenario.presentation import Map, TitleScene
from tabletop.window.boxes import Box
from tabletop.window.drawing import Drawing, drawing_of
from tabletop.window.palette import MapColours, hexadecimal

#: Where it is shown: at the table, behind other screens, behind the menu of the title screen.
Part = Literal["table", "wide", "title"]
Point = tuple[float, float]


class Backdrop(Protocol):
    """A scenery in a box of the screen. `view` is the part of the picture that fills it, in the picture's units."""

    view: Box

    def svg(self, colours: MapColours, extra: str = "") -> str:
        """The picture; `extra` is drawn on top, in the picture's units."""
        ...

    def spots(self, seats: Sequence[str], margin: float) -> dict[str, Point]:
        """Where seats stand, in units of the screen; those at an edge stay so far from it as `margin` says."""
        ...

    def place(self, seat: str) -> Point | None:
        """The very place of a seat on a map, in units of the screen; None where it has none."""
        ...


class Scenery:
    """What the seats of a scenario stand on."""

    def __init__(self, map: Map | None = None, picture: str = "", title: TitleScene | None = None) -> None:
        self.map = map if picture else None
        self.title = title or TitleScene()
        self._drawing: Drawing | None = drawing_of(picture) if self.map is not None else None

    @property
    def has_map(self) -> bool:
        """Whether it is a map of the pack rather than a round table."""
        return self._drawing is not None

    def in_box(self, box: Box, part: Part, clear: Box | None = None) -> Backdrop:
        """The scenery as it fills a box; what matters of it is in the part of the box that is `clear`."""
        if self.map is None or self._drawing is None:
            return _Room(box, clear or box)
        whole = self._drawing.view
        view = _box(self.map.view) or whole
        wide = _box(self.map.wide) or view
        around = {"table": view, "wide": wide, "title": _box(self.title.view) or wide}[part]
        edges = {**self.map.edges, **(self.title.edges if part == "title" else {})}
        return _Region(self._drawing, self.map.places, edges, box, clear or box, around)


def scenery_of(scenario: Scenario) -> Scenery:
    """The scenery that a pack asks for."""
    shown = scenario.presentation
    picture = scenario.pictures.get(_plain(shown.map.file), "") if shown.map is not None else ""
    return Scenery(shown.map, picture, shown.title)


def _plain(file: str) -> str:
    import pathlib

    return str(pathlib.PurePosixPath(file))


def _box(numbers: Sequence[int]) -> Box | None:
    return Box(*map(float, numbers)) if len(numbers) == 4 else None


def crop(box: Box, around: Box) -> Box:
    """The part of a picture that fills a box and shows all of `around`, which is in the picture's units."""
    scale = min(box.width / around.width, box.height / around.height)
    x, y = around.centre
    width, height = box.width / scale, box.height / scale
    return Box(x - width / 2, y - height / 2, width, height)


class _Region:
    """A part of a map in a box."""

    def __init__(
        self,
        drawing: Drawing,
        places: Mapping[str, tuple[int, int]],
        edges: Mapping[str, tuple[int, int]],
        box: Box,
        clear: Box,
        around: Box,
    ) -> None:
        part = crop(clear, around)
        unit = part.width / max(1.0, clear.width)
        self.view = Box(
            part.x - (clear.x - box.x) * unit, part.y - (clear.y - box.y) * unit, box.width * unit, box.height * unit
        )
        self._drawing, self._places, self._edges = drawing, places, edges
        self._box, self._clear = box, clear

    def svg(self, colours: MapColours, extra: str = "") -> str:
        return _drawn(self._drawing, self.view, colours, extra)

    def place(self, seat: str) -> Point | None:
        if seat not in self._places:
            return None
        (x, y), box, view = self._places[seat], self._box, self.view
        return box.x + (x - view.x) * box.width / view.width, box.y + (y - view.y) * box.height / view.height

    def spots(self, seats: Sequence[str], margin: float) -> dict[str, Point]:
        found: dict[str, Point] = {}
        inner = self._clear.inset(margin)
        others = [seat for seat in seats if seat not in self._places and seat not in self._edges]
        for seat in seats:
            there = self.place(seat)
            if there is not None:
                found[seat] = there
            elif seat in self._edges:
                across, down = self._edges[seat]
                found[seat] = inner.x + inner.width * across / 100, inner.y + inner.height * down / 100
            else:
                share = (others.index(seat) + 1) / (len(others) + 1)
                found[seat] = inner.x + inner.width * share, inner.bottom
        return found


@functools.lru_cache(maxsize=16)
def _drawn(drawing: Drawing, view: Box, colours: MapColours, extra: str) -> str:
    return drawing.svg(view, colours, extra)


class _Room:
    """A round table in a room."""

    def __init__(self, box: Box, clear: Box) -> None:
        self.view = Box(0.0, 0.0, box.width, box.height)
        self._box, self._clear = box, clear

    def svg(self, colours: MapColours, extra: str = "") -> str:
        sea, land, focus, coast = (
            hexadecimal(one) for one in (colours.sea, colours.land, colours.focus, colours.coast)
        )
        wide, high, clear = self._box.width, self._box.height, self._clear
        x, y = clear.centre[0] - self._box.x, clear.centre[1] - self._box.y
        rings = "".join(
            f'<ellipse cx="{x}" cy="{y}" rx="{clear.width * share}" ry="{clear.height * share}" fill="none" '
            f'stroke="{coast}" stroke-opacity="0.35" stroke-width="1.5" stroke-dasharray="3 9"/>'
            for share in (0.3, 0.42, 0.56, 0.72)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" preserveAspectRatio="none">'
            f'<rect width="{wide}" height="{high}" fill="{sea}"/>{rings}'
            f'<ellipse cx="{x}" cy="{y}" rx="{clear.width * 0.22}" ry="{clear.height * 0.23}" fill="{land}" '
            f'stroke="{coast}" stroke-width="2"/>'
            f'<ellipse cx="{x}" cy="{y}" rx="{clear.width * 0.2}" ry="{clear.height * 0.205}" fill="{focus}"/>'
            f"{extra}</svg>"
        )

    def place(self, seat: str) -> Point | None:
        return None

    def spots(self, seats: Sequence[str], margin: float) -> dict[str, Point]:
        """Around the table, evenly, the first at the bottom."""
        x, y = self._clear.centre
        found = {}
        for at, seat in enumerate(seats):
            turn = 2 * math.pi * at / max(1, len(seats))
            found[seat] = x - math.sin(turn) * self._clear.width * 0.4, y + math.cos(turn) * self._clear.height * 0.36
        return found


def route(start: Point, end: Point, bend: float) -> str:
    """The path of a curved line between two places; `bend` is how far it leaves the straight, as a share of it."""
    (x1, y1), (x2, y2) = start, end
    across, down = x2 - x1, y2 - y1
    middle = (x1 + x2) / 2 + down * bend, (y1 + y2) / 2 - across * bend
    return f"M{x1:.1f} {y1:.1f}Q{middle[0]:.1f} {middle[1]:.1f} {x2:.1f} {y2:.1f}"
