"""The paper on the table: the lines that each side gives, with what they are worth, and what signing would do."""

from __future__ import annotations

import functools
from collections.abc import Callable

from tabletop.presentation.negotiation import Negotiation, SideOfTable
from tabletop.presentation.paper_on_table import Paper, PaperLine
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Spot
from tabletop.window.frames import Pad
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Rule, SeatBadge, Text
from tabletop.window.span_runs import runs_of
from tabletop.window.text import Run
from tabletop.window.theme import HAIR, LABEL, SLOW, SMALL, TIGHT, Style

# How a document is set.
_WRITTEN = Style("text", 20, 1.3)
_TITLE = Style("bold", 16, 1.3)


def paper_on_table(shown: Negotiation, paper: Paper, explain: Callable[[str], object]) -> Element:
    """What stands on the paper, with what each line is worth: what is asked first."""
    halves = [_half(side, paper, explain) for side in sorted(shown.sides, key=lambda side: side.is_own)]
    return Column(Text(paper.title.upper(), _TITLE, "soft", across=0.5), *halves, gap=TIGHT)


def if_signed(paper: Paper) -> Element | None:
    """What signing it as it stands would do, at its foot."""
    if not paper.signed_title:
        return None
    return Column(Rule(), Text([Run(f"{paper.signed_title} ", "bold"), *runs_of(paper.signed)], SMALL), gap=HAIR)


def _half(side: SideOfTable, paper: Paper, explain: Callable[[str], object]) -> Element:
    lines = [_line(one, explain) for one in paper.lines if one.seat == side.seat]
    head = Row(SeatBadge(side.seat, side.place, 28), Text(side.gives, LABEL), gap=TIGHT, align="middle")
    return Column(head, *(lines or [Text(paper.empty_text, SMALL, "soft")]), gap=HAIR)


class _Written(Spot):
    """A line of the paper, which comes up as it is written."""

    def paint(self, canvas: Canvas) -> None:
        come = canvas.motion.value(f"line.{self.name}", 1.0, start=0.0, duration=SLOW)
        if canvas.attention.is_active(self.name):
            canvas.framed(self.box, canvas.ground.fill, canvas.ground.accent, self.radius)
        with canvas.shifted(24 * (1 - come), 0):
            self.child.draw(canvas)


def _line(one: PaperLine, explain: Callable[[str], object]) -> Element:
    about = [Run(f"{one.worth_text}  ", "bold", "accent")] if one.worth_text else []
    about += runs_of(one.moves)
    words = Column(Text(one.text, _WRITTEN), Text(about, SMALL) if about else None, gap=0)
    tell = functools.partial(explain, one.id) if one.id else None
    return _Written(f"paper.{one.id or one.text}", Pad(words, TIGHT, HAIR / 2), tell)
