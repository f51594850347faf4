"""Sections side by side as a PDF, laid out by Typst for A4 or Letter: the same values as on the page."""

from __future__ import annotations

from typing import Any

from tabletop.presentation.plain import to_plain
from tabletop.presentation.review.sections import SectionsReview, SpreadLine
from tabletop.presentation.words import Words
from tabletop.report.paper import Paper, laid_out
from tabletop.report.sections_page import SpreadMarks


def sections_paper(review: SectionsReview, paper: Paper = "a4") -> bytes:
    """The PDF. Raises ModuleNotFoundError where the package `typst` is not installed."""
    marks = SpreadMarks(Words(review.language))
    places = [
        {"meters": [_place(marks, one) for one in group.meters], "scores": [_place(marks, one) for one in group.scores]}
        for group in review.groups
    ]
    return laid_out(
        "sections.typ",
        paper,
        language=review.language,
        footer=review.title,
        review=to_plain(review),
        marks=places,
    )


def _place(marks: SpreadMarks, line: SpreadLine) -> dict[str, Any]:
    return {**to_plain(marks.spread(line)), "told": marks.mean(line)}
