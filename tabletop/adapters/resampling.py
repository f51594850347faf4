"""Samples other game histories with the same information state of a player, for OpenSpiel.

Other seats are assumed to play uniformly at random; histories are drawn by their probability. This is exact in small
packs, and an approximation by some dozens of histories in large ones.
"""

from __future__ import annotations

import bisect
import hashlib
import itertools
import struct
from collections import OrderedDict
from collections.abc import Callable, Sequence
from typing import TypeAlias

import attrs

from tabletop.engine.execution import Note
from tabletop.engine.log import Entry
from tabletop.engine.program import Program
from tabletop.players.determinization import Determinization, Evidence, Path, PossiblePosition, evidence_of

#: Returns a number from 0 to 1 (exclusive).
Sampler: TypeAlias = Callable[[], float]

#: The maximum program length of a small pack.
_SMALL = 4_000
#: Positions kept at a time in small and in large packs, and the factors for further attempts.
_MANY, _FEW, _MORE = 2_000, 64, 8
#: How many information states have their histories cached.
_POOLS = 64


class NoConsistentHistory(RuntimeError):
    """No history with the same information state was found."""


@attrs.define
class HistoryPool:
    """Possible histories of a game with their cumulative probabilities."""

    possible: list[PossiblePosition]
    ends: list[float] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.ends = list(itertools.accumulate(one.weight for one in self.possible))

    def drawn(self, sampler: Sampler) -> PossiblePosition:
        """Draws one of them. Raises NoConsistentHistory if there is none."""
        if not self.possible:
            raise NoConsistentHistory("no way was found in which the player would know what it knows")
        at = bisect.bisect_right(self.ends, sampler() * self.ends[-1])
        return self.possible[min(at, len(self.possible) - 1)]

    def drop(self, one: PossiblePosition) -> None:
        """Removes one of them."""
        self.possible.remove(one)
        self.__attrs_post_init__()


class Resampling:
    """Possible histories in games of one program, cached for the last information states."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._pools: OrderedDict[tuple[int, Evidence], HistoryPool] = OrderedDict()

    def pool(
        self,
        core: Sequence[int],
        notes: Sequence[Note | Entry],
        player: int,
        decided: Sequence[tuple[int, int]],
        acts: bool,
    ) -> HistoryPool:
        """All possible histories for a player; `decided` has its decisions: how many notes came before, the move."""
        evidence = evidence_of(self._program, core, notes, player, decided, acts)
        if evidence is None:
            raise NoConsistentHistory("a facilitator has had a hand in this game")
        key = player, evidence
        if key not in self._pools:
            self._pools[key] = HistoryPool(self._possible(player, evidence))
            if len(self._pools) > _POOLS:
                self._pools.popitem(last=False)
        self._pools.move_to_end(key)
        return self._pools[key]

    def _possible(self, player: int, evidence: Evidence) -> list[PossiblePosition]:
        p, is_small = self._program, len(self._program.code) <= _SMALL
        hasher = hashlib.blake2b(struct.pack(f"<{p.size}q", *evidence.known), digest_size=8)
        most = _MANY if is_small else _FEW
        found: list[PossiblePosition] = []
        for _ in range(3):
            search = Determinization(
                p, player, evidence, most=most, seed=int.from_bytes(hasher.digest(), "little"), by_path=is_small
            )
            found = search.possible()
            if found or search.is_exact:
                break
            most *= _MORE
        return found


def decisions(path: Path, numbers: Callable[[int, int], int]) -> tuple[tuple[int, int, int], ...]:
    """The decisions on a path: seat, number of the move (`numbers` maps seat and move to it), and how many notes came
    before."""
    found, notes = [], 0
    for step in path.steps():
        if step.seat >= 0:
            found.append((step.seat, numbers(step.seat, step.move), notes))
        notes += len(step.notes)
    return tuple(found)
