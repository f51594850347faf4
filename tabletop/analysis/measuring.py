"""Plays games and counts the values of measures at their ends."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from tabletop.analysis.playouts import CHUNK, Playouts
from tabletop.analysis.tally import counted
from tabletop.engine.execution import Formula
from tabletop.engine.game import Game
from tabletop.engine.layout import OUTCOME
from tabletop.engine.program import Program
from tabletop.engine.python_formulas import compile_formula
from tabletop.scenario.expression_language import Node

#: The value of a measure in a game that does not count; no expression can have it.
LEFT_OUT = -(2**31)


def play(
    game: Game,
    players: Mapping[str, str],
    first: int,
    games: int,
    measures: Sequence[Node],
    until: Node | None = None,
) -> list[Counter[int]]:
    """Plays the games with seeds from `first` on, and counts the values of each measure.

    Measures are read when a game is over; with `until`, at the first decision where it holds (games without one do not
    count).
    """
    playouts = Playouts(game, players, first)
    if playouts.compiled:
        batch = playouts.batch_of(measures, until)
        found: list[Counter[int]] = [Counter() for _ in measures]
        for start in range(0, games, CHUNK):
            figures = batch.figures(first + start, min(CHUNK, games - start))
            for count, column in zip(found, figures.T, strict=True):
                count.update(counted(column))
        return found
    read = [formula(game.program, measure) for measure in measures]
    stop = None if until is None else formula(game.program, until)
    counts: list[Counter[int]] = [Counter() for _ in measures]
    for number in range(games):
        state = playouts.finished(number, stop)
        if stop is None or stop(state):
            for count, of in zip(counts, read, strict=True):
                count[int(of(state))] += 1
    return counts


def at_the_end(program: Program, node: Node) -> Node:
    """The expression with `outcome` and points of seats replaced by places of a finished state."""
    places = {"outcome": OUTCOME}
    for number, seat in enumerate(program.scenario.seats):
        places[f"points_{seat.id}"] = program.score_place + number
    return _placed(node, {name: at for name, at in places.items() if name not in program.scope.symbols})


def _placed(node: Node, places: Mapping[str, int]) -> Node:
    operator, *operands = node
    if operator == "name":
        return ("place", places[operands[0]]) if operands[0] in places else node
    if operator in ("num", "place"):
        return node
    return operator, *(_placed(operand, places) for operand in operands)


def formula(program: Program, node: Node) -> Formula:
    """An expression as a Python function of a state."""
    return compile_formula(node, program.scope, program.places, program.valued)
