"""Known values: expressions of a pack worked out from what a view tells, now or at an earlier moment of its log."""

from __future__ import annotations

import functools
from collections.abc import Mapping

from tabletop.engine.execution import Formula
from tabletop.engine.program import Program
from tabletop.engine.python_formulas import compile_formula
from tabletop.engine.views import Known, View
from tabletop.presentation.formula_names import names_read
from tabletop.scenario.expression_language import Symbol

#: Values that are only supposed, as the machine has them, by name.
Supposed = Mapping[str, int]


class KnownValues:
    """What a view tells of the board, as numbers of the machine by name.

    An expression is worked out from it alone: one that reads what the view does not tell has no value, unless that is
    supposed. So what is made of it is the same in all states that give the seat equal views.
    """

    def __init__(self, p: Program, known: Mapping[str, int]) -> None:
        self.program, self.known = p, known

    @classmethod
    def of(cls, p: Program, view: View) -> KnownValues:
        """Those that a view tells now."""
        symbols = p.scope.symbols
        told: dict[str, Known] = {
            **view.meters,
            **view.tracks,
            **view.resources,
            **view.assumptions,
            **view.facts,
            "turn": view.turn,
            "stage": view.stage,
            "stage_turn": view.stage_turn,
        }
        return cls(p, {name: as_number(symbols[name], value) for name, value in told.items() if name in p.places})

    def with_(self, others: Supposed) -> KnownValues:
        """The same, with other values for some names."""
        return KnownValues(self.program, {**self.known, **others})

    def unknown(self, source: str) -> frozenset[str]:
        """The names that an expression reads, by itself or through values, and that are not known here."""
        return _read(self.program, source) - self.known.keys()

    def value(self, source: str, supposed: Supposed | None = None) -> int | None:
        """The value of an expression (1 and 0 for true and false); None if it reads what is neither known nor
        supposed. Raises ExpressionError for an invalid one."""
        unknown = _read(self.program, source) - self.known.keys()
        if unknown and not (supposed and unknown <= supposed.keys()):
            return None
        core = self._core
        if supposed:
            core = core.copy()
            for name, number in supposed.items():
                core[self.program.places[name]] = number
        return int(_formula(self.program, source)(core))

    @functools.cached_property
    def _core(self) -> list[int]:
        """What is known, where the machine has it; a formula only reads it."""
        core = [0] * self.program.size
        for name, number in self.known.items():
            core[self.program.places[name]] = number
        return core

    def holds(self, source: str) -> bool | None:
        """Whether a condition holds; None if that is not known."""
        found = self.value(source)
        return None if found is None else bool(found)


def when_it_ended(view: View, turn: int) -> dict[str, int]:
    """What has changed since a turn ended, by name, as it was when that turn ended, as far as the log of the view
    tells."""
    found: dict[str, int] = {}
    for entry in view.log:
        if entry.kind == "change" and entry.turn > turn:
            found.setdefault(entry.target, entry.before)
    return found


def as_number(symbol: Symbol, value: Known) -> int:
    """A value as the machine has it: named ones by their place."""
    return symbol.members.index(value) if isinstance(value, str) else int(value)


@functools.lru_cache(maxsize=2048)
def _read(p: Program, source: str) -> frozenset[str]:
    """The names of the board that an expression reads."""
    return frozenset(names_read(p.scope, p.scope.read(source)) & p.places.keys())


@functools.lru_cache(maxsize=2048)
def _formula(p: Program, source: str) -> Formula:
    return compile_formula(p.scope.read(source).node, p.scope, p.places, p.valued)
