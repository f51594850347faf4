"""Hoeffding races: compares candidates in parallel and drops those that are significantly worse.

O. Maron and A. W. Moore, "Hoeffding Races: Accelerating Model Selection Search", NIPS 6, 1994; here with the variance
of paired differences, as all candidates use the same random numbers.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from operator import mul

#: How many standard errors behind the leader a candidate is dropped, and the minimum number of tries before.
BEHIND, LEAST = 3.0, 20
#: A race is also over after so many tries, when differences are known to about so many points.
ENOUGH, FINE = 100, 0.3
#: The standard error of a single try.
_UNKNOWN = 1000.0


class Race:
    """The results of candidates, numbered from 0 on, and which of them are still running."""

    def __init__(self, candidates: int) -> None:
        self.running = list(range(candidates))
        self._tries = [0] * candidates
        self._sums = [0] * candidates
        #: Sums of products of the points of two candidates in the same tries (for paired variance).
        self._products = dict.fromkeys(itertools.combinations_with_replacement(range(candidates), 2), 0)

    def add(self, rows: Sequence[Sequence[int]]) -> None:
        """Adds tries: a row of points for each running candidate, in their order. Drops candidates that are clearly
        behind."""
        for candidate, row in zip(self.running, rows, strict=True):
            self._tries[candidate] += len(row)
            self._sums[candidate] += sum(row)
        for (one, its_row), (other, other_row) in itertools.combinations_with_replacement(
            zip(self.running, rows, strict=True), 2
        ):
            self._products[one, other] += sum(map(mul, its_row, other_row))
        leader = self.leader
        if self._tries[leader] >= LEAST:
            self.running = [one for one in self.running if one == leader or not self.is_better(leader, one, BEHIND)]

    @property
    def leader(self) -> int:
        """The running candidate with the best mean."""
        return max(self.running, key=self._sums.__getitem__)

    @property
    def is_over(self) -> bool:
        """Whether more tries would make no relevant difference."""
        leader = self.leader
        if len(self.running) > 1 and self._tries[leader] < ENOUGH:
            return False
        return all(2 * self._difference(leader, one)[1] < FINE for one in self.running if one != leader)

    def is_better(self, one: int, other: int, errors: float) -> bool:
        """Whether one mean exceeds another by more than so many standard errors. A dropped candidate is never better
        than a running one."""
        if other not in self.running:
            return one in self.running
        if one not in self.running:
            return False
        mean, error = self._difference(one, other)
        return mean > errors * error

    def tries(self, one: int) -> int:
        """The number of tries of a candidate."""
        return self._tries[one]

    @property
    def all_tries(self) -> int:
        """The number of tries of all candidates."""
        return sum(self._tries)

    def mean(self, one: int) -> float:
        """The mean points of a candidate."""
        return self._sums[one] / self._tries[one]

    def error(self, one: int) -> float:
        """The standard error of a candidate's mean; a large one for a single try."""
        return self._error(self._tries[one], self._sums[one], self._products[one, one])

    def _difference(self, one: int, other: int) -> tuple[float, float]:
        """The mean paired difference of two candidates, over their common tries, and its standard error."""
        tries, ahead = self._tries[one], self._sums[one] - self._sums[other]
        pair = (one, other) if one < other else (other, one)
        squares = self._products[one, one] + self._products[other, other] - 2 * self._products[pair]
        return ahead / tries, self._error(tries, ahead, squares)

    @staticmethod
    def _error(tries: int, total: int, squares: int) -> float:
        if tries < 2:
            return _UNKNOWN
        mean = total / tries
        return math.sqrt(max(0.0, squares - tries * mean * mean) / (tries - 1) / tries)
