"""Definition of a benchmark figure: a line of a section, and the function that measures it."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import TypeAlias, TypeVar

import attrs

from tabletop.engine.game import Game
from tabletop.scenario.loading import load
from tabletop.storage.shipped_data import DEFAULT_SCENARIO as DEFAULT_SCENARIO

#: Other work on a machine only ever slows one down, so the best of some short runs says most.
_RUN = 0.25

Thing = TypeVar("Thing")
#: Does the piece of work of a number, and says how much it was.
Work: TypeAlias = Callable[[int], int]
Measure: TypeAlias = "Callable[[Bench, str], int | float | None]"
Found: TypeAlias = dict[str, dict[str, int | float]]


@attrs.frozen
class Line:
    """A line of figures: its key, what it is in words, and what measures it in a column (by key).

    What cannot be had here is measured as None, and left out.
    """

    key: str
    words: str
    measure: Measure

    def name(self, column: str) -> str:
        """What the figure in a column is called in JSON."""
        return f"{self.key}_{column}" if column else self.key


@attrs.frozen
class Section:
    """Lines that stand together, measured in order. Columns have headings by key; a single one may have the key ""."""

    key: str
    title: str
    columns: Mapping[str, str]
    lines: tuple[Line, ...]


class Bench:
    """One run of the bench, and what it has found so far, by section and name."""

    def __init__(self, seconds: float, cold: bool = False) -> None:
        """Each rate is measured for about so many seconds. With `cold`, what an empty cache costs is measured too."""
        self.seconds = seconds
        self.cold = cold
        self.game = Game(load(DEFAULT_SCENARIO))
        self.found: Found = {}
        self._kept: dict[object, object] = {}

    def measure(self, sections: Iterable[Section]) -> Found:
        """Every figure that can be had here."""
        for section in sections:
            found = self.found.setdefault(section.key, {})
            for line in section.lines:
                for column in section.columns:
                    figure = line.measure(self, column)
                    if figure is not None:
                        found[line.name(column)] = figure
        return self.found

    def rate(self, work: Work, clock: Callable[[], float] = time.process_time) -> int:
        """How much is done in a second: the best of some short runs, after one piece that is not counted.

        By default the second is one of a core at work, so that it matters less what else the machine does.
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
        """What several figures share, made for the first of them."""
        if name not in self._kept:
            self._kept[name] = make()
        return self._kept[name]  # type: ignore[return-value]
