"""Lanes: where the figures of a look back lie on the axes of a page."""

from __future__ import annotations

from tabletop.presentation.chart_geometry import Axis, Extent
from tabletop.presentation.review.alternatives import FigureRange, WeighedDecision
from tabletop.presentation.review.charts import bar_axis, bar_extent, figure_axis, figure_extent, option_axis
from tabletop.presentation.review.turning import AccountBar, AccountStory
from tabletop.presentation.what_if import OptionAgain


class Lanes:
    """Where figures lie on the axes of a page, in per cent of their width."""

    def bars(self, story: AccountStory) -> Axis:
        """The axis of a waterfall."""
        return bar_axis(story, 100)

    def bar(self, axis: Axis, bar: AccountBar) -> Extent:
        """A bar of a waterfall, with its interval."""
        return bar_extent(axis, bar)

    def options(self, decision: WeighedDecision) -> Axis:
        """The axis of the options of a decision."""
        return option_axis(decision, 100)

    def results(self, options: tuple[OptionAgain, ...]) -> Axis | None:
        """The axis of options that were voted on again; None where they have no figures."""
        shown = [one for option in options for one in (option.as_known, option.in_hindsight) if one is not None]
        return figure_axis(shown, 100) if shown else None

    def figure(self, axis: Axis, figure: FigureRange) -> Extent:
        """A figure in its interval."""
        return figure_extent(axis, figure)
