"""Where the marks of a review's charts lie, on every face alike: page, paper, window, room and terminal draw them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tabletop.presentation.chart_geometry import Axis, Extent, Place, axis_for, extent, places
from tabletop.presentation.review.alternatives import FigureRange, WeighedDecision
from tabletop.presentation.review.turning import AccountBar, AccountStory, ChanceShare


def bar_axis(story: AccountStory, width: float) -> Axis:
    """The axis of a waterfall, which has 0 on it, from 0 to a width."""
    return axis_for((end for bar in story.bars for end in (bar.start, bar.end, *bar.whisker)), 0, width)


def bar_extent(axis: Axis, bar: AccountBar) -> Extent:
    """A bar of a waterfall, with its interval."""
    return extent(axis, bar.start, bar.end, *bar.whisker)


def share_extents(axis: Axis, bar: AccountBar, story: AccountStory) -> Iterator[tuple[ChanceShare, Extent]]:
    """What the bar of chance is made of, one after the other from where it begins, each with its interval."""
    at = bar.start
    for share in story.chance:
        yield share, extent(axis, at, at + share.value, at + share.low, at + share.high)
        at += share.value


def option_axis(decision: WeighedDecision, width: float) -> Axis:
    """The axis on which the options of a decision lie."""
    return figure_axis((one for option in decision.options for one in (option.as_known, option.in_hindsight)), width)


def figure_axis(figures: Iterable[FigureRange], width: float) -> Axis:
    """An axis that has some figures on it with their intervals."""
    return axis_for((end for one in figures for end in (one.low, one.high)), 0, width, has_zero=False)


def figure_extent(axis: Axis, figure: FigureRange) -> Extent:
    """A figure on its axis: its point at `left`, its interval from `low` to `high`."""
    return extent(axis, figure.mean, figure.mean, figure.low, figure.high)


def path_places(story: AccountStory, width: float, height: float) -> tuple[tuple[Place, ...], ...]:
    """The course of an expected figure in a box: the places of its means, of the lower and of the upper bounds."""
    low, high = min(one.low for one in story.path), max(one.high for one in story.path)
    means, lows, highs = ([getattr(one, name) for one in story.path] for name in ("mean", "low", "high"))
    return tuple(places(one, low, high, width, height) for one in (means, lows, highs))
