"""A player that takes any legal move with equal chance."""

from __future__ import annotations

from collections.abc import MutableSequence

from tabletop.engine.bots import random_move
from tabletop.engine.program import Program
from tabletop.engine.run import Run


class RandomPlayer:
    """Takes any legal move, each with equal chance."""

    def move(self, p: Program, s: MutableSequence[int], r: Run, seat: int) -> int:
        """The move that it takes in a state of the machine."""
        return random_move(p.code, s, r, seat, r.found)
