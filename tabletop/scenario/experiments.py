"""Experiments: comparisons of simulated games by which a scenario tests its claims."""

from __future__ import annotations

from typing import TypeAlias

import attrs

from tabletop.scenario.expressions import Expression

Given: TypeAlias = dict[str, int | bool | str]


@attrs.frozen(kw_only=True)
class Arm:
    """One side of an experiment: thousands of games with the same setup.

    `players` are doctrines by seat (default: the seat's own), `assume` values of assumptions, `given` initial values
    (of a hidden variable, meter, track or variable), `without` what a seat never does: actions and card options by id
    or tag. An arm may have its own `measure` and its own `among`.
    """

    players: dict[str, str] = attrs.field(factory=dict)
    assume: dict[str, int | bool] = attrs.field(factory=dict)
    given: Given = attrs.field(factory=dict)
    without: dict[str, tuple[str, ...]] = attrs.field(factory=dict)
    measure: Expression | None = None
    among: Expression | None = None


@attrs.frozen(kw_only=True)
class Experiment:
    """A prediction of a claim: the `measure` is higher in one arm than in the other.

    A condition is measured as a share, an amount as a mean, over the games in which `among` holds. It is read when the
    game is over, or at the first decision where `when` holds; games without such a decision do not count. The
    difference must exceed `by`, in units of the measure, or percentage points of a share; with a negative `by`, the
    first may even be lower by up to that much. The prediction must hold in each worldview of `under`, by default with
    the scenario's own assumptions. `beside` are further amounts and conditions that are told of both arms' games, and
    decide nothing.
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
    beside: tuple[Expression, ...] = ()
    claims: tuple[str, ...] = ()
    text: str = ""
