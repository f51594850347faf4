"""The balance report as one HTML file with SVG charts."""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import Any

import jinja2

from tabletop.analysis.balance import Balance, Estimate, ExperimentLine, Matrix, TornadoLine
from tabletop.presentation.chart_geometry import Axis, axis_for
from tabletop.report.page_templates import page_templates

_UNITS = {
    "share": "Shares of games (difference in points of a hundred)",
    "points": "Points at the end",
    "steps": "Steps of a meter or of another figure",
}
#: A verdict has a sign and a word; colour is redundant.
SIGNS = {"held": "✓", "not held": "✗", "inconclusive": "?"}
#: The left and right edge of the plot area in chart units; names are left of it, figures right of it.
LEFT, RIGHT = 620.0, 980.0
#: The tone of an ending, as a sign besides the colour.
TONES = {"good": "✓", "mixed": "~", "bad": "✗"}


def balance_page(balance: Balance) -> str:
    """The whole page. Sections without lines are left out."""
    return (
        _templates()
        .get_template("balance.html")
        .render(
            balance=balance,
            verdicts=verdict_counts(balance),
            forests=list(_forests(balance["experiments"])),
            tornado=_tornado(balance),
            matrix=_matrix(balance["matrix"]),
            worlds=_matrix(balance["worlds"]),
            signs=SIGNS,
            tones=TONES,
            left=LEFT,
            right=RIGHT,
        )
    )


def verdict_counts(balance: Balance) -> dict[str, int]:
    """How many experiments held, did not hold, or are inconclusive."""
    return {word: sum(line["verdict"] == word for line in balance["experiments"]) for word in SIGNS}


@functools.cache
def _templates() -> jinja2.Environment:
    environment = page_templates()
    environment.filters |= {"signed": signed, "plain": plain, "percent": percent, "cut": cut}
    return environment


def signed(value: float | None, times: float = 1) -> str:
    """A signed difference with one decimal; a dash for None.

    >>> signed(0.1234, 100), signed(-2), signed(-0.01), signed(None)
    ('+12.3', '−2.0', '+0.0', '–')
    """
    return "–" if value is None else f"{round(value * times, 1) + 0.0:+.1f}".replace("-", "−")


def plain(value: float, times: float = 1) -> str:
    """A figure with one decimal.

    >>> plain(0.1234, 100), plain(-2)
    ('12.3', '−2.0')
    """
    return f"{round(value * times, 1) + 0.0:.1f}".replace("-", "−")


def percent(share: float) -> str:
    """A share as a whole percentage; positive shares are never shown as 0%.

    >>> percent(0.5), percent(0.001), percent(0)
    ('50%', '<1%', '0%')
    """
    return "<1%" if 0 < share < 0.005 else f"{100 * share:.0f}%"


def cut(text: str, length: int) -> str:
    """The text, truncated to a length with an ellipsis.

    >>> cut("a long title", 8)
    'a long…'
    """
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _forests(lines: list[ExperimentLine]) -> Iterator[dict[str, Any]]:
    """One plot for each unit, since steps, points and shares have no common scale."""
    for unit, title in _UNITS.items():
        group = [line for line in lines if line["unit"] == unit]
        if group:
            times = 100 if unit == "share" else 1
            ends = [end * times for line in group for end in (*_ends(line["difference"]), line["by"])]
            if unit == "share":  # an interval may slightly exceed the possible range of a difference of shares
                ends = [min(max(end, -100), 100) for end in ends]
            yield {"unit": unit, "title": title, "lines": group, "times": times, "axis": axis_for(ends, LEFT, RIGHT)}


def _ends(estimate: Estimate) -> list[float]:
    return [end for end in estimate.values() if isinstance(end, int | float)]


def _tornado(balance: Balance) -> dict[str, Any] | None:
    base = balance["base"]
    if not balance["tornado"] or base is None:
        return None

    def width(line: TornadoLine) -> float:
        return abs(line["points"][0]["value"] - line["points"][1]["value"])

    lines = sorted(balance["tornado"], key=width, reverse=True)
    values = [base["value"], *(end for line in lines for points in line["points"] for end in _ends(points))]
    axis: Axis = axis_for(values, LEFT, RIGHT)
    return {"lines": lines, "axis": axis, "base": base}


def _matrix(matrix: Matrix | None) -> dict[str, Any] | None:
    """The best of each column has a sign and a word besides its colour, for colour-blind readers."""
    if matrix is None or not matrix["rows"]:
        return None
    columns = range(len(matrix["columns"]))
    best = [max(row["points"][at]["value"] for row in matrix["rows"]) for at in columns]
    return {"columns": matrix["columns"], "rows": matrix["rows"], "best": best}
