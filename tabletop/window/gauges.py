"""Gauges: a meter with its number, named threshold, change and history, and a track of preparation with its steps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.layout import Column, Element, Row
from tabletop.window.palette import meter_colour
from tabletop.window.parts import Picture, Text, meter_icon
from tabletop.window.pen import Pen
from tabletop.window.plots import polyline
from tabletop.window.text import Run, runs
from tabletop.window.theme import CHIP, HAIR, LABEL, NUMBER, SLOW, SMALL, SMALL_GAP, TIGHT


class Reading(NamedTuple):
    """What a gauge shows. `at` is the meter's place in the scenario's order, which gives its colour.

    `thresholds` are the (value, name) where a new zone begins; `change` is what it moved by last; `good` is 1 if a
    rise is good for whoever looks, -1 if a fall is, 0 if neither; `history` are earlier values, the latest last.
    """

    id: str
    at: int
    name: str
    value: int
    ends: tuple[int, int] = (0, 100)
    thresholds: Sequence[tuple[int, str]] = ()
    change: int = 0
    good: int = 0
    history: Sequence[int] = ()

    @property
    def zone(self) -> str:
        """The name of the zone that the value is in, "" if zones have no names."""
        return next((name for at, name in reversed(list(self.thresholds)) if self.value >= at), "")


def change_run(change: int, good: int) -> Run:
    """A change with its sign and arrow, in the colour of good, bad or neither; never by colour alone.

    >>> change_run(-3, 1).text, change_run(-3, 1).role
    ('▼ −3', 'bad')
    """
    if not change:
        return Run("", "bold")
    role = "ink" if not good else "good" if (change > 0) == (good > 0) else "bad"
    return Run(f"{'▲ +' if change > 0 else '▼ −'}{abs(change)}", "bold", role)


class Counted(Element):
    """A number that counts to its value when that changes."""

    def __init__(self, key: str, value: int) -> None:
        self._key, self._value = key, value

    def _widest(self, pen: Pen) -> float:
        return pen.units(pen.set(runs("0" * max(2, len(str(self._value))), "bold"), NUMBER).width)

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._widest(pen), self._widest(pen)

    def height(self, pen: Pen, width: float) -> float:
        return pen.units(pen.set(runs("0", "bold"), NUMBER).height)

    def draw(self, canvas: Canvas) -> None:
        shown = round(canvas.motion.value(f"count.{self._key}", self._value, duration=SLOW))
        canvas.text(canvas.pen.set(runs(str(shown), "bold"), NUMBER), self.box, across=1.0)


class Gauge(Spot):
    """A meter: icon, name, zone, number, change, and a bar with its thresholds."""

    def __init__(self, reading: Reading, *, tip: str = "") -> None:
        self._reading = reading
        words = Row(
            Text(reading.name, LABEL, grow=1),
            Text((change_run(reading.change, reading.good),), LABEL) if reading.change else None,
            gap=TIGHT,
            align="middle",
        )
        zone = Text(reading.zone, SMALL, "soft") if reading.zone else None
        bar = Column(words, Picture(self._bar, 80, 10), zone, gap=HAIR, grow=1)
        row = Row(Picture(self._icon, 40, 40), bar, Counted(reading.id, reading.value), gap=SMALL_GAP, align="middle")
        super().__init__(f"meter.{reading.id}", row, tip=tip)

    def _icon(self, canvas: Canvas, box: Box) -> None:
        colour = meter_colour(self._reading.at, canvas.ground.is_light)
        canvas.rounded(box, colour, CHIP)
        canvas.icon(meter_icon(self._reading.id, self._reading.at), box.inset(6), canvas.ground.fill)

    def _bar(self, canvas: Canvas, box: Box) -> None:
        low, high = self._reading.ends
        span = max(1, high - low)
        value = canvas.motion.value(f"bar.{self._reading.id}", float(self._reading.value), duration=SLOW)
        canvas.rounded(box, canvas.ground.edge, box.height / 2)
        share = max(0.0, min(1.0, (value - low) / span))
        filled = Box(box.x, box.y, max(box.height, box.width * share), box.height)
        canvas.rounded(filled, meter_colour(self._reading.at, canvas.ground.is_light), box.height / 2)
        for at, _ in self._reading.thresholds:
            if low < at < high:
                x = box.x + box.width * (at - low) / span
                canvas.fill(Box(x - 3, box.y, 6, box.height), canvas.ground.fill)
                canvas.fill(Box(x - 1.5, box.y - 3, 3, box.height + 6), canvas.ground.ink)


class Sparkline(Element):
    """The history of a meter as a small line that ends in a dot."""

    def __init__(self, reading: Reading, width: float = 120.0, height: float = 32.0) -> None:
        self._reading, self._width, self._height = reading, width, height

    def widths(self, pen: Pen) -> tuple[float, float]:
        return self._width, self._width

    def height(self, pen: Pen, width: float) -> float:
        return self._height

    def draw(self, canvas: Canvas) -> None:
        low, high = self._reading.ends
        values = [*self._reading.history, self._reading.value]
        box = self.box.inset(6)
        step = box.width / max(1, len(values) - 1)
        points = [
            (box.x + at * step, box.bottom - box.height * (one - low) / max(1, high - low))
            for at, one in enumerate(values)
        ]
        colour = meter_colour(self._reading.at, canvas.ground.is_light)
        polyline(canvas, self.box, points, colour, 3)
        canvas.disc(*points[-1], 5, colour)


class Steps(Spot):
    """A track of preparation: how many of its steps are done."""

    def __init__(self, id: str, at: int, name: str, done: int, most: int, *, note: str = "", tip: str = "") -> None:
        self._id, self._at, self._done, self._most = id, at, done, most
        row = Row(
            Picture(self._icon, 40, 40),
            Column(
                Text(name, LABEL),
                Picture(self._boxes, 80, 14),
                Text(note, SMALL, "soft") if note else None,
                gap=HAIR,
                grow=1,
            ),
            Text(f"{done}/{most}", LABEL),
            gap=SMALL_GAP,
            align="middle",
        )
        super().__init__(f"track.{id}", row, tip=tip)

    def _icon(self, canvas: Canvas, box: Box) -> None:
        canvas.framed(box, canvas.ground.fill, canvas.ground.soft, CHIP, 2)
        canvas.icon(meter_icon(self._id, self._at), box.inset(7), canvas.ground.ink)

    def _boxes(self, canvas: Canvas, box: Box) -> None:
        wide = (box.width - HAIR * (self._most - 1)) / max(1, self._most)
        for at in range(self._most):
            one = Box(box.x + at * (wide + HAIR), box.y, wide, box.height)
            if at < self._done:
                canvas.rounded(one, canvas.ground.accent, 4)
            else:
                canvas.framed(one, canvas.ground.fill, canvas.ground.soft, 4)
