"""How much a seat's decisions matter: its points in random play, with each of its doctrines, and with the search."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from tabletop.analysis.balance import Estimate, SpreadLine
from tabletop.analysis.information import estimate, searched_points
from tabletop.analysis.survey import Survey, doctrines_of

Each: TypeAlias = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


def spreads(survey: Survey, each: Each, searched: int = 0) -> list[SpreadLine]:
    """A line for each seat, others following their first doctrine; with the search player over `searched` games, none
    for 0.

    `spread` is how much more the best of its doctrines and the search come to than random play: what there is to gain
    by deciding well. It is below 0 where all of them do worse.
    """
    scenario = survey.scenario
    wanted = [
        (seat.id, player)
        for seat in scenario.seats
        for player in dict.fromkeys(["random", *doctrines_of(scenario, seat.id)])
    ]
    found = dict(zip(wanted, each(lambda one: _points(survey, *one), wanted), strict=True))
    names = {(one.seat, one.id): one.name for one in scenario.doctrines}
    seats = [seat.id for seat in scenario.seats]
    searches = searched_points([(scenario, seat) for seat in seats], searched, survey.seed) if searched else []
    lines = []
    for number, seat in enumerate(scenario.seats):
        doctrines = [one for one in doctrines_of(scenario, seat.id) if one != "random"]
        ranked = sorted(doctrines, key=lambda one: -found[seat.id, one]["value"])
        search = estimate(searches[number]) if searches else None
        random = found[seat.id, "random"]
        played = [found[seat.id, one] for one in doctrines] + ([search] if search else [])
        best = max(played, key=lambda one: one["value"], default=random)
        lines.append(
            SpreadLine(
                seat=seat.name,
                random=random,
                best=names.get((seat.id, ranked[0]), ranked[0]) if ranked else "",
                doctrine=found[seat.id, ranked[0]] if ranked else None,
                search=search,
                spread=best["value"] - random["value"],
                margin=math.hypot(_half(best), _half(random)),
                games=survey.games,
                searched=searched,
            )
        )
    return lines


def _half(estimate: Estimate) -> float:
    return ((estimate["high"] or 0.0) - (estimate["low"] or 0.0)) / 2


def _points(survey: Survey, seat: str, player: str) -> Estimate:
    return survey.mean({seat: player}, seat)
