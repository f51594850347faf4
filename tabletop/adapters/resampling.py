"""Samples other game histories with the same information state of a player, for OpenSpiel.

Seats other than the player's are taken to make any legal move with equal chance, and chance to fall as the rules have
it; a way is drawn as often as that makes it likely. In small packs this is exact, in large ones as good as some dozens
of ways can make it.
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

#: A number from 0 to 1, without 1.
Sampler: TypeAlias = Callable[[], float]

#: Packs whose rules are no longer than this are small.
_SMALL = 4_000
#: Positions kept at a time in small packs, and in large ones; where all of these led astray, so many times more.
_MANY, _FEW, _MORE = 2_000, 64, 8
#: Information states whose ways are remembered.
_POOLS = 64


class NoConsistentHistory(RuntimeError):
    """No other way was found in which the game may stand."""


@attrs.define
class HistoryPool:
    """The ways in which a game may stand, with how likely they are up to each."""

    possible: list[PossiblePosition]
    ends: list[float] = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self.ends = list(itertools.accumulate(one.weight for one in self.possible))

    def drawn(self, sampler: Sampler) -> PossiblePosition:
        """One of them. Raises NoConsistentHistory where there is none."""
        if not self.possible:
            raise NoConsistentHistory("no way was found in which the player would know what it knows")
        at = bisect.bisect_right(self.ends, sampler() * self.ends[-1])
        return self.possible[min(at, len(self.possible) - 1)]

    def drop(self, one: PossiblePosition) -> None:
        """Leaves one out from now on."""
        self.possible.remove(one)
        self.__attrs_post_init__()


class Resampling:
    """Ways in which games of one program may stand; those of the last information states are kept."""

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
        """All that a player may hold possible; `decided` has its decisions: how many notes came before, the move."""
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
    """The decisions on a path: seat, number of the move (which `numbers` says of seat and move), and how many notes
    came before."""
    found, notes = [], 0
    for step in path.steps():
        if step.seat >= 0:
            found.append((step.seat, numbers(step.seat, step.move), notes))
        notes += len(step.notes)
    return tuple(found)
