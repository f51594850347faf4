"""Sections side by side as one HTML page that stands alone, in the look of the review."""

from __future__ import annotations

import attrs

from tabletop.presentation.chart_geometry import Axis
from tabletop.presentation.review.sections import SectionsReview, SpreadLine
from tabletop.presentation.words import Words
from tabletop.report.review_page import templates

#: The tones of endings, as signs beside their names.
TONES = {"good": "✓", "mixed": "~", "bad": "✗"}


def sections_page(review: SectionsReview) -> str:
    """The whole page."""
    words = Words(review.language)
    template = templates().get_template("sections.html")
    return template.render(review=review, say=words, marks=SpreadMarks(words), tones=TONES)


@attrs.frozen(kw_only=True)
class SpreadPlaces:
    """Where a number over sections lies in per cent of its scale: a dot for each section with how high it is piled, the
    mean and its interval."""

    dots: tuple[tuple[float, int], ...]
    mean: float
    low: float
    high: float


@attrs.frozen
class SpreadMarks:
    """The marks of numbers over sections."""

    words: Words

    def spread(self, line: SpreadLine) -> SpreadPlaces:
        """Where a number lies."""
        axis = Axis(float(line.low_end), float(line.high_end), 0.0, 100.0, ())
        piled: dict[float, int] = {}
        dots = []
        for value in sorted(line.values):
            at = axis.at(value)
            dots.append((at, piled.get(at, 0)))
            piled[at] = piled.get(at, 0) + 1
        return SpreadPlaces(dots=tuple(dots), mean=axis.at(line.mean), low=axis.at(line.low), high=axis.at(line.high))

    def mean(self, line: SpreadLine) -> str:
        """The mean with its interval, in words."""
        mean, low, high = (f"{round(one, 1) + 0.0:.1f}".replace("-", "−") for one in (line.mean, line.low, line.high))
        if len(line.values) == 1:
            return self.words("sections.single", mean=mean)
        return self.words("sections.mean", mean=mean, low=low, high=high)
