"""The situation of a seat: what it knows of a position, and a sample of the positions that it could hold possible.

It depends only on what the seat knows: equal views lead to equal situations.
"""

from __future__ import annotations

import functools
import hashlib
import struct
from collections.abc import Sequence

import attrs

from tabletop.engine.compiled.playout_tree import games_by_turn
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.execution import Note
from tabletop.engine.information_state import masked_core
from tabletop.engine.log import Entry
from tabletop.engine.program import Program
from tabletop.players.beliefs import MOST_TURNS, Beliefs, Likeness, drawn, likely_casts, likely_players
from tabletop.players.determinization import UNKNOWN, Determinization, PossiblePosition, WorkLimitExceeded, evidence_of

#: The number of simulated games for beliefs, compiled and in plain Python.
_REMEMBERED, _PLAIN = 1500, 150
#: Packs with programs up to this length use exact determinization, with so many positions kept at a time and so many
#: runs of the machine; others use simulated games that resemble the present one.
_SMALL, _KEPT, _WORK = 4_000, 200, 4_000


@attrs.frozen
class Situation:
    """What the seat knows, the possible positions (none if simulated games are used instead), their likeness with
    weights (sum 1), and a seed."""

    beliefs: Beliefs
    known: list[int]
    possible: list[PossiblePosition]
    like: Likeness
    seed: int

    def positions(self, count: int, seat: int) -> tuple[Sequence[Sequence[int]], list[list[int]]]:
        """A sample of possible positions in proportion to their probability, and their players by seat."""
        p = self.beliefs.program
        casts = likely_casts(p, count, seat, self.seed)
        chosen = drawn([weight for _, weight in self.like], count, self.seed)
        if not self.possible:
            donors = [self.like[at][0] for at in chosen]
            return self.beliefs.all_lent(self.known, donors) if donors else [self.known] * count, casts
        for row, at in zip(casts, chosen, strict=True):
            row[:] = [
                any_of if one == UNKNOWN else one for one, any_of in zip(self.possible[at].cast, row, strict=True)
            ]
        return [list(self.possible[at].core) for at in chosen], casts


def situation_of(
    p: Program,
    core: Sequence[int],
    seat: int,
    notes: Sequence[Note | Entry] | None,
    seed: int = 0,
    weighs_evidence: bool = True,
    games: int = 0,
) -> Situation:
    """The situation of a seat in a position of the machine; `notes` are those of the game so far, if kept. If not
    `weighs_evidence`, the seat holds all simulated games for equally likely. `games` is the number of these, by default
    as many as can be played quickly here."""
    games = games or (_REMEMBERED if has_compiled() else _PLAIN)
    beliefs = _beliefs(p, _assumptions(p, core), seat, games)
    known = masked_core(p, core, seat, beliefs.secret)
    hasher = hashlib.blake2b(struct.pack(f"<{len(known) + 1}q", *known, seed), digest_size=4)
    own_seed = int.from_bytes(hasher.digest(), "little")
    possible = [] if notes is None or not weighs_evidence else _possible(p, core, seat, notes, own_seed)
    if possible:
        like: Likeness = [(one.core, one.weight) for one in possible]
    else:
        like = beliefs.like(known, weighs_evidence)
    return Situation(beliefs, known, possible, like, own_seed)


def _possible(
    p: Program, core: Sequence[int], seat: int, notes: Sequence[Note | Entry], seed: int
) -> list[PossiblePosition]:
    """The possible positions for a seat; none if the pack is too large or a facilitator has intervened."""
    if len(p.code) > _SMALL:
        return []
    evidence = evidence_of(p, core, notes, seat)
    if evidence is None:
        return []
    try:
        return Determinization(p, seat, evidence, likely_players(p, seat), most=_KEPT, work=_WORK, seed=seed).possible()
    except WorkLimitExceeded:
        return []


def _assumptions(p: Program, core: Sequence[int]) -> tuple[int, ...]:
    return tuple(core[place] for place in p.assumptions.values())


@functools.lru_cache(maxsize=32)
def _beliefs(p: Program, assumptions: tuple[int, ...], seat: int, games: int) -> Beliefs:
    opening = list(p.initial)
    for place, value in zip(p.assumptions.values(), assumptions, strict=True):
        opening[place] = value
    casts = likely_casts(p, games, seat, seat)
    return Beliefs(p, seat, lambda: games_by_turn(p, opening, casts, seat, MOST_TURNS, seat))
