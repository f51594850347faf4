"""Effects and their kinds (change, set, roll, deal, enter, end, tell), resolution tables, and standing rules."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import Any, Literal, TypeAlias

import attrs

from tabletop.scenario.expressions import Expression

#: What a verb names: a value on the board, another thing of the pack, or seats (`all` for everybody).
Noun: TypeAlias = Literal["value", "table", "card", "stage", "ending", "seat"]
#: What becomes of the things named, for all that reason about a pack without playing it.
Role: TypeAlias = Literal["changes", "rolls", "deals", "enters", "ends", "tells"]


@attrs.frozen(kw_only=True)
class Argument:
    """A field that a verb needs beside it: an `amount` to change by, a `value` of what is named, or a `text`."""

    field: str
    is_a: Literal["amount", "value", "text"]

    def given_in(self, effect: Effect) -> Expression | str | None:
        """What an effect has there."""
        given: Expression | str | None = getattr(effect, self.field)
        return given


@attrs.frozen(kw_only=True)
class EffectKind:
    """A kind of effect: its verb, which is a field of `Effect`, and what loading, checks and analysis ask of it.

    `count` is how many things it names: its field is one id for 1, else a list, of any length for None. `among` are the
    kinds of values that may be named. With `needs_reason`, an author has to say why it happens. `seen`
    is what everybody sees of it, where it changes no value, rolls no table and tells no seat.
    """

    verb: str
    noun: Noun
    role: Role
    count: int | None = 1
    among: tuple[str, ...] = ()
    argument: Argument | None = None
    needs_reason: bool = False
    seen: str = "it"

    def named_by(self, effect: Effect) -> tuple[str, ...]:
        """What the verb names in an effect."""
        named: str | tuple[str, ...] | None = getattr(effect, self.verb)
        return () if named is None else (named,) if isinstance(named, str) else named

    @property
    def leads_on(self) -> bool:
        """Whether it leads out of the present stage."""
        return self.role in ("enters", "ends")


#: Every kind of effect, by its verb.
KINDS: dict[str, EffectKind] = {
    kind.verb: kind
    for kind in (
        EffectKind(
            verb="change",
            noun="value",
            role="changes",
            among=("meter", "track", "resource", "variable"),
            argument=Argument(field="by", is_a="amount"),
            needs_reason=True,
        ),
        EffectKind(
            verb="set",
            noun="value",
            role="changes",
            among=("meter", "track", "variable", "hidden variable"),
            argument=Argument(field="to", is_a="value"),
            needs_reason=True,
        ),
        EffectKind(verb="roll", noun="table", role="rolls"),
        EffectKind(verb="deal", noun="card", role="deals", seen="a card come up"),
        EffectKind(verb="enter", noun="stage", role="enters", seen="a part of the game begin"),
        EffectKind(verb="end", noun="ending", role="ends", seen="the game end"),
        EffectKind(verb="tell", noun="seat", role="tells", count=None, argument=Argument(field="text", is_a="text")),
    )
}
VERBS = tuple(KINDS)


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
        return tuple(kind.verb for kind in self.kinds)

    @cached_property
    def kinds(self) -> tuple[EffectKind, ...]:
        """The kinds of its verbs."""
        return tuple(kind for verb, kind in KINDS.items() if getattr(self, verb) is not None)

    @property
    def kind(self) -> EffectKind:
        """The kind of a valid effect. Raises IndexError if it has no verb."""
        return self.kinds[0]

    @property
    def is_put_off(self) -> bool:
        """Whether it happens at the start of later turns, once or each time."""
        return self.after is not None or self.lasts is not None

    # What it does, whatever its verb

    def _named(self, role: Role) -> tuple[str, ...]:
        return tuple(name for kind in self.kinds if kind.role == role for name in kind.named_by(self) if name)

    @property
    def changed(self) -> tuple[str, ...]:
        """The meters, tracks, resources and variables that it changes."""
        return self._named("changes")

    @property
    def rolled(self) -> tuple[str, ...]:
        """The tables that it rolls on."""
        return self._named("rolls")

    @property
    def dealt(self) -> tuple[str, ...]:
        """The cards that it makes come up."""
        return self._named("deals")

    @property
    def entered(self) -> tuple[str, ...]:
        """The stages that it leads to."""
        return self._named("enters")

    @property
    def ended(self) -> tuple[str, ...]:
        """The endings with which it ends the game."""
        return self._named("ends")

    @property
    def leads_on(self) -> bool:
        """Whether it leads out of the present stage, to another one or to an ending."""
        return any(kind.leads_on for kind in self.kinds)

    @property
    def heard_by(self) -> frozenset[str] | None:
        """The seats that it tells something; None for everybody."""
        seats = self._named("tells")
        return None if "all" in seats else frozenset(seats)

    # What goes with its verb

    @property
    def amount(self) -> Expression | None:
        """By how much it changes what it names."""
        return self._argument("amount")

    @property
    def value(self) -> Expression | None:
        """What it gives to what it names."""
        return self._argument("value")

    def _argument(self, is_a: Literal["amount", "value"]) -> Expression | None:
        for kind in self.kinds:
            if kind.argument is not None and kind.argument.is_a == is_a:
                given = kind.argument.given_in(self)
                return given if isinstance(given, Expression) else None
        return None

    def bound(self, named: Callable[[str], str], said: Callable[[str], str]) -> Effect:
        """The effect with parameters filled in: `named` fills ids and expressions, `said` what is read."""
        changed: dict[str, Any] = {}
        for field in attrs.fields(Effect):
            value = getattr(self, field.name)
            if isinstance(value, Expression):
                changed[field.name] = Expression(named(value.source))
            elif field.name in VERBS and isinstance(value, tuple):
                changed[field.name] = tuple(map(named, value))
            elif isinstance(value, str):
                changed[field.name] = named(value) if field.name in VERBS else said(value)
        return attrs.evolve(self, **changed)


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

    Where it is told apart from others, it is called by its `label`, or else its id. `reveals` names what everybody
    learns when it is drawn, even by a secret roll.
    """

    id: str
    weight: Expression
    text: str = ""
    label: str = ""
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

    @property
    def is_on_paper(self) -> bool:
        """Whether a table on paper plays it."""
        return self.paper != "skip"
