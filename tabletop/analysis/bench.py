"""The project's own speed figures, beside a yardstick that runs in the same process."""

from __future__ import annotations

import json
import platform
import random
import time
from collections.abc import Callable

from tabletop.analysis.playouts import Playouts
from tabletop.engine.compiler import compile_scenario
from tabletop.engine.game import Game
from tabletop.players import cast, decide
from tabletop.scenario.library import locate
from tabletop.scenario.loading import load

FLAGSHIP = "summit-2018"
_LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))


def figures(seconds: float = 3.0) -> dict[str, float | str]:
    """Rates a second and times in milliseconds, each measured for about so many seconds on one core."""
    game = Game(load(FLAGSHIP))
    yardstick = _rate(_noughts_and_crosses, seconds)
    random_players = Playouts(game, {"all": "random"})
    doctrines = Playouts(game, {})
    engine = _rate(lambda number: random_players.tally(number, 1).decisions, seconds)
    return {
        "machine": f"{platform.python_implementation()} {platform.python_version()}, {platform.machine()}, one core",
        "decisions_per_second_random": round(engine),
        "decisions_per_second_doctrines": round(_rate(lambda number: doctrines.tally(number, 1).decisions, seconds)),
        "decisions_per_second_public_api": round(_rate(_public(game), seconds)),
        "yardstick_moves_per_second": round(yardstick),
        "ratio_to_yardstick": round(engine / yardstick, 3),
        "load_and_check_ms": round(_milliseconds(lambda: load(FLAGSHIP)), 1),
        "compile_ms": round(_milliseconds(lambda: compile_scenario(game.scenario)), 1),
    }


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
    "machine": "",
    "decisions_per_second_random": "decisions a second, random players, reference engine",
    "decisions_per_second_doctrines": "decisions a second, doctrines, reference engine",
    "decisions_per_second_public_api": "decisions a second through the public API, log kept",
    "yardstick_moves_per_second": "moves a second of the yardstick: noughts and crosses in plain Python",
    "ratio_to_yardstick": "reference engine against the yardstick",
    "load_and_check_ms": f"ms to load and check {FLAGSHIP}",
    "compile_ms": f"ms to compile {FLAGSHIP}",
}


def show(measured: dict[str, float | str], as_json: bool) -> None:
    """Prints the figures, for people or for programs."""
    if as_json:
        print(json.dumps(measured, indent=2))
        return
    print(measured["machine"], "-", str(locate(FLAGSHIP).name))
    for key, words in _WORDS.items():
        if words:
            print(f"{measured[key]:>12,}  {words}")
