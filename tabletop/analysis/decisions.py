"""Decisions of a game beside what else could have been done, as plain values.

Each alternative is judged *as known then*, over the positions that the seat could hold possible, and *in hindsight*, in
the position that was true; under other assumptions; and by other ways to go on. They go through JSON and back
(`account.as_data`, `account.from_data`).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, TypeAlias

import attrs

from tabletop.analysis.account import Estimate, Figure

#: Under what else a decision is judged: another worldview, one assumption switched, another way to go on, or the truth.
LensKind: TypeAlias = Literal["worldview", "assumption", "continuation", "hindsight"]
#: A decision as known then: no other option is better (`right`), another one is (`wrong`), or none of the options
#: can be told apart from another (`alike`).
Verdict: TypeAlias = Literal["right", "wrong", "alike"]
#: What came of a decision until the seat's next one, against what was to be expected in the true position.
Came: TypeAlias = Literal["well", "badly", "as expected"]
Level: TypeAlias = Literal["easy", "middling", "hard"]


@attrs.frozen(kw_only=True)
class Lens:
    """Something else under which decisions are judged.

    `name` is the id of the worldview, of the assumption (whose value is then `value`) or of the doctrine; `key` is its
    key in the figures of an option.

    >>> Lens(kind="assumption", name="sincere_kim", value=40).key
    'sincere_kim=40'
    """

    kind: LensKind
    name: str = ""
    value: int | None = None

    @property
    def key(self) -> str:
        """How the figures of options name it."""
        return self.name if self.value is None else f"{self.name}={self.value}"


@attrs.frozen(kw_only=True)
class OptionFigure:
    """What was to be expected of one legal action.

    `as_known` is over the positions that the seat could hold possible, `in_hindsight` in the true one, both with fresh
    chance. `by_worldview`, `by_assumption` and `by_continuation` are as known then, under another worldview (by its
    id), with one assumption switched (`name=value`; yes is 1, no is 0), or going on by another doctrine of the seat (by
    its id). `alike` says that it cannot be told apart from the best option, as known then. Options that were dropped as
    hopeless have coarser figures: fewer `playouts`.
    """

    action: str
    label: str
    as_known: Estimate
    in_hindsight: Estimate
    by_worldview: Mapping[str, Estimate] = attrs.field(factory=dict)
    by_assumption: Mapping[str, Estimate] = attrs.field(factory=dict)
    by_continuation: Mapping[str, Estimate] = attrs.field(factory=dict)
    alike: bool = False
    playouts: int = 0


@attrs.frozen(kw_only=True)
class Flip:
    """A verdict that something else turns round: the decision is right as known then and wrong under the `lens`, or the
    other way round.

    `rival` is the action that is better there, or that was the best as known then. `here` is how much better the
    decision was than the rival as known then, `there` the same under the lens: the one is above the `margin` of the
    review, the other below minus it, both confirmed with playouts that had no part in finding it.
    """

    lens: Lens
    rival: str
    here: Estimate
    there: Estimate


@attrs.frozen(kw_only=True)
class Difficulty:
    """How hard a decision was, as known then.

    `options` is the number of legal actions, `alike` how many of them cannot be told apart from the best one (itself
    among them). `gap` is how much better the best one is than the best of those that can be told apart, `spread` the
    standard deviation of the figure over playouts of the best one: the more noise and the smaller the gap, the harder.
    """

    options: int
    alike: int
    gap: float
    spread: float
    level: Level


@attrs.frozen(kw_only=True)
class DecisionReview:
    """One decision of a seat that had a choice.

    `step` is its number in the session; `chosen` the action, as `str(Action)`, one of the `options`, of which the best
    as known then comes first. `verdict` is as known then, `in_hindsight` in the true position. `loss` is how much
    better the best option was as known then (0 where the decision was the best), `lead` how much better the decision
    was than the best of the others. `came` says what chance, other seats
    and rulings made of it: `came_by` is the expected figure at the seat's next decision (or the result) less what was
    to be expected of this decision in the true position. Right and badly, or wrong and well, are what a debrief should
    look at. `flips` are under which other premises the verdict is the opposite. Differences below `margin` count as
    none. Where it is not `is_final`, sharper figures will follow.
    """

    step: int
    seat: str
    turn: int
    stage: str
    phase: str
    card: str
    chosen: str
    options: tuple[OptionFigure, ...]
    verdict: Verdict
    in_hindsight: Verdict
    loss: Estimate
    lead: Estimate
    came: Came
    came_by: Estimate
    flips: tuple[Flip, ...]
    difficulty: Difficulty
    margin: float
    is_final: bool = True

    def option(self, action: str) -> OptionFigure:
        """The figures of an option. Raises KeyError."""
        for one in self.options:
            if one.action == action:
                return one
        raise KeyError(action)


@attrs.frozen(kw_only=True)
class DecisionTable:
    """The decisions of one or all seats of a game for one figure each (the seat's own points unless said otherwise), in
    their order, with the lenses under which each was judged and the `playouts` that it took. Where `done` is below
    `total`, more figures will follow."""

    reviews: tuple[DecisionReview, ...]
    lenses: tuple[Lens, ...]
    figures: Mapping[str, Figure]
    continuation: Mapping[str, str]
    playouts: int
    done: int
    total: int
