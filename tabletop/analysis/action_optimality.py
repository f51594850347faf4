"""Estimates in how many positions each action is the best one, by playouts with the whole state known.

An evaluation first finds the seat's best doctrine from a position on, then plays out every legal move many times, with
the seat continuing by that doctrine. An action is the best in a position if one evaluation ranks it first, and a second
one with other random numbers finds no significantly better move. Positions come from games with the scenario's own
assumptions; for actions that are the best in none of these, also from games under other worldviews.
"""

from __future__ import annotations

import itertools
import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from tabletop.analysis.intervals import Z95
from tabletop.analysis.playouts import Playouts
from tabletop.analysis.survey import doctrines_of
from tabletop.engine import machine
from tabletop.engine.bots import RANDOM
from tabletop.engine.compiled.playout_tree import Tree
from tabletop.engine.game import Game
from tabletop.engine.ismcts import FOLLOW
from tabletop.engine.layout import CARD, OUTCOME
from tabletop.players.beliefs import likely_casts
from tabletop.players.racing import Race
from tabletop.scenario import Scenario

#: Playouts for each legal move, in the steps of an evaluation, and for each doctrine before it.
STEPS, TRIAL = (30, 50, 100), 20
#: Positions evaluated in any case, and how many more are evaluated for one action.
SURVEYED, PATIENCE = 96, 200
_BATCH = 32
#: Games from which positions are sampled, and the sampled share of frequent kinds of decisions.
GAMES, _KEPT = 400, 0.1
_CASTS = 60
#: An evaluation continues while a wanted move is at most so many standard errors behind.
_HOPE = 1.0

#: A seat and an action, by id.
Name: TypeAlias = tuple[str, str]
Each: TypeAlias = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]


@attrs.frozen
class Optimality:
    """In how many positions an action was evaluated, and in how many it was the best, with the scenario's own
    assumptions; if in none, `under` is a worldview in which it was."""

    looked: int
    right: int
    under: str = ""


@attrs.frozen
class Position:
    """A decision of a seat in a game, and the seed of its evaluations."""

    core: tuple[int, ...]
    seat: int
    seed: int


@attrs.frozen
class Task:
    """A position to be evaluated for some actions of its seat, or (with none) for all."""

    position: Position
    wanted: frozenset[str] = frozenset()


def action_optimality(
    scenario: Scenario, games: int = GAMES, seed: int = 0, each: Each = map
) -> Mapping[Name, Optimality]:
    """For every seat and action: how often it was the best. Fewer games give fewer positions."""
    own, games = Game(scenario), min(games, GAMES)
    names = {(seat, action.id) for action in scenario.actions for seat in action.seats}
    search = Search(own, games, seed, each)
    search.survey(min(games, SURVEYED))
    search.look_for(names)
    missing = {name for name in names if not search.right[name]}
    under: dict[Name, str] = {}
    for worldview in scenario.worldviews:
        game = own.assuming(worldview.values)
        if missing and game.assumptions != own.assumptions:
            other = Search(game, games, seed, each)
            other.look_for(missing)
            under |= {name: worldview.id for name in missing if other.right[name]}
            missing -= set(under)
    return {name: Optimality(search.looked[name], search.right[name], under.get(name, "")) for name in sorted(names)}


