"""The names that a formula of a pack reads, by itself and through the values among them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.scenario.expression_language import Meaning, Scope


def names_read(scope: Scope, meaning: Meaning) -> set[str]:
    """The names that an expression reads, and those that the values among them read."""
    symbols = scope.symbols
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
