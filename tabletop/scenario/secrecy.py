"""Which secrets an expression reads, and the audience (set of seats) that may learn of what depends on them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from tabletop.scenario.expression_language import Meaning, Scope, shared
from tabletop.scenario.expressions import Expression

#: Seats by id; None stands for everybody.
Audience = frozenset[str] | None


def secrets_read(scope: Scope, meaning: Meaning) -> dict[str, frozenset[str]]:
    """The secret names that an expression reads, directly or through values, each with the seats that know it."""
    found: dict[str, frozenset[str]] = {}
    for name in meaning.names:
        symbol = scope.symbols[name]
        if symbol.formula is not None:
            found |= secrets_read(scope, symbol.formula)
        elif symbol.known_to is not None:
            found[name] = symbol.known_to
    return found


def secrets_in_conditions(scope: Scope, conditions: Iterable[Expression | None]) -> dict[str, frozenset[str]]:
    """The secrets that some conditions read. Raises ExpressionError for an invalid condition."""
    found: dict[str, frozenset[str]] = {}
    for condition in conditions:
        if condition is not None:
            found |= secrets_read(scope, scope.condition(condition.source))
    return found


@attrs.frozen
class Secrecy:
    """Why an event is secret from some seats: the `reasons` by name (a secret that decided it, a secret action, a
    private table), each with the seats that know it.

    Names in `revealed` are meant to be revealed by the event, and hide it from nobody.
    """

    reasons: frozenset[tuple[str, frozenset[str]]] = frozenset()
    revealed: frozenset[str] = frozenset()

    @property
    def audience(self) -> Audience:
        """The seats that learn of the event and its cause."""
        audience: Audience = None
        for _, seats in self.reasons:
            audience = shared(audience, seats)
        return audience

    def kept_by(self, reasons: dict[str, frozenset[str]]) -> Secrecy:
        """A copy with more reasons."""
        new = {(name, seats) for name, seats in reasons.items() if name not in self.revealed}
        return attrs.evolve(self, reasons=self.reasons | new) if new else self

    def revealing(self, names: Iterable[str]) -> Secrecy:
        """A copy in which the event reveals some names."""
        told = frozenset(names)
        if not told:
            return self
        return Secrecy(
            frozenset((name, seats) for name, seats in self.reasons if name not in told), self.revealed | told
        )

    def unknown_to(self, seats: Audience, everybody: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
        """For each reason that some of `seats` do not know: its name, and these seats. `seats` None includes observers
        without a seat, so the list of seats may be empty."""
        for name, knowing in sorted(self.reasons, key=lambda reason: reason[0]):
            outside = tuple(seat for seat in everybody if (seats is None or seat in seats) and seat not in knowing)
            if outside or seats is None:
                yield name, outside


OPEN = Secrecy()
