"""The account of a game as plain values: what a figure was expected to be, what it came to, and whose doing that was.

The difference between what was to be expected before the deal and what came is divided over the steps of the game, in
their order. The value of a position is the mean of playouts from it under a stated continuation. A decision counts for
the value of the position with it made, less that without; chance for what its falls changed; a facilitator's ruling
for what it changed. Backgammon programs divide a match into skill and luck in this way. The terms add up to the
difference, since each begins where the one before it ends.

Everything here goes through JSON and back (`as_data`, `from_data`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Literal, TypeAlias, TypeVar

import attrs
import cattrs
from cattrs.preconf.json import JsonConverter, make_converter

#: Whose doing a term is: a decision of the account's own seat or of another one, a fall of chance, a facilitator's
#: ruling. In an account of no seat every decision is another's.
TermKind: TypeAlias = Literal["own", "other", "chance", "ruling"]
FigureKind: TypeAlias = Literal["points", "meter", "outcome"]
#: What fell: what was dealt at the start (hidden truths and the first card), a card, a roll, or several of these after
#: one decision; "other" is chance that leaves no entry in the log, such as the order of a deck.
FallKind: TypeAlias = Literal["deal", "card", "roll", "both", "other"]

_Any = TypeVar("_Any")


@attrs.frozen
class Estimate:
    """A mean over playouts with its interval at 95%; all three are equal for what is known exactly.

    >>> Estimate.exactly(12)
    Estimate(mean=12.0, low=12.0, high=12.0)
    """

    mean: float
    low: float
    high: float

    @classmethod
    def exactly(cls, value: float) -> Estimate:
        """A value that is known, not estimated."""
        return cls(float(value), float(value), float(value))

    @property
    def is_nothing(self) -> bool:
        """Whether it cannot be told apart from 0."""
        return self.low <= 0 <= self.high


@attrs.frozen
class Figure:
    """What is accounted for, as it stands at the end of a game: the `points` of a seat, a `meter`, or whether an
    `outcome` came (1 or 0); `name` is the id of the seat, the meter or the ending.

    >>> str(Figure("points", "washington"))
    'points:washington'
    """

    kind: FigureKind
    name: str

    def __str__(self) -> str:
        return f"{self.kind}:{self.name}"


@attrs.frozen(kw_only=True)
class Term:
    """What one step of the game changed in the expected figure.

    `step` is the number of the step in the session, 0 for the deal; a step may have several terms, a decision and the
    fall of chance after it. `seat` is who decided ("" for chance and rulings), `action` what, as `str(Action)`, or the
    kind of a facilitator's command. `turn`, `stage` and `phase` are those in which it happened. Terms that are exactly
    0 for certain (a seat that had no choice, a step without chance) are left out.
    """

    step: int
    kind: TermKind
    seat: str
    action: str
    turn: int
    stage: str
    phase: str
    value: Estimate


@attrs.frozen(kw_only=True)
class Part:
    """The sum of the terms of a kind; decisions apart by seat. Its interval is that of the sum, which is narrower or
    wider than those of its terms would suggest, as these depend on each other."""

    kind: TermKind
    seat: str
    value: Estimate


@attrs.frozen(kw_only=True)
class Fall:
    """The sum of chance's terms in which a kind of thing fell, with the interval of that sum."""

    kind: FallKind
    value: Estimate


@attrs.frozen(kw_only=True)
class Account:
    """Why a figure came out as it did, for one seat ("" for nobody's view in particular).

    `start` is what was to be expected before the deal, `result` what came: `start` and the means of all `terms` add up
    to it with a rest below 1e-9, and so do `start` and the `parts`. Where the game is not `finished`, the result is
    what is to be expected now. `path` is the expected figure after each step, by the step's number: what a chart draws.
    `falls` are what the part of chance is made of, by what fell: they add up to it. `continuation` is the player
    (doctrine or random) by which each seat's later decisions were played in the `playouts` of each position.
    """

    seat: str
    figure: Figure
    start: Estimate
    result: float
    finished: bool
    terms: tuple[Term, ...]
    parts: tuple[Part, ...]
    path: Mapping[int, Estimate]
    continuation: Mapping[str, str]
    playouts: int
    falls: tuple[Fall, ...] = ()

    def part(self, kind: TermKind, seat: str = "") -> Estimate:
        """The sum of the terms of a kind (and seat); exactly 0 where there is none."""
        found = (one.value for one in self.parts if (one.kind, one.seat) == (kind, seat))
        return next(found, Estimate.exactly(0))

    @property
    def rest(self) -> float:
        """What the start and the terms leave of the result: nothing but rounding, below 1e-9."""
        return self.result - self.start.mean - sum(term.value.mean for term in self.terms)


@functools.cache
def _converter() -> JsonConverter:
    return make_converter(forbid_extra_keys=True, detailed_validation=False)


def as_data(value: Any) -> Any:
    """A value of this module or of `decisions` as dictionaries, lists, strings and numbers."""
    return _converter().unstructure(value)


def from_data(kind: type[_Any], data: Any) -> _Any:
    """The value of a kind from `as_data` of it. Raises ValueError for data that is none of it."""
    try:
        return _converter().structure(data, kind)
    except (cattrs.BaseValidationError, cattrs.ForbiddenExtraKeysError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"this is no {kind.__name__}: {error}") from None
