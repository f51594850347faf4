"""Conditions and amounts as a table reads them aloud: with brackets wherever two readings would be possible."""

from __future__ import annotations

import ast

from tabletop.presentation.condition_words import BUILT_IN
from tabletop.presentation.names import Names
from tabletop.presentation.words import Words

_TESTS = {
    ast.Eq: "is",
    ast.NotEq: "is_not",
    ast.LtE: "at_most",
    ast.GtE: "at_least",
    ast.Lt: "below",
    ast.Gt: "above",
}
_SIGNS = {ast.Add: "+", ast.Sub: "\N{MINUS SIGN}", ast.Mult: "×", ast.FloorDiv: "÷", ast.Mod: "%"}


class ExpressionWords:
    """Words for expressions of a pack, in one language."""

    def __init__(self, names: Names, words: Words) -> None:
        self.names = names
        self.words = words

    def __call__(self, source: str) -> str:
        """The words of an expression."""
        return self._said(ast.parse(source.strip(), mode="eval").body) if source else ""

    def _said(self, node: ast.expr) -> str:
        match node:
            case ast.Constant(value) if isinstance(value, bool):
                return self._word("true" if value else "false")
            case ast.Constant(value):
                return str(value).replace("-", "\N{MINUS SIGN}")
            case ast.Name(id):
                return self._word(id) if id in ("true", "false") else self._name(id)
            case ast.UnaryOp(ast.Not(), operand):
                return f"{self._word('not')} {self._within(operand)}"
            case ast.UnaryOp(_, operand):
                return f"\N{MINUS SIGN}{self._within(operand)}"
            case ast.BinOp(left, op, right):
                return self._sum(left, op, right)
            case ast.BoolOp(op, values):
                between = self._word("and" if isinstance(op, ast.And) else "or")
                return f" {between} ".join(map(self._part_of_condition, values))
            case ast.IfExp(test, body, orelse):
                when = f"{self._word('if')} {self._said(test)}"
                return f"{self._within(body)} {when}, {self._word('else')} {self._said(orelse)}"
            case ast.Compare(left, ops, comparators):
                tests = [self.words(f"condition.{_TESTS[type(op)]}") for op in ops]
                parts = [self._within(one, ast.BinOp) for one in (left, *comparators)]
                return parts[0] + "".join(f" {test} {part}" for test, part in zip(tests, parts[1:], strict=True))
            case ast.Call(ast.Name(id), args):
                return f"{id}({', '.join(map(self._said, args))})"
        return ast.unparse(node)

    def _name(self, id: str) -> str:
        return self._word(id) if id in BUILT_IN else self.names.word(id)

    def _word(self, key: str) -> str:
        return self.words(f"condition.{key}_")

    def _sum(self, left: ast.expr, op: ast.operator, right: ast.expr) -> str:
        if isinstance(op, ast.Sub) and isinstance(left, ast.Constant) and left.value == 0:
            return f"\N{MINUS SIGN}{self._within(right)}"
        if isinstance(op, ast.Add | ast.Sub):
            # What is added stands without brackets, but for another sum behind a minus.
            first = self._within(left, ast.BinOp)
            behind = isinstance(op, ast.Sub) and isinstance(right, ast.BinOp) and not isinstance(right.op, ast.Mult)
            return f"{first} {_SIGNS[type(op)]} {self._within(right) if behind else self._within(right, ast.BinOp)}"
        return f"{self._within(left)} {_SIGNS[type(op)]} {self._within(right)}"

    def _within(self, node: ast.expr, *bare: type[ast.expr]) -> str:
        """A part of something larger, in brackets unless it is a single name or number or of a kind that needs none."""
        said = self._said(node)
        is_number = isinstance(node, ast.UnaryOp) and isinstance(node.operand, ast.Constant)
        return said if is_number or isinstance(node, (ast.Name, ast.Constant, ast.Call, *bare)) else f"({said})"

    def _part_of_condition(self, node: ast.expr) -> str:
        is_plain = isinstance(node, ast.Compare | ast.Name | ast.UnaryOp)
        return self._said(node) if is_plain else f"({self._said(node)})"
