"""Known values: what a seat knows of a game as numbers by name, and what formulas of the pack come to with them."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.presentation.perspective import Perspective
from tabletop.scenario.satisfiability import evaluate


def known_values(perspective: Perspective) -> dict[str, int]:
    """The meters, tracks, resources, assumptions and facts that the seat knows, by name; named values by their
    number."""
    view, symbols = perspective.view, perspective.program.scope.symbols
    found: dict[str, int] = {}
    for several in (view.meters, view.tracks, view.resources, view.assumptions, view.facts):
        for name, value in several.items():
            if isinstance(value, str):
                found[name] = symbols[name].members.index(value)
            else:
                found[name] = int(value)
    return found


def values_before(perspective: Perspective, turn: int) -> dict[str, int]:
    """The same as it was when a turn began, as far as the seat's log tells."""
    found = known_values(perspective)
    first: dict[str, int] = {}
    for entry in perspective.view.log:
        if entry.kind == "change" and entry.turn >= turn:
            first.setdefault(entry.target, entry.before)
    return found | {name: value for name, value in first.items() if name in found}


def worked_out(perspective: Perspective, source: str, values: Mapping[str, int]) -> int | None:
    """What a formula of the pack comes to with some values; None where it hangs on what the seat does not know."""
    meaning = perspective.program.scope.read(source)
    if not meaning.known_by(perspective.seat):
        return None
    try:
        return evaluate(_expanded(perspective, source), values)
    except (KeyError, ZeroDivisionError):
        return None


def _expanded(perspective: Perspective, source: str) -> tuple[object, ...]:
    """The tree of a formula, with the values of the pack in it replaced by their own formulas."""
    scope = perspective.program.scope

    def replaced(node: tuple[object, ...]) -> tuple[object, ...]:
        if node[0] == "num":
            return node
        if node[0] == "name":
            formula = scope.symbols[str(node[1])].formula
            return node if formula is None else replaced(formula.node)
        return (node[0], *(replaced(part) for part in node[1:]))  # type: ignore[arg-type]

    return replaced(scope.read(source).node)
