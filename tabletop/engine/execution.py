"""Run-time support of the machine in plain Python: evaluates formulas, draws chance outcomes, records notes.

The machine calls the functions here and nothing else of the world. The compiled machine has functions of the same
names in `tabletop.engine.compiled.native`.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from tabletop.engine.layout import PHASE, TURN

Formula: TypeAlias = Callable[[Sequence[int]], int]
Group: TypeAlias = Callable[[Sequence[int]], Sequence[int]]

#: The move, the seat and the card because of which something happens, each by number; -1 is none.
Cause: TypeAlias = tuple[int, int, int]
#: (kind, subject, second, third, turn, phase, cause)
Note: TypeAlias = tuple[int, int, int, int, int, int, Cause]

# Kinds of notes.
CHANGED, MOVED, CARD_DEALT, NOTHING_DEALT, ROLLED, TOLD, TURN_BEGAN, STAGE_BEGAN, ENDED = range(9)

# Where chance enters.
CHANCE_HIDDEN, CHANCE_TABLE, CHANCE_CARD = range(3)


class ChanceNeeded(Exception):
    """The machine has come to a chance that nobody has foretold."""

    def __init__(self, weights: Sequence[int], site: int, subject: int) -> None:
        super().__init__()
        self.weights = tuple(weights)
        self.site = site
        self.subject = subject


class FormulaSource(Protocol):
    """Who knows what formulas mean: a run or, where nothing happens and one only asks, the program itself."""

    @property
    def formulas(self) -> Sequence[Formula]:
        """Formulas by number."""


class ExecutionContext:
    """What happens between two decisions, and because of what.

    With `outcomes`, chance is explicit: draws give these in order, and a draw beyond them raises ChanceNeeded.
    """

    __slots__ = ("cause", "formulas", "groups", "keeps", "notes", "outcomes", "pending", "weights")

    def __init__(
        self,
        formulas: Sequence[Formula],
        groups: Sequence[Group],
        keeps: bool = True,
        outcomes: Sequence[int] | None = None,
    ) -> None:
        self.formulas = formulas
        self.groups = groups
        self.keeps = keeps
        self.notes: list[Note] = []
        self.cause: Cause = (-1, -1, -1)
        self.outcomes = None if outcomes is None else [*reversed(outcomes)]
        self.weights: Sequence[int] = ()
        self.pending: list[tuple[int, int]] = []


def value(p: Sequence[int], s: Sequence[int], r: FormulaSource, formula: int) -> int:
    """What a formula comes to."""
    return r.formulas[formula](s)


def evaluate_weights(p: Sequence[int], s: Sequence[int], r: ExecutionContext, group: int) -> int:
    """Works out a group of weights, none below 0, and adds them up."""
    r.weights = r.groups[group](s)
    return sum(r.weights)


def forced_outcome(r: ExecutionContext, site: int, subject: int) -> int:
    """Where chance is explicit, the index that it falls on; else -1. Raises ChanceNeeded when none is left."""
    if r.outcomes is None:
        return -1
    if not r.outcomes:
        raise ChanceNeeded(r.weights, site, subject)
    return r.outcomes.pop()


def weighted_index(p: Sequence[int], s: Sequence[int], r: ExecutionContext, left: int) -> int:
    """The index of the weight, among those just worked out, in which a number from 0 to their sum falls."""
    return bisect.bisect_right([*itertools.accumulate(r.weights)], left)


def push_effects(p: Sequence[int], s: Sequence[int], r: ExecutionContext, at: int, end: int) -> None:
    """Remembers a run of effects to be gone on with once the outcome of a roll has happened."""
    r.pending.append((at, end))


def pop_effects(p: Sequence[int], s: Sequence[int], r: ExecutionContext) -> tuple[int, int]:
    """The run of effects put by last, or an empty one."""
    return r.pending.pop() if r.pending else (0, 0)


def clear_effects(p: Sequence[int], s: Sequence[int], r: ExecutionContext) -> None:
    """Nothing that was put by will happen: the game is over."""
    r.pending.clear()


def set_cause(r: ExecutionContext, move: int, seat: int, card: int) -> None:
    """What happens from now on happens because of this move of this seat, and this card; -1 is none."""
    r.cause = (move, seat, card)


def note(r: ExecutionContext, s: Sequence[int], kind: int, subject: int, second: int, third: int) -> None:
    """Writes one thing down, where anything is kept."""
    if r.keeps:
        r.notes.append((kind, subject, second, third, s[TURN], s[PHASE], r.cause))
