"""Standing rules and tables of chance in words, where a seat may know on what they hang."""

from __future__ import annotations

import attrs

from tabletop.presentation.condition_words import condition_words
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import Line, Span, signed
from tabletop.presentation.words import Words
from tabletop.scenario.effects import Effect, Rule, Table
from tabletop.scenario.expressions import Expression
from tabletop.scenario.numerals import whole


@attrs.frozen(kw_only=True)
class RuleWords:
    """A rule: the condition under which it holds, "" for always, and what it then does, each with its reason."""

    condition: str
    effects: tuple[Line, ...]


def rule_is_known(perspective: Perspective, rule: Rule) -> bool:
    """Whether a seat may read a rule: it hangs on nothing that is hidden from it, and it says what it does."""
    return _is_known(perspective, rule.when) and any(_is_told(perspective, effect) for effect in rule.effects)


def table_is_known(perspective: Perspective, table: Table) -> bool:
    """Whether a seat may read a table: it is not for others, and none of its chances hang on what the seat may not
    know."""
    if table.known_to and perspective.seat not in table.known_to:
        return False
    weights = [part for row in table.outcomes for part in (row.weight, *(m.when for m in row.modifiers))]
    return all(_is_known(perspective, part) for part in weights)


def rule_effects(perspective: Perspective, words: Words, rule: Rule) -> RuleWords:
    """A rule in words, without the effects that are not for the seat."""
    condition = condition_words(perspective.names, words, rule.when.source) if rule.when is not None else ""
    lines = [_effect(perspective, words, one) for one in rule.effects if _is_told(perspective, one)]
    return RuleWords(condition=condition, effects=tuple(lines))


def _effect(perspective: Perspective, words: Words, effect: Effect) -> Line:
    names = perspective.names
    amount = whole(effect.amount.source) if effect.amount is not None else None
    what = ", ".join(map(names.full, effect.changed))
    if amount is not None and any(names.is_named(name) for name in effect.changed):
        what = f"{what}: {words('effect.step_up' if amount > 0 else 'effect.step_down')}"
    elif amount is not None:
        what = f"{what} {signed(amount)}"
    elif effect.value is not None:
        what = f"{what}: {condition_words(names, words, effect.value.source)}"
    found = [Span(what, "strong")] if what else []
    if effect.when is not None:
        found.append(Span(f" ({words('explain.if', condition=condition_words(names, words, effect.when.source))})"))
    return (*found, Span(f"  {effect.why}" if found else effect.why)) if effect.why else tuple(found)


def _is_told(perspective: Perspective, effect: Effect) -> bool:
    """Whether a seat may read an effect: what it moves, by how much and when is known to it."""
    symbols = [perspective.program.scope.symbols[name] for name in effect.changed]
    if any(symbol.known_to is not None and perspective.seat not in symbol.known_to for symbol in symbols):
        return False
    parts = [effect.when, effect.until, effect.amount]
    if effect.value is not None and not any(effect.value.source in symbol.members for symbol in symbols):
        parts.append(effect.value)
    return bool(effect.changed or effect.why) and all(_is_known(perspective, part) for part in parts)


def _is_known(perspective: Perspective, expression: Expression | None) -> bool:
    return expression is None or perspective.program.scope.read(expression.source).known_by(perspective.seat)
