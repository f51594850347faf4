"""The Player protocol for bots, and MachinePlayer, the base class of built-in ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from tabletop.engine.execution import Note
from tabletop.engine.log import Entry
from tabletop.engine.program import Action, Program
from tabletop.engine.views import View
from tabletop.players.dice import Dice


class Player(Protocol):
    """Decides for a seat from what the seat may know.

    >>> class First:
    ...     def choose(self, view, dice):
    ...         return view.actions[0]
    """

    def choose(self, view: View, dice: Dice) -> Action:
        """One of `view.actions`."""
        ...


class MachinePlayer:
    """A built-in player. For speed it reads the machine's state, but only what its seat knows."""

    #: Whether it uses what its seat saw happen, so that notes must be kept.
    reads_log = False
    #: Whether it is slow, and its seconds for a move, if limited.
    thinks = False
    seconds: float | None = None

    def move(self, p: Program, s: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None = None) -> int:
        """The number of its legal move. It never writes to the state. `notes` are those of the game so far, if kept."""
        raise NotImplementedError
