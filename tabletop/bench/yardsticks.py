"""Random games by other authors, played in the same process for comparison."""

from __future__ import annotations

import random
from typing import Any

from tabletop.bench.decisions import DECISIONS
from tabletop.bench.figures import Bench, Line, Section, Work
from tabletop.bench.plain_game import noughts_and_crosses

#: The figure with which a yardstick is compared.
_OURS = {"public_api_times": "any_listed_action_random", "compiled_times": "compiled_random"}


def _line(key: str, words: str) -> Line:
    def measure(bench: Bench, column: str) -> int | float | None:
        if column == "moves_per_second":
            work = _work(key)
            return None if work is None else bench.rate(work)
        moves = bench.found[YARDSTICKS.key].get(f"{key}_moves_per_second")
        ours = bench.found.get(DECISIONS.key, {}).get(_OURS[column])
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
