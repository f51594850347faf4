"""Expressions with the assumptions of a kit worked in: a table on paper is printed for one set of premises."""

from __future__ import annotations

import ast
import functools
from collections.abc import Mapping

from tabletop.scenario.expressions import Expression


def worked_in(expression: Expression | None, assumptions: Mapping[str, int | bool]) -> str:
    """The source of an expression with assumptions as constants, and what follows from these alone worked out; "" for
    none, and for a condition that always holds.

    >>> worked_in(Expression("binds and heard >= 4"), {"binds": True})
    'heard >= 4'
    >>> worked_in(Expression("binds or heard >= 4"), {"binds": True})
    ''
    >>> worked_in(Expression("0 - decay * 2 - lost"), {"decay": 3})
    '-6 - lost'
    """
    if expression is None:
        return ""
    source = " ".join(expression.source.split())
    found = _folded(source, tuple(sorted(assumptions.items())))
    return "" if found == "true" else found


@functools.lru_cache(maxsize=4096)
def _folded(source: str, assumptions: tuple[tuple[str, int | bool], ...]) -> str:
    tree = ast.parse(source, mode="eval").body
    return _written(_Folding(dict(assumptions)).fold(tree))


def _written(node: ast.expr) -> str:
    text = ast.unparse(node)
    return {"True": "true", "False": "false"}.get(text, text.replace("True", "true").replace("False", "false"))


class _Folding(ast.NodeTransformer):
    """Replaces names by constants, and operations on constants by their results."""

    def __init__(self, values: Mapping[str, int | bool]) -> None:
        self.values: dict[str, int | bool] = {"true": True, "false": False, **values}

    def fold(self, node: ast.expr) -> ast.expr:
        """The folded form of a node."""
        found = self.visit(node)
        assert isinstance(found, ast.expr)
        return found

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return ast.Constant(self.values[node.id]) if node.id in self.values else node

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        parts = [self.fold(part) for part in node.values]
        ends = isinstance(node.op, ast.Or)
        open_parts = []
        for part in parts:
            if not isinstance(part, ast.Constant):
                open_parts.append(part)
            elif bool(part.value) is ends:
                return ast.Constant(ends)
        if not open_parts:
            return ast.Constant(not ends)
        return open_parts[0] if len(open_parts) == 1 else ast.BoolOp(node.op, open_parts)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        part = self.fold(node.operand)
        return _calculated(ast.UnaryOp(node.op, part), part)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.fold(node.left), self.fold(node.right)
        if isinstance(node.op, ast.Mult) and any(_is(part, 1) for part in (left, right)):
            return right if _is(left, 1) else left
        if isinstance(node.op, ast.Mult) and any(_is(part, 0) for part in (left, right)):
            return ast.Constant(0)
        if isinstance(node.op, ast.Add | ast.Sub) and _is(right, 0):
            return left
        return _calculated(ast.BinOp(left, node.op, right), left, right)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        parts = [self.fold(node.left), *(self.fold(part) for part in node.comparators)]
        return _calculated(ast.Compare(parts[0], node.ops, parts[1:]), *parts)

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        test = self.fold(node.test)
        if isinstance(test, ast.Constant):
            return self.fold(node.body if test.value else node.orelse)
        return ast.IfExp(test, self.fold(node.body), self.fold(node.orelse))

    def visit_Call(self, node: ast.Call) -> ast.expr:
        parts = [self.fold(part) for part in node.args]
        called = ast.Call(node.func, parts, [])
        return _calculated(called, *parts)


def _is(node: ast.expr, number: int) -> bool:
    return isinstance(node, ast.Constant) and node.value is number


def _calculated(node: ast.expr, *parts: ast.expr) -> ast.expr:
    """The node's value as a constant if all its parts are, else the node. Raises nothing: a checked pack divides by
    constants other than 0 alone."""
    if not all(isinstance(part, ast.Constant) for part in parts):
        return node
    code = compile(ast.fix_missing_locations(ast.Expression(node)), "<assumptions>", "eval")
    return ast.Constant(eval(code, {"__builtins__": {}, "min": min, "max": max, "clamp": _clamp}))


def _clamp(value: int, low: int, high: int) -> int:
    return max(low, min(value, high))
