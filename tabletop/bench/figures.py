"""Definition of a benchmark figure: a line of a section, and the function that measures it."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, TypeVar

import attrs

from tabletop.bench.instructions import InstructionCounter
from tabletop.bench.plain_game import moves_per_second
from tabletop.bench.ratios import Ratio, Ratios, kind_of
from tabletop.engine.game import Game
from tabletop.scenario.loading import load
from tabletop.storage.shipped_data import DEFAULT_SCENARIO as DEFAULT_SCENARIO

#: Seconds of a short run, and of the yardstick before and after it: the machine is the same for both.
_RUN, _YARDSTICK = 0.25, 0.05

Thing = TypeVar("Thing")
#: Does the n-th piece of work and returns its amount.
Work: TypeAlias = Callable[[int], int]
Measure: TypeAlias = "Callable[[Bench, str], int | float | None]"
Found: TypeAlias = dict[str, dict[str, int | float]]


@attrs.frozen
class Line:
    """A line of figures: its key, its label, and the function that measures it in a column (by key).

    Unavailable figures are None and are left out.
    """

    key: str
    words: str
    measure: Measure

    def name(self, column: str) -> str:
        """The name of the figure of a column in JSON."""
        return f"{self.key}_{column}" if column else self.key


@attrs.frozen
class Section:
    """A group of lines, measured in order. Columns have headings by key; a single column may have the key ""."""

    key: str
    title: str
    columns: Mapping[str, str]
    lines: tuple[Line, ...]


class Bench:
    """One benchmark run, with its figures so far by section and name.

    `ratios` has rates as multiples of the yardstick's moves a second, and times as the moves that it makes meanwhile;
    `instructions` are those of a unit of work, where they can be counted.
    """

    def __init__(self, seconds: float, cold: bool = False) -> None:
        """Each rate is measured for about so many seconds. With `cold`, the costs of an empty cache are measured
        too."""
        self.seconds = seconds
        self.cold = cold
        self.game = Game(load(DEFAULT_SCENARIO))
        self.found: Found = {}
        self.ratios: Ratios = {}
        self.instructions: Found = {}
        self.counter = InstructionCounter()
        self._runs: list[float] = []
        self._counted: list[float] = []
        self._kept: dict[object, object] = {}

    def measure(self, sections: Iterable[Section]) -> Found:
        """Measures every available figure."""
        for section in sections:
            found = self.found.setdefault(section.key, {})
            for line in section.lines:
                for column in section.columns:
                    self._runs, self._counted = [], []
                    before = self._yardstick() if kind_of(section.key, line.name(column)) == "time" else 0.0
                    figure = line.measure(self, column)
                    if figure is not None:
                        found[line.name(column)] = figure
                        self._relate(section.key, line.name(column), figure, before)
        return self.found

    def _relate(self, section: str, name: str, figure: float, before: float) -> None:
        """Keeps a figure as a ratio to the yardstick, and the instructions of its work."""
        kind = kind_of(section, name)
        if kind == "time":
            self._runs = [figure / 1000 * speed for speed in (before, self._yardstick())]
        if kind and self._runs:
            self.ratios.setdefault(section, {})[name] = Ratio.of(self._runs).row()
        if kind == "rate" and self._counted:
            self.instructions.setdefault(section, {})[name] = round(statistics.median(self._counted))

    def _yardstick(self) -> float:
        return moves_per_second(min(_YARDSTICK, self.seconds))

    def rate(self, work: Work, clock: Callable[[], float] = time.process_time) -> int:
        """Work per second: the median of several short runs, after one uncounted warm-up.

        By default in process time, so that other load matters less; the yardstick is run between the runs.
        """
        work(0)
        speeds, number, length = [], 0, min(_RUN, self.seconds)
        yardstick = self._yardstick()
        for _ in range(max(1, round(self.seconds / length))):
            counted, done, started, now = self.counter.read(), 0, clock(), 0.0
            while now < length:
                number += 1
                done += work(number)
                now = clock() - started
            counted_after, before, yardstick = self.counter.read(), yardstick, self._yardstick()
            speeds.append(done / now)
            self._runs.append(speeds[-1] / statistics.mean((before, yardstick)))
            if counted is not None and counted_after is not None and done:
                self._counted.append((counted_after - counted) / done)
        return round(statistics.median(speeds))

    def once(self, name: object, make: Callable[[], Thing]) -> Thing:
        """A cached object that several figures share."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[return-value]
