"""Uses: what of the scenario needs or reads a meter, track or variable, as far as a seat may know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from tabletop.engine.game import Game
from tabletop.scenario.expressions import Expression
from tabletop.scenario.language import Meaning

if TYPE_CHECKING:
    from tabletop.session.outlook import Outlook


def needed_by(outlook: Outlook, ids: Sequence[str]) -> list[str]:
    """The moves and options of the seat that need one of the ids, each with what it needs."""
    return list(dict.fromkeys(_needs(outlook, set(ids))))


def read_by(outlook: Outlook, ids: Sequence[str]) -> list[str]:
    """What else reads one of the ids: rules, moves, tables, and what counts for the seat."""
    return [one for one in dict.fromkeys(_readers(outlook, set(ids))) if one]


def _needs(outlook: Outlook, ids: set[str]) -> Iterator[str]:
    called = {seat.id: seat.name for seat in outlook.scenario.seats}
    for noun in outlook.scenario.actions:
        if outlook.seat not in noun.seats:
            continue
        for variant in noun.variants(called):
            need = _need(outlook, variant.action.requires, ids)
            if need:
                yield f"{variant.action.label} ({need})"
    for card in outlook.scenario.cards:
        if any(entry.card == card.id for entry in outlook.view.log):
            for option in (
                option for choice in card.choices if choice.seat == outlook.seat for option in choice.options
            ):
                need = _need(outlook, option.requires, ids)
                if need:
                    yield f"{option.label} ({need})"


def _need(outlook: Outlook, condition: Expression | None, ids: set[str]) -> str:
    """The part of a condition that is about the ids, in words; "" where none is, or where it is not for the seat."""
    if condition is None or not _reads(outlook, condition, ids):
        return ""
    parts = [condition.source]
    if not re.search(r"[()]|\bor\b|\bif\b", condition.source):
        parts = [one for one in condition.source.split(" and ") if _reads(outlook, Expression(one.strip()), ids)]
    words = " and ".join(outlook.names.condition(part.strip()) for part in parts)
    for id in ids:
        words = words.removeprefix(f"{outlook.names.full(id)} is ")
    return words


def _readers(outlook: Outlook, ids: set[str]) -> Iterator[str]:
    scenario = outlook.scenario
    for rule in scenario.rules:
        read = [rule.when, *(part for effect in rule.effects for part in (effect.when, effect.by))]
        if any(_reads(outlook, part, ids) for part in read):
            yield rule.title
    called = {seat.id: seat.name for seat in scenario.seats}
    for noun in scenario.actions:
        for variant in noun.variants(called) if outlook.seat in noun.seats else ():
            parts = [part for effect in variant.action.effects for part in (effect.when, effect.by)]
            if any(_reads(outlook, part, ids) for part in parts):
                yield variant.action.label
    for table in scenario.tables:
        if table.known_to and outlook.seat not in table.known_to:
            continue
        weights = [part for row in table.outcomes for part in (row.weight, *(m.when for m in row.modifiers))]
        if any(_reads(outlook, part, ids) for part in weights):
            yield table.title
    for objective in outlook.noun.objectives:
        if _reads(outlook, objective.points, ids):
            yield f"what counts for you ({objective.text.split(':')[0].rstrip('.')})"


def _reads(outlook: Outlook, expression: Expression | None, ids: set[str]) -> bool:
    """Whether an expression reads one of the ids, by itself or through a value, and nothing hidden from the seat."""
    if expression is None:
        return False
    meaning = outlook.session.game.program.scope.read(expression.source)
    return meaning.known_by(outlook.seat) and bool(ids & names_read(outlook.session.game, meaning))


def names_read(game: Game, meaning: Meaning) -> set[str]:
    """The names that an expression reads, and those that the values among them read."""
    symbols = game.program.scope.symbols
    found: set[str] = set()
    waiting = set(meaning.names)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        formula = symbols[name].formula if name in symbols else None
        waiting |= set(formula.names) if formula is not None else set()
    return found
