"""Hopes: how far each seat came on the way to what it could hope for, as bars to be compared."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.presentation.hopes import SeatHope
from tabletop.presentation.words import Words
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad, Sized
from tabletop.window.layout import Element, Row
from tabletop.window.parts import Picture, SeatBadge, Text
from tabletop.window.theme import HAIR, LABEL, SLOW, SMALL, SMALL_GAP, STRONG, TIGHT


def hope_rows(words: Words, hopes: Sequence[SeatHope], grown: float, is_short: bool = False) -> list[Element]:
    """A row for each seat, the one that came nearest to its hopes first; without names where it is to be short."""
    return [_row(words, one, grown, is_short) for one in hopes]


def _row(words: Words, one: SeatHope, grown: float, is_short: bool) -> Element:
    percent = Text(words("hopes.percent", percent=one.percent), STRONG, across=1.0, wraps=False)
    points = Text(f"{one.points}".replace("-", "−"), SMALL, "soft", across=1.0, wraps=False)
    row = Row(
        SeatBadge(one.seat, one.place, 26 if is_short else 34),
        None if is_short else Sized(Text(one.name, LABEL), width=118 * grown),
        Picture(lambda canvas, box: _draw_way(canvas, box, one), 60, 18, grow=1),
        Sized(percent, least_width=62 * grown),
        None if is_short else Sized(points, least_width=48 * grown),
        gap=TIGHT if is_short else SMALL_GAP,
        align="middle",
    )
    return Spot(f"hope.{one.seat}", Pad(row, TIGHT, HAIR / 2), tip=one.text)


def _draw_way(canvas: Canvas, box: Box, one: SeatHope) -> None:
    track = Box(box.x, box.centre[1] - 6, box.width, 12)
    canvas.rounded(track, canvas.ground.edge, 6)
    share = canvas.motion.value(f"hope.{one.seat}", one.percent / 100, start=0.0, duration=SLOW * 3)
    if share > 0:
        colour = canvas.look.seat_colour(one.seat, one.place, canvas.ground)
        canvas.rounded(Box(track.x, track.y, max(12.0, track.width * share), 12), colour, 6)
