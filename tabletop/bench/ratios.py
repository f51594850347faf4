"""Figures as ratios to the yardstick of the same run, with their spread: what a slower or busier machine does to both
cancels out, so that runs can be compared."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

#: How far a figure that was taken once may be off, and the least difference that counts for any.
_ONCE, _LEAST = 0.15, 0.05
#: Spreads from few runs are too narrow: they are widened by so much.
_WIDER = 3.0

Ratios = dict[str, dict[str, dict[str, float]]]


@attrs.frozen
class Ratio:
    """The median of the ratios of several runs, and the range outside of which a change is beyond noise."""

    median: float
    low: float
    high: float
    runs: int

    @classmethod
    def of(cls, ratios: Sequence[float]) -> Ratio:
        """The ratio of these runs."""
        median = statistics.median(ratios)
        off = statistics.median(abs(one - median) for one in ratios) * _WIDER if len(ratios) > 2 else median * _ONCE
        off = max(off, median * _LEAST)
        return cls(median, median - off, median + off, len(ratios))

    @classmethod
    def read(cls, row: Any) -> Ratio:
        """A ratio from plain data. Raises ValueError for what is none."""
        try:
            return cls(float(row["median"]), float(row["low"]), float(row["high"]), int(row["runs"]))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError("this is no figure of a bench") from error

    def row(self) -> dict[str, float]:
        """The ratio as plain data, to four digits."""
        return {name: float(f"{value:.4g}") for name, value in attrs.asdict(self).items()} | {"runs": self.runs}

    def is_beyond(self, other: Ratio) -> bool:
        """Whether it differs from another by more than noise: their ranges do not meet."""
        return self.low > other.high or self.high < other.low


@attrs.frozen
class Change:
    """A figure that changed beyond noise: by how much (1.5 is half as much again), and whether that is for the good."""

    section: str
    name: str
    by: float
    is_better: bool


def kind_of(section: str, name: str) -> str:
    """What a figure is: a `rate` (a second), a `time` (milliseconds), or neither: then it has no ratio ("")."""
    # Ratios themselves; and what the clock says, or all cores do, of which a yardstick on one core tells nothing.
    if name.endswith(("_times", "_wall")) or "all_cores" in name or "scaling" in name:
        return ""
    if "per_second" in section or "per_second" in name:
        return "rate"
    return "time" if section.endswith("_ms") or name.endswith("_ms") else ""


def changes(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[list[Change], int]:
    """What changed beyond noise between two runs, the greatest first, and how many figures both have. Raises
    ValueError if one is no bench's."""
    found, both = [], 0
    for section, figures in _ratios(new).items():
        before = _ratios(old).get(section, {})
        for name in figures.keys() & before.keys():
            both += 1
            first, second = Ratio.read(before[name]), Ratio.read(figures[name])
            if second.is_beyond(first) and first.median > 0:
                by = second.median / first.median
                found.append(Change(section, name, by, (by > 1) == (kind_of(section, name) == "rate")))
    return sorted(found, key=lambda one: (-max(one.by, 1 / one.by if one.by else 1), one.name)), both


def _ratios(run: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    found = run.get("ratios") if isinstance(run, Mapping) else None
    if not isinstance(found, dict) or not all(isinstance(one, dict) for one in found.values()):
        raise ValueError("it has no ratios: it is not what 'tabletop bench --json' printed")
    return found
