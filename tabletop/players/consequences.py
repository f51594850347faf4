"""Consequences: how the meters would differ at the end of the game if one move were made rather than another."""

from __future__ import annotations

import math
from collections.abc import Sequence

import attrs

from tabletop.engine.compiled.played_on import played_on
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.program import Program
from tabletop.players.situation import Situation

#: The number of pairs of playouts, compiled and in plain Python.
_PAIRS, _PLAIN = 600, 24
#: A 95% interval of a normal mean has so many standard errors to either side.
Z95 = 1.959963984540054
#: Differences below half a point are not worth a word.
_LEAST = 0.5


@attrs.frozen(kw_only=True)
class Consequence:
    """The expected difference of a `meter` at the end of the game, with a 95% interval."""

    meter: str
    expected: float
    low: float
    high: float


def consequences(
    p: Program, situation: Situation, seat: int, doctrine: int, move: int, other: int
) -> tuple[Consequence, ...]:
    """What a move leads to, compared with another one: the meters of which the difference is not mere chance, the
    largest first.

    Both moves are played out from the same positions that the seat holds possible, with common random numbers; the seat
    goes on by `doctrine`, the others by those that they follow most likely.
    """
    pairs = _PAIRS if has_compiled() else _PLAIN
    positions, casts = situation.positions(pairs, seat)
    cast = list(casts[0])
    cast[seat] = doctrine
    meters = [meter.id for meter in p.scenario.meters]
    places = [p.places[meter] for meter in meters]
    rows = [(0, pairs, one, 0) for one in (move, other)]
    ours, theirs = played_on(p, positions, rows, cast, situation.seed, pairs, places)
    found = [_compared(meter, mine, its) for meter, mine, its in zip(meters, ours, theirs, strict=True)]
    telling = [one for one in found if one.low * one.high > 0 and abs(one.expected) >= _LEAST]
    return tuple(sorted(telling, key=lambda one: -abs(one.expected)))


def _compared(meter: str, ours: Sequence[int], theirs: Sequence[int]) -> Consequence:
    gaps = [int(one) - int(other) for one, other in zip(ours, theirs, strict=True)]
    mean = sum(gaps) / len(gaps)
    spread = sum((gap - mean) ** 2 for gap in gaps) / max(1, len(gaps) - 1)
    half = Z95 * math.sqrt(spread / len(gaps))
    return Consequence(meter=meter, expected=mean, low=mean - half, high=mean + half)
