"""What it is worth to a seat to know a hidden truth, and to see the signs of it.

The same search player plays the same games three times: as the pack has it, with the hidden truths told to its seat,
and without the signs of them that its seat sees. The two differences are the expected value of perfect information and
of sample information (H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory", 1961, chapters 4 and 5). Games
with the same seed have the same truth and the same chance where they go alike, so that differences are taken game by
game.
"""

from __future__ import annotations

import attrs

from tabletop.analysis.balance import Estimate, InformationLine
from tabletop.analysis.intervals import mean_interval
from tabletop.analysis.playouts import Playouts
from tabletop.analysis.rule_paths import graph_of
from tabletop.engine.game import Game
from tabletop.scenario import Scenario

#: The player whose knowledge is varied. More playouts a move change little and take longer.
PLAYER = "search:envoy:120"


def told(scenario: Scenario, seat: str) -> Scenario:
    """The scenario in which the seat knows every hidden truth from the start."""
    hidden = tuple(
        one if seat in one.known_to else attrs.evolve(one, known_to=(*one.known_to, seat)) for one in scenario.hidden
    )
    return attrs.evolve(scenario, hidden=hidden)


def withheld(scenario: Scenario, seat: str) -> Scenario:
    """The scenario in which the seat does not see what it alone, or with few others, sees of the hidden truths: facts
    that they lead to, and tables whose weights read them."""
    graph = graph_of(scenario)
    truths = {one.id: one for one in scenario.hidden if seat not in one.known_to}
    knowing = next((one.known_to for one in truths.values() if one.known_to), ())
    others = knowing or tuple(one.id for one in scenario.seats if one.id != seat)
    told_by = {name for truth in truths for name in graph.leads.get(truth, ())}
    read = {name for name, formula in graph.values.items() if formula & truths.keys()}
    told_by |= {then for name in read for then in graph.leads.get(name, ())}
    variables = tuple(
        attrs.evolve(one, known_to=others) if one.id in told_by and seat in one.known_to else one
        for one in scenario.variables
    )
    tables = tuple(
        attrs.evolve(one, known_to=others)
        if seat in one.known_to and any(graph.read_by(row.weight) & truths.keys() for row in one.outcomes)
        else one
        for one in scenario.tables
    )
    return attrs.evolve(scenario, variables=variables, tables=tables)


def information(scenario: Scenario, seat: str, games: int, seed: int = 0, player: str = PLAYER) -> InformationLine:
    """The points of a seat played by the search player over so many games: told the truth, as the pack has it, and
    without signs; and what the truth and the signs are worth."""
    points = [
        _points(variant, seat, games, seed, player)
        for variant in (told(scenario, seat), scenario, withheld(scenario, seat))
    ]
    truth, signs, blind = points
    return InformationLine(
        seat=next(one.name for one in scenario.seats if one.id == seat),
        games=games,
        told=_estimate(truth),
        signs=_estimate(signs),
        withheld=_estimate(blind),
        worth_of_truth=_estimate([one - other for one, other in zip(truth, signs, strict=True)]),
        worth_of_signs=_estimate([one - other for one, other in zip(signs, blind, strict=True)]),
    )


def _points(scenario: Scenario, seat: str, games: int, seed: int, player: str) -> list[int]:
    game = Game(scenario)
    place = game.program.score_place + game.program.seat_number(seat)
    playouts = Playouts(game, {seat: player}, seed)
    return [playouts.finished(number)[place] for number in range(games)]


def _estimate(values: list[int]) -> Estimate:
    mean, low, high = mean_interval(sum(values), sum(value * value for value in values), len(values))
    return Estimate(value=mean, low=low if len(values) > 1 else None, high=high if len(values) > 1 else None)
