"""The probability of each move of a built-in player in a position."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from tabletop.engine.bots import RANDOM
from tabletop.engine.layout import (
    CARD,
    CHOICE_NUMBER,
    HABIT_MOVE_COUNT,
    HABIT_MOVES,
    HABIT_ODDS,
    HABIT_ROW,
    HABIT_WHEN,
    PAIR,
    PASS,
    PHASE,
    PHASE_COUNT,
)
from tabletop.engine.machine import choice_on_table, is_on
from tabletop.engine.program import Program

#: Probabilities by move number (sum 1).
Chances: TypeAlias = dict[int, float]


def move_chances(p: Program, core: Sequence[int], seat: int, player: int) -> Chances:
    """The probability of each move of a seat that must act; `player` is a doctrine's address in the program or
    RANDOM."""
    if player == RANDOM:
        return _any_of(p.legal(core, seat))
    code, table = p.code, core[PHASE]
    if core[CARD] >= 0:
        table = code[PHASE_COUNT] + code[choice_on_table(code, core) + CHOICE_NUMBER]
    found: Chances = {}
    left = 1.0
    first = code[player + PAIR * table]
    for habit in range(first, first + HABIT_ROW * code[player + PAIR * table + 1], HABIT_ROW):
        fitting = _fitting(p, core, seat, habit)
        share = left * min(100, max(0, code[habit + HABIT_ODDS])) / 100
        if fitting and share:
            _add(found, _any_of(fitting), share)
            left -= share
        if left <= 1e-12:
            return found
    legal = p.legal(core, seat)
    _add(found, _any_of(legal[-1:] if legal[-1] == PASS else legal), left)
    return found


def _fitting(p: Program, core: Sequence[int], seat: int, habit: int) -> list[int]:
    """The legal moves of a habit; none if it does not apply."""
    code, condition = p.code, p.code[habit + HABIT_WHEN]
    if condition >= 0 and not p.formulas[condition](core):
        return []
    moves = code[habit + HABIT_MOVES]
    return [
        code[at] for at in range(moves, moves + code[habit + HABIT_MOVE_COUNT]) if is_on(code, core, p, seat, code[at])
    ]


def _any_of(moves: Sequence[int]) -> Chances:
    return dict.fromkeys(moves, 1 / len(moves))


def _add(found: Chances, more: Chances, share: float) -> None:
    for move, chance in more.items():
        found[move] = found.get(move, 0.0) + share * chance
