"""A player that follows a doctrine of the scenario: the first habit that applies decides."""

from __future__ import annotations

from collections.abc import MutableSequence

from tabletop.engine.bots import doctrine_move
from tabletop.engine.program import Program
from tabletop.engine.run import Run


class DoctrinePlayer:
    """Follows a doctrine. Its conditions were checked when the pack was loaded: they read only what the seat knows."""

    def __init__(self, habits: int, count: int) -> None:
        """`habits` is where they stand in the program's code, `count` how many there are."""
        self.habits = habits
        self.count = count

    def move(self, p: Program, s: MutableSequence[int], r: Run, seat: int) -> int:
        """The move that the doctrine takes in a state of the machine."""
        return doctrine_move(p.code, s, r, seat, self.habits, self.count, r.found)
