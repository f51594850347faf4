"""Scale: what they want and what is offered, on one line of points, and the weights that move their price."""

from __future__ import annotations

import functools
from collections.abc import Callable

from tabletop.presentation.scale import Mark, ScaleShown, WeightShown
from tabletop.window.board.wording import MARKS, ROLES
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.palette import mixed
from tabletop.window.parts import Picture, Text, meter_icon
from tabletop.window.pen import Pen
from tabletop.window.text import Paragraph, Run, runs
from tabletop.window.theme import HAIR, HEADING, LABEL, SLOW, SMALL, SMALL_GAP, TIGHT

_LOOK = {1: "good", 0: "warn", -1: "bad"}
_SIGNS = {1: "✓ ", 0: "± ", -1: "✗ "}


def scale(shown: ScaleShown, grown: float, explain: Callable[[str], object]) -> Element:
    """The scale, what it says, and the weights."""
    verdict = Text([Run(_SIGNS[shown.verdict], "bold", _LOOK[shown.verdict]), Run(shown.verdict_text, "bold")], HEADING)
    basis = Text(shown.basis_text, SMALL, "soft")
    weights = [_weight(one, grown, explain) for one in shown.weights]
    head = Row(Text(shown.weights_text, LABEL, "soft", wraps=False), gap=TIGHT)
    flow = Flow(head, *weights, gap=TIGHT, line_gap=HAIR) if weights else None
    return Column(Beam(shown, grown), Column(verdict, basis, gap=0), flow, gap=TIGHT)


def _weight(one: WeightShown, grown: float, explain: Callable[[str], object]) -> Element:
    """A weight: its icon, its name, and by how much it moves their price."""
    side = 20 * grown
    icon = (
        Picture(
            lambda canvas, box: canvas.icon(meter_icon(one.of, 0), box, canvas.ground.role(ROLES[one.sign])), side, side
        )
        if one.of
        else None
    )
    text = Text(
        [Run(f"{one.name} ", "text"), Run(f"{one.points_text}{MARKS[one.sign]}", "bold", ROLES[one.sign])], SMALL
    )
    row = Row(icon, text, gap=HAIR, align="middle")
    return Spot(
        f"weight.{one.name}",
        Pad(row, TIGHT, HAIR / 2),
        functools.partial(explain, one.of) if one.of else None,
        tip=one.text,
    )