class Search:
    """Searches for positions in which actions are the best."""

    def __init__(self, game: Game, games: int, seed: int, each: Each) -> None:
        self.game, self.each = game, each
        self.patience = min(games, PATIENCE)
        self.looked: Counter[Name] = Counter()
        self.right: Counter[Name] = Counter()
        self._pool = _pool(game, games, seed, self.patience)

    def survey(self, positions: int) -> None:
        """Evaluates so many positions, in turn one in which each action of each seat is legal."""
        names = itertools.cycle(sorted(self._pool))
        self._look_at([Task(self._pool[name].pop()) for name in itertools.islice(names, positions) if self._pool[name]])

    def look_for(self, names: Iterable[Name]) -> None:
        """Evaluates in turn positions for those of these actions that have been the best in none or in all so far,
        until there are no such actions, no more positions, or the limit is reached."""
        tries: Counter[Name] = Counter()

        def is_wanted(name: Name) -> bool:
            in_doubt = self.right[name] in (0, self.looked[name])
            return in_doubt and bool(self._pool[name]) and tries[name] < self.patience

        while True:
            wanted = [name for name in sorted(names) if is_wanted(name)]
            if not wanted:
                return
            by_seat = {seat: frozenset(action for of, action in wanted if of == seat) for seat, _ in wanted}
            batch = itertools.islice(itertools.cycle(wanted), max(_BATCH, len(wanted)))
            tasks = []
            for name in batch:
                if self._pool[name]:
                    tries[name] += 1
                    tasks.append(Task(self._pool[name].pop(), by_seat[name[0]]))
            self._look_at(tasks)

    def _look_at(self, tasks: Sequence[Task]) -> None:
        for settled, best in self.each(lambda task: _looked_at(self.game, task), tasks):
            self.looked.update(settled)
            self.right.update(best)


def _pool(game: Game, games: int, seed: int, enough: int) -> dict[Name, list[Position]]:
    """Positions in which each action is legal among others, from varied games."""
    dice, program = random.Random(seed), game.program
    found: dict[Name, list[Position]] = defaultdict(list)
    for number in range(games):
        players = {
            noun.id: dice.choice([*doctrines_of(game.scenario, noun.id), "random"]) for noun in game.scenario.seats
        }
        playouts = Playouts(game, players, seed, compiled=False)
        s, run = game.opening(seed + number), program.run(keeps=False)
        machine.begin(program.code, s, run)
        while s[OUTCOME] < 0:
            seat = machine.next_to_act(program.code, s)
            legal = program.legal(s, seat) if s[CARD] < 0 else ()
            if len(legal) > 1:
                position, kept = Position(tuple(s), seat, dice.getrandbits(32)), dice.random() < _KEPT
                for action in sorted({program.actions[move].id for move in legal} - {"pass"}):
                    positions = found[game.scenario.seats[seat].id, action]
                    if kept or len(positions) < enough:
                        positions.append(position)
            machine.apply(program.code, s, run, seat, playouts.players[seat].move(program, s, seat))
    for positions in found.values():
        dice.shuffle(positions)
    return found


def _looked_at(game: Game, task: Task) -> tuple[set[Name], set[Name]]:
    """The actions decided for a position, and those found to be the best."""
    program, position = game.program, task.position
    seat = game.scenario.seats[position.seat].id
    legal = program.legal(position.core, position.seat)
    every = {program.actions[move].id for move in legal}
    wanted = task.wanted & every or every
    for race in _look(game, position, legal, 0):
        hopes = [at for at in race.running if program.actions[legal[at]].id in wanted]
        if all(race.is_better(race.leader, at, _HOPE) for at in hopes):
            break
    first = race.leader
    name = program.actions[legal[first]].id
    if name not in wanted:
        return {(seat, action) for action in wanted}, set()
    *_, again = _look(game, position, legal, 1)
    right = not again.is_better(again.leader, first, Z95)
    return {(seat, action) for action in wanted}, {(seat, name)} if right else set()


def _look(game: Game, position: Position, legal: Sequence[int], number: int) -> Iterator[Race]:
    """Yields the race of the legal moves after each step of an evaluation."""
    program, seed = game.program, (position.seed + number) & 0xFFFFFFFF
    casts = likely_casts(program, _CASTS, position.seat, seed)
    seat = game.scenario.seats[position.seat].id

    tree = Tree(program, [position.core] * _CASTS, casts, position.seat, seed)
    doctrines = [at for (of, _), at in program.doctrines.items() if of == seat] or [RANDOM]
    trial = Race(len(doctrines))
    if len(doctrines) > 1:
        trial.add([row for doctrine in doctrines for row in tree.play_out([FOLLOW], doctrine, 0, TRIAL)])
    race, doctrine, done = Race(len(legal)), doctrines[trial.leader], TRIAL
    for playouts in STEPS:
        race.add(tree.play_out([legal[at] for at in race.running], doctrine, done, playouts))
        done += playouts
        yield race
