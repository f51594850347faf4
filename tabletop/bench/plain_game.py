"""The yardstick that is always there: noughts and crosses at random, in simple Python of its own."""

from __future__ import annotations

import random
import time

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


def moves_per_second(seconds: float) -> float:
    """Its moves a second of this core, now."""
    started, now, number, moves = time.process_time(), 0.0, 0, 0
    while now < seconds or not moves:
        moves += noughts_and_crosses(number)
        number += 1
        now = time.process_time() - started
    return moves / max(now, 1e-9)
