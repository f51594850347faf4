"""The board as it stood at a place in a seat's log, as far as the seat knows: what came since is undone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabletop.presentation.known_values import as_number
from tabletop.presentation.perspective import Perspective
from tabletop.scenario.expression_language import ExpressionError
from tabletop.scenario.expressions import Expression
from tabletop.scenario.satisfiability import evaluate


class ValuesThen(Mapping[str, int]):
    """What a seat knows of every name after the entry at a place in its log; -1 is before the first."""

    def __init__(self, perspective: Perspective, place: int) -> None:
        self._symbols = perspective.program.scope.symbols
        view = perspective.view
        known = [view.meters, view.tracks, view.resources, view.assumptions, view.facts]
        self._values = {name: as_number(self._symbols[name], value) for some in known for name, value in some.items()}
        for entry in reversed(view.log[place + 1 :]):
            if entry.kind == "change" and entry.target in self._values:
                self._values[entry.target] = entry.before
        entry = view.log[max(0, min(place, len(view.log) - 1))]
        label = perspective.turns.get(entry.turn)
        self._values |= {
            "turn": entry.turn,
            "stage": as_number(self._symbols["stage"], entry.stage),
            "stage_turn": label.number if label is not None else 0,
        }

    def __getitem__(self, name: str) -> int:
        formula = self._symbols[name].formula
        return self._values[name] if formula is None else evaluate(formula.node, self)

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


def held(perspective: Perspective, condition: Expression | None, then: Mapping[str, int]) -> bool:
    """Whether a condition held; one that reads what the seat does not know did not."""
    if condition is None:
        return True
    try:
        return bool(evaluate(perspective.program.scope.condition(condition.source).node, then))
    except (KeyError, ExpressionError):
        return False
