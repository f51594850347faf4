"""Desk: what surrounds the board: the column of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.presentation.board import facts_of, gauges_of, tracks_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.stakes import GaugeGroup, gauge_groups
from tabletop.presentation.words import Words
from tabletop.window.board.gauges import gauges
from tabletop.window.board.tracks import facts, tracks
from tabletop.window.frames import Fitting, Pad, Panel, Scroll
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.parts import Icon, Rule, Text
from tabletop.window.theme import GAP, HAIR, SMALL, SMALL_GAP, TIGHT


def numbers(
    perspective: Perspective,
    words: Words,
    grown: float,
    explain: Callable[[str], object],
    columns: int,
    dossiers: Sequence[Element] = (),
) -> Element:
    """Meters, tracks and facts: where we stand."""
    groups = gauge_groups(words, gauges_of(perspective, words))
    places = [meter.id for meter in perspective.scenario.meters]
    meters = gauges([one for group in groups for one in group.gauges], grown, explain, places)
    headed = headed_gauges(groups, meters)
    steps = tracks(tracks_of(perspective, words), len(meters), grown, explain)
    known = facts(facts_of(perspective, words), explain)
    if columns > 1:
        rest = [Pad(Text(words("table.preparation"), SMALL, "soft"), TIGHT, 0), *steps] if steps else []
        grids = headed_gauges(groups, meters, columns)
        return Panel(
            Scroll("numbers", Column(*grids, *rest, *dossiers, known, gap=SMALL_GAP)), "panel", pad=GAP, grow=1
        )

    def column(gap: float, meters: Sequence[Element] = meters) -> Element:
        between = [Pad(Rule(), TIGHT, HAIR)] if steps else []
        return Column(*meters, *between, *steps, Pad(Rule(), TIGHT, HAIR), *dossiers, known, gap=gap)

    return Panel(
        Fitting(
            column(TIGHT, headed),
            column(HAIR, headed),
            column(0, headed),
            column(TIGHT),
            column(HAIR),
            column(0),
            Scroll("numbers", column(0)),
            grow=1,
        ),
        "panel",
        pad=TIGHT,
        pad_down=SMALL_GAP,
    )


def headed_gauges(groups: Sequence[GaugeGroup], meters: Sequence[Element], columns: int = 1) -> list[Element]:
    """The meters with the direction that is good for the seat above each group of them, in so many columns."""
    found, left = list[Element](), list(meters)
    for group in groups:
        arrow = {1: "trend-up", -1: "trend-down", 0: "minus"}[group.wish]
        role = {1: "good", -1: "bad", 0: "soft"}[group.wish]
        found.append(
            Pad(Row(Icon(arrow, SMALL, role), Text(group.title, SMALL, "soft"), gap=TIGHT, align="middle"), TIGHT, 0)
        )
        own = left[: len(group.gauges)]
        found += own if columns == 1 else [Grid(*own, columns=columns, gap=TIGHT)]
        left = left[len(group.gauges) :]
    return found
