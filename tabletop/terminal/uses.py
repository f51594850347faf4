"""Uses: what of the scenario needs or reads a meter, track or variable, as far as a seat may know."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from tabletop.scenario.expressions import Expression
from tabletop.scenario.language import Meaning
from tabletop.terminal.rows import folded, text
from tabletop.terminal.scene import Scene

_MOST = 12


def uses(scene: Scene, ids: Sequence[str]) -> list[Text]:
    """What needs one of the ids, with the step that it needs, and what else reads it."""
    needed = list(dict.fromkeys(_needs(scene, set(ids))))
    read = [one for one in dict.fromkeys(_readers(scene, set(ids))) if one]
    rows = _row(scene, "Needed by", needed, "; ")
    return rows + _row(scene, "Read by", read, ", ")


def _row(scene: Scene, lead: str, parts: Sequence[str], gap: str) -> list[Text]:
    if not parts:
        return []
    more = f"{gap}{scene.marks.more}+{len(parts) - _MOST}" if len(parts) > _MOST else ""
    return folded(gap.join(parts[:_MOST]) + more, scene.width, text((f" {lead}: ", "bold")), hang=3)


def _needs(scene: Scene, ids: set[str]) -> Iterator[str]:
    called = {seat.id: seat.name for seat in scene.scenario.seats}
    for noun in scene.scenario.actions:
        if scene.seat not in noun.seats:
            continue
        for variant in noun.variants(called):
            need = _need(scene, variant.action.requires, ids)
            if need:
                yield f"{variant.action.label} ({need})"
    for card in scene.scenario.cards:
        if any(entry.card == card.id for entry in scene.view.log):
            for option in (option for choice in card.choices if choice.seat == scene.seat for option in choice.options):
                need = _need(scene, option.requires, ids)
                if need:
                    yield f"{option.label} ({need})"


def _need(scene: Scene, condition: Expression | None, ids: set[str]) -> str:
    """The part of a condition that is about the ids, in words; "" where none is, or where it is not for the seat."""
    if condition is None or not _reads(scene, condition, ids):
        return ""
    parts = [condition.source]
    if not re.search(r"[()]|\bor\b|\bif\b", condition.source):
        parts = [one for one in condition.source.split(" and ") if _reads(scene, Expression(one.strip()), ids)]
    words = " and ".join(scene.names.condition(part.strip()) for part in parts)
    for id in ids:
        words = words.removeprefix(f"{scene.names.full(id)} is ")
    return words


def _readers(scene: Scene, ids: set[str]) -> Iterator[str]:
    scenario = scene.scenario
    for rule in scenario.rules:
        read = [rule.when, *(part for effect in rule.effects for part in (effect.when, effect.by))]
        if any(_reads(scene, part, ids) for part in read):
            yield rule.title
    called = {seat.id: seat.name for seat in scenario.seats}
    for noun in scenario.actions:
        for variant in noun.variants(called) if scene.seat in noun.seats else ():
            parts = [part for effect in variant.action.effects for part in (effect.when, effect.by)]
            if any(_reads(scene, part, ids) for part in parts):
                yield variant.action.label
    for table in scenario.tables:
        if table.known_to and scene.seat not in table.known_to:
            continue
        weights = [part for row in table.outcomes for part in (row.weight, *(m.when for m in row.modifiers))]
        if any(_reads(scene, part, ids) for part in weights):
            yield table.title
    for objective in scene.noun.objectives:
        if _reads(scene, objective.points, ids):
            yield f"what counts for you ({objective.text.split(':')[0].rstrip('.')})"


def _reads(scene: Scene, expression: Expression | None, ids: set[str]) -> bool:
    """Whether an expression reads one of the ids, by itself or through a value, and nothing hidden from the seat."""
    if expression is None:
        return False
    meaning = scene.session.game.program.scope.read(expression.source)
    return meaning.known_by(scene.seat) and bool(ids & names_read(scene, meaning))


def names_read(scene: Scene, meaning: Meaning) -> set[str]:
    """The names that an expression reads, and those that the values among them read."""
    symbols = scene.session.game.program.scope.symbols
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
