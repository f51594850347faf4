"""The review of a session as a PDF of a dozen pages, laid out by Typst for A4 or Letter: the opening of the page, and of
its parts what a debrief is led from."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any, Literal, TypeAlias

from tabletop.presentation.plain import to_plain
from tabletop.presentation.review.predictions import AskedQuestion, Prediction
from tabletop.presentation.review.review import Review
from tabletop.presentation.words import catalogue
from tabletop.report import charts
from tabletop.report.review_page import Marks, moved
from tabletop.scenario.text_sanitizing import shown_lines
from tabletop.storage.shipped_data import shelf

Paper: TypeAlias = Literal["a4", "us-letter"]


def review_paper(review: Review, paper: Paper = "a4") -> bytes:
    """The PDF. Raises ModuleNotFoundError where the package `typst` is not installed."""
    import typst

    template = resources.files("tabletop.report").joinpath("templates/review.typ").read_bytes()
    given = {
        "review": _as_json(to_plain(review)),
        "words": _as_json(_words(review.language)),
        "marks": _as_json(_marks(review)),
        "paper": paper,
    }
    fonts = typst.Fonts(include_system_fonts=False, font_paths=[str(shelf("assets") / "fonts")])

    def made(standard: Literal["ua-1"] | None) -> bytes:
        found = typst.compile(
            template, format="pdf", sys_inputs=given, font_paths=fonts, pdf_standards=standard, timestamp=0
        )
        assert isinstance(found, bytes)
        return found

    try:
        return made("ua-1")
    except typst.TypstError:
        # People may have written letters that no font here has; a box in their place is no tagged PDF by the standard.
        return made(None)


def _as_json(value: Any) -> str:
    return json.dumps(_shown(value), ensure_ascii=False)


def _shown(value: Any) -> Any:
    """Plain data whose texts can be shown."""
    if isinstance(value, str):
        return shown_lines(value)
    if isinstance(value, dict):
        return {name: _shown(one) for name, one in value.items()}
    return [_shown(one) for one in value] if isinstance(value, list | tuple) else value


def _words(language: str) -> dict[str, str]:
    """The entries that the template says, in the language, or else in English."""
    entries = catalogue("en") | catalogue(language)
    return {key: text for key, text in entries.items() if key.startswith(("review.", "branches."))}


def _marks(review: Review) -> dict[str, Any]:
    """Where the marks of charts lie, and the lines of changes."""
    marks = Marks(review)
    points = review.opening.turning if review.opening is not None else ()
    return {
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
