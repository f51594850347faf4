"""Effects (change, set, roll, deal, enter, end, tell), resolution tables with outcomes, and standing rules."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression

VERBS = ("change", "set", "roll", "deal", "enter", "end", "tell")


@attrs.frozen(kw_only=True)
class Effect:
    """One consequence and its reason. Exactly one verb of:

    `change` a meter, track, resource or integer `by` an amount; `set` a variable, track or meter `to` a value;
    `roll` on a resolution table; `deal` a named card next; `enter` a stage when this phase is over;
    `end` the game with an ending; `tell` some seats (`[all]` for everybody) a `text`.

    It starts only if the condition `when` holds. With `after: N` it happens at the start of the N-th turn from now;
    with `lasts: N` it happens at the start of each of the next N turns; either stops once `until` is true.

    Seats that do not know what it depends on (a condition that reads a secret, a secret action, a private table) do not
    learn its cause. `reveals` names the secrets, actions and tables that it is meant to reveal to everybody.
    """

    change: str | None = None
    by: Expression | None = None
    set: str | None = None
    to: Expression | None = None
    roll: str | None = None
    deal: str | None = None
    enter: str | None = None
    end: str | None = None
    tell: tuple[str, ...] | None = None
    text: str = ""
    when: Expression | None = None
    why: str = ""
    claims: tuple[str, ...] = ()
    after: int | None = None
    lasts: int | None = None
    until: Expression | None = None
    reveals: tuple[str, ...] = ()

    @property
    def verbs(self) -> tuple[str, ...]:
        """The verbs that the author gave; a valid effect has exactly one."""
        return tuple(verb for verb in VERBS if getattr(self, verb) is not None)


@attrs.frozen(kw_only=True)
class Modifier:
    """Changes the weight of an outcome `by` an amount, `when` its condition holds."""

    by: Expression
    why: str
    when: Expression | None = None
    claims: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Outcome:
    """One row of a resolution table: its weight is `weight` plus the modifiers that apply, at least 0.

    `reveals` names what everybody learns when it is drawn, even by a secret roll.
    """

    id: str
    weight: Expression
    text: str = ""
    modifiers: tuple[Modifier, ...] = ()
    effects: tuple[Effect, ...] = ()
    reveals: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Table:
    """A resolution table: one outcome is drawn by weight. `known_to` names the seats that learn which (none: all)."""

    id: str
    title: str
    outcomes: tuple[Outcome, ...]
    text: str = ""
    known_to: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Rule:
    """A standing rule of the model: when the phase `at` begins and `when` holds, its effects happen.

    `reveals`, as in effects, names the secrets that all its effects are meant to reveal. `paper` is `play`, or `skip`
    for a rule that a table on paper does without.
    """

    id: str
    title: str
    at: str
    effects: tuple[Effect, ...]
    text: str = ""
    when: Expression | None = None
    claims: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()
    paper: str = "play"
