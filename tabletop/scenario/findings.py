"""Collects the problems that pack checks report, each once and at its place in the files."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from tabletop.scenario.error_recovery import Repairs
from tabletop.scenario.expression_language import ExpressionError, Meaning, Scope, Symbol
from tabletop.scenario.expressions import Expression
from tabletop.scenario.problems import MOST_PROBLEMS, Mark, Path, Problem, nearest, printable, quoted

#: Budget of names compared for spelling suggestions: a hundred mistakes among four thousand names.
MOST_LOOKED_AT = 400_000


@attrs.define
class Findings:
    """Collects problems while the checks walk the pack by path.

    Consequences of a reported mistake are not reported again: `repairs` knows what was removed from the pack before
    the checks.
    """

    marks: Mapping[Path, Mark]
    repairs: Repairs = attrs.field(factory=Repairs)
    scope: Scope = attrs.field(factory=Scope)
    problems: list[Problem] = attrs.field(factory=list)
    _seen: set[tuple[Mark | None, str]] = attrs.field(factory=set)
    _meant: set[str] = attrs.field(factory=set)
    _marked: set[Mark | None] = attrs.field(factory=set)
    _looked_at: int = 0

    def report(self, path: Path, message: str, suggestion: str = "") -> None:
        """Reports an error: the pack can't be played."""
        self._add(path, message, suggestion, "error")

    def warn(self, path: Path, message: str, suggestion: str = "") -> None:
        """Reports a warning: surely unintended, but the pack can be played."""
        self._add(path, message, suggestion, "warning")

    def warn_at(self, mark: Mark, message: str) -> None:
        """Reports a warning at a place that has no path, such as in the text of a brief."""
        self.problems.append(Problem(printable(message), mark, severity="warning"))

    def has_told(self, path: Path) -> bool:
        """Whether anything was reported at the exact place of a value."""
        return self.mark(path) in self._marked

    def lacks(self, path: Path, message: str, *fields: str) -> None:
        """Reports a missing thing, unless it was in one of these `fields` and was removed as faulty."""
        if not self.repairs.took(path, *fields):
            self.report(path, message)

    def _add(self, path: Path, message: str, suggestion: str, severity: str) -> None:
        mark, message = self.mark(path), printable(message)
        if (mark, message) not in self._seen and not self._told(path):
            self._seen.add((mark, message))
            self._marked.add(mark)
            self._meant.add(suggestion)
            self.problems.append(Problem(message, mark, suggestion, severity))

    def has_error(self, path: Path) -> bool:
        """Whether an error was already reported at this place."""
        mark = self.mark(path)
        return any(problem.mark == mark and problem.severity == "error" for problem in self.problems)

    def _told(self, path: Path) -> bool:
        """Whether the value at a path is a placeholder for one that was already reported."""
        if self.repairs.covers(path):
            return True
        is_default = bool(path) and self.repairs.original(path) not in self.marks
        return is_default and self.repairs.took(path[:-1], str(path[-1]))

    def mark(self, path: Path) -> Mark | None:
        """The place of a value, or of the innermost container with a known place."""
        path = self.repairs.original(path)
        while path and path not in self.marks:
            path = path[:-1]
        return self.marks.get(path)

    def near(self, name: str, known: Collection[str]) -> str:
        """The name that was probably meant. The number of suggestions is limited, and smaller for packs with very many
        names, so that the work does not grow with mistakes times names."""
        self._looked_at += len(known)
        return nearest(name, known) if len(self.problems) < MOST_PROBLEMS and self._looked_at < MOST_LOOKED_AT else ""

    def excused(self, name: str) -> bool:
        """Whether an unknown name is excused: its declaration was removed, faulty or not read."""
        return name in self.scope.unsound or self.repairs.lost(name)

    def misnamed(self, name: str) -> bool:
        """Whether a reported mistake may be a misspelling of this name, which then only seems unused."""
        return name in self._meant or name in self.scope.unsound

    def name(self, path: Path, name: str, known: Collection[str], noun: str) -> bool:
        """Whether a name is among those known; reports it if not."""
        if name in known:
            return True
        if not self.excused(name):
            self.report(path, f"there is no {noun} {quoted(name)}", self.near(name, known))
        return False

    def names(self, path: Path, names: Collection[str], known: Collection[str], noun: str) -> None:
        """Checks a list of names that are known, each once."""
        seen: set[str] = set()
        for index, name in enumerate(names):
            if self.name((*path, index), name, known, noun) and name in seen:
                self.report((*path, index), f"{quoted(name)} is listed twice")
            seen.add(name)

    def condition(self, path: Path, expression: Expression | None) -> Meaning | None:
        """The meaning of a condition, if given and valid."""
        return None if expression is None else self._read(path, expression, "condition")

    def amount(self, path: Path, expression: Expression | None) -> Meaning | None:
        """The meaning of an amount, if given and valid."""
        return None if expression is None else self._read(path, expression, "integer")

    def value(self, path: Path, symbol: Symbol, expression: Expression) -> Meaning | None:
        """The meaning of a value to be stored under a name, if valid."""
        return self._read(path, expression, "value_for", symbol)

    def read(self, path: Path, expression: Expression, scope: Scope, kind: str) -> Meaning | None:
        """The meaning of an expression in another scope: as a `condition`, or of any kind (`read`)."""
        return self._read(path, expression, kind, scope=scope)

    def _read(
        self, path: Path, expression: Expression, kind: str, *wanted: Symbol, scope: Scope | None = None
    ) -> Meaning | None:
        try:
            meaning: Meaning = getattr(scope or self.scope, kind)(*wanted, expression.source)
        except ExpressionError as error:
            if not (error.unknown and self.excused(error.unknown)) and not self.repairs.broken(expression.source):
                few = len(self.problems) < MOST_PROBLEMS
                self.report(path, error.message, error.suggestion if few else "")
            return None
        return meaning

    def known_condition(self, path: Path, expression: Expression | None, seat: str, what: str) -> Meaning | None:
        """The meaning of a condition on a seat's moves, which may read only what the seat knows."""
        meaning = self.condition(path, expression)
        if meaning is not None and not meaning.known_by(seat):
            secret = sorted(name for name in meaning.names if not self._knows(name, seat))
            self.report(path, f"{what} reads {', '.join(secret)}, which {seat} does not know")
        return meaning

    def _knows(self, name: str, seat: str) -> bool:
        known = self.scope.symbols[name].known_to
        return known is None or seat in known
