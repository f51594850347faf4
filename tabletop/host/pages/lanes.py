"""Lanes: where the figures of a look back lie on the axes of a page."""

from __future__ import annotations

from tabletop.presentation.chart_geometry import Axis, Extent, axis_for, extent
from tabletop.presentation.review.alternatives import FigureRange, WeighedDecision
from tabletop.presentation.review.turning import AccountBar, AccountStory
from tabletop.presentation.what_if import OptionAgain


class Lanes:
    """Where figures lie on the axes of a page, in per cent of their width."""

    def bars(self, story: AccountStory) -> Axis:
        """The axis of a waterfall."""
        return axis_for((end for bar in story.bars for end in (bar.start, bar.end, *_whisker(bar))), 0, 100)

    def bar(self, axis: Axis, bar: AccountBar) -> Extent:
        """A bar of a waterfall, with its interval."""
        return extent(axis, bar.start, bar.end, *_whisker(bar))

    def options(self, decision: WeighedDecision) -> Axis:
        """The axis of the options of a decision."""
        return self._axis([one for option in decision.options for one in (option.as_known, option.in_hindsight)])

    def results(self, options: tuple[OptionAgain, ...]) -> Axis | None:
        """The axis of options that were voted on again; None where they have no figures."""
        shown = [one for option in options for one in (option.as_known, option.in_hindsight) if one is not None]
        return self._axis(shown) if shown else None

    def _axis(self, shown: list[FigureRange]) -> Axis:
        return axis_for((end for one in shown for end in (one.low, one.high)), 0, 100, has_zero=False)

    def figure(self, axis: Axis, figure: FigureRange) -> Extent:
        """A figure in its interval."""
        return extent(axis, figure.mean, figure.mean, figure.low, figure.high)


def _whisker(bar: AccountBar) -> tuple[float, float]:
    at = 0.0 if bar.kind == "total" else bar.start
    return at + bar.low, at + bar.high
