"""Gauges: every meter as a number, its change, its level by name, its bar with the thresholds, and its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.presentation.board import Gauge
from tabletop.window.board.wording import MARKS, ROLES, joined
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


def gauges(
    shown: Sequence[Gauge], grown: float, explain: Callable[[str], object], places: Sequence[str] = ()
) -> list[Element]:
    """A gauge for every meter; pressing one explains it. `places` are the ids of all in the scenario's order, by which
    they have their looks, where they are shown in another one."""
    slot = tuple(dict.fromkeys(level.name for one in shown for level in one.levels))
    return [
        gauge(places.index(one.id) if places else at, one, grown, slot, lambda id=one.id: explain(id))  # type: ignore[misc]
        for at, one in enumerate(shown)
    ]


def gauge(at: int, one: Gauge, grown: float, slot: Sequence[str], explain: Callable[[], object]) -> Element:
    """One meter in two lines. `slot` are the names of all levels, for the widest of which there is room."""
    side = 28 * grown
    icon = Picture(
        lambda canvas, box: canvas.icon(
            meter_icon(one.id, at), box, canvas.look.meter_colour(one.id, at, canvas.ground)
        ),
        side,
        side,
    )
    changed = f"{one.change_text}{MARKS[one.sign]}"
    change = Text(changed, _CHANGE, ROLES[one.sign], wraps=False) if one.change else None
    ends = one.low, one.high
    spark = Picture(lambda canvas, box: draw_spark(canvas, box, one.history, ends), 56 * grown, 24 * grown)
    number = Counting(one.id, one.value, NUMBER if abs(one.value) < 10_000 else STRONG)
    full = [change, spark if len(one.history) > 2 else None, number]
    top = Fitting(*[_line(icon, one.short, rest) for rest in (full, [change, number], [number])])
    bar = Picture(lambda canvas, box: _draw_bar(canvas, box, at, one), 80, 16 * grown, grow=1)
    low = Row(bar, Slot(one.level, slot) if slot else None, gap=TIGHT, align="middle")
    tip = joined([one.text, one.wish_text, one.levels_text], "\n")
    return Spot(f"meter.{one.id}", Pad(Column(top, low, gap=0), TIGHT, HAIR / 2), explain, tip=tip)


def _line(icon: Element, name: str, rest: Sequence[Element | None]) -> Element:
    return Row(icon, Text(name, LABEL, grow=1), *rest, gap=TIGHT, align="middle")


class Slot(Sized):
    """A word at the right of a place that is wide enough for the widest of its kind, so that bars end alike."""

    def __init__(self, text: str, kind: Sequence[str]) -> None:
        super().__init__(Text(text, SMALL, "soft", across=1.0, wraps=False))
        self._kind = [Text(one, SMALL, wraps=False) for one in kind]

    def widths(self, pen: Pen) -> tuple[float, float]:
        widest = max(one.widths(pen)[1] for one in self._kind)
        return widest, widest


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


def _draw_bar(canvas: Canvas, box: Box, at: int, one: Gauge) -> None:
    low = one.low
    room = max(1, one.high - low)
    thick = min(10.0, box.height)
    track = Box(box.x, box.centre[1] - thick / 2, box.width, thick)
    canvas.rounded(track, canvas.ground.edge, thick / 2)
    share = canvas.motion.value(f"bar.{one.id}", (one.value - low) / room, duration=SLOW)
    share = max(0.0, min(1.0, share))
    if share > 0:
        full = Box(track.x, track.y, max(thick, track.width * share), thick)
        canvas.rounded(full, canvas.look.meter_colour(one.id, at, canvas.ground), thick / 2)
    for level in one.levels:
        if low < level.at < one.high:
            x = track.x + track.width * (level.at - low) / room
            canvas.fill(Box(x - 1, track.y - 2, 2, thick + 4), canvas.ground.soft)
    if one.change:
        before = one.value - one.change
        x = track.x + track.width * max(0.0, min(1.0, (before - low) / room))
        canvas.fill(Box(x - 1.5, track.y - 4, 3, thick + 8), canvas.ground.ink)
