"""What it is worth to a seat to know a hidden truth, and to see the signs of it.

The same search player plays the same games three times: as the pack has it, with the hidden truths told to its seat,
and without the signs of them that its seat sees. The two differences are the expected value of perfect information and
of sample information (H. Raiffa and R. Schlaifer, "Applied Statistical Decision Theory", 1961, chapters 4 and 5). Games
with the same seed have the same truth and the same chance where they go alike, so that differences are taken game by
game.
"""

from __future__ import annotations

import itertools
import multiprocessing
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor

import attrs

from tabletop.analysis.balance import Estimate, InformationLine
from tabletop.analysis.interrupts import deaf, deafen
from tabletop.analysis.intervals import mean_interval
from tabletop.analysis.job import Job, Order, finished_points
from tabletop.analysis.rule_paths import graph_of
from tabletop.analysis.worker_pools import cores
from tabletop.scenario import Scenario

#: The player whose knowledge is varied. More playouts a move change little and take longer.
PLAYER = "search:envoy:120"
#: The least number of games for which a process is started, and the games of a part that it is given.
_A_PROCESS, _A_PART = 50, 50


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


def information(
    scenario: Scenario, seat: str, games: int, seed: int = 0, player: str = PLAYER, jobs: int | None = None
) -> InformationLine:
    """The points of a seat played by the search player over so many games: told the truth, as the pack has it, and
    without signs; and what the truth and the signs are worth. `jobs` is the number of processes, by default one for
    each core; what comes out does not depend on it."""
    variants = (told(scenario, seat), scenario, withheld(scenario, seat))
    truth, signs, blind = searched_points([(variant, seat) for variant in variants], games, seed, player, jobs)
    return InformationLine(
        seat=next(one.name for one in scenario.seats if one.id == seat),
        games=games,
        told=estimate(truth),
        signs=estimate(signs),
        withheld=estimate(blind),
        worth_of_truth=estimate([one - other for one, other in zip(truth, signs, strict=True)]),
        worth_of_signs=estimate([one - other for one, other in zip(signs, blind, strict=True)]),
    )


def searched_points(
    asked: Sequence[tuple[Scenario, str]], games: int, seed: int = 0, player: str = PLAYER, jobs: int | None = None
) -> list[list[int]]:
    """For each scenario and seat, the seat's points game by game when it is played by the search and the others by
    their first doctrine.

    A search spends much of its time in Python, where threads would wait for each other: the games are shared out among
    processes, as many as get enough games to be worth starting.
    """
    orders = [(Order.of(Job(scenario, players={seat: player}, seed=seed)), seat) for scenario, seat in asked]
    jobs = min(jobs or cores(), -(-games * len(asked) // _A_PROCESS))
    if jobs <= 1:
        return [finished_points(order, seat, 0, games) for order, seat in orders]
    parts = [range(first, min(first + _A_PART, games)) for first in range(0, games, _A_PART)]
    # Forking a process with threads may deadlock; spawning works alike on every system.
    with ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=deafen) as pool:
        with deaf():
            waiting = [
                [pool.submit(finished_points, order, seat, part.start, len(part)) for part in parts]
                for order, seat in orders
            ]
        return [list(itertools.chain.from_iterable(one.result() for one in row)) for row in waiting]


def estimate(values: Sequence[int]) -> Estimate:
    """The mean of values with its interval, which a single value has not."""
    mean, low, high = mean_interval(sum(values), sum(value * value for value in values), len(values))
    return Estimate(value=mean, low=low if len(values) > 1 else None, high=high if len(values) > 1 else None)
