"""How much a seat's decisions matter: its points in random play, with each of its doctrines, and with the search."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias

from tabletop.analysis.balance import Estimate, SpreadLine
from tabletop.analysis.information import PLAYER
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
    lines = []
    for seat in scenario.seats:
        doctrines = [one for one in doctrines_of(scenario, seat.id) if one != "random"]
        ranked = sorted(doctrines, key=lambda one: -found[seat.id, one]["value"])
        search = _points(Survey(survey.game, searched, survey.seed), seat.id, PLAYER) if searched else None
        best = max(
            [found[seat.id, one]["value"] for one in doctrines] + ([search["value"]] if search else []), default=0
        )
        lines.append(
            SpreadLine(
                seat=seat.name,
                random=found[seat.id, "random"],
                best=names.get((seat.id, ranked[0]), ranked[0]) if ranked else "",
                doctrine=found[seat.id, ranked[0]] if ranked else None,
                search=search,
                spread=best - found[seat.id, "random"]["value"] if doctrines or search else 0.0,
            )
        )
    return lines


def _points(survey: Survey, seat: str, player: str) -> Estimate:
    return survey.mean({seat: player}, seat)
