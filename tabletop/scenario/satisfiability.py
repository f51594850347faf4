"""Decides whether conditions can hold together, given the values that names can take (bounded constraint solving).

The answer "never" is certain; if certainty would take too long, the answer is "yes".
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from tabletop.scenario.expression_language import Node, Symbol

#: The possible values of a name, ascending.
Domain: TypeAlias = Sequence[int]

MOST_VALUES_TRIED = 3_000
MOST_TRIED_IN_ALL = 60_000

_FLIPPED = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
_OPPOSITE = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@attrs.define
class ConditionSolver:
    """Searches for values of names with which conditions hold. `domains` narrow the declared ranges."""

    symbols: Mapping[str, Symbol]
    domains: Mapping[str, Domain] = attrs.field(factory=dict)
    _left: int = MOST_TRIED_IN_ALL
    _read: dict[int, tuple[Node, Node]] = attrs.field(factory=dict)

    def with_domains(self, domains: Mapping[str, Domain]) -> ConditionSolver:
        """A solver with other domains for some names."""
        return attrs.evolve(self, domains={**self.domains, **domains})

    def domain(self, name: str) -> Domain:
        """The possible values of a name."""
        symbol = self.symbols[name]
        return self.domains.get(name, range(symbol.low, symbol.high + 1))

    def example(self, *conditions: Node) -> Mapping[str, int] | None:
        """Values of the relevant names with which all conditions hold; None if there are none."""
        parts = [part for condition in conditions for part in _parts(self.expanded(condition))]
        domains: dict[str, Domain] = {}
        open_parts: list[Node] = []
        for part in parts:
            if part[0] == "num":
                if not part[1]:
                    return None
            elif (simple := _simple(part)) is not None:
                name, operator, number = simple
                domain = domains.get(name, self.domain(name))
                domains[name] = _narrowed(domain, operator, number)
                if not domains[name]:
                    return None
            else:
                open_parts.append(part)
        found = {name: domain[0] for name, domain in domains.items()}
        return found if not open_parts else self._solution(open_parts, domains)

    def satisfiable(self, *conditions: Node) -> bool:
        """Whether all conditions can hold together; True if that is undecided."""
        return self.example(*conditions) is not None

    def _solution(self, parts: Sequence[Node], narrowed: Mapping[str, Domain]) -> Mapping[str, int] | None:
        names = sorted({name for part in parts for name in names_read(part)})
        points = [self._representatives(name, parts, narrowed.get(name, self.domain(name))) for name in names]
        count = 1
        for some in points:
            count *= len(some)
        if count > MOST_VALUES_TRIED or self._left <= 0:
            return {}
        for values in itertools.product(*points):
            self._left -= 1
            found = dict(zip(names, values, strict=True))
            if all(evaluate(part, found) for part in parts):
                return {**{name: domain[0] for name, domain in narrowed.items()}, **found}
        return None

    def _representatives(self, name: str, parts: Sequence[Node], domain: Domain) -> Domain:
        """Representative values of a name: the ends of its domain, and the neighbours of constants it is compared
        with."""
        constants: set[int] = set()
        if len(domain) < 8 or not all(_only_compared(name, part, constants) for part in parts):
            return domain
        wanted = {domain[0], domain[-1]}
        for constant in constants:
            wanted |= {constant - 1, constant, constant + 1}
        return sorted(value for value in wanted if value in domain)

    def expanded(self, node: Node) -> Node:
        """A tree with names of derived values replaced by their formulas."""
        kept = self._read.get(id(node))
        if kept is None:
            kept = self._read[id(node)] = (node, self._replaced(node))
        return kept[1]

    def _replaced(self, node: Node) -> Node:
        if node[0] == "num":
            return node
        if node[0] == "name":
            formula = self.symbols[node[1]].formula
            return node if formula is None else self.expanded(formula.node)
        return (node[0], *(self._replaced(part) for part in node[1:]))


def negated(node: Node) -> Node:
    """The negation of a condition."""
    return ("not", node)


def names_read(node: Node) -> Iterator[str]:
    """The names that a tree reads, with repetitions."""
    if node[0] == "name":
        yield node[1]
    elif node[0] != "num":
        for part in node[1:]:
            yield from names_read(part)


def evaluate(node: Node, values: Mapping[str, int]) -> int:
    """The value of a tree, given the values of its names."""
    operator = node[0]
    if operator == "num":
        return int(node[1])
    if operator == "name":
        return values[node[1]]
    if operator == "if":
        return evaluate(node[2] if evaluate(node[1], values) else node[3], values)
    if operator == "and":
        return int(all(evaluate(part, values) for part in node[1:]))
    if operator == "or":
        return int(any(evaluate(part, values) for part in node[1:]))
    return _computed(operator, [evaluate(part, values) for part in node[1:]])


def _computed(operator: str, parts: Sequence[int]) -> int:
    match operator, parts:
        case "not", [value]:
            return int(not value)
        case "+", [a, b]:
            return a + b
        case "-", [a, b]:
            return a - b
        case "*", [a, b]:
            return a * b
        case "//", [a, b]:
            return a // b
        case "%", [a, b]:
            return a % b
        case "min", _:
            return min(parts)
        case "max", _:
            return max(parts)
        case _, [a, b]:
            return int(_compared(a, operator, b))
    raise ValueError(f"no operator {operator}")


def _compared(a: int, operator: str, b: int) -> bool:
    match operator:
        case "==":
            return a == b
        case "!=":
            return a != b
        case "<":
            return a < b
        case "<=":
            return a <= b
        case ">":
            return a > b
        case ">=":
            return a >= b
    raise ValueError(f"no comparison {operator}")


def _parts(node: Node) -> Iterator[Node]:
    """Splits a condition into the conditions that must all hold."""
    if node[0] == "and":
        for part in node[1:]:
            yield from _parts(part)
    elif node[0] == "not" and node[1][0] == "or":
        for part in node[1][1:]:
            yield from _parts(("not", part))
    elif node[0] == "not" and node[1][0] == "not":
        yield from _parts(node[1][1])
    elif node[0] == "not" and node[1][0] == "num":
        yield ("num", int(not node[1][1]))
    else:
        yield node


def _simple(node: Node) -> tuple[str, str, int] | None:
    """A condition of the form name, comparison, number; None for any other."""
    if node[0] == "not":
        inner = _simple(node[1])
        return None if inner is None else (inner[0], _OPPOSITE[inner[1]], inner[2])
    if node[0] == "name":
        return node[1], "!=", 0
    if node[0] in _FLIPPED:
        left, right = node[1], node[2]
        if left[0] == "name" and right[0] == "num":
            return left[1], node[0], right[1]
        if left[0] == "num" and right[0] == "name":
            return right[1], _FLIPPED[node[0]], left[1]
    return None


def _narrowed(domain: Domain, operator: str, number: int) -> Domain:
    if isinstance(domain, range) and domain.step == 1:
        low, high = domain.start, domain.stop - 1
        bounds = {
            "==": (max(low, number), min(high, number)),
            "<": (low, min(high, number - 1)),
            "<=": (low, min(high, number)),
            ">": (max(low, number + 1), high),
            ">=": (max(low, number), high),
        }.get(operator)
        if bounds is not None:
            return range(bounds[0], bounds[1] + 1)
        if number not in domain:
            return domain
        if number in (low, high):
            return range(low + (number == low), high + 1 - (number == high))
        if len(domain) > MOST_VALUES_TRIED:
            return domain  # removing one value from a large domain makes no difference
    return [value for value in domain if _compared(value, operator, number)]


def _only_compared(name: str, node: Node, constants: set[int]) -> bool:
    """Whether a tree only compares a name with constants, which are added to `constants`."""
    simple = _simple(node) if node[0] in _FLIPPED else None
    if simple is not None:
        if simple[0] == name:
            constants.add(simple[2])
        return True
    if node[0] == "name":
        return bool(node[1] != name)
    return node[0] == "num" or all(_only_compared(name, part, constants) for part in node[1:])


def stated(values: Mapping[str, int], symbols: Mapping[str, Symbol], names: Collection[str]) -> str:
    """Values as an author would write them, such as `calendar == free and tension == 3`."""
    return " and ".join(f"{name} == {_value(values[name], symbols[name])}" for name in sorted(names) if name in values)


def _value(value: int, symbol: Symbol) -> str:
    if symbol.members:
        return symbol.members[value]
    return str(bool(value)).lower() if symbol.kind == "bool" else str(value)
