"""Experiments: comparisons of simulated games by which a scenario tests its claims."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from tabletop.scenario.expressions import Expression

Given: TypeAlias = dict[str, int | bool | str]


@attrs.frozen(kw_only=True)
class Arm:
    """One side of an experiment: games that are played in one way, thousands of times.

    `players` are doctrines by seat (its own where none is named), `assume` values of assumptions, `given` what is so
    from the start (a hidden truth, meter, track or variable), `without` what a seat never does: actions and card
    options by id or tag. An arm may have its own `measure` and its own `among`.
    """

    players: dict[str, str] = attrs.field(factory=dict)
    assume: dict[str, int | bool] = attrs.field(factory=dict)
    given: Given = attrs.field(factory=dict)
    without: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    measure: Expression | None = None
    among: Expression | None = None


@attrs.frozen(kw_only=True)
class Experiment:
    """A direction that a claim foretells: the `measure` comes out higher in one arm than in the other.

    A condition is measured as a share, an amount as a mean, over the games in which `among` holds. It is read when the
    game is over, or at the first decision at which `when` holds; games in which that never is do not count. The
    difference has to exceed `by`: units of the measure, or points of a hundred where it is a share; with a `by` below
    0, it is enough that the one is hardly lower than the other. It has to hold in each worldview of `under`, or where
    none is named with the scenario's own assumptions.
    """

    id: str
    title: str
    higher: Arm
    lower: Arm
    measure: Expression | None = None
    among: Expression | None = None
    when: Expression | None = None
    by: int = 0
    under: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    text: str = ""
