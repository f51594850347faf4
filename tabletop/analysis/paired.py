"""Sums over paired playouts, in whole numbers, so that the parts of a job add up to the same whatever their order.

A column has the results of playouts in their order: a list of integers, or an array where NumPy played them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from operator import add, mul, sub
from typing import Any, TypeAlias

import attrs

from tabletop.analysis.account import Estimate
from tabletop.analysis.intervals import Z95

Column: TypeAlias = Any

#: Squares of larger results are summed as Python's integers, as they may not fit into 64 bits.
_LARGE = 1 << 22


def safe(column: Column) -> Column:
    """A column whose squares can be summed."""
    if isinstance(column, list):
        return column
    return column if not len(column) or abs(column).max() < _LARGE else column.astype(object)


def minus(one: Column, other: Column) -> Column:
    """The differences of two columns, playout by playout."""
    return list(map(sub, one, other)) if isinstance(one, list) else one - other


def plus(one: Column, other: Column) -> Column:
    """The sums of two columns, playout by playout."""
    return list(map(add, one, other)) if isinstance(one, list) else one + other


def equals(column: Column, value: int) -> Column:
    """1 for every playout whose result is the value, 0 for the others."""
    return [int(one == value) for one in column] if isinstance(column, list) else (column == value).astype(int)


def dot(one: Column, other: Column) -> int:
    """The sum of the products of two columns."""
    return sum(map(mul, one, other)) if isinstance(one, list) else int(one.dot(other))


@attrs.define
class Moments:
    """The count, sum and sum of squares of whole numbers."""

    count: int = 0
    total: int = 0
    squares: int = 0

    def add(self, column: Column) -> None:
        """Counts a column more."""
        self.count += len(column)
        self.total += sum(column) if isinstance(column, list) else int(column.sum())
        self.squares += dot(column, column)

    @property
    def mean(self) -> float:
        """Their mean."""
        return self.total / self.count

    @property
    def variance(self) -> float:
        """The unbiased estimate of the variance; 0 for less than two."""
        if self.count < 2:
            return 0.0
        # A whole number until the last division, so that nothing is lost where the mean is large.
        return (self.squares * self.count - self.total * self.total) / (self.count * (self.count - 1))

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return math.sqrt(self.variance / self.count)

    def estimate(self, z: float = Z95) -> Estimate:
        """The mean with its normal interval."""
        half = z * self.error
        return Estimate(self.mean, self.mean - half, self.mean + half)


def summed(columns: Sequence[Column]) -> Column:
    """The sums of several columns, playout by playout. There must be one at least."""
    total = columns[0]
    for column in columns[1:]:
        total = plus(total, column)
    return total
