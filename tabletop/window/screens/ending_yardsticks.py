"""A finished game by each yardstick, for the page of points."""

from __future__ import annotations

from tabletop.presentation.spans import signed
from tabletop.presentation.words import Words
from tabletop.presentation.yardsticks import Yardstick
from tabletop.window.frames import Panel, Sized
from tabletop.window.layout import Column, Element, Grid, Row
from tabletop.window.parts import Rule, Text
from tabletop.window.theme import BODY, GAP, HEADING, NUMBER, SMALL, SMALL_GAP, STRONG, TIGHT, WIDE


def yardstick_panel(words: Words, told: tuple[Yardstick, ...], across: int) -> Element | None:
    """What the game came to by each measure, in so many columns; None for a scenario that has none."""
    if not told:
        return None
    head = Column(Text(words("ending.yardsticks"), HEADING), Text(words("ending.yardsticks_note"), SMALL, "soft"))
    rows = Grid(*map(_row, told), columns=across, gap=WIDE)
    return Panel(Column(head, Rule(), rows, gap=GAP), "panel", pad=WIDE)


def _row(one: Yardstick) -> Element:
    said = Column(Text(one.name, STRONG), Text(one.held_by, SMALL, "soft"), Text(one.text, BODY), gap=TIGHT)
    points = Sized(Text(signed(one.points), NUMBER, across=1.0, wraps=False), least_width=96)
    return Row(points, said, gap=SMALL_GAP)
