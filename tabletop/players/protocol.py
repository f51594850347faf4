"""What a player is, and dice that it may throw without touching the game's own chance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol, TypeVar

from tabletop.engine.bots import first_throw
from tabletop.engine.layout import SEED_HIGH, SEED_LOW
from tabletop.engine.log import Entry
from tabletop.engine.philox import below
from tabletop.engine.program import Action, Program
from tabletop.engine.run import Note
from tabletop.engine.views import View

Item = TypeVar("Item")


class Dice:
    """Numbers that depend only on the game's seed, the decision and the seat, so that a bot replays alike."""

    __slots__ = ("_high", "_key", "_low")

    def __init__(self, core: Sequence[int], seat: int) -> None:
        self._low = first_throw(core, seat)
        self._high, self._key = core[SEED_HIGH], core[SEED_LOW]

    def below(self, bound: int) -> int:
        """A number from 0 to bound - 1; each call gives another."""
        self._low += 1
        return below(bound, self._low, self._high, self._key)

    def choice(self, items: Sequence[Item]) -> Item:
        """One of the items, each with equal chance. Raises IndexError if there are none."""
        return items[self.below(len(items))]


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
    """A built-in player. For speed it reads the machine's state, of which it looks only at what its seat knows."""

    #: Whether what the seat saw happen counts for it, so that notes have to be kept for it.
    reads_log = False
    #: Whether it takes its time, and the seconds that it has for a move, where it has any.
    thinks = False
    seconds: float | None = None

    def move(self, p: Program, s: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None = None) -> int:
        """The number of the legal move that it takes. It never writes to the state. `notes` are those of the game so
        far, where they are at hand."""
        raise NotImplementedError
