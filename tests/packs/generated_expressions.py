"""Expressions made at random over the names of a scope: of the right kind, within bounds, and of every shape."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Sequence

from tabletop.scenario.expression_language import LARGEST, ExpressionError, Meaning, Scope, Symbol

COMPARISONS = ("==", "!=", "<", "<=", ">", ">=")
_TRIES = 40


class Phrases:
    """Amounts, conditions and named values that read only what all `readers` know (none: everything)."""

    def __init__(self, rng: random.Random, scope: Scope) -> None:
        self.rng = rng
        self.scope = scope

    def amount(self, depth: int = 3, readers: Iterable[str] = ()) -> str:
        """A sound amount."""
        return self._sound(lambda left: self._amount(left, self._known(readers)), self.scope.integer, depth)

    def condition(self, depth: int = 3, readers: Iterable[str] = ()) -> str:
        """A sound condition, of which a few always or never hold."""
        return self._sound(lambda left: self._condition(left, self._known(readers)), self.scope.condition, depth)

    def telling_condition(self, depth: int = 2, readers: Iterable[str] = ()) -> str:
        """A condition that may hold and may not, as far as its ranges say."""
        readers = tuple(readers)
        for _ in range(_TRIES):
            source = self.condition(depth, readers)
            meaning = self.scope.condition(source)
            if (meaning.low, meaning.high) == (0, 1):
                return source
        return f"stage_turn <= {self.rng.randint(1, 3)}"

    def small_amount(self, most: int, depth: int = 2) -> str:
        """An amount that goes from -`most` to `most` at the furthest."""
        if self.rng.random() < 0.5:
            return str(self.rng.choice([-1, 1]) * self.rng.randint(1, max(1, most)))
        source = self.amount(depth)
        wrapped = self.rng.choice([f"clamp({source}, {-most}, {most})", f"({source}) % {most + 1}"])
        return wrapped if self._is_sound(wrapped, self.scope.integer) else source

    def value_for(self, symbol: Symbol, depth: int = 2) -> str:
        """A value that a variable of the symbol can take."""
        if symbol.kind == "choice":
            return self._choice_value(symbol)
        if symbol.kind == "bool":
            return self.condition(depth)
        for _ in range(_TRIES):
            source = self.rng.choice(
                [
                    str(self.rng.randint(symbol.low, symbol.high)),
                    f"clamp({self.amount(depth)}, {symbol.low}, {symbol.high})",
                    self.amount(depth),
                ]
            )
            if self._is_sound(source, self.scope.integer):
                meaning = self.scope.integer(source)
                if meaning.high >= symbol.low and meaning.low <= symbol.high:
                    return source
        return str(symbol.low)

    def great_amount(self) -> str:
        """A product as near to the largest amount that there may be as the names allow."""
        names = [symbol for symbol in self._known(()) if symbol.kind == "int" and max(_reach(symbol), 1) > 1]
        if not names:
            return str(self.rng.choice([1, -1]) * LARGEST)
        factors: list[str] = []
        reach = 1
        for symbol in self.rng.choices(names, k=6):
            if reach * _reach(symbol) <= LARGEST:
                factors.append(symbol.id)
                reach *= _reach(symbol)
        rest = self.rng.choice([-1, 1]) * (LARGEST // reach)
        factors.insert(self.rng.randint(0, len(factors)), str(rest))
        product = " * ".join(factors)
        return product if self._is_sound(product, self.scope.integer) else str(rest)

    # Soundness

    def _sound(self, make: Callable[[int], str], read: Callable[[str], Meaning], depth: int) -> str:
        for attempt in range(_TRIES):
            source = make(max(0, depth - attempt // 6))
            if self._is_sound(source, read):
                return source
        return make(0)

    def _is_sound(self, source: str, read: Callable[[str], Meaning]) -> bool:
        try:
            read(source)
        except ExpressionError:
            return False
        return True

    def _known(self, readers: Iterable[str]) -> list[Symbol]:
        seats = frozenset(readers)
        symbols = self.scope.symbols.values()
        return [symbol for symbol in symbols if not seats or symbol.known_to is None or seats <= symbol.known_to]

    # Amounts

    def _amount(self, depth: int, known: Sequence[Symbol]) -> str:
        if depth <= 0 or self.rng.random() < 0.12:
            return self._plain_amount(known)
        shape = self.rng.choices(
            [self._sum, self._division, self._negative, self._alternative, self._extreme, self._clamped],
            [8, 5, 2, 3, 3, 2],
        )[0]
        return shape(depth - 1, known)

    def _plain_amount(self, known: Sequence[Symbol]) -> str:
        names = [symbol.id for symbol in known if symbol.kind == "int"]
        if self.rng.random() < 0.65:
            return self.rng.choice(names)
        return str(self.rng.choice([0, 1, 2, 3, 5, 10, 40, -1, -4, -30, self.rng.randint(-99, 99)]))

    def _sum(self, depth: int, known: Sequence[Symbol]) -> str:
        operators = self.rng.choices(["+", "-", "*"], [4, 4, 3], k=self.rng.choice([1, 1, 2]))
        parts = [self._amount(depth, known) for _ in range(len(operators) + 1)]
        together = parts[0] + "".join(
            f" {operator} {part}" for operator, part in zip(operators, parts[1:], strict=True)
        )
        return f"({together})" if self.rng.random() < 0.8 else together

    def _division(self, depth: int, known: Sequence[Symbol]) -> str:
        by = self.rng.choice([1, 2, 3, 5, 7, 10, 64, 1000])
        below_zero = f" - {self.rng.randint(1, 60)}" if self.rng.random() < 0.5 else ""
        return f"(({self._amount(depth, known)}{below_zero}) {self.rng.choice(['//', '%'])} {by})"

    def _negative(self, depth: int, known: Sequence[Symbol]) -> str:
        return f"-({self._amount(depth, known)})"

    def _alternative(self, depth: int, known: Sequence[Symbol]) -> str:
        test = self._condition(depth, known)
        return f"({self._amount(depth, known)} if {test} else {self._amount(depth, known)})"

    def _extreme(self, depth: int, known: Sequence[Symbol]) -> str:
        parts = [self._amount(depth, known) for _ in range(self.rng.randint(2, 4))]
        return f"{self.rng.choice(['min', 'max'])}({', '.join(parts)})"

    def _clamped(self, depth: int, known: Sequence[Symbol]) -> str:
        if self.rng.random() < 0.3:  # low and high may cross
            ends = [self._amount(depth - 1, known), self._amount(depth - 1, known)]
        else:
            ends = [str(self.rng.randint(-50, 5)), str(self.rng.randint(0, 60))]
        return f"clamp({self._amount(depth, known)}, {ends[0]}, {ends[1]})"

    # Conditions

    def _condition(self, depth: int, known: Sequence[Symbol]) -> str:
        if depth <= 0:
            return self._plain_condition(known)
        shape = self.rng.choices(
            [self._plain, self._comparison, self._chain, self._joined, self._denied, self._parted, self._agreement],
            [3, 6, 2, 4, 2, 1, 1],
        )[0]
        return shape(depth - 1, known)

    def _plain(self, _: int, known: Sequence[Symbol]) -> str:
        return self._plain_condition(known)

    def _plain_condition(self, known: Sequence[Symbol]) -> str:
        facts = [symbol.id for symbol in known if symbol.kind == "bool"]
        choices = [symbol for symbol in known if symbol.kind == "choice"]
        kind = self.rng.random()
        if kind < 0.04:
            return self.rng.choice(["true", "false"])
        if facts and kind < 0.35:
            return self.rng.choice(facts)
        if choices and kind < 0.7:
            return self._choice_condition(self.rng.choice(choices), choices)
        symbol = self.rng.choice([symbol for symbol in known if symbol.kind == "int"])
        return f"{symbol.id} {self.rng.choice(COMPARISONS)} {self._level(symbol)}"

    def _level(self, symbol: Symbol) -> int:
        """A number near to which the value may well be."""
        low, high = (0, 12) if symbol.id in ("turn", "stage_turn") else (symbol.low, symbol.high)
        return self.rng.randint(low, high)

    def _choice_condition(self, symbol: Symbol, choices: Sequence[Symbol]) -> str:
        alike = [other.id for other in choices if other.members == symbol.members and other is not symbol]
        operator = self.rng.choice(COMPARISONS)
        member = self.rng.choice(symbol.members)
        kind = self.rng.random()
        if alike and kind < 0.3:
            return f"{symbol.id} {operator} {self.rng.choice(alike)}"
        if kind < 0.45:
            return f"{member} {operator} {symbol.id}"
        if kind < 0.55:
            other = self.rng.choice(symbol.members)
            return f"({symbol.id} {operator} ({member} if turn % 2 == 0 else {other}))"
        if kind < 0.62:
            return f"({self.rng.choice(symbol.members)} <= {symbol.id} {operator} {member})"
        return f"{symbol.id} {operator} {member}"

    def _comparison(self, depth: int, known: Sequence[Symbol]) -> str:
        operator = self.rng.choice(COMPARISONS)
        return f"({self._amount(depth, known)} {operator} {self._amount(depth, known)})"

    def _chain(self, depth: int, known: Sequence[Symbol]) -> str:
        parts = [self._amount(depth - 1, known) for _ in range(self.rng.choice([3, 3, 4]))]
        if self.rng.random() < 0.6:
            parts[0], parts[-1] = str(self.rng.randint(-20, 10)), str(self.rng.randint(5, 80))
        return f"({parts[0]}" + "".join(f" {self.rng.choice(COMPARISONS)} {part}" for part in parts[1:]) + ")"

    def _joined(self, depth: int, known: Sequence[Symbol]) -> str:
        parts = [self._condition(depth, known) for _ in range(self.rng.choice([2, 2, 3, 4]))]
        return f"({self.rng.choice([' and ', ' or ']).join(parts)})"

    def _denied(self, depth: int, known: Sequence[Symbol]) -> str:
        return f"(not ({self._condition(depth, known)}))"

    def _parted(self, depth: int, known: Sequence[Symbol]) -> str:
        parts = [self._condition(depth, known) for _ in range(3)]
        return f"({parts[0]} if {parts[1]} else {parts[2]})"

    def _agreement(self, depth: int, known: Sequence[Symbol]) -> str:
        """Two conditions compared, of which true is the greater."""
        one, other = (self._condition(depth, known) for _ in range(2))
        return f"(({one}) {self.rng.choice(COMPARISONS)} ({other}))"

    # Named values

    def _choice_value(self, symbol: Symbol) -> str:
        alike = [s.id for s in self.scope.symbols.values() if s.kind == "choice" and s.members == symbol.members]
        return self.rng.choice(alike if alike and self.rng.random() < 0.4 else symbol.members)


def _reach(symbol: Symbol) -> int:
    return max(abs(symbol.low), abs(symbol.high))
