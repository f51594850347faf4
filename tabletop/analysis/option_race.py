"""The options of a decision played out side by side, by the same chance, until those clearly worse have dropped out."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.analysis.account import Estimate
from tabletop.analysis.paired import Moments, minus
from tabletop.players.racing import BEHIND, LEAST


class OptionRace:
    """The results of options, numbered from 0 on: result n of each comes of the same playout. An option that falls
    clearly behind (see `players/racing.py`) gets no more of them, unless it is the one to be kept."""

    def __init__(self, options: int, keep: int = -1) -> None:
        self._keep = keep
        self.columns: list[list[int]] = [[] for _ in range(options)]
        self.running = list(range(options))
        self.tries = 0
        self._moments = [Moments() for _ in range(options)]

    def add(self, rows: Sequence[Sequence[int]]) -> None:
        """Adds playouts: a column for each running option, in their order; drops those that are clearly behind."""
        for option, row in zip(self.running, rows, strict=True):
            self.columns[option] += row
            self._moments[option].add(row)
        self.tries += len(rows[0])
        leader = self.leader
        if self.tries >= LEAST:
            kept = (leader, self._keep)
            self.running = [one for one in self.running if one in kept or not self._is_behind(leader, one)]

    def _is_behind(self, leader: int, one: int) -> bool:
        ahead = self.difference(leader, one)
        return ahead.mean > BEHIND * ahead.error

    @property
    def leader(self) -> int:
        """The running option with the best mean, the first of several."""
        return max(self.running, key=lambda one: self._moments[one].total)

    def moments(self, option: int) -> Moments:
        """The sums of an option's results so far."""
        return self._moments[option]

    def estimate(self, option: int) -> Estimate:
        """What was to be expected of an option."""
        return self.moments(option).estimate()

    def difference(self, one: int, other: int) -> Moments:
        """How much better one option did than another, in the playouts that both have."""
        moments, common = Moments(), min(len(self.columns[one]), len(self.columns[other]))
        moments.add(minus(self.columns[one][:common], self.columns[other][:common]))
        return moments

    def is_settled(self, margin: float) -> bool:
        """Whether more playouts would make no difference that matters."""
        leader = self.leader
        rivals = [one for one in self.running if one != leader and not self._is_behind(leader, one)]
        return all(4 * self.difference(leader, one).error < margin for one in rivals)
