"""Benchmarks of decisions per second: public interface, Python machine, compiled machine."""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor

from tabletop.analysis.playouts import CHUNK, Playouts
from tabletop.analysis.worker_pools import cores
from tabletop.bench.figures import Bench, Line, Section, Work
from tabletop.engine.compiled.support import has_compiled
from tabletop.players import cast, decide

CASTS: dict[str, dict[str, str]] = {"random": {"all": "random"}, "doctrines": {}}


def any_listed_action(bench: Bench, column: str) -> int | None:
    """Through the public interface: one of `game.actions`, then `game.apply`."""
    game = bench.game

    def play(number: int) -> int:
        dice, state = random.Random(number), game.start(number)
        while not state.finished:
            seat = state.acting[0]
            state = game.apply(state, seat, dice.choice(game.actions(state, seat)))
        return state.decisions

    return bench.rate(play) if column == "random" else None


def public_api(bench: Bench, column: str) -> int:
    """`decide` for a built-in player, then `game.apply`."""
    game, players = bench.game, cast(bench.game, CASTS[column])

    def play(number: int) -> int:
        state = game.start(number)
        while not state.finished:
            seat = state.acting[0]
            state = game.apply(state, seat, decide(players[seat], game, state, seat))
        return state.decisions

    return bench.rate(play)


def reference(bench: Bench, column: str) -> int:
    """The machine in plain Python, without states or a log."""
    return bench.rate(_batches(Playouts(bench.game, CASTS[column], compiled=False), 1))


def compiled(bench: Bench, column: str) -> int | None:
    """The same machine through Numba, on one core."""
    return bench.rate(_batches(_compiled(bench, column), CHUNK)) if has_compiled() else None


def compiled_all_cores(bench: Bench, column: str) -> int | None:
    """Batches of games in parallel threads."""
    if not has_compiled():
        return None
    playouts = _compiled(bench, column)
    # Enough batches that idle threads at the end matter little.
    batches = 6 * cores()
    with ThreadPoolExecutor(cores()) as threads:

        def play(number: int) -> int:
            firsts = range(number * batches * CHUNK, (number + 1) * batches * CHUNK, CHUNK)
            return sum(tally.decisions for tally in threads.map(lambda first: playouts.tally(first, CHUNK), firsts))

        return bench.rate(play, time.perf_counter)


def scaling(bench: Bench, column: str) -> float | None:
    """All cores as a multiple of one."""
    found = bench.found[DECISIONS.key]
    one, every = found.get(f"compiled_{column}"), found.get(f"compiled_all_cores_{column}")
    return round(every / one, 2) if one and every else None


def _compiled(bench: Bench, column: str) -> Playouts:
    return bench.once(("compiled", column), lambda: Playouts(bench.game, CASTS[column]))


def _batches(playouts: Playouts, games: int) -> Work:
    return lambda number: playouts.tally(number * games, games).decisions


DECISIONS = Section(
    "decisions_per_second",
    "Decisions a second",
    {name: name for name in CASTS},
    (
        Line("any_listed_action", "public API, any of game.actions, one core", any_listed_action),
        Line("public_api", "public API, built-in players, one core", public_api),
        Line("reference", "reference engine, one core", reference),
        Line("compiled", "compiled machine, one core", compiled),
        Line("compiled_all_cores", f"compiled machine, all {cores()} cores", compiled_all_cores),
        Line("compiled_scaling", "  as a multiple of one core", scaling),
    ),
)
