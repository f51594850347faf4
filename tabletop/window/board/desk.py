"""Desk: what surrounds the board: the column of numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from tabletop.presentation.board import facts_of, gauges_of, tracks_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.board.gauges import gauges
from tabletop.window.board.tracks import facts, tracks
from tabletop.window.frames import Fitting, Pad, Panel, Scroll
from tabletop.window.layout import Column, Element, Grid
from tabletop.window.parts import Rule, Text
from tabletop.window.theme import GAP, HAIR, SMALL, SMALL_GAP, TIGHT


def numbers(
    perspective: Perspective,
    words: Words,
    grown: float,
    explain: Callable[[str], object],
    columns: int,
    dossiers: Sequence[Element] = (),
) -> Element:
    """Meters, tracks, dossiers and facts: where we stand."""
    meters = gauges(gauges_of(perspective, words), grown, explain)
    steps = tracks(tracks_of(perspective, words), len(meters), grown, explain)
    known = facts(facts_of(perspective, words), explain)
    if columns > 1:
        rest = [Pad(Text(words("table.preparation"), SMALL, "soft"), TIGHT, 0), *steps] if steps else []
        return Panel(
            Scroll(
                "numbers", Column(Grid(*meters, columns=columns, gap=TIGHT), *rest, *dossiers, known, gap=SMALL_GAP)
            ),
            "panel",
            pad=GAP,
            grow=1,
        )

    def column(gap: float) -> Element:
        between = [Pad(Rule(), TIGHT, HAIR)] if steps else []
        return Column(*meters, *between, *steps, Pad(Rule(), TIGHT, HAIR), *dossiers, known, gap=gap)

    return Panel(
        Fitting(column(TIGHT), column(HAIR), column(0), Scroll("numbers", column(0)), grow=1),
        "panel",
        pad=TIGHT,
        pad_down=SMALL_GAP,
    )
