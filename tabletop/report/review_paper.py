"""The review of a session as a PDF of a dozen pages, laid out by Typst for A4 or Letter: the opening of the page, and
of its parts what a debrief is led from."""

from __future__ import annotations

from typing import Any

from tabletop.presentation.plain import to_plain
from tabletop.presentation.review.predictions import AskedQuestion, Prediction
from tabletop.presentation.review.review import Review
from tabletop.presentation.words import Words
from tabletop.report import charts
from tabletop.report.paper import Paper, laid_out
from tabletop.report.review_page import Marks, moved


def review_paper(review: Review, paper: Paper = "a4") -> bytes:
    """The PDF. Raises ModuleNotFoundError where the package `typst` is not installed."""
    footer = " · ".join(one for one in (review.title, review.played) if one)
    return laid_out(
        "review.typ", paper, language=review.language, footer=footer, review=to_plain(review), marks=_marks(review)
    )


def _marks(review: Review) -> dict[str, Any]:
    """Where the marks of charts lie, and the lines of changes."""
    marks = Marks(review)
    points = review.opening.turning.points if review.opening is not None else ()
    words = Words(review.language)
    seat = next((one.name for one in review.seats if one.seat == review.seat), "")
    return {
        "for_whom": words(f"review.paper_{review.reader}", seat=seat),
        "turning": [[moved(one) for one in point.changes] for point in points],
        "courses": [
            charts.course(one.values, one.low, one.high, marks.breaks, charts.PAPER_INK) for one in review.meters
        ],
        "turns": [{"sum": [moved(one) for one in turn.changes]} for turn in review.turns],
        "asked": {one.id: _dots(marks, one) for one in review.asked},
        "predictions": {one.question: _dots(marks, one, marks.place(one, one.came)) for one in review.predictions},
        "accounts": [_bars(marks, at) for at in range(len(review.accounts))],
        "decisions": _points(marks),
    }


def _dots(marks: Marks, asked: AskedQuestion | Prediction, came: float | None = None) -> dict[str, Any]:
    return {"dots": marks.dots(asked), "low": asked.low, "high": asked.high, "came": came}


def _bars(marks: Marks, at: int) -> list[dict[str, float]]:
    story = marks.review.accounts[at]
    axis = marks.axis(story)
    return [{**to_plain(marks.bar(axis, bar)), "zero": axis.at(0)} for bar in story.bars]


def _points(marks: Marks) -> list[list[Any]]:
    found = marks.review.alternatives
    decisions = found.decisions if found is not None else ()
    return [[to_plain(marks.range(marks.options(one), option.as_known)) for option in one.options] for one in decisions]
