"""Dice: random numbers for players, separate from the game's own and the same in every replay."""

from __future__ import annotations

import hashlib
import operator
import struct
from collections.abc import Sequence
from typing import TypeVar

from tabletop.engine.layout import DECISIONS, SEED_HIGH, SEED_LOW

Item = TypeVar("Item")

#: Domain separation: distinguishes players' dice from other values derived from a seed.
_LABEL = b"tabletop dice"
_BYTES = 16
#: Far below the range of a throw's bytes, so that the bias is negligible.
_MOST = 1 << 64


class Dice:
    """Random numbers that depend only on the game, the decision and the seat, so that replays are identical.

    They are computed by a one-way function from a `key` that is itself a hash, so that neither reveals the game's seed
    (and with it the game's secrets).
    """

    __slots__ = ("_thrown", "key")

    def __init__(self, key: bytes) -> None:
        self.key, self._thrown = key, 0

    @classmethod
    def of(cls, core: Sequence[int], seat: int) -> Dice:
        """The dice of a seat (by number) for its decision in a state of the machine."""
        return cls(key_of(core, seat))

    def below(self, bound: int) -> int:
        """The next random number from 0 to bound - 1. Raises ValueError for a bound below 1 or above 2**64, TypeError
        for one that is no integer."""
        bound = operator.index(bound)
        if not 1 <= bound <= _MOST:
            raise ValueError(f"dice are thrown below a number from 1 to 2**64, not {bound}")
        self._thrown += 1
        thrown = hashlib.blake2b(struct.pack("<Q", self._thrown), key=self.key, person=_LABEL, digest_size=_BYTES)
        return int.from_bytes(thrown.digest(), "little") * bound >> 8 * _BYTES

    def choice(self, items: Sequence[Item]) -> Item:
        """A random item, with equal probabilities. Raises IndexError if there are none."""
        if not len(items):
            raise IndexError("there is nothing to choose from")
        return items[self.below(len(items))]


def key_of(core: Sequence[int], seat: int) -> bytes:
    """The key of a seat's dice (by number) for its decision in a state of the machine."""
    words = struct.pack("<4q", core[SEED_LOW], core[SEED_HIGH], core[DECISIONS], seat)
    return hashlib.blake2b(words, person=_LABEL, digest_size=32).digest()
