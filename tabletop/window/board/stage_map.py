"""Stage map: the map while a turn is staged: a light on whoever acts, lines to whom it concerns, deeds as they come."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence

import attrs
import pygame

from tabletop.window import raster_cache
from tabletop.window.board.theatre import beside_places, settled
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad, Sized
from tabletop.window.layout import Column, Element, Group, Row
from tabletop.window.palette import mixed
from tabletop.window.parts import SeatBadge, Text
from tabletop.window.pen import Pen
from tabletop.window.scenery import Scenery
from tabletop.window.theme import CARD, GAP, HAIR, HEADING, ROUND, SMALL_GAP, TIGHT, Style

_DEED = Style("text", 19, 1.24)
_LIGHT, _TRAVELS, _FLIES, _PINGS = 260.0, 0.35, 0.5, 0.9
#: Seconds after a step begins at which what it moves arrives at the meters.
LANDS = 0.75


@attrs.frozen(kw_only=True)
class OnStage:
    """A seat on the stage: its place in the scenario's order, its name, and what it has done so far in the turn.

    `is_now` is whether the light is on it. `all_deeds` are what it will have done at the end: there is room for them
    from the first, so that nothing moves when they come.
    """

    seat: str
    place: int
    name: str
    deeds: tuple[str, ...]
    all_deeds: tuple[str, ...]
    is_now: bool = False


class StagePlate(Spot):
    """A seat's badge and name, and below it what it has done."""

    radius = ROUND

    def __init__(self, one: OnStage, grown: float, explain: Callable[[], object]) -> None:
        self._is_now, self.seat = one.is_now, one.seat
        size = 46 * grown
        self._head = Row(
            SeatBadge(one.seat, one.place, size), Text(one.name, HEADING, wraps=False), gap=TIGHT, align="middle"
        )
        self._lines = [
            Sized(Text(f"→ {deed}", _DEED), most_width=270 * grown, least_width=0) for deed in one.all_deeds[:3]
        ]
        self._count = min(len(one.deeds), 3)
        self._pad = Pad(Column(self._head, *self._lines, gap=HAIR / 2, align="start"), SMALL_GAP, TIGHT)
        super().__init__(f"seat.{one.seat}", self._pad, explain)

    @property
    def shown(self) -> Box:
        """The part of its box that is drawn as yet."""
        drawn = [self._head, *self._lines[: self._count]]
        right = max(one.box.right for one in drawn) + SMALL_GAP
        return Box(self.box.x, self.box.y, right - self.box.x, drawn[-1].box.bottom + TIGHT - self.box.y)

    def paint(self, canvas: Canvas) -> None:
        ground = canvas.theme.ground("raised" if self._is_now or canvas.attention.is_active(self.name) else "panel")
        shown = self.shown
        edge = ground.accent if self._is_now else ground.edge
        if self._is_now:
            canvas.shadow(shown, ROUND, 22, 4)
        canvas.framed(shown, ground.fill, edge, ROUND, 4 if self._is_now else 1.5)
        with canvas.on(ground):
            self._head.draw(canvas)
            for line in self._lines[: self._count]:
                line.draw(canvas)


