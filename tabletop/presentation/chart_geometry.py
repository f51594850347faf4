"""The geometry of charts: axes with round ticks, lines through values, bars of a waterfall. Pages, papers and windows
draw the marks, each in its own way."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

import attrs

#: A place in a box: across from its left edge, down from its top.
Place: TypeAlias = tuple[float, float]

_STEPS = (1, 2, 5, 10)
_MOST_TICKS = 7


@attrs.frozen
class Axis:
    """A horizontal axis from `low` to `high`, drawn from `left` to `right`."""

    low: float
    high: float
    left: float
    right: float
    ticks: tuple[float, ...]

    def at(self, value: float) -> float:
        """The position of a value, clamped to the axis.

        >>> axis_for([-10, 30], 0, 400).at(0)
        100.0
        """
        share = (min(max(value, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.left + share * (self.right - self.left), 1)


def axis_for(values: Iterable[float], left: float, right: float, *, has_zero: bool = True) -> Axis:
    """An axis that includes all values, and 0 unless it need not, with round ticks.

    >>> axis_for([-12, 31], 0, 400).ticks
    (-20.0, -10.0, 0.0, 10.0, 20.0, 30.0, 40.0)
    """
    held = [*([0.0] if has_zero else []), *values]
    low, high = min(held), max(held)
    rough = (high - low or 1.0) / (_MOST_TICKS - 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:
        last += 1
    ticks = tuple(round(number * step, 6) + 0.0 for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], left, right, ticks)


@attrs.frozen
class Extent:
    """From where to where something lies on an axis, and its whisker, all in the axis' own units of drawing."""

    left: float
    width: float
    low: float
    high: float


def extent(axis: Axis, start: float, end: float, low: float, high: float) -> Extent:
    """A bar from `start` to `end`, at least a hair wide, with a whisker from `low` to `high`.

    >>> extent(axis_for([0, 50], 0, 100), 20, 10, 8, 12)
    Extent(left=20.0, width=20.0, low=16.0, high=24.0)
    """
    ends = axis.at(min(start, end)), axis.at(max(start, end))
    width = max(round(ends[1] - ends[0], 1), 0.3)
    return Extent(ends[0], width, axis.at(low), axis.at(high))


def across(number: int, count: int, width: float) -> float:
    """Where a value of a course lies by its number, from 0 on, evenly from the left to the right edge of a box.

    >>> across(1, 3, 10)
    5.0
    """
    return round(number * width / max(1, count - 1), 2)


def places(values: Sequence[float], low: float, high: float, width: float, height: float) -> tuple[Place, ...]:
    """Where the values of a course lie in a box, the highest at the top.

    >>> places([0, 50, 100], 0, 100, 10, 8)
    ((0.0, 8.0), (5.0, 4.0), (10.0, 0.0))
    """
    span = (high - low) or 1.0
    return tuple(
        (across(at, len(values), width), round(height * (1 - (min(max(value, low), high) - low) / span), 2))
        for at, value in enumerate(values)
    )