class Beam(Element):
    """The line of points: above it what they may want, with a band over what is likely; below it what is offered."""

    def __init__(self, shown: ScaleShown, grown: float) -> None:
        self._shown, self._grown = shown, grown

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 220 * self._grown, 700 * self._grown

    def height(self, pen: Pen, width: float) -> float:
        return len(self._tiers(pen, width)) * self._line(pen) + 2 * self._thick + 2 * HAIR + self._line(pen)

    @property
    def _thick(self) -> float:
        return 25 * self._grown

    def _line(self, pen: Pen) -> float:
        return pen.em(SMALL) * SMALL.leading + 6

    def _x(self, points: float, box: Box) -> float:
        return box.x + points / self._shown.most * box.width

    def _labels(self, pen: Pen) -> list[tuple[Paragraph, Mark | None, int]]:
        """What stands above the line: a label for every mark, or for their price itself."""
        shown = self._shown
        if not shown.marks:
            return [(pen.set(runs(shown.wants_text, "bold"), SMALL), None, shown.low)]
        return [
            (
                pen.set((Run(f"{one.name} ", "text"), Run(f"{one.at}{' ✗' if one.is_out else ''}", "bold")), SMALL),
                one,
                one.at,
            )
            for one in shown.marks
        ]

    def _tiers(self, pen: Pen, width: float) -> list[list[tuple[Paragraph, Mark | None, int, float]]]:
        """The labels in as many lines as keep them apart, the lowest line first, each with its left edge."""
        tiers: list[list[tuple[Paragraph, Mark | None, int, float]]] = []
        for text, mark, points in self._labels(pen):
            wide = pen.units(text.width)
            left = min(max(0.0, points / self._shown.most * width - wide / 2), max(0.0, width - wide))
            free = next((tier for tier in tiers if all(self._apart(pen, left, wide, one) for one in tier)), None)
            if free is None:
                tiers.append(free := [])
            free.append((text, mark, points, left))
        return tiers

    def _apart(self, pen: Pen, left: float, wide: float, other: tuple[Paragraph, Mark | None, int, float]) -> bool:
        there, there_wide = other[3], pen.units(other[0].width)
        return left >= there + there_wide + SMALL_GAP or there >= left + wide + SMALL_GAP

    def draw(self, canvas: Canvas) -> None:
        shown, box, pen = self._shown, self.box, canvas.pen
        tiers, line = self._tiers(pen, box.width), self._line(pen)
        top = box.y + len(tiers) * line
        theirs = canvas.look.seat_colour(shown.seat, shown.place, canvas.ground)
        track = Box(box.x, top, box.width, self._thick)
        canvas.rounded(track, mixed(canvas.ground.fill, canvas.ground.soft, 0.25), 6)
        self._draw_band(canvas, track, theirs)
        for number, tier in enumerate(tiers):
            for text, mark, points, left in tier:
                colour = canvas.ground.soft if mark is not None and not mark.is_likely else canvas.ground.ink
                y = top - (number + 1) * line
                x = self._x(points, box)
                canvas.lines([(x, y + line - 1), (x, top + self._thick / 2)], colour, 1.5)
                canvas.text(text, Box(box.x + left, y, pen.units(text.width) + 1, line), colour)
                self._draw_mark(canvas, x, track.centre[1], mark, theirs)
        self._draw_offer(canvas, Box(box.x, top + self._thick + HAIR, box.width, self._thick), shown)

    def _draw_band(self, canvas: Canvas, track: Box, theirs: tuple[int, int, int]) -> None:
        """What is likely, from its least to its most."""
        low = canvas.motion.value("beam.low", self._shown.low, duration=SLOW)
        high = canvas.motion.value("beam.high", self._shown.high, duration=SLOW)
        left, right = self._x(low, track), self._x(high, track)
        wide = max(right - left, 12.0)
        left = min(max(track.x, (left + right - wide) / 2), track.right - wide)
        canvas.rounded(Box(left, track.y, wide, track.height), mixed(canvas.ground.fill, theirs, 0.6), 6)

    def _draw_mark(self, canvas: Canvas, x: float, y: float, mark: Mark | None, theirs: tuple[int, int, int]) -> None:
        radius = 9 * self._grown
        x = min(max(x, self.box.x + radius), self.box.right - radius)
        is_full = mark is None or mark.is_likely
        canvas.disc(x, y, radius, canvas.ground.ink if is_full else canvas.ground.soft)
        canvas.disc(x, y, radius - 3, theirs if is_full else canvas.ground.fill)

    def _draw_offer(self, canvas: Canvas, row: Box, shown: ScaleShown) -> None:
        """What is offered, and what may be lacking all the same; the line of the offer goes up through the scale."""
        given = canvas.motion.value("beam.given", shown.given, duration=SLOW)
        reach = self._x(min(shown.most, given + shown.near), row) - row.x
        wide = self._x(given, row) - row.x
        canvas.rounded(row, mixed(canvas.ground.fill, canvas.ground.soft, 0.12), 6)
        if reach > 2:
            canvas.rounded(
                Box(row.x, row.y, reach, row.height), mixed(canvas.ground.fill, canvas.ground.accent, 0.4), 6
            )
        if wide > 2:
            canvas.rounded(Box(row.x, row.y, wide, row.height), canvas.ground.accent, 6)
        x, low = row.x + reach, self._x(shown.low, row)
        middle = row.centre[1]
        if low > x + 12:  # what is lacking at the least
            canvas.lines([(x + 6, middle), (low, middle)], canvas.ground.bad, 3)
            canvas.lines([(low - 8, middle - 6), (low, middle), (low - 8, middle + 6)], canvas.ground.bad, 3)
        canvas.lines([(x, row.y - self._thick - HAIR), (x, row.bottom - 3)], canvas.ground.accent, 2.5)
        text = canvas.pen.set(runs(shown.given_text, "bold"), SMALL)
        long = canvas.pen.units(text.width)
        left = min(max(row.x, x - long / 2), row.right - long - 1)
        canvas.text(text, Box(left, row.bottom + 4, long + 1, self._line(canvas.pen)), canvas.ground.accent)
