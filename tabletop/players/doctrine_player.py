"""A player that follows a doctrine of the scenario: the first rule that applies decides."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.engine.bots import doctrine_move
from tabletop.engine.execution import Note
from tabletop.engine.log import Entry
from tabletop.engine.program import Program
from tabletop.players.protocol import MachinePlayer


class DoctrinePlayer(MachinePlayer):
    """Follows a doctrine, whose conditions read only what the seat knows (checked when the pack is loaded)."""

    def __init__(self, doctrine: int) -> None:
        """`doctrine` is its address in the program's code."""
        self.doctrine = doctrine

    def move(self, p: Program, s: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None = None) -> int:
        """The move of the doctrine in a state of the machine."""
        return doctrine_move(p.code, s, p, seat, self.doctrine, [0] * p.most_moves)
