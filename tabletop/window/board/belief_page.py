"""Belief page: what the player believed in each turn, beside a careful observer, with scores and the evidence."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.presentation.belief_record import BeliefRecord, Moved
from tabletop.presentation.words import Words
from tabletop.window.board.evidence import draw_shares, shade
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.frames import Panel, Sized
from tabletop.window.layout import Column, Element, Flow, Grid, Row
from tabletop.window.parts import Picture, Space, Text
from tabletop.window.text import Run
from tabletop.window.theme import (
    CARD_TITLE,
    GAP,
    HAIR,
    HEADING,
    LABEL,
    LEAD,
    PAGE,
    SMALL,
    SMALL_GAP,
    STRONG,
    TIGHT,
    WIDE,
)


def belief_page(record: BeliefRecord, words: Words, grown: float, *, is_wide: bool) -> Element:
    """The record of one hidden truth."""
    scores = Text(record.scores_text, LEAD) if record.scores_text else None
    head = Column(
        Text(record.name, SMALL, "soft"),
        Text(record.truth_text, CARD_TITLE),
        Text(record.verdict_text, HEADING),
        scores,
        gap=HAIR,
    )
    course = Panel(Column(_legend(record, grown), *_rows(record, words, grown), gap=SMALL_GAP), "panel", pad=WIDE)
    bore = Column(Text(words("belief.moved_title"), HEADING), *map(_moved, record.evidence), gap=SMALL_GAP)
    body = Grid(course, bore, columns=2, gap=PAGE) if is_wide else Column(course, bore, gap=GAP)
    return Column(head, body, gap=WIDE)


def _legend(record: BeliefRecord, grown: float) -> Element:
    """The values with their shades; the true one has a tick."""

    def swatch(at: int) -> Element:
        def paint(canvas: Canvas, box: Box) -> None:
            canvas.rounded(box, shade(canvas, at, len(record.values)), 4)

        mark = " ✓" if at == record.true else ""
        name = Text([Run(f"{record.values[at]}{mark}", "bold" if mark else "text", "good" if mark else None)], LABEL)
        return Row(Picture(paint, 22 * grown, 16 * grown), name, gap=TIGHT, align="middle")

    return Flow(*map(swatch, range(len(record.values))), gap=WIDE, line_gap=HAIR)


def _rows(record: BeliefRecord, words: Words, grown: float) -> list[Element]:
    """For every moment what was stated, and the observer's below it; without any, where the observer began; the end."""
    own, observer = words("belief.you"), words("belief.observer")
    rows: list[Element] = []
    for one in record.moments:
        rows.append(Text(one.when, STRONG))
        rows += [_bar(own, one.stated, grown), _bar(observer, one.observer, grown)]
    if not record.moments:
        rows += [_bar(words("belief.begins"), record.prior, grown)]
    return [*rows, Space(0, TIGHT), _bar(words("belief.observer_end"), record.last_observer, grown)]


def _bar(name: str, shares: Sequence[float], grown: float) -> Element:
    picture = Picture(lambda canvas, box: draw_shares(canvas, box, shares), 160, 18 * grown, grow=1)
    figures = Text(" · ".join(f"{round(share)}" for share in shares), SMALL, "soft", across=1.0, wraps=False)
    return Row(
        Sized(Text(name, SMALL), width=170 * grown),
        picture,
        Sized(figures, least_width=100 * grown),
        gap=SMALL_GAP,
        align="middle",
    )


def _moved(one: Moved) -> Element:
    piece = one.piece
    return Column(
        Text(
            [
                Run(piece.title, "bold"),
                Run(f"  {piece.when} · {piece.fits_text}, {piece.strength_text}", "text", "soft"),
            ],
            SMALL,
        ),
        Text(piece.text),
        Text(one.moved_text, SMALL, "accent"),
        gap=0,
    )
