"""Gauges: every meter as a number, its change, its level by name, its bar with the thresholds, and its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.board import Meter
from tabletop.window.board.wording import MARKS, ROLES, joined, signed
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Fitting, Pad, Sized
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Picture, Text, meter_icon
from tabletop.window.pen import Pen
from tabletop.window.text import runs
from tabletop.window.theme import HAIR, LABEL, NUMBER, SLOW, SMALL, STRONG, TIGHT, Style

_CHANGE = Style("bold", 18, 1.2)


class Counting(Element):
    """A number that counts to where it goes."""

    def __init__(self, key: str, value: int, style: Style = NUMBER, role: str = "ink") -> None:
        self._key, self._value, self._style, self._role = key, value, style, role

    def _set(self, pen: Pen, value: int) -> float:
        return pen.units(pen.set(runs(str(value).replace("-", "−"), self._style.face), self._style).width)

    def widths(self, pen: Pen) -> tuple[float, float]:
        wide = max(self._set(pen, self._value), self._set(pen, 88 if abs(self._value) < 100 else self._value))
        return wide, wide

    def height(self, pen: Pen, width: float) -> float:
        return pen.em(self._style) * self._style.leading

    def draw(self, canvas: Canvas) -> None:
        shown = round(canvas.motion.value(f"count.{self._key}", self._value, duration=SLOW))
        set_text = canvas.pen.set(runs(str(shown).replace("-", "−"), self._style.face), self._style)
        if canvas.pen.units(set_text.width) > self.box.width + 1:
            set_text = canvas.pen.set(runs(str(self._value).replace("-", "−"), self._style.face), self._style)
        canvas.text(set_text, self.box, canvas.ground.role(self._role), 1.0)


def gauges(perspective: Perspective, words: Words, grown: float, explain: Callable[[str], object]) -> list[Element]:
    """A gauge for every meter; pressing one explains it."""
    slot = _widest_level(perspective)
    return [
        gauge(perspective, words, at, meter, grown, slot, lambda id=meter.id: explain(id))  # type: ignore[misc]
        for at, meter in enumerate(perspective.scenario.meters)
    ]


def _widest_level(perspective: Perspective) -> str:
    levels = [one.name for meter in perspective.scenario.meters for one in meter.thresholds]
    return max(levels, key=len, default="")


def gauge(
    perspective: Perspective,
    words: Words,
    at: int,
    meter: Meter,
    grown: float,
    slot: str,
    explain: Callable[[], object],
) -> Element:
    """One meter in two lines."""
    value, changed = perspective.view.meters[meter.id], perspective.changed(meter.id)
    sign = perspective.names.good(meter.id, changed, perspective.seat)
    history = perspective.history(meter.id)
    side = 28 * grown
    icon = Picture(
        lambda canvas, box: canvas.icon(
            meter_icon(meter.id, at), box, canvas.look.meter_colour(meter.id, at, canvas.ground)
        ),
        side,
        side,
    )
    change = Text(f"{signed(changed)}{MARKS[sign]}", _CHANGE, ROLES[sign], wraps=False) if changed else None
    spark = Picture(lambda canvas, box: draw_spark(canvas, box, history, meter.range), 56 * grown, 24 * grown)
    name = perspective.names.short(meter.id)
    number = Counting(meter.id, value, NUMBER if abs(value) < 10_000 else STRONG)
    full = [change, spark if len(history) > 2 else None, number]
    top = Fitting(*[_line(icon, name, rest) for rest in (full, [change, number], [number])])
    before = value - changed
    bar = Picture(lambda canvas, box: _draw_bar(canvas, box, at, meter, value, before), 80, 16 * grown, grow=1)
    level = perspective.names.level(meter.id, value)
    low = Row(bar, Slot(level, slot) if slot else None, gap=TIGHT, align="middle")
    tip = joined([meter.text, wishes(perspective, words, meter), levels(words, meter)], "\n")
    return Spot(f"meter.{meter.id}", Pad(Column(top, low, gap=0), TIGHT, HAIR / 2), explain, tip=tip)


def _line(icon: Element, name: str, rest: Sequence[Element | None]) -> Element:
    return Row(icon, Text(name, LABEL, grow=1), *rest, gap=TIGHT, align="middle")


class Slot(Sized):
    """A word at the right of a place that is wide enough for the widest of its kind, so that bars end alike."""

    def __init__(self, text: str, widest: str) -> None:
        super().__init__(Text(text, SMALL, "soft", across=1.0, wraps=False))
        self._widest = Text(widest, SMALL, wraps=False)

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._widest.widths(pen)


def wishes(perspective: Perspective, words: Words, meter: Meter) -> str:
    """Whether the seat wants it high or low."""
    if perspective.seat in meter.good_for:
        return words("table.high_is_good")
    return words("table.low_is_good") if perspective.seat in meter.bad_for else ""


def levels(words: Words, meter: Meter) -> str:
    """The named levels, with where they begin."""
    named = ", ".join(f"{one.name} ≥ {one.at}" for one in meter.thresholds)
    return words("table.levels", levels=named) if named else ""


def draw_spark(canvas: Canvas, box: Box, values: Sequence[int], ends: tuple[int, int]) -> None:
    """A line of the values, the last with a dot."""
    shown = list(values[-14:])
    low, high = min(shown), max(shown)
    least = max(1, (ends[1] - ends[0]) // 8)
    if high - low < least:
        middle = (high + low) / 2
        low, high = round(middle - least / 2), round(middle + least / 2)
    inner = box.inset(5, 4)
    step = inner.width / max(1, len(shown) - 1)
    points = [
        (inner.x + at * step, inner.bottom - (value - low) / max(1, high - low) * inner.height)
        for at, value in enumerate(shown)
    ]
    canvas.lines(points, canvas.ground.soft, 2)
    canvas.disc(*points[-1], 4, canvas.ground.ink)


def _draw_bar(canvas: Canvas, box: Box, at: int, meter: Meter, value: int, before: int) -> None:
    low, high = meter.range
    room = max(1, high - low)
    thick = min(10.0, box.height)
    track = Box(box.x, box.centre[1] - thick / 2, box.width, thick)
    canvas.rounded(track, canvas.ground.edge, thick / 2)
    share = canvas.motion.value(f"bar.{meter.id}", (value - low) / room, duration=SLOW)
    share = max(0.0, min(1.0, share))
    if share > 0:
        full = Box(track.x, track.y, max(thick, track.width * share), thick)
        canvas.rounded(full, canvas.look.meter_colour(meter.id, at, canvas.ground), thick / 2)
    for one in meter.thresholds:
        if low < one.at < high:
            x = track.x + track.width * (one.at - low) / room
            canvas.fill(Box(x - 1, track.y - 2, 2, thick + 4), canvas.ground.soft)
    if before != value:
        x = track.x + track.width * max(0.0, min(1.0, (before - low) / room))
        canvas.fill(Box(x - 1.5, track.y - 4, 3, thick + 8), canvas.ground.ink)
