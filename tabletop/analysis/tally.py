"""Counts of finished games: integers only, so that the tallies of parts add up to that of the whole."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs

from tabletop.analysis.intervals import mean_interval, wilson
from tabletop.engine.layout import DECISIONS, OUTCOME
from tabletop.engine.program import Program
from tabletop.scenario.expression_language import Node


@attrs.define
class Tally:
    """The counts of finished games: endings, final meters, points by seat."""

    games: int = 0
    decisions: int = 0
    outcomes: Counter[int] = attrs.field(factory=Counter)
    meters: dict[str, Counter[int]] = attrs.field(factory=dict)
    scores: dict[str, Counter[int]] = attrs.field(factory=dict)

    def add(self, p: Program, s: list[int]) -> None:
        """Counts one finished game."""
        self.games += 1
        self.decisions += s[DECISIONS]
        self.outcomes[s[OUTCOME]] += 1
        for meter in p.scenario.meters:
            self.meters.setdefault(meter.id, Counter())[s[p.places[meter.id]]] += 1
        for number, seat in enumerate(p.scenario.seats):
            self.scores.setdefault(seat.id, Counter())[s[p.score_place + number]] += 1

    @classmethod
    def of_figures(cls, p: Program, figures: Any) -> Tally:
        """The tally of games from an array with the values of `tallied_nodes`, a row each."""
        counts = iter(counted(column) for column in figures.T)
        outcomes, decisions = next(counts), next(counts)
        return cls(
            games=len(figures),
            decisions=sum(value * times for value, times in decisions.items()),
            outcomes=outcomes,
            meters={meter.id: next(counts) for meter in p.scenario.meters},
            scores={seat.id: next(counts) for seat in p.scenario.seats},
        )

    def merge(self, other: Tally) -> None:
        """Adds another tally to this one."""
        self.games += other.games
        self.decisions += other.decisions
        self.outcomes += other.outcomes
        for mine, theirs in ((self.meters, other.meters), (self.scores, other.scores)):
            for name, counts in theirs.items():
                mine.setdefault(name, Counter()).update(counts)

    def outcome_shares(self, p: Program) -> dict[str, dict[str, float]]:
        """The share of each ending with its Wilson interval, in the scenario's order."""
        shares = {}
        for number, ending in enumerate(p.scenario.endings):
            low, high = wilson(self.outcomes[number], self.games)
            share = self.outcomes[number] / self.games if self.games else 0.0
            shares[ending.id] = {"share": share, "low": low, "high": high}
        return shares


def tallied_nodes(p: Program) -> list[Node]:
    """The formulas that a tally counts at the end of a game: ending, decisions, meters, points by seat."""
    meters = [p.places[meter.id] for meter in p.scenario.meters]
    points = range(p.score_place, p.score_place + len(p.scenario.seats))
    return [("place", place) for place in (OUTCOME, DECISIONS, *meters, *points)]


def counted(column: Any) -> Counter[int]:
    """Counts the values in an array."""
    import numpy as np

    values, times = np.unique(column, return_counts=True)
    return Counter(dict(zip(values.tolist(), times.tolist(), strict=True)))


def summary(counts: Counter[int]) -> dict[str, float]:
    """Mean with its interval, and the 10th, 50th and 90th percentile."""
    games = sum(counts.values())
    total = sum(value * times for value, times in counts.items())
    squares = sum(value * value * times for value, times in counts.items())
    mean, low, high = mean_interval(total, squares, games)
    points = {f"p{percent}": _percentile(counts, games, percent) for percent in (10, 50, 90)}
    return {"mean": mean, "low": low, "high": high, **points}


def _percentile(counts: Counter[int], games: int, percent: int) -> float:
    """The percentile: the least value that at least so many percent of the games do not exceed."""
    seen = 0
    for value in sorted(counts):
        seen += counts[value]
        if seen * 100 >= percent * games:
            return value
    return 0


def report_of(tally: Tally, p: Program) -> dict[str, Any]:
    """The tally as the figures that `simulate` writes."""
    scores = {seat: summary(counts) for seat, counts in tally.scores.items()}
    return {
        "outcomes": tally.outcome_shares(p),
        "meters": {meter: summary(counts) for meter, counts in tally.meters.items()},
        "scores": {seat: figures["mean"] for seat, figures in scores.items()},
        "score_intervals": {seat: [figures["low"], figures["high"]] for seat, figures in scores.items()},
    }
