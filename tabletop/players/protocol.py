"""The Player protocol, and dice for players that do not disturb the game's random numbers."""

from __future__ import annotations

import hashlib
import operator
import struct
from collections.abc import Sequence
from typing import Protocol, TypeVar

from tabletop.engine.execution import Note
from tabletop.engine.layout import DECISIONS, SEED_HIGH, SEED_LOW
from tabletop.engine.log import Entry
from tabletop.engine.program import Action, Program
from tabletop.engine.views import View

Item = TypeVar("Item")

#: What sets the dice of players apart from whatever else is made of a seed.
_LABEL = b"tabletop dice"
_BYTES = 16
#: Far below what the bytes of a throw could tell apart, so that no number is likelier than another.
_MOST = 1 << 64


class Dice:
    """Numbers that depend only on the game, the decision and the seat, so that a bot replays alike.

    They are worked out by a one-way function from a `key` that is itself made so: neither tells the seed of the game,
    by which its chance falls and its secrets are known.
    """

    __slots__ = ("_thrown", "key")

    def __init__(self, key: bytes) -> None:
        self.key, self._thrown = key, 0

    @classmethod
    def of(cls, core: Sequence[int], seat: int) -> Dice:
        """The dice of a seat (a number) for the decision that it has to make in a state of the machine."""
        return cls(key_of(core, seat))

    def below(self, bound: int) -> int:
        """A number from 0 to bound - 1; each call gives another. Raises ValueError for a bound below 1 or above 2**64,
        TypeError for one that is no whole number."""
        bound = operator.index(bound)
        if not 1 <= bound <= _MOST:
            raise ValueError(f"dice are thrown below a number from 1 to 2**64, not {bound}")
        self._thrown += 1
        thrown = hashlib.blake2b(struct.pack("<Q", self._thrown), key=self.key, person=_LABEL, digest_size=_BYTES)
        return int.from_bytes(thrown.digest(), "little") * bound >> 8 * _BYTES

    def choice(self, items: Sequence[Item]) -> Item:
        """One of the items, each with equal chance. Raises IndexError if there are none."""
        if not len(items):
            raise IndexError("there is nothing to choose from")
        return items[self.below(len(items))]


def key_of(core: Sequence[int], seat: int) -> bytes:
    """The key of the dice of a seat (a number) for one decision in a state of the machine."""
    words = struct.pack("<4q", core[SEED_LOW], core[SEED_HIGH], core[DECISIONS], seat)
    return hashlib.blake2b(words, person=_LABEL, digest_size=32).digest()


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
