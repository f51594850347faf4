"""Charts of reports as SVG without a letter in it: names and figures stand beside them, in the report's own type.

The same drawing serves a page, whose colours are those of its stylesheet, and a paper, which has its own.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.presentation.chart_geometry import across, places
from tabletop.presentation.review.charts import path_places
from tabletop.presentation.review.turning import AccountStory

_WIDTH, _HEIGHT, _EDGE = 300.0, 72.0, 4.0
#: Lines stay as thin as they are where a chart is drawn larger.
_THIN = "vector-effect:non-scaling-stroke"


@attrs.frozen
class Ink:
    """The colours of a chart."""

    line: str
    band: str
    grid: str
    ground: str


#: Those of a page, which its stylesheet sets for light and dark.
PAGE_INK = Ink("var(--accent)", "var(--band)", "var(--edge)", "var(--panel)")
#: Those of a paper.
PAPER_INK = Ink("#124a86", "#c9d7e8", "#d3cfc4", "#ffffff")


def course(values: Sequence[float], low: float, high: float, breaks: Sequence[int] = (), ink: Ink = PAGE_INK) -> str:
    """The line of a meter from start to end, on its whole scale; `breaks` are the places at which a stage begins."""
    points = places(values, low, high, _WIDTH, _HEIGHT)
    return _drawing([*_rules(len(values), breaks, ink), _line(points, ink), _dot(points[-1], ink)])


def path(story: AccountStory, ink: Ink = PAGE_INK) -> str:
    """The line of an expected figure within its band, on a scale that holds both. It must have a point at least."""
    points, bottom, top = path_places(story, _WIDTH, _HEIGHT)
    around = " ".join(f"{x},{y}" for x, y in (*top, *reversed(bottom)))
    band = f'<polygon points="{around}" style="fill:{ink.band};stroke:none"/>'
    return _drawing([*_rules(len(points), (), ink), band, _line(points, ink), _dot(points[-1], ink)])


def _drawing(marks: Sequence[str]) -> str:
    box = f"{-_EDGE} {-_EDGE} {_WIDTH + 2 * _EDGE} {_HEIGHT + 2 * _EDGE}"
    inside = "".join(marks)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{box}" aria-hidden="true">{inside}</svg>'


def _rules(count: int, breaks: Sequence[int], ink: Ink) -> list[str]:
    """The edges of the scale and its middle, and where stages begin."""
    lines = [(0.0, y, _WIDTH, y) for y in (0.0, _HEIGHT / 2, _HEIGHT)]
    lines += [(x, 0.0, x, _HEIGHT) for x in (across(at, count, _WIDTH) for at in breaks)]
    return [
        f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" style="stroke:{ink.grid};stroke-width:1;{_THIN}"/>'
        for x1, y1, x2, y2 in lines
    ]


def _line(points: Sequence[tuple[float, float]], ink: Ink) -> str:
    joined = " ".join(f"{x},{y}" for x, y in points)
    look = f"fill:none;stroke:{ink.line};stroke-width:2.5;stroke-linejoin:round;stroke-linecap:round;{_THIN}"
    return f'<polyline points="{joined}" style="{look}"/>'


def _dot(point: tuple[float, float], ink: Ink) -> str:
    return f'<circle cx="{point[0]}" cy="{point[1]}" r="3.5" style="fill:{ink.line};stroke:{ink.ground}"/>'
