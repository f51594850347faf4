"""Conditions, amounts and effects as they are printed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabletop.presentation.effect_words import names_named
from tabletop.presentation.names import Names
from tabletop.presentation.paper.assumptions_worked_in import worked_in
from tabletop.presentation.paper.expression_words import ExpressionWords
from tabletop.presentation.paper.values import PaperCondition, PaperEffect
from tabletop.presentation.spans import signed
from tabletop.presentation.words import Words
from tabletop.scenario.effects import Effect
from tabletop.scenario.expression_language import Scope
from tabletop.scenario.expressions import Expression
from tabletop.scenario.numerals import whole
from tabletop.scenario.secrecy import secrets_read


class PaperWords:
    """What is printed of a pack's rules, in one language and under one set of assumptions.

    Delayed and lasting effects are numbered in the order in which they are asked for, and kept in `numbered`.
    """

    def __init__(self, names: Names, words: Words, scope: Scope, assumptions: Mapping[str, int | bool]) -> None:
        self.names = names
        self.words = words
        self.scope = scope
        self.assumptions = assumptions
        self.numbered: dict[Effect, PaperEffect] = {}
        self._count = 0
        self._expression_words = ExpressionWords(names, words)

    def source(self, expression: Expression | None) -> str:
        """The source of an expression under the assumptions; "" for none and for what always holds."""
        return worked_in(expression, self.assumptions)

    def condition(self, expression: Expression | None) -> PaperCondition:
        """A condition with its words."""
        source = self.source(expression)
        return PaperCondition(source=source, words=self.amount_words(source) if source else "")

    def is_never(self, condition: PaperCondition) -> bool:
        """Whether a condition cannot hold under the assumptions."""
        return condition.source == "false"

    def amount_words(self, source: str) -> str:
        """An amount or a condition as it is printed."""
        return self._expression_words(source)

    def effects(self, effects: Sequence[Effect]) -> tuple[PaperEffect, ...]:
        """The effects that can come about under the assumptions."""
        found = [self._effect(effect) for effect in effects]
        return tuple(effect for effect in found if not self.is_never(effect.when))

    def _effect(self, effect: Effect) -> PaperEffect:
        kind = effect.kind
        named = kind.named_by(effect)
        target = "" if kind.noun == "seat" else named[0]
        amount = self.source(effect.amount or effect.value) or ("true" if effect.value is not None else "")
        number = 0
        if effect.is_put_off:
            self._count += 1
            number = self._count
        printed = PaperEffect(
            verb=kind.verb,
            target=target,
            amount=amount,
            when=self.condition(effect.when),
            until=self.condition(effect.until),
            after=effect.after or 0,
            lasts=effect.lasts or 0,
            number=number,
            seats=named if kind.noun == "seat" else (),
            keepers=self._keepers(effect),
            words=self._what(effect, amount),
            timing=self._timing(effect),
            why=" ".join(effect.why.split()),
        )
        if number:
            self.numbered.setdefault(effect, printed)
        return printed

    def _keepers(self, effect: Effect) -> tuple[str, ...] | None:
        is_member = effect.value is not None and effect.value.source in self._members(effect)
        parts = [effect.when, effect.until, effect.amount, None if is_member else effect.value]
        return self.keepers(parts, effect.changed)

    def _members(self, effect: Effect) -> tuple[str, ...]:
        return tuple(member for name in effect.changed for member in self.scope.symbols[name].members)

    def keepers(self, parts: Sequence[Expression | None], targets: Sequence[str] = ()) -> tuple[str, ...] | None:
        """The seats that know all that some expressions read and some targets hold; None: everybody does."""
        found: frozenset[str] | None = None
        sources = [self.source(part) for part in parts]
        read = [secrets_read(self.scope, self.scope.read(source)) for source in sources if source]
        known = [seats for secrets in read for seats in secrets.values()]
        symbols = [self.scope.symbols[id] for id in targets if id in self.scope.symbols]
        known += [symbol.known_to for symbol in symbols if symbol.known_to is not None]
        for seats in known:
            found = seats if found is None else found & seats
        return None if found is None else tuple(sorted(found))

    def _what(self, effect: Effect, amount: str) -> str:
        words, key = self.words, f"effect.print_{effect.kind.verb}"
        what = words.listed(names_named(self.names, effect))
        if effect.amount is not None:
            number = whole(amount)
            if number is not None:
                return words(key, what=what, amount=signed(number))
            return words(f"{key}_by", what=what, amount=self.amount_words(amount))
        if effect.value is not None:
            return words(key, what=what, value=self._value(effect, amount))
        if effect.kind.noun == "seat":
            who = words("paper.everybody") if effect.heard_by is None else what
            return words(key, what=who, text=" ".join(effect.text.split()))
        return words(key, what=what)

    def _value(self, effect: Effect, amount: str) -> str:
        if amount in ("true", "false"):
            return self.words.yes_or_no(amount == "true")
        return self.names.word(amount) if amount in self._members(effect) else self.amount_words(amount)

    def _timing(self, effect: Effect) -> str:
        said = ""
        if effect.after is not None:
            said = self.words("paper.after", count=effect.after)
        elif effect.lasts is not None:
            said = self.words("paper.lasts", count=effect.lasts)
        if effect.until is not None and said:
            until = self.amount_words(self.source(effect.until) or "true")
            said = self.words("paper.until", timing=said, condition=until)
        return said
