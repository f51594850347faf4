"""Theatre: the map, or for invented countries a round table, with the seats on it and what they have done this turn."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

from tabletop.engine.log import Entry
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.board.wording import joined
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad, Sized
from tabletop.window.layout import Column, Element, Group, Row
from tabletop.window.map import anchors, crop, region_svg, spot
from tabletop.window.palette import hexadecimal, mixed
from tabletop.window.parts import Icon, SeatBadge, Text
from tabletop.window.pen import Pen
from tabletop.window.theme import CARD, HAIR, LABEL, ROUND, SLOW, SMALL_GAP, TIGHT, Style

# The capitals around the peninsula, with sea to the east and land to the north to spare, in the map's units.
AROUND = Box(-330, -170, 720, 400)
_EDGES = {"washington": (1.0, 0.72), "moscow": (0.12, 0.0)}
_MOVE = Style("text", 17, 1.22)
_CAPITALS = ("seoul", "tokyo", "beijing", "pyongyang", "washington", "moscow")


def deeds(perspective: Perspective, seat: str) -> list[Entry]:
    """What a seat has done this turn, as far as the one that looks has learned of it."""
    log = perspective.view.log
    return [e for e in log if e.kind == "action" and e.seat == seat and e.turn == perspective.view.turn and e.title]


def standing(perspective: Perspective, seat: str) -> str:
    """What a seat is at: "acting", "chosen", "waiting" for others, or "" where it has no part in this phase."""
    phase, view = perspective.phase, perspective.view
    if seat in view.acting:
        return "acting"
    if phase is None or view.card is not None or seat not in phase.seats or view.finished:
        return ""
    return "chosen" if phase.order == "simultaneous" else ""


_ICONS = {"acting": "hourglass-medium", "chosen": "check"}


class SeatMark(Spot):
    """A seat on the map: its badge and name, whether it has chosen, and its moves of this turn."""

    radius = ROUND

    def __init__(
        self,
        perspective: Perspective,
        words: Words,
        seat: str,
        at: int,
        grown: float,
        explain: Callable[[], object],
        most: int = 2,
    ) -> None:
        noun = perspective.names.seats[seat]
        self._is_own = seat == perspective.seat
        self._at = standing(perspective, seat)
        self._key = f"{seat}.{perspective.view.turn}.{len(deeds(perspective, seat))}"
        self._is_awaited = self._at == "acting" and (self._is_own or perspective.view.acting == (seat,))
        role = "accent" if self._is_awaited else "ink"
        icon = _ICONS.get(self._at, "")
        head = Row(
            SeatBadge(seat, at, 38 * grown),
            Text(noun.name, LABEL, role, wraps=False),
            Icon(icon, LABEL, role) if icon else None,
            gap=TIGHT,
            align="middle",
        )
        done = deeds(perspective, seat)
        lines = [entry.title for entry in done[-most:]]
        if len(done) > most:
            lines[0] = f"+{len(done) - most + 1} · {lines[-1]}" if most == 1 else lines[0]
        moves = [Sized(Text(f"→ {line}", _MOVE, "ink"), most_width=230 * grown) for line in lines]
        content = Column(head, *moves, gap=HAIR / 2, align="start")
        told = "\n".join(f"→ {entry.title}" for entry in done)
        status = words(f"table.seat_{self._at}") if self._at else ""
        tip = joined([noun.role, status, told], "\n")
        super().__init__(f"seat.{seat}", Pad(content, TIGHT, HAIR), explain, tip=tip)
        self._has_moves = bool(done)

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

    def __init__(self, marks: Mapping[str, Element], *, covered: float = 0.0, grow: float = 1.0) -> None:
        """`covered` is how much of its width, at the right, is covered by something else."""
        super().__init__(*marks.values(), grow=grow)
        self._marks, self._covered = dict(marks), covered
        self._is_map = sum(seat in _CAPITALS for seat in marks) >= 2 or not marks
        self._view = AROUND
        self._clear = self.box

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 320.0 + self._covered, 800.0 + self._covered

    def height(self, pen: Pen, width: float) -> float:
        return 260.0

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        self._clear = Box(box.x, box.y, box.width - self._covered, box.height)
        part = crop(self._clear, AROUND)
        unit = part.width / max(1.0, self._clear.width)
        self._view = Box(part.x, part.y, part.width + self._covered * unit, part.height)
        sizes: dict[str, tuple[float, float]] = {}
        for seat, mark in self._marks.items():
            wide = min(self._clear.width - 2 * SMALL_GAP, mark.widths(pen)[1])
            sizes[seat] = wide, mark.height(pen, wide)
        spots = self._spots(part)
        for seat, place in settled(sizes, spots, self._clear.inset(SMALL_GAP)).items():
            self._marks[seat].place(pen, place)

    def _spots(self, part: Box) -> dict[str, tuple[float, float]]:
        if self._is_map:
            return anchors(self._marks, self._clear, part, SMALL_GAP, _EDGES)
        return around_table(list(self._marks), self._clear)

    def draw(self, canvas: Canvas) -> None:
        if self._is_map:
            picture = region_svg(self._view, canvas.theme.palette.map)
        else:
            own = canvas.theme.palette.map
            picture = table_svg(
                self.box.width, self.box.height, self._clear, self.box, (own.sea, own.land, own.focus, own.coast)
            )
        canvas.fill(self.box, canvas.theme.palette.map.sea)
        canvas.drawing(picture, self.box, is_opaque=True)
        canvas.round_off(self.box, CARD)
        if self._is_map:
            for seat in self._marks:
                there = spot(seat, self.box, self._view)
                if there is not None:
                    self._draw_capital(canvas, there, self._marks[seat].box)
        super().draw(canvas)

    def _draw_capital(self, canvas: Canvas, there: tuple[float, float], mark: Box) -> None:
        """A dot where the city is, and a line to its mark if that had to give way."""
        colour = canvas.theme.palette.map.armistice
        near = min(max(there[0], mark.x), mark.right), min(max(there[1], mark.y), mark.bottom)
        canvas.lines([there, near], colour, 2.5)
        canvas.disc(*there, 6, colour)


def around_table(seats: Sequence[str], box: Box) -> dict[str, tuple[float, float]]:
    """Places around a table, evenly, the first at the bottom."""
    import math

    x, y = box.centre
    found = {}
    for at, seat in enumerate(seats):
        turn = 2 * math.pi * at / max(1, len(seats))
        found[seat] = x - math.sin(turn) * box.width * 0.32, y + math.cos(turn) * box.height * 0.36
    return found


def settled(
    sizes: Mapping[str, tuple[float, float]], spots: Mapping[str, tuple[float, float]], limits: Box
) -> dict[str, Box]:
    """A box for each mark near its spot, within limits, and clear of the others as far as there is room."""
    taken: list[Box] = []
    found: dict[str, Box] = {}
    # Those that are where they are go first; those at the edges give way.
    for seat in sorted(sizes, key=lambda seat: seat in _EDGES):
        (wide, high), (x, y) = sizes[seat], spots[seat]
        own = _beside(Box(x - wide / 2, y - high / 2, wide, high), limits, tuple(taken))
        taken.append(own)
        found[seat] = own
    return found


@functools.lru_cache(maxsize=256)
def _beside(own: Box, limits: Box, taken: tuple[Box, ...]) -> Box:
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

    first = kept(own)
    if is_free(first):
        return first
    step = 16.0
    across = [limits.x + step * at for at in range(int(max(0.0, limits.width - own.width) / step) + 1)]
    down = [limits.y + step * at for at in range(int(max(0.0, limits.height - own.height) / step) + 1)]
    free = [box for box in (Box(x, y, own.width, own.height) for x in across for y in down) if is_free(box)]
    return min(free, key=lambda box: abs(box.x - own.x) + abs(box.y - own.y), default=first)


def table_svg(wide: float, high: float, clear: Box, box: Box, colours: tuple[tuple[int, int, int], ...]) -> str:
    """A round table in a room, for seats that are on no map."""
    sea, land, focus, coast = (hexadecimal(one) for one in colours)
    x, y = clear.centre[0] - box.x, clear.centre[1] - box.y
    rings = "".join(
        f'<ellipse cx="{x}" cy="{y}" rx="{clear.width * share}" ry="{clear.height * share}" fill="none" '
        f'stroke="{coast}" stroke-opacity="0.35" stroke-width="1.5" stroke-dasharray="3 9"/>'
        for share in (0.3, 0.42, 0.56, 0.72)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" preserveAspectRatio="none">'
        f'<rect width="{wide}" height="{high}" fill="{sea}"/>{rings}'
        f'<ellipse cx="{x}" cy="{y}" rx="{clear.width * 0.26}" ry="{clear.height * 0.25}" fill="{land}" '
        f'stroke="{coast}" stroke-width="2"/>'
        f'<ellipse cx="{x}" cy="{y}" rx="{clear.width * 0.235}" ry="{clear.height * 0.222}" fill="{focus}"/></svg>'
    )
