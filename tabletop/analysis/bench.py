"""The project's own speed figures, beside a yardstick that runs in the same process."""

from __future__ import annotations

import json
import os
import platform
import random
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from tabletop.analysis.playouts import Playouts
from tabletop.analysis.session_bench import session_figures
from tabletop.engine.available import has_compiled
from tabletop.engine.compiler import compile_scenario
from tabletop.engine.game import Game
from tabletop.players import cast, decide
from tabletop.players.search import SearchPlayer
from tabletop.scenario.library import locate
from tabletop.scenario.loading import load

FLAGSHIP = "summit-2018"
_LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))


Figures = dict[str, float | str]


def figures(seconds: float = 2.0) -> Figures:
    """Rates a second and times in milliseconds, each measured for about so many seconds, all in one process.

    What needs an extra that is not installed is left out.
    """
    game = Game(load(FLAGSHIP))
    reference = {name: Playouts(game, players, compiled=False) for name, players in _CASTS.items()}
    found: Figures = {
        "machine": f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}",
        "cores": os.cpu_count() or 1,
        "yardstick_moves_per_second": round(_rate(_noughts_and_crosses, seconds)),
    }
    for name, playouts in reference.items():
        played = _rate(lambda number, own=playouts: own.tally(number, 1).decisions, seconds)  # type: ignore[misc]
        found[f"decisions_per_second_{name}"] = round(played)
    found["decisions_per_second_public_api"] = round(_rate(_public(game), seconds))
    found |= _compiled(game, seconds) if has_compiled() else {}
    found |= _openspiel(seconds)
    found["load_and_check_ms"] = round(_milliseconds(lambda: load(FLAGSHIP)), 1)
    found["compile_ms"] = round(_milliseconds(lambda: compile_scenario(game.scenario)), 1)
    found |= session_figures() if seconds >= 1 else session_figures(100, 10)
    best = found.get("decisions_per_second_compiled_random", found["decisions_per_second_random"])
    for key in [key for key in found if key.endswith("moves_per_second")]:
        found[f"ratio_to_{key.removesuffix('_moves_per_second')}"] = round(float(best) / float(found[key]), 1)
    return found


_CASTS: dict[str, dict[str, str]] = {"random": {"all": "random"}, "doctrines": {}}
_BATCH = 1000


def _compiled(game: Game, seconds: float) -> Figures:
    """Batches on the compiled machine, on one core and on all, and the search over it."""
    found: Figures = {}
    for name, players in _CASTS.items():
        playouts = Playouts(game, players)
        found[f"decisions_per_second_compiled_{name}"] = round(
            _rate(lambda number, own=playouts: own.tally(number * _BATCH, _BATCH).decisions, seconds)  # type: ignore[misc]
        )
    playouts, cores = Playouts(game, _CASTS["random"]), os.cpu_count() or 1
    with ThreadPoolExecutor(cores) as threads:

        def side_by_side(number: int) -> int:
            firsts = range(number * 8 * cores * _BATCH, (number + 1) * 8 * cores * _BATCH, _BATCH)
            return sum(tally.decisions for tally in threads.map(lambda first: playouts.tally(first, _BATCH), firsts))

        found["decisions_per_second_compiled_all_cores"] = round(_rate(side_by_side, seconds))
    state = game.start(7)
    found["search_playouts_per_second"] = round(
        _rate(lambda number: SearchPlayer(playouts=500, seed=number).think(state, state.acting[0]).playouts, seconds)
    )
    return found


def _openspiel(seconds: float) -> Figures:
    """Random play of small games of OpenSpiel, written in C++ and in Python, where it is installed."""
    try:
        import pyspiel
        from open_spiel.python.games import kuhn_poker, tic_tac_toe  # noqa: F401
    except ImportError:
        return {}
    names = ("tic_tac_toe", "leduc_poker", "python_tic_tac_toe")
    return {
        f"openspiel_{name}_moves_per_second": round(_rate(_random_play(pyspiel.load_game(name)), seconds))
        for name in names
    }


def _random_play(game: Any) -> Callable[[int], int]:
    def play(number: int) -> int:
        dice, state, moves = random.Random(number), game.new_initial_state(), 0
        while not state.is_terminal():
            state.apply_action(dice.choice(state.legal_actions()))
            moves += 1
        return moves

    return play


def _rate(work: Callable[[int], int], seconds: float) -> float:
    work(0)
    done, number, started = 0, 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        number += 1
        done += work(number)
    return done / (time.perf_counter() - started)


def _milliseconds(work: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times) * 1000


def _public(game: Game) -> Callable[[int], int]:
    players = cast(game, {"all": "random"})

    def play(number: int) -> int:
        state = game.start(number)
        while not state.finished:
            seat = state.acting[0]
            state = game.apply(state, seat, decide(players[seat], game, state, seat))
        return state.decisions

    return play


def _noughts_and_crosses(number: int) -> int:
    """The yardstick: a random game of noughts and crosses in plain Python, as a textbook would write it."""
    dice = random.Random(number)
    board = [0] * 9
    for move in range(9):
        board[dice.choice([cell for cell in range(9) if not board[cell]])] = 1 + move % 2
        if any(board[a] and board[a] == board[b] == board[c] for a, b, c in _LINES):
            return move + 1
    return 9


_WORDS = {
    "decisions_per_second_random": "decisions a second, random players, reference engine, one core",
    "decisions_per_second_doctrines": "decisions a second, doctrines, reference engine, one core",
    "decisions_per_second_public_api": "decisions a second through the public API, log kept",
    "decisions_per_second_compiled_random": "decisions a second, random players, compiled, one core",
    "decisions_per_second_compiled_doctrines": "decisions a second, doctrines, compiled, one core",
    "decisions_per_second_compiled_all_cores": "decisions a second, random players, compiled, all cores",
    "search_playouts_per_second": "search playouts a second, first move",
    "yardstick_moves_per_second": "yardstick: noughts and crosses in plain Python, moves a second",
    "openspiel_tic_tac_toe_moves_per_second": "yardstick: OpenSpiel's tic_tac_toe in C++, driven from Python",
    "openspiel_leduc_poker_moves_per_second": "yardstick: OpenSpiel's leduc_poker in C++, driven from Python",
    "openspiel_python_tic_tac_toe_moves_per_second": "yardstick: OpenSpiel's tic_tac_toe in Python",
    "ratio_to_yardstick": "times noughts and crosses in plain Python",
    "ratio_to_openspiel_tic_tac_toe": "times OpenSpiel's tic_tac_toe in C++",
    "ratio_to_openspiel_leduc_poker": "times OpenSpiel's leduc_poker in C++",
    "ratio_to_openspiel_python_tic_tac_toe": "times OpenSpiel's tic_tac_toe in Python",
    "load_and_check_ms": f"ms to load and check {FLAGSHIP}",
    "compile_ms": f"ms to compile {FLAGSHIP} for the reference engine",
    "open_session_ms": "ms to open a game of 2,000 commands in a process of its own",
    "append_command_ms": "ms to write a command down, on the disk, at the median",
}


def show(measured: Figures, as_json: bool) -> None:
    """Prints the figures, for people or for programs."""
    if as_json:
        print(json.dumps(measured, indent=2))
        return
    print(f"{measured['machine']}, {measured['cores']} cores; {locate(FLAGSHIP).name}")
    for key, words in _WORDS.items():
        if key in measured:
            print(f"{measured[key]:>12,}  {words}")
    if not has_compiled():
        print("The compiled machine is not there: pip install 'tabletop[fast]'")
