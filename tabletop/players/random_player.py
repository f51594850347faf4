"""A player that takes any legal move with equal probability."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.engine.bots import random_move
from tabletop.engine.execution import Note
from tabletop.engine.log import Entry
from tabletop.engine.program import Program
from tabletop.players.protocol import MachinePlayer


class RandomPlayer(MachinePlayer):
    """Takes any legal move with equal probability."""

    def move(self, p: Program, s: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None = None) -> int:
        """A random legal move in a state of the machine."""
        return random_move(p.code, s, p, seat, [0] * p.most_moves)
