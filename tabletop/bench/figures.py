"""Definition of a benchmark figure: a line of a section, and the function that measures it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, TypeVar

import attrs

from tabletop.engine.game import Game
from tabletop.scenario.loading import load
from tabletop.storage.shipped_data import DEFAULT_SCENARIO as DEFAULT_SCENARIO

#: Other load can only slow a run down, so the best of several short runs is the most meaningful.
_RUN = 0.25

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
    """One benchmark run, with its figures so far by section and name."""

    def __init__(self, seconds: float, cold: bool = False) -> None:
        """Each rate is measured for about so many seconds. With `cold`, the costs of an empty cache are measured
        too."""
        self.seconds = seconds
        self.cold = cold
        self.game = Game(load(DEFAULT_SCENARIO))
        self.found: Found = {}
        self._kept: dict[object, object] = {}

    def measure(self, sections: Iterable[Section]) -> Found:
        """Measures every available figure."""
        for section in sections:
            found = self.found.setdefault(section.key, {})
            for line in section.lines:
                for column in section.columns:
                    figure = line.measure(self, column)
                    if figure is not None:
                        found[line.name(column)] = figure
        return self.found

    def rate(self, work: Work, clock: Callable[[], float] = time.process_time) -> int:
        """Work per second: the best of several short runs, after one uncounted warm-up.

        By default in process time, so that other load matters less.
        """
        work(0)
        best, number, length = 0.0, 0, min(_RUN, self.seconds)
        for _ in range(max(1, round(self.seconds / length))):
            done, started, now = 0, clock(), 0.0
            while now < length:
                number += 1
                done += work(number)
                now = clock() - started
            best = max(best, done / now)
        return round(best)

    def once(self, name: object, make: Callable[[], Thing]) -> Thing:
        """A cached object that several figures share."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[return-value]
