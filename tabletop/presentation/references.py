"""References: what of the scenario needs or reads a meter, track or variable, where a seat may know that."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tabletop.presentation.condition_words import condition_words
from tabletop.presentation.formula_names import names_read
from tabletop.presentation.words import Words
from tabletop.scenario.expressions import Expression

if TYPE_CHECKING:
    from tabletop.presentation.perspective import Perspective


def needed_by(perspective: Perspective, words: Words, ids: Sequence[str]) -> list[str]:
    """The moves and options of the seat that need one of the ids, each with what it needs."""
    return list(dict.fromkeys(_needs(perspective, words, set(ids))))


def read_by(perspective: Perspective, words: Words, ids: Sequence[str]) -> list[str]:
    """What else reads one of the ids: rules, moves, tables, and what counts for the seat."""
    return [one for one in dict.fromkeys(_readers(perspective, words, set(ids))) if one]


def _needs(perspective: Perspective, words: Words, ids: set[str]) -> Iterator[str]:
    called = {seat.id: seat.name for seat in perspective.scenario.seats}
    for noun in perspective.scenario.actions:
        if perspective.seat not in noun.seats:
            continue
        for variant in noun.variants(called):
            need = _need(perspective, words, variant.action.requires, ids)
            if need:
                yield f"{variant.action.label} ({need})"
    for card in perspective.scenario.cards:
        if any(entry.card == card.id for entry in perspective.view.log):
            for option in (
                option for choice in card.choices if choice.seat == perspective.seat for option in choice.options
            ):
                need = _need(perspective, words, option.requires, ids)
                if need:
                    yield f"{option.label} ({need})"


def _need(perspective: Perspective, words: Words, condition: Expression | None, ids: set[str]) -> str:
    """The part of a condition that is about the ids, in words; "" where none is, or where it is not for the seat."""
    if condition is None or not _reads(perspective, condition, ids):
        return ""
    parts = [condition.source]
    if not re.search(r"[()]|\bor\b|\bif\b", condition.source):
        parts = [one for one in condition.source.split(" and ") if _reads(perspective, Expression(one.strip()), ids)]
    names = perspective.names
    said = f" {words('condition.and_')} ".join(condition_words(names, words, part.strip()) for part in parts)
    for id in ids:
        said = said.removeprefix(f"{names.full(id)} {words('condition.is')} ")
    return said


def _readers(perspective: Perspective, words: Words, ids: set[str]) -> Iterator[str]:
    scenario = perspective.scenario
    for rule in scenario.rules:
        read = [rule.when, *(part for effect in rule.effects for part in (effect.when, effect.amount))]
        if any(_reads(perspective, part, ids) for part in read):
            yield rule.title
    called = {seat.id: seat.name for seat in scenario.seats}
    for noun in scenario.actions:
        for variant in noun.variants(called) if perspective.seat in noun.seats else ():
            parts = [part for effect in variant.action.effects for part in (effect.when, effect.amount)]
            if any(_reads(perspective, part, ids) for part in parts):
                yield variant.action.label
    for table in scenario.tables:
        if table.known_to and perspective.seat not in table.known_to:
            continue
        weights = [part for row in table.outcomes for part in (row.weight, *(m.when for m in row.modifiers))]
        if any(_reads(perspective, part, ids) for part in weights):
            yield table.title
    for objective in perspective.noun.objectives:
        if _reads(perspective, objective.points, ids):
            yield words("explain.counts_for_you", what=objective.text.split(":")[0].rstrip("."))


def _reads(perspective: Perspective, expression: Expression | None, ids: set[str]) -> bool:
    """Whether an expression reads one of the ids, by itself or through a value, and nothing hidden from the seat."""
    if expression is None:
        return False
    meaning = perspective.program.scope.read(expression.source)
    return meaning.known_by(perspective.seat) and bool(ids & names_read(perspective.program.scope, meaning))
