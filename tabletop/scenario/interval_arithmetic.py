"""Bounds the value of an expression by interval arithmetic, where the values of some names are known."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from tabletop.scenario.expression_language import Node, Scope

Range = tuple[int, int]

_COMPARED: Mapping[str, Callable[[Range, Range], Range]] = {
    "<": lambda left, right: (int(left[1] < right[0]), int(left[0] < right[1])),
    "<=": lambda left, right: (int(left[1] <= right[0]), int(left[0] <= right[1])),
    "==": lambda left, right: (
        int(left[0] == left[1] == right[0] == right[1]),
        int(left[0] <= right[1] and right[0] <= left[1]),
    ),
}


def range_of(node: Node, scope: Scope, known: Mapping[str, int]) -> Range:
    """Lower and upper bound of the value of a tree; true is 1, false 0.

    `known` has the values of some names; all others are within their declared range. Branches of an `if` that cannot be
    taken are ignored.
    """
    operator, *operands = node
    if operator == "num":
        return int(operands[0]), int(operands[0])
    if operator == "name":
        symbol = scope.symbols[operands[0]]
        if symbol.formula is not None:
            return range_of(symbol.formula.node, scope, known)
        value = known.get(symbol.id)
        return (symbol.low, symbol.high) if value is None else (value, value)
    parts = [range_of(operand, scope, known) for operand in operands]
    return _joined(operator, parts)


def _joined(operator: str, parts: list[Range]) -> Range:
    first, rest = parts[0], parts[1:]
    lows, highs = [part[0] for part in parts], [part[1] for part in parts]
    if operator == "if":
        test, yes, no = parts
        if test[0] == test[1]:
            return yes if test[0] else no
        return min(yes[0], no[0]), max(yes[1], no[1])
    if operator == "not":
        return 1 - int(first[1] != 0), 1 - int(first[0] != 0)
    if operator in ("and", "min"):
        return min(lows), min(highs)
    if operator in ("or", "max"):
        return max(lows), max(highs)
    return _calculated(operator, first, rest[0])


def _calculated(operator: str, left: Range, right: Range) -> Range:
    if operator == "+":
        return left[0] + right[0], left[1] + right[1]
    if operator == "-":
        return left[0] - right[1], left[1] - right[0]
    if operator == "*":
        corners = [a * b for a in left for b in right]
        return min(corners), max(corners)
    if operator == "//":
        return left[0] // right[0], left[1] // right[0]
    if operator == "%":
        return (left[0] % right[0],) * 2 if left[0] == left[1] else (0, right[0] - 1)
    if operator in (">", ">="):
        return _COMPARED["<" if operator == ">" else "<="](right, left)
    if operator == "!=":
        low, high = _COMPARED["=="](left, right)
        return 1 - high, 1 - low
    return _COMPARED[operator](left, right)
