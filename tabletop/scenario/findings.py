"""Findings: how the checks of a pack report, each mistake at its place, once."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from tabletop.scenario.expressions import Expression
from tabletop.scenario.language import ExpressionError, Meaning, Scope
from tabletop.scenario.problems import Mark, Path, Problem, nearest


@attrs.define
class Findings:
    """Collects problems while the checks walk the pack by path."""

    marks: Mapping[Path, Mark]
    scope: Scope = attrs.field(factory=Scope)
    problems: list[Problem] = attrs.field(factory=list)
    _seen: set[tuple[Mark | None, str]] = attrs.field(factory=set)

    def report(self, path: Path, message: str, suggestion: str = "") -> None:
        """Something that must be put right before the pack can be played."""
        self._add(path, message, suggestion, "error")

    def warn(self, path: Path, message: str, suggestion: str = "") -> None:
        """Something that is surely not meant, though the pack can be played."""
        self._add(path, message, suggestion, "warning")

    def _add(self, path: Path, message: str, suggestion: str, severity: str) -> None:
        mark = self.mark(path)
        if (mark, message) not in self._seen:
            self._seen.add((mark, message))
            self.problems.append(Problem(message, mark, suggestion, severity))

    def mark(self, path: Path) -> Mark | None:
        """The place of a value, or of the nearest thing around it that has one."""
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path)

    def name(self, path: Path, name: str, known: Collection[str], noun: str) -> bool:
        """Whether a name is among those known; reports it if not."""
        if name in known:
            return True
        self.report(path, f"there is no {noun} '{name}'", nearest(name, known))
        return False

    def condition(self, path: Path, expression: Expression | None) -> Meaning | None:
        """The meaning of a condition, if there is one and it is sound."""
        return None if expression is None else self._read(path, expression, "condition")

    def amount(self, path: Path, expression: Expression | None) -> Meaning | None:
        """The meaning of an amount, if there is one and it is sound."""
        return None if expression is None else self._read(path, expression, "integer")

    def _read(self, path: Path, expression: Expression, kind: str) -> Meaning | None:
        try:
            meaning: Meaning = getattr(self.scope, kind)(expression.source)
        except ExpressionError as error:
            self.report(path, error.message, error.suggestion)
            return None
        return meaning

    def known_condition(self, path: Path, expression: Expression | None, seat: str, what: str) -> Meaning | None:
        """A condition that decides what a seat may or would do, and so may read only what the seat knows."""
        meaning = self.condition(path, expression)
        if meaning is not None and not meaning.known_by(seat):
            secret = sorted(name for name in meaning.names if not self._knows(name, seat))
            self.report(path, f"{what} reads {', '.join(secret)}, which {seat} does not know")
        return meaning

    def _knows(self, name: str, seat: str) -> bool:
        known = self.scope.symbols[name].known_to
        return known is None or seat in known
