"""Run-time support of the machine in plain Python: evaluates formulas, draws chance outcomes, records notes.

The machine calls these functions and nothing else outside itself. The compiled machine has functions of the same names
in `tabletop.engine.compiled.array_execution`.
"""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias

from tabletop.engine.layout import PHASE, TURN

Formula: TypeAlias = Callable[[Sequence[int]], int]
Group: TypeAlias = Callable[[Sequence[int]], Sequence[int]]

#: The move, the seat and the card that cause something, each by number; -1 is none.
Cause: TypeAlias = tuple[int, int, int]
#: (kind, subject, second, third, turn, phase, cause)
Note: TypeAlias = tuple[int, int, int, int, int, int, Cause]

# Kinds of notes.
CHANGED, MOVED, CARD_DEALT, NOTHING_DEALT, ROLLED, TOLD, TURN_BEGAN, STAGE_BEGAN, ENDED = range(9)

# Kinds of chance events.
CHANCE_HIDDEN, CHANCE_TABLE, CHANCE_CARD = range(3)


class ChanceNeeded(Exception):
    """The machine needs a chance outcome that was not given (see `ExecutionContext.outcomes`)."""

    def __init__(self, weights: Sequence[int], site: int, subject: int) -> None:
        super().__init__()
        self.weights = tuple(weights)
        self.site = site
        self.subject = subject


class FormulaSource(Protocol):
    """Has the formulas of a program: an execution context, or the program itself for queries that change nothing."""

    @property
    def formulas(self) -> Sequence[Formula]:
        """Formulas by number."""


class ExecutionContext:
    """Formulas, chance, notes and pending effects of the machine between two decisions, with the present cause.

    With `outcomes`, chance is explicit: draws return these in order, and a draw beyond them raises ChanceNeeded.
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
    """The value of a formula."""
    return r.formulas[formula](s)


def evaluate_weights(p: Sequence[int], s: Sequence[int], r: ExecutionContext, group: int) -> int:
    """Evaluates a group of weights (none below 0) and returns their sum."""
    r.weights = r.groups[group](s)
    return sum(r.weights)


def forced_outcome(r: ExecutionContext, site: int, subject: int) -> int:
    """The next given outcome where chance is explicit, else -1. Raises ChanceNeeded when none is left."""
    if r.outcomes is None:
        return -1
    if not r.outcomes:
        raise ChanceNeeded(r.weights, site, subject)
    return r.outcomes.pop()


def weighted_index(p: Sequence[int], s: Sequence[int], r: ExecutionContext, left: int) -> int:
    """The index of the last evaluated weight in whose cumulative range a number (from 0 to their sum) falls."""
    return bisect.bisect_right([*itertools.accumulate(r.weights)], left)


def push_effects(p: Sequence[int], s: Sequence[int], r: ExecutionContext, at: int, end: int) -> None:
    """Pushes the rest of a range of effects, to be continued after the effects of a roll's outcome."""
    r.pending.append((at, end))


def pop_effects(p: Sequence[int], s: Sequence[int], r: ExecutionContext) -> tuple[int, int]:
    """Pops the range of effects pushed last; an empty range if there is none."""
    return r.pending.pop() if r.pending else (0, 0)


def clear_effects(p: Sequence[int], s: Sequence[int], r: ExecutionContext) -> None:
    """Drops all pending effects: the game is over."""
    r.pending.clear()


def set_cause(r: ExecutionContext, move: int, seat: int, card: int) -> None:
    """Sets the cause of everything that follows: a move, its seat, a card; -1 is none."""
    r.cause = (move, seat, card)


def note(r: ExecutionContext, s: Sequence[int], kind: int, subject: int, second: int, third: int) -> None:
    """Records a note, if notes are kept."""
    if r.keeps:
        r.notes.append((kind, subject, second, third, s[TURN], s[PHASE], r.cause))
