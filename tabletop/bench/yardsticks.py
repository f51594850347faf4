"""Random games by other authors, played in the same process for comparison."""

from __future__ import annotations

import random
from typing import Any

from tabletop.bench.decisions import DECISIONS
from tabletop.bench.figures import Bench, Line, Section, Work

#: The figure with which a yardstick is compared.
_OURS = {"public_api_times": "any_listed_action_random", "compiled_times": "compiled_random"}
_LINES = ((0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6))


def noughts_and_crosses(number: int) -> int:
    """A random game of noughts and crosses in simple Python; returns its number of moves."""
    dice = random.Random(number)
    board = [0] * 9
    for move in range(9):
        board[dice.choice([cell for cell in range(9) if not board[cell]])] = 1 + move % 2
        if any(board[a] and board[a] == board[b] == board[c] for a, b, c in _LINES):
            return move + 1
    return 9


def _line(key: str, words: str) -> Line:
    def measure(bench: Bench, column: str) -> int | float | None:
        if column == "moves_per_second":
            work = _work(key)
            return None if work is None else bench.rate(work)
        moves = bench.found[YARDSTICKS.key].get(f"{key}_moves_per_second")
        ours = bench.found[DECISIONS.key].get(_OURS[column])
        return round(ours / moves, 2) if moves and ours else None

    return Line(key, words, measure)


def _work(key: str) -> Work | None:
    if key == "noughts_and_crosses":
        return noughts_and_crosses
    try:
        import pyspiel
        from open_spiel.python.games import kuhn_poker, tic_tac_toe  # noqa: F401
    except Exception:  # not installed, or incompatible
        return None
    name = key.removeprefix("openspiel_")
    return _at_random(pyspiel.load_game(name)) if name in pyspiel.registered_names() else None


def _at_random(game: Any) -> Work:
    """A random game of OpenSpiel as in its examples; a chance outcome counts as a move."""

    def play(number: int) -> int:
        dice, state, moves = random.Random(number), game.new_initial_state(), 0
        while not state.is_terminal():
            if state.is_chance_node():
                outcomes, weights = zip(*state.chance_outcomes(), strict=True)
                state.apply_action(dice.choices(outcomes, weights)[0])
            else:
                state.apply_action(dice.choice(state.legal_actions()))
            moves += 1
        return moves

    return play


YARDSTICKS = Section(
    "yardsticks",
    "Yardsticks, random play from Python",
    {"moves_per_second": "moves/s", "public_api_times": "public API ×", "compiled_times": "compiled ×"},
    (
        _line("noughts_and_crosses", "noughts and crosses, plain Python"),
        _line("openspiel_tic_tac_toe", "OpenSpiel tic_tac_toe, C++"),
        _line("openspiel_leduc_poker", "OpenSpiel leduc_poker, C++"),
        _line("openspiel_hearts", "OpenSpiel hearts, C++"),
        _line("openspiel_python_tic_tac_toe", "OpenSpiel tic_tac_toe, Python"),
        _line("openspiel_python_kuhn_poker", "OpenSpiel kuhn_poker, Python"),
    ),
)
