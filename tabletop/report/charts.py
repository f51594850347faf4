"""Axes of charts: positions and ticks. The marks themselves are in the templates."""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs

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


def axis_for(values: Iterable[float], left: float, right: float) -> Axis:
    """An axis that includes all values and 0, with round ticks.

    >>> axis_for([-12, 31], 0, 400).ticks
    (-20.0, -10.0, 0.0, 10.0, 20.0, 30.0, 40.0)
    """
    held = [0.0, *values]
    low, high = min(held), max(held)
    rough = (high - low or 1.0) / (_MOST_TICKS - 1)
    power = 10 ** math.floor(math.log10(rough))
    step = next(step * power for step in _STEPS if step * power >= rough * 0.999)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    if first == last:
        last += 1
    ticks = tuple(round(number * step, 6) + 0.0 for number in range(first, last + 1))
    return Axis(ticks[0], ticks[-1], left, right, ticks)
