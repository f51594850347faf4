"""Which actions are ever right: positions from many games, looked at twice by a search that sees the whole state.

An action is right in a position where one look puts it first among all that is legal, and another, by other chance,
cannot tell it from the best.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import attrs

from tabletop.analysis.intervals import mean_interval
from tabletop.analysis.playouts import Playouts
from tabletop.analysis.survey import doctrines_of
from tabletop.engine import machine
from tabletop.engine.bots import RANDOM
from tabletop.engine.game import Game
from tabletop.engine.growth import Edge, Tree
from tabletop.engine.layout import CARD, OUTCOME
from tabletop.players.beliefs import likely_casts

PLAYOUTS = 300
_CASTS = 60


@attrs.frozen
class Right:
    """In how many positions an action was open and looked at, and in how many of these it was right."""

    looked: int
    right: int


def rightness(
    game: Game, positions: int, seed: int, each: Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]] = map
) -> Mapping[tuple[str, str], Right]:
    """For every seat and action, by id: how often it was right. Positions in which an action is open that has not been
    right yet are looked at first, and as long as there are any, up to so many in all."""
    pool = _pool(game, seed)
    everything = {
        (noun.id, action.id)
        for action in game.scenario.actions
        for noun in game.scenario.seats
        if noun.id in action.seats
    }
    looked: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    left = positions
    while left > 0:
        wanted = sorted(name for name in everything if not right[name] and pool[name])
        if not wanted:
            break
        share = max(1, min(40, left) // len(wanted))
        tasks = [pool[name].pop() for name in wanted for _ in range(min(share, len(pool[name])))][:left]
        left -= len(tasks)
        for open_actions, best in each(lambda task: _looked_at(game, *task), tasks):
            looked.update(open_actions)
            right.update(best)
    return {name: Right(looked[name], right[name]) for name in sorted(everything)}


def _pool(game: Game, seed: int) -> dict[tuple[str, str], list[tuple[tuple[int, ...], int, int]]]:
    """Positions in which each action is open, from games of all kinds."""
    dice, program = random.Random(seed), game.program
    found: dict[tuple[str, str], list[tuple[tuple[int, ...], int, int]]] = defaultdict(list)
    for number in range(240):
        players = {
            noun.id: dice.choice([*doctrines_of(game.scenario, noun.id), "random"]) for noun in game.scenario.seats
        }
        playouts = Playouts(game, players, seed, compiled=False)
        s, run = game.opening(seed + number), program.run(keeps=False)
        machine.begin(program.code, s, run)
        while s[OUTCOME] < 0:
            seat = machine.next_to_act(program.code, s)
            if s[CARD] < 0 and dice.random() < 0.2:
                position = tuple(s), seat, dice.getrandbits(32)
                for name in {program.actions[move].id for move in program.legal(s, seat)} - {"pass"}:
                    found[game.scenario.seats[seat].id, name].append(position)
            machine.apply(program.code, s, run, seat, playouts.players[seat].move(program, s, seat))
    for positions in found.values():
        dice.shuffle(positions)
    return found


def _looked_at(
    game: Game, core: tuple[int, ...], seat: int, seed: int
) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """The actions that were open in a position, and the one, if any, that was right."""
    program, name = game.program, game.scenario.seats[seat].id
    legal = program.legal(core, seat)
    doctrines = [at for (of, _), at in program.doctrines.items() if of == name] or [RANDOM]
    looks = []
    for look in range(2):
        casts = likely_casts(program, _CASTS, seat, seed + look)
        tree = Tree(program, [core] * _CASTS, casts, doctrines, seat, (seed + look) & 0xFFFFFFFF, PLAYOUTS)
        tree.grow(PLAYOUTS)
        looks.append([edge for edge in tree.edges() if edge.move in legal])
    open_actions = {(name, program.actions[move].id) for move in legal}
    first = max(looks[0], key=lambda edge: edge.visits).move
    second = next((edge for edge in looks[1] if edge.move == first), None)
    most = max(looks[1], key=lambda edge: edge.visits)
    confirmed = second is not None and _interval(second)[1] >= most.total / most.visits
    return open_actions, {(name, program.actions[first].id)} if confirmed else set()


def _interval(edge: Edge) -> tuple[float, float]:
    _, low, high = mean_interval(edge.total, edge.squares, edge.visits)
    return low, high
