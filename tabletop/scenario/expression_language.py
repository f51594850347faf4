"""The expression language: parser, type checker, value ranges and who knows the result; no access to Python."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeAlias

import attrs

from tabletop.scenario.expression_hints import (
    hint,
    hint_of,
    hint_of_call,
    hint_of_comparison,
    hint_of_constant,
    hint_of_name,
    hint_of_operator,
)
from tabletop.scenario.problems import nearest, quoted

Kind: TypeAlias = Literal["int", "bool", "choice"]

#: An expression as nested tuples, `(operator, operands...)`; leaves are `("num", n)` and `("name", id)`.
Node: TypeAlias = tuple[Any, ...]

LONGEST = 600
MAX_DEPTH = 40
LARGEST = 1_000_000_000
MOST_STEPS = 4_000

_ARITHMETIC: dict[type[ast.operator], str] = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.FloorDiv: "//",
    ast.Mod: "%",
}
_COMPARISON: dict[type[ast.cmpop], str] = {
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


class ExpressionError(ValueError):
    """An invalid expression: `message` says why, `unknown` is the undeclared name, if any."""

    def __init__(self, message: str, unknown: str = "", known: Iterable[str] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.unknown = unknown
        self._known = known

    @property
    def suggestion(self) -> str:
        """The declared name most similar to the unknown one, or ""."""
        return nearest(self.unknown, self._known) if self.unknown else ""


@attrs.frozen(kw_only=True)
class Symbol:
    """A declared name: its kind, the range of its value, and who knows it (None: everybody)."""

    id: str
    kind: Kind
    low: int
    high: int
    members: tuple[str, ...] = ()
    known_to: frozenset[str] | None = None
    formula: Meaning | None = None
    noun: str = "name"


@attrs.frozen(kw_only=True)
class Meaning:
    """A valid expression: its tree, kind, value range, who may know the result, and its cost of evaluation."""

    node: Node
    kind: Kind
    low: int
    high: int
    known_to: frozenset[str] | None = None
    members: tuple[str, ...] = ()
    steps: int = 1
    names: frozenset[str] = frozenset()

    def known_by(self, seat: str) -> bool:
        """Whether everything that the expression reads is known to the seat."""
        return self.known_to is None or seat in self.known_to


def shared(first: frozenset[str] | None, second: frozenset[str] | None) -> frozenset[str] | None:
    """The seats that know both of two things; None stands for everybody."""
    if first is None:
        return second
    return first if second is None else first & second


@attrs.define
class Scope:
    """The names that a scenario declares, and the meanings of the expressions read so far (cached).

    `unsound` are names with a faulty declaration; expressions that read them are not checked.
    """

    symbols: dict[str, Symbol] = attrs.field(factory=dict)
    unsound: set[str] = attrs.field(factory=set)
    _read: dict[str, Meaning] = attrs.field(factory=dict)

    def integer(self, source: str) -> Meaning:
        """The meaning of an amount. Raises ExpressionError if it is invalid."""
        return self._wanted(source, "int", "a number", "a condition")

    def condition(self, source: str) -> Meaning:
        """The meaning of a condition. Raises ExpressionError if it is invalid."""
        return self._wanted(source, "bool", "a condition", "a number")

    def value_for(self, symbol: Symbol, source: str) -> Meaning:
        """The meaning of a value to be stored in a variable, which may be one of its named values."""
        name = source.strip()
        if symbol.kind == "choice":
            if name in symbol.members:
                at = symbol.members.index(name)
                return Meaning(node=("num", at), kind="choice", low=at, high=at, members=symbol.members)
            if name not in self.symbols:
                known = ", ".join(symbol.members)
                raise ExpressionError(f"{quoted(name)} is not a value of '{symbol.id}' ({known})", name, symbol.members)
            meaning = self.read(source)
            if meaning.members != symbol.members:
                raise ExpressionError(f"'{name}' does not have the values of '{symbol.id}'")
            return meaning
        return self.condition(source) if symbol.kind == "bool" else self.integer(source)

    def read(self, source: str) -> Meaning:
        """The meaning of an expression of any kind. Raises ExpressionError if it is invalid."""
        if source not in self._read:
            self._read[source] = _Reader(self).read(source)
        return self._read[source]

    def _wanted(self, source: str, kind: Kind, noun: str, other: str) -> Meaning:
        meaning = self.read(source)
        if meaning.kind != kind:
            found = "a named value" if meaning.kind == "choice" else other
            raise ExpressionError(f"{noun} is wanted here, and '{source.strip()}' is {found}")
        return meaning


def _parse(source: str) -> ast.expr:
    if len(source) > LONGEST:
        raise ExpressionError(f"an expression has at most {LONGEST} characters; this has {len(source)}")
    text = " ".join(source.split())
    if not text:
        raise ExpressionError("an expression is wanted here, and this is empty")
    if "#" in text:  # Python would ignore the rest as a comment
        raise ExpressionError(f"{quoted(text)} does not read as an expression, near '#'")
    text = re.sub(r"\b(true|false)\b", lambda word: word[0].capitalize(), text)
    try:
        with warnings.catch_warnings():  # Python warns of constructs that are refused below
            warnings.simplefilter("ignore")
            return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        near = text[max(0, (error.offset or 1) - 1) :][:12].strip()
        where = f", near '{near}'" if near else ""
        raise ExpressionError(f"{quoted(text)} does not read as an expression{where}{hint(text)}") from None
    except (RecursionError, MemoryError, ValueError):
        fault = "this expression is nested too deeply, or holds characters that have no place in one"
        raise ExpressionError(fault) from None


@attrs.define
class _Reader:
    """Turns a parsed expression into its meaning; refuses everything that is not in the language."""

    scope: Scope
    depth: int = 0

    def read(self, source: str) -> Meaning:
        return self._meaning(_parse(source))

    def _meaning(self, tree: ast.expr, members: tuple[str, ...] = ()) -> Meaning:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ExpressionError(f"this expression is nested more than {MAX_DEPTH} deep")
        try:
            reader = _READERS.get(type(tree))
            if reader is None:
                what = _describe(tree)
                instead = hint_of(tree) or "; see scenarios/WRITING.md for what they have"
                raise ExpressionError(f"expressions have no {what}{instead}")
            meaning = reader(self, tree, members)
        finally:
            self.depth -= 1
        if max(abs(meaning.low), abs(meaning.high)) > LARGEST:
            raise ExpressionError("this amount could grow beyond a thousand million")
        if meaning.steps > MOST_STEPS:
            raise ExpressionError("this expression, with the values it reads, is too much work")
        return meaning

    def _constant(self, tree: ast.Constant, _: tuple[str, ...]) -> Meaning:
        if tree.value is True or tree.value is False:
            at = int(tree.value)
            return Meaning(node=("num", at), kind="bool", low=at, high=at)
        if type(tree.value) is int:
            return Meaning(node=("num", tree.value), kind="int", low=tree.value, high=tree.value)
        given = quoted(tree.value) if isinstance(tree.value, str) else repr(tree.value)
        fault = f"only whole numbers, true and false can be written out, not {given}"
        raise ExpressionError(fault + hint_of_constant(tree.value))

    def _name(self, tree: ast.Name, members: tuple[str, ...]) -> Meaning:
        symbol = self.scope.symbols.get(tree.id)
        if tree.id in members:
            at = members.index(tree.id)
            return Meaning(node=("num", at), kind="choice", low=at, high=at, members=members)
        if symbol is None:
            fault = f"unknown name '{tree.id}'{hint_of_name(tree.id)}"
            raise ExpressionError(fault, tree.id, (*members, *self.scope.symbols))
        steps = symbol.formula.steps + 1 if symbol.formula else 1
        return Meaning(
            node=("name", symbol.id),
            kind=symbol.kind,
            low=symbol.low,
            high=symbol.high,
            known_to=symbol.known_to,
            members=symbol.members,
            steps=steps,
            names=frozenset([symbol.id]),
        )

    def _arithmetic(self, tree: ast.BinOp, _: tuple[str, ...]) -> Meaning:
        operator = _ARITHMETIC.get(type(tree.op))
        if operator is None:
            raise ExpressionError(f"expressions have no operator {_describe(tree.op)}{hint_of_operator(tree.op)}")
        left, right = self._number(tree.left, operator), self._number(tree.right, operator)
        if operator in ("//", "%") and (right.node[0] != "num" or right.low <= 0):
            raise ExpressionError(f"after {operator} a fixed number above 0 is wanted")
        low, high = _bounds(operator, left, right)
        return _join((operator, left.node, right.node), "int", low, high, left, right)

    def _number(self, tree: ast.expr, operator: str) -> Meaning:
        meaning = self._meaning(tree)
        if meaning.kind != "int":
            what = "true or false" if meaning.kind == "bool" else "a named value"
            given = ast.unparse(tree)
            raise ExpressionError(f"'{given}' is {what} and cannot go with {operator}; write 'A if … else B'")
        return meaning

    def _unary(self, tree: ast.UnaryOp, _: tuple[str, ...]) -> Meaning:
        if isinstance(tree.op, ast.Not):
            inner = self._truth(tree.operand)
            return _join(("not", inner.node), "bool", 1 - inner.high, 1 - inner.low, inner)
        if isinstance(tree.op, ast.USub):
            inner = self._number(tree.operand, "-")
            if inner.node[0] == "num":
                return attrs.evolve(inner, node=("num", -inner.low), low=-inner.low, high=-inner.low)
            return _join(("-", ("num", 0), inner.node), "int", -inner.high, -inner.low, inner)
        raise ExpressionError(f"expressions have no operator {_describe(tree.op)}")

    def _truth(self, tree: ast.expr) -> Meaning:
        meaning = self._meaning(tree)
        if meaning.kind != "bool":
            raise ExpressionError(f"'{ast.unparse(tree)}' is not a condition; compare it with something")
        return meaning

    def _boolean(self, tree: ast.BoolOp, _: tuple[str, ...]) -> Meaning:
        parts = [self._truth(part) for part in tree.values]
        joining = "and" if isinstance(tree.op, ast.And) else "or"
        certain: Callable[[Iterable[int]], int] = min if joining == "and" else max
        low, high = certain(part.low for part in parts), certain(part.high for part in parts)
        return _join((joining, *(part.node for part in parts)), "bool", low, high, *parts)

    def _comparison(self, tree: ast.Compare, _: tuple[str, ...]) -> Meaning:
        operands = [tree.left, *tree.comparators]
        strange = next((op for op in tree.ops if type(op) not in _COMPARISON), None)
        if strange is not None:
            fault = f"values are compared with == != < <= > >= and nothing else{hint_of_comparison(strange)}"
            raise ExpressionError(fault)
        named = self._members_among(operands)
        meanings = [self._meaning(operand, named) for operand in operands]
        tests: list[Node] = []
        low, high = 1, 1
        for left, op, right in zip(meanings, tree.ops, meanings[1:], strict=False):
            operator = _COMPARISON[type(op)]
            if left.kind != right.kind or left.members != right.members:
                raise _unlike(tree, meanings)
            tests.append((operator, left.node, right.node))
            always, never = _certainty(operator, left, right)
            low, high = low and int(always), high and int(not never)
        node = tests[0] if len(tests) == 1 else ("and", *tests)
        return _join(node, "bool", low, high, *meanings)

    def _members_among(self, operands: Iterable[ast.expr]) -> tuple[str, ...]:
        for operand in operands:
            symbol = self.scope.symbols.get(operand.id) if isinstance(operand, ast.Name) else None
            if symbol is not None and symbol.kind == "choice":
                return symbol.members
        return ()

    def _conditional(self, tree: ast.IfExp, members: tuple[str, ...]) -> Meaning:
        test, yes, no = self._truth(tree.test), self._meaning(tree.body, members), self._meaning(tree.orelse, members)
        if yes.kind != no.kind or yes.members != no.members:
            raise ExpressionError(f"the two sides of 'if … else' in '{ast.unparse(tree)}' are of different kinds")
        node = ("if", test.node, yes.node, no.node)
        joined = _join(node, yes.kind, min(yes.low, no.low), max(yes.high, no.high), test, yes, no)
        return attrs.evolve(joined, members=yes.members)

    def _call(self, tree: ast.Call, _: tuple[str, ...]) -> Meaning:
        name = tree.func.id if isinstance(tree.func, ast.Name) else ""
        if name not in ("min", "max", "clamp") or tree.keywords:
            raise ExpressionError(f"only min( ), max( ) and clamp(x, low, high) can be called{hint_of_call(name)}")
        parts = [self._number(part, name) for part in tree.args]
        if len(parts) < 2 or (name == "clamp" and len(parts) != 3):
            raise ExpressionError("min and max take two amounts or more, clamp takes three")
        if name == "clamp":
            value, low, high = parts
            node: Node = ("max", low.node, ("min", high.node, value.node))
            bottom = max(low.low, min(high.low, value.low))
            return _join(node, "int", bottom, max(low.high, min(high.high, value.high)), *parts)
        pick: Callable[[Iterable[int]], int] = min if name == "min" else max
        node = (name, *(part.node for part in parts))
        return _join(node, "int", pick(part.low for part in parts), pick(part.high for part in parts), *parts)


_READERS: dict[type[ast.expr], Callable[..., Meaning]] = {
    ast.Constant: _Reader._constant,
    ast.Name: _Reader._name,
    ast.BinOp: _Reader._arithmetic,
    ast.UnaryOp: _Reader._unary,
    ast.BoolOp: _Reader._boolean,
    ast.Compare: _Reader._comparison,
    ast.IfExp: _Reader._conditional,
    ast.Call: _Reader._call,
}


def _join(node: Node, kind: Kind, low: int, high: int, *parts: Meaning) -> Meaning:
    known: frozenset[str] | None = None
    for part in parts:
        known = shared(known, part.known_to)
    steps = 1 + sum(part.steps for part in parts)
    names = frozenset().union(*(part.names for part in parts))
    return Meaning(node=node, kind=kind, low=low, high=high, known_to=known, steps=steps, names=names)


def _bounds(operator: str, left: Meaning, right: Meaning) -> tuple[int, int]:
    if operator == "+":
        return left.low + right.low, left.high + right.high
    if operator == "-":
        return left.low - right.high, left.high - right.low
    if operator == "*":
        corners = [a * b for a in (left.low, left.high) for b in (right.low, right.high)]
        return min(corners), max(corners)
    if operator == "//":
        return left.low // right.low, left.high // right.low
    return 0, right.low - 1


def _certainty(operator: str, left: Meaning, right: Meaning) -> tuple[bool, bool]:
    """Whether a comparison is always true, and whether it is always false, by the ranges alone."""
    if operator in (">", ">="):
        return _certainty("<" if operator == ">" else "<=", right, left)
    apart = left.high < right.low or right.high < left.low
    same = left.low == left.high == right.low == right.high
    if operator == "==":
        return same, apart
    if operator == "!=":
        return apart, same
    if operator == "<":
        return left.high < right.low, left.low >= right.high
    return left.high <= right.low, left.low > right.high


def _unlike(tree: ast.Compare, meanings: Iterable[Meaning]) -> ExpressionError:
    """The error for a comparison of different kinds. A name may be meant as a named value of the other side, although
    it is also declared as something else."""
    compared = list(zip([tree.left, *tree.comparators], meanings, strict=True))
    members = next((meaning.members for _, meaning in compared if meaning.members), ())
    names = [one.id for one, meaning in compared if isinstance(one, ast.Name) and not meaning.members]
    message = f"'{ast.unparse(tree)}' compares things of different kinds"
    return ExpressionError(message, names[0], members) if members and names else ExpressionError(message)


def conjuncts(source: str) -> tuple[str, ...]:
    """Splits a condition at its top-level `and` into conditions in the author's notation.

    >>> conjuncts("a > 1 and (b or c) and not true")
    ('a > 1', 'b or c', 'not true')
    """
    tree = _parse(source)
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    return tuple(re.sub(r"\b(True|False)\b", lambda word: word[0].lower(), ast.unparse(part)) for part in parts)


def _describe(tree: ast.AST) -> str:
    names = {
        "Attribute": "dots into things",
        "Subscript": "square brackets",
        "Lambda": "lambda",
        "ListComp": "comprehensions",
        "NamedExpr": "assignments",
        "Pow": "**",
        "Div": "/",
        "BitAnd": "&",
        "BitOr": "|",
        "BitXor": "^",
        "Invert": "~",
        "UAdd": "+",
        "Tuple": "lists of things with commas",
        "JoinedStr": "text",
        "Set": "{ } but for the parameters of an action",
        "Dict": "{ }",
    }
    kind = type(tree).__name__
    return names.get(kind, kind.lower())
