"""Theatre: the pack's map, or else a round table, with the seats on it and what they have done this turn."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Collection, Mapping, Sequence

from tabletop.presentation.board import SeatBoard
from tabletop.window.board.wording import joined
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad, Sized
from tabletop.window.layout import Element, Group, Row
from tabletop.window.palette import mixed
from tabletop.window.parts import Icon, SeatBadge, Text
from tabletop.window.pen import Pen
from tabletop.window.scenery import Backdrop, Scenery
from tabletop.window.theme import CARD, HAIR, LABEL, ROUND, SLOW, SMALL_GAP, TIGHT

_ICONS = {"acting": "hourglass-medium", "chosen": "check"}


class SeatMark(Spot):
    """A seat on the map: its badge and name, whether it decides or has chosen, and how often it has moved this turn.

    It is as large whatever the seat does, so that no mark makes way for another's news; its moves are in its tip, and
    pass over the board when they are made.
    """

    radius = ROUND

    def __init__(self, seat: SeatBoard, grown: float, explain: Callable[[], object], key: str) -> None:
        """`key` tells one turn from another."""
        self._is_own, self._is_awaited = seat.is_own, seat.is_awaited
        self._key = f"{seat.id}.{key}.{len(seat.moves)}"
        role = "accent" if seat.is_awaited else "ink"
        icon = _ICONS.get(seat.doing, "")
        done = f"→{len(seat.moves)}" if seat.moves else ""
        state: Element = Icon(icon, LABEL, role) if icon else Text(done, LABEL, "soft", wraps=False)
        content = Row(
            SeatBadge(seat.id, seat.place, 38 * grown),
            Text(seat.name, LABEL, role, wraps=False),
            Sized(state, width=30 * grown),
            gap=TIGHT,
            align="middle",
        )
        tip = joined([seat.role, seat.doing_text, "\n".join(f"→ {move}" for move in seat.moves)], "\n")
        super().__init__(f"seat.{seat.id}", Pad(content, TIGHT, HAIR), explain, tip=tip)
        self._has_moves = bool(seat.moves)

    def paint(self, canvas: Canvas) -> None:
        panel, raised = canvas.theme.ground("panel"), canvas.theme.ground("raised")
        ground = raised if canvas.attention.is_active(self.name) or self._is_own else panel
        edge = ground.accent if self._is_awaited else ground.edge
        come = canvas.motion.value(f"deed.{self._key}", 1.0, start=0.0 if self._has_moves else 1.0, duration=SLOW)
        if come < 1:
            edge = mixed(ground.accent, edge, come)
            canvas.ring(self.box.inset(-10 * (1 - come)), edge, ROUND + 4, 3)
        canvas.framed(self.box, ground.fill, edge, ROUND, 3 if self._is_awaited else 1.5)
        with canvas.on(ground):
            self.child.draw(canvas)


class Theatre(Group):
    """The board with its seats. They keep within the part of it that is `clear`: on the rest lies a card."""

    def __init__(
        self, marks: Mapping[str, Element], scenery: Scenery, *, covered: float = 0.0, grow: float = 1.0
    ) -> None:
        """`covered` is how much of its width, at the right, is covered by something else."""
        super().__init__(*marks.values(), grow=grow)
        self._marks, self._scenery, self._covered = dict(marks), scenery, covered
        self._behind = scenery.in_box(Box(0, 0, 1, 1), "table")

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 320.0 + self._covered, 800.0 + self._covered

    def height(self, pen: Pen, width: float) -> float:
        return 260.0

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        clear = Box(box.x, box.y, box.width - self._covered, box.height)
        self._behind = self._scenery.in_box(box, "table", clear)
        sizes: dict[str, tuple[float, float]] = {}
        for seat, mark in self._marks.items():
            wide = min(clear.width - 2 * SMALL_GAP, mark.widths(pen)[1])
            sizes[seat] = wide, mark.height(pen, wide)
        spots, fixed = beside_places(self._behind, sizes, SMALL_GAP)
        for seat, found in settled(sizes, spots, clear.inset(SMALL_GAP), fixed).items():
            self._marks[seat].place(pen, found)

    def draw(self, canvas: Canvas) -> None:
        colours = canvas.theme.palette.map
        canvas.fill(self.box, colours.sea)
        canvas.drawing(self._behind.svg(colours), self.box, is_opaque=True)
        canvas.round_off(self.box, CARD)
        for seat in self._marks:
            there = self._behind.place(seat)
            if there is not None:
                self._draw_place(canvas, there, self._marks[seat].box)
        super().draw(canvas)

    def _draw_place(self, canvas: Canvas, there: tuple[float, float], mark: Box) -> None:
        """A dot where a seat is on the map, and a line to its mark if that had to give way."""
        colour = canvas.theme.palette.map.accent
        near = min(max(there[0], mark.x), mark.right), min(max(there[1], mark.y), mark.bottom)
        canvas.lines([there, near], colour, 2.5)
        canvas.disc(*there, 6, colour)


def beside_places(
    behind: Backdrop, sizes: Mapping[str, tuple[float, float]], gap: float
) -> tuple[dict[str, tuple[float, float]], frozenset[str]]:
    """Where the middles of marks of some sizes should be, and which seats have a place on the map.

    The northern half of these stand above their places and the others below, so that the map about them is seen.
    """
    spots = behind.spots(list(sizes), gap)
    places = {seat: there for seat in sizes if (there := behind.place(seat)) is not None}
    southward = sorted(places, key=lambda seat: places[seat][1])
    for at, seat in enumerate(southward):
        (x, y), high = places[seat], sizes[seat][1]
        spots[seat] = x, y + (high / 2 + gap) * (-1 if at < len(southward) / 2 else 1)
    return spots, frozenset(places)


def settled(
    sizes: Mapping[str, tuple[float, float]],
    spots: Mapping[str, tuple[float, float]],
    limits: Box,
    fixed: Collection[str] = (),
) -> dict[str, Box]:
    """A box for each mark near its spot, within limits, and clear of the others where there is room.

    Marks of seats that are `fixed` on a map go first, in that order of a few in which they keep nearest to their
    places and none comes to lie above one that is north of it; those at the edges give way.
    """
    placed = [seat for seat in sizes if seat in fixed]
    others = [seat for seat in sizes if seat not in fixed]
    south = sorted(placed, key=lambda seat: spots[seat][1])
    ways = [
        _laid([*order, *others], sizes, spots, limits, fixed) for order in dict.fromkeys(map(tuple, (placed, south)))
    ]
    return min(ways, key=lambda found: (_inverted(found, south), _moved(found, spots, placed)))


def _laid(
    order: Sequence[str],
    sizes: Mapping[str, tuple[float, float]],
    spots: Mapping[str, tuple[float, float]],
    limits: Box,
    fixed: Collection[str],
) -> dict[str, Box]:
    """The boxes that marks get one after another."""
    found: dict[str, Box] = {}
    for seat in order:
        (wide, high), (x, y) = sizes[seat], spots[seat]
        wanted = Box(x - wide / 2, y - high / 2, wide, high)
        laid = [one for one in found if one in fixed and seat in fixed]
        north = tuple(found[one] for one in laid if spots[one][1] < y)
        south = tuple(found[one] for one in laid if spots[one][1] > y)
        found[seat] = _beside(wanted, limits, tuple(found.values()), north, south)
    return found


def _inverted(found: Mapping[str, Box], south: Sequence[str]) -> int:
    """How many marks lie above one that should be above them."""
    pairs = itertools.combinations((found[seat] for seat in south), 2)
    return sum(upper.centre[1] > lower.centre[1] and _overlap(upper, lower) for upper, lower in pairs)


def _moved(found: Mapping[str, Box], spots: Mapping[str, tuple[float, float]], placed: Sequence[str]) -> float:
    """How far marks lie from their places, together."""
    return sum(
        abs(found[seat].centre[0] - spots[seat][0]) + abs(found[seat].centre[1] - spots[seat][1]) for seat in placed
    )


def _overlap(one: Box, other: Box) -> bool:
    """Whether one is above or below the other."""
    return one.x < other.right and other.x < one.right


@functools.lru_cache(maxsize=256)
def _beside(own: Box, limits: Box, taken: tuple[Box, ...], north: tuple[Box, ...], south: tuple[Box, ...]) -> Box:
    """The free place nearest to where a box wants to be: below what is `north` of it, above what is `south`."""

    def kept(box: Box) -> Box:
        x = min(max(box.x, limits.x), max(limits.x, limits.right - box.width))
        y = min(max(box.y, limits.y), max(limits.y, limits.bottom - box.height))
        return Box(x, y, box.width, box.height)

    def is_free(box: Box) -> bool:
        return not any(
            box.x < other.right + 5
            and other.x < box.right + 5
            and box.y < other.bottom + 5
            and other.y < box.bottom + 5
            for other in taken
        )

    def is_in_order(box: Box) -> bool:
        is_above = any(box.centre[1] < other.centre[1] and _overlap(box, other) for other in north)
        return not is_above and not any(box.centre[1] > other.centre[1] and _overlap(box, other) for other in south)

    first = kept(own)
    if is_free(first) and is_in_order(first):
        return first
    step = 16.0
    across = [limits.x + step * at for at in range(int(max(0.0, limits.width - own.width) / step) + 1)]
    down = [limits.y + step * at for at in range(int(max(0.0, limits.height - own.height) / step) + 1)]
    free = [box for box in (Box(x, y, own.width, own.height) for x in across for y in down) if is_free(box)]
    return min(free, key=lambda box: (not is_in_order(box), abs(box.x - own.x) + abs(box.y - own.y)), default=first)