class StageMap(Group):
    """The pack's map or a round table, with a plate for each seat. What is to be seen keeps within the part that is
    not `covered` at the right."""

    def __init__(
        self,
        plates: Mapping[str, StagePlate],
        scenery: Scenery,
        *,
        now: str = "",
        towards: Sequence[str] = (),
        covered: float = 0.0,
        key: str = "",
    ) -> None:
        """`now` is the seat that the light is on, "" for nobody; `towards` those that its deeds are aimed at. `key`
        tells one step from another."""
        super().__init__(*plates.values(), grow=1)
        self._plates, self._scenery, self._covered = dict(plates), scenery, covered
        self._now, self._towards, self._key = now, tuple(towards), key
        self._behind = scenery.in_box(Box(0, 0, 1, 1), "table")

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 320.0 + self._covered, 800.0 + self._covered

    def height(self, pen: Pen, width: float) -> float:
        return 300.0

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        clear = Box(box.x, box.y, max(1.0, box.width - self._covered), box.height)
        self._behind = self._scenery.in_box(box, "table", clear)
        sizes: dict[str, tuple[float, float]] = {}
        for seat, plate in self._plates.items():
            wide = min(clear.width - 2 * SMALL_GAP, plate.widths(pen)[1])
            sizes[seat] = wide, plate.height(pen, wide)
        spots, fixed = beside_places(self._behind, sizes, GAP)
        for seat, found in settled(sizes, spots, clear.inset(GAP), fixed).items():
            self._plates[seat].place(pen, found)

    def heart(self, seat: str) -> tuple[float, float] | None:
        """Where a seat is: its place on the map, else its plate."""
        if seat not in self._plates:
            return None
        return self._behind.place(seat) or self._plates[seat].box.centre

    def draw(self, canvas: Canvas) -> None:
        colours = canvas.theme.palette.map
        canvas.fill(self.box, colours.sea)
        canvas.drawing(self._behind.svg(colours), self.box, is_opaque=True)
        self._draw_light(canvas)
        canvas.round_off(self.box, CARD)
        for seat, plate in self._plates.items():
            there = self._behind.place(seat)
            if there is not None:
                box = plate.shown
                near = min(max(there[0], box.x), box.right), min(max(there[1], box.y), box.bottom)
                canvas.lines([there, near], colours.accent, 2.5)
                canvas.disc(*there, 7, colours.accent)
        self._draw_ping(canvas)
        for target in self._towards:
            self._draw_line_to(canvas, target)
        super().draw(canvas)

    def _draw_light(self, canvas: Canvas) -> None:
        """Everything lies in shadow but for the surroundings of the seat that acts; the light travels from seat to
        seat."""
        heart = self.heart(self._now)
        dark = canvas.motion.value("stage.dark", 0.62 if heart is not None else 0.45, start=0.0, duration=_TRAVELS)
        x, y = heart or self.box.centre
        x = canvas.motion.value("stage.x", x, duration=_TRAVELS)
        y = canvas.motion.value("stage.y", y, duration=_TRAVELS)
        size = canvas.motion.value("stage.light", 1.0 if heart is not None else 0.05, start=0.05, duration=_TRAVELS)
        red, green, blue, alpha = canvas.theme.palette.scrim
        rect = canvas.rect(self.box)
        sheet = pygame.Surface(rect.size, pygame.SRCALPHA)
        sheet.fill((red, green, blue, round(alpha * dark)))
        radius = canvas.pixels(_LIGHT * size)
        hole = _light(radius)
        at = canvas.point(x, y)
        place = round(at[0]) - rect.x - radius, round(at[1]) - rect.y - radius
        sheet.blit(hole, place, special_flags=pygame.BLEND_RGBA_SUB)
        canvas.surface.blit(sheet, rect)

    def _draw_ping(self, canvas: Canvas) -> None:
        """Two rings that spread from the seat that acts, once."""
        heart = self.heart(self._now)
        if heart is None:
            return
        colours = canvas.theme.palette.map
        for at in (0, 1):
            come = canvas.motion.value(
                f"stage.ping.{self._key}.{at}", 1.0, start=0.0, duration=_PINGS, delay=_TRAVELS * 0.5 + 0.18 * at
            )
            if 0 < come < 1:
                radius = 14 + 120 * come
                ring = Box(heart[0] - radius, heart[1] - radius, 2 * radius, 2 * radius)
                canvas.ring(ring, mixed(colours.accent, colours.land, come), radius, 4 * (1 - come) + 1)

    def _draw_line_to(self, canvas: Canvas, target: str) -> None:
        """A curved line that grows from the seat that acts to one that its deed is aimed at."""
        start, end = self.heart(self._now), self.heart(target)
        if start is None or end is None:
            return
        come = canvas.motion.value(f"stage.line.{self._key}.{target}", 1.0, start=0.0, duration=_FLIES, delay=0.2)
        points = [_curve(start, end, come * step / 24) for step in range(25)]
        colour = canvas.theme.palette.map.accent
        canvas.lines(points, colour, 5)
        canvas.disc(*points[-1], 10, colour)


def _curve(start: tuple[float, float], end: tuple[float, float], share: float) -> tuple[float, float]:
    """A point of a bent line between two places, by how much of it is behind."""
    (x1, y1), (x2, y2) = start, end
    bend = 0.18
    middle = (x1 + x2) / 2 + (y2 - y1) * bend, (y1 + y2) / 2 - abs(x2 - x1) * bend
    before, after = (1 - share) ** 2, share**2
    between = 2 * share * (1 - share)
    return before * x1 + between * middle[0] + after * x2, before * y1 + between * middle[1] + after * y2


def _light(radius: int) -> pygame.Surface:
    """A round light that takes the shadow away: whole in the middle, nothing at its edge."""

    def make() -> pygame.Surface:
        side = 2 * radius
        small = 96
        tile = pygame.Surface((small, small), pygame.SRCALPHA)
        for down in range(small):
            for across in range(small):
                far = math.hypot(across + 0.5 - small / 2, down + 0.5 - small / 2) / (small / 2)
                share = max(0.0, min(1.0, (1 - far) * 1.8))
                tile.set_at((across, down), (0, 0, 0, round(255 * share * share * (3 - 2 * share))))
        return pygame.transform.smoothscale(tile, (side, side))

    return raster_cache.SHAPES.get(("stage light", radius), make)


class Flights(Element):
    """What a deed moves, on its way from whoever did it to the meters at the left."""

    def __init__(self, stage: StageMap, seat: str, moved: Sequence[tuple[str, int]], key: str) -> None:
        """`moved` are the meters with whether that is good (1), bad (-1) or neither; `key` tells one step from
        another."""
        self._stage, self._seat, self._moved, self._key = stage, seat, list(moved), key

    def draw(self, canvas: Canvas) -> None:
        start = self._stage.heart(self._seat)
        if start is None:
            start = self._stage.box.centre
        for at, (meter, sign) in enumerate(self._moved):
            drawn = canvas.scene.named(f"meter.{meter}")
            if drawn is None:
                continue
            delay = max(0.0, LANDS - _FLIES) + 0.06 * at
            come = canvas.motion.value(f"fly.{self._key}.{meter}", 1.0, start=0.0, duration=_FLIES, delay=delay)
            if not 0 < come < 1:
                continue
            end = drawn.box.right - GAP, drawn.box.centre[1]
            ground = canvas.theme.ground("panel")
            colour = ground.role({1: "good", -1: "bad", 0: "accent"}[sign])
            for trail in range(6):
                share = max(0.0, come - 0.035 * trail)
                canvas.disc(*_curve(start, end, share), max(2.0, 11 - 1.6 * trail), colour)
