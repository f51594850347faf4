"""Hopes: the points of each seat beside what it could have reached, so that seats can be compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.session.score_ranges import ScoreRange


@attrs.frozen(kw_only=True)
class SeatHope:
    """A seat's points on the way from what it had to fear (`low`) to what it could hope for (`high`).

    `percent` is how far it came, from 0 to 100; `text` says it in a sentence, `rank` is its place among the seats by
    that, 1 for the first.
    """

    seat: str
    place: int
    name: str
    points: int
    low: int
    high: int
    percent: int
    rank: int
    text: str


def seat_hopes(perspective: Perspective, words: Words, ranges: Mapping[str, ScoreRange]) -> tuple[SeatHope, ...]:
    """Every seat of a game that is over, the one that came nearest to its hopes first. Raises KeyError where the ranges
    of a seat are missing."""
    scores, found = perspective.view.scores, []
    for place, seat in enumerate(perspective.scenario.seats):
        points, span = scores.get(seat.id, 0), ranges[seat.id]
        percent = round(100 * span.share(points))
        low, high = (_signed(one) for one in (span.low, span.high))
        said = words("hopes.text", seat=seat.name, points=_signed(points), percent=percent, low=low, high=high)
        found.append((percent, place, seat, points, span, said))
    found.sort(key=lambda one: (-one[0], one[1]))
    return tuple(
        SeatHope(
            seat=seat.id,
            place=place,
            name=seat.name,
            points=points,
            low=span.low,
            high=span.high,
            percent=percent,
            rank=1 + sum(other[0] > percent for other in found),
            text=said,
        )
        for percent, place, seat, points, span, said in found
    )


def _signed(points: int) -> str:
    return f"{points}".replace("-", "−")
