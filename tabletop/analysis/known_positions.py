"""Samples of the positions that a seat could hold possible when it decided, also under other premises."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from tabletop.analysis.start_positions import StartPositions
from tabletop.engine import layout as code
from tabletop.engine.program import Program
from tabletop.engine.state import State
from tabletop.players.beliefs import drawn
from tabletop.players.situation import Situation, situation_of

#: Simulated games from which beliefs are taken in packs that are too large to go through all that may have happened:
#: as many in plain Python, so that the figures are the same.
GAMES = 1000
#: Positions up to this number are kept for the worlds to come, more of them only for those of the same round.
_MOST_KEPT = 80

#: A situation with the weights of its positions.
Weighted: TypeAlias = tuple[Situation, list[float]]


class KnownPositions:
    """What a seat could hold possible in a position in which it decides."""

    def __init__(self, state: State, seat: str, decisions: int) -> None:
        """`decisions` is the count of decisions that playouts begin with (see `playing_on.turn_start`)."""
        self._state, self._p, self._seat = state, state.program, state.program.seat_number(seat)
        self._decisions = decisions
        self._by_premises: dict[tuple[tuple[str, int], ...], Weighted] = {}
        self._drawn: dict[tuple[int, int, int], StartPositions] = {}

    def sample(self, assumptions: Mapping[str, int], count: int, seed: int) -> StartPositions:
        """So many positions in proportion to their probability, the premises not yet set in them; a seed gives the same
        ones under any premises that do not bear on the hidden truths.

        Under other premises the seat has seen what it has seen: only its expectation of hidden truths follows theirs
        (by Bayes' rule), and the rules from here on.
        """
        premises = tuple(sorted(assumptions.items()))
        if premises not in self._by_premises:
            self._by_premises[premises] = self._weighted(assumptions)
        weighted = self._by_premises[premises]
        # Most premises leave the weights as they are: what was drawn for one is drawn for all.
        key = id(weighted), count, seed
        if key not in self._drawn:
            if count > _MOST_KEPT:
                self._drawn = {key: one for key, one in self._drawn.items() if key[1] <= _MOST_KEPT}
            self._drawn[key] = StartPositions(self._rows(weighted, count, seed))
        return self._drawn[key]

    def _rows(self, weighted: Weighted, count: int, seed: int) -> list[list[int]]:
        situation, weights = weighted
        chosen = drawn(weights, count, seed)
        if situation.possible:
            found = [list(situation.possible[at].core) for at in chosen]
        else:
            known = situation.known
            found = [situation.beliefs.lent(known, situation.like[at][0]) for at in chosen]
            found = found or [list(known) for _ in range(count)]
        for core in found:
            core[code.DECISIONS] = self._decisions
        return found

    @functools.cached_property
    def _situation(self) -> Situation:
        return self._situation_in(self._state.core)

    def _situation_in(self, core: Sequence[int]) -> Situation:
        return situation_of(self._p, core, self._seat, self._state.history.notes(), games=GAMES)

    @functools.cached_property
    def _as_it_is(self) -> Weighted:
        return self._situation, [weight for _, weight in self._situation.like]

    def _weighted(self, assumptions: Mapping[str, int]) -> Weighted:
        """The situation of the seat under premises, with the weights of its positions."""
        situation, weights = self._as_it_is
        core = list(self._state.core)
        for name, value in assumptions.items():
            core[self._p.assumptions[name]] = value
        fixed = _fixed_truths(self._p)
        before, after = (_priors(self._p, tuple(_assumed(self._p, one))) for one in (self._state.core, core))
        if before == after or not weights:
            return self._as_it_is
        if any(share > 0 and not here for (_, here), (_, share) in zip(before, after, strict=True)):
            # What could not be before is now to be expected.
            situation = self._situation_in(core)
            return situation, [weight for _, weight in situation.like]
        ratios = {truths: share / here for (truths, here), (_, share) in zip(before, after, strict=True) if here}
        weights = [
            weight * ratios.get(tuple(int(position[place]) for place in fixed), 1.0)
            for position, weight in situation.like
        ]
        total = sum(weights)
        return situation, [weight / total for weight in weights] if total else weights


def _assumed(p: Program, core: Sequence[int]) -> list[int]:
    return [core[place] for place in p.assumptions.values()]


@functools.lru_cache(maxsize=8)
def _fixed_truths(p: Program) -> tuple[int, ...]:
    """The places of the hidden variables that nothing changes during a game."""
    changed = {name for origin in p.origins for name in origin.effect.changed}
    return tuple(p.places[noun.id] for noun in p.scenario.hidden if noun.id not in changed)


@functools.lru_cache(maxsize=64)
def _priors(p: Program, assumptions: tuple[int, ...]) -> tuple[tuple[tuple[int, ...], float], ...]:
    """The probability, before the deal, of every combination of the hidden truths that nothing changes."""
    opening = list(p.initial)
    for place, value in zip(p.assumptions.values(), assumptions, strict=True):
        opening[place] = value
    fixed, by_place = _fixed_truths(p), {}
    first = p.code[code.PRIORS]
    for at in range(first, first + code.PAIR * p.code[code.PRIOR_COUNT], code.PAIR):
        by_place[p.code[at]] = p.code[at + 1]
    found = [(opening, 1.0)]
    for place in fixed:
        further = []
        for core, share in found:
            weights = p.groups[by_place[place]](core)
            total = sum(weights)
            for value, weight in enumerate(weights):
                chance = weight / total if total else float(value == 0)
                further.append(([*core[:place], value, *core[place + 1 :]], share * chance))
        found = further
    return tuple((tuple(core[place] for place in fixed), share) for core, share in found)
