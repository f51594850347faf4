"""The functions of the machine as graphs of simple instructions, from their source.

An operand is a number or the name of a variable. A block is a list of instructions; its last one says where to go:

    ("set", to, a)   ("op", to, sign, a, b)   ("loop", to, from, until)   ("call", to, function, arguments)
    ("select", to, a, b, c)   ("load", to, array, index)   ("store", array, index, a)
    ("jump", block)   ("branch", a, block, block)   ("return", a)

`select` is b or c, as a is true or false; `loop` sets the counter of a loop. Small functions are put in place of their
calls.
"""

from __future__ import annotations

import ast
import functools
import inspect
import textwrap
import types
from collections.abc import Mapping, Sequence
from typing import Any, TypeAlias

import attrs

Operand: TypeAlias = int | str
Instruction: TypeAlias = tuple[Any, ...]

#: Parameters of these names are arrays; all others are numbers.
ARRAYS = ("p", "s", "r", "found", "cast")

_SIGNS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.RShift: ">>",
    ast.LShift: "<<",
    ast.BitAnd: "&",
    ast.BitOr: "|",
    ast.BitXor: "^",
    ast.Eq: "==",
    ast.NotEq: "!=",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
}


class NotSimple(Exception):
    """A function uses something of Python that graphs cannot express."""


@attrs.frozen
class FlowGraph:
    """A function: its parameters, its blocks, and which variables are live before each instruction."""

    name: str
    parameters: tuple[str, ...]
    blocks: list[list[Instruction]]
    live: list[list[frozenset[str]]]
    #: How many other places each block is reached from.
    reached: list[int]


def flow_graph(function: types.FunctionType, inlined: Mapping[str, types.FunctionType]) -> FlowGraph:
    """The graph of a function. Raises NotSimple."""
    tree = _tree(function)
    lowering = _Lowering(inlined)
    lowering.function(function, "", None)
    live = _liveness(lowering.blocks)
    reached = [0] * len(lowering.blocks)
    for block in lowering.blocks:
        for target in targets_of(block[-1]):
            reached[target] += 1
    parameters = tuple(one.arg for one in tree.args.args)
    return FlowGraph(function.__name__, parameters, lowering.blocks, live, reached)


def targets_of(instruction: Instruction) -> tuple[int, ...]:
    """The blocks where the last instruction of a block may go."""
    match instruction:
        case ("jump", target):
            return (target,)
        case ("branch", _, yes, no):
            return (yes, no)
        case _:
            return ()


@functools.cache
def _tree(function: types.FunctionType) -> ast.FunctionDef:
    found = ast.parse(textwrap.dedent(inspect.getsource(function))).body[0]
    assert isinstance(found, ast.FunctionDef)
    return found


class _Lowering:
    def __init__(self, inlined: Mapping[str, types.FunctionType]) -> None:
        self.inlined = inlined
        self.blocks: list[list[Instruction]] = [[]]
        self.at = 0
        self.temporaries = 0
        self.prefix = ""
        self.names: Mapping[str, Any] = {}
        self.result: tuple[Sequence[str], int] | None = None
        self.loops: list[tuple[int, int]] = []

    def function(self, function: types.FunctionType, prefix: str, result: tuple[Sequence[str], int] | None) -> None:
        """Adds the body of a function; `result` has the variables for its values and the block that goes on, if it
        stands in place of a call."""
        before = self.prefix, self.names, self.result, self.loops
        self.prefix, self.names, self.result, self.loops = prefix, function.__globals__, result, []
        self.body(_tree(function).body)
        self.leave(*[0] * (1 if result is None else len(result[0])))
        self.prefix, self.names, self.result, self.loops = before

    def add(self, *instruction: Any) -> None:
        self.blocks[self.at].append(instruction)

    def block(self) -> int:
        self.blocks.append([])
        return len(self.blocks) - 1

    def temporary(self) -> str:
        self.temporaries += 1
        return f"t.{self.temporaries}"

    def variable(self, name: str) -> str:
        return name if name in ARRAYS else f"{self.prefix}{name}"

    def leave(self, *values: Operand) -> None:
        if self.result is None:
            (value,) = values
            self.add("return", value)
            return
        for to, value in zip(self.result[0], values, strict=False):
            self.add("set", to, value)
        self.add("jump", self.result[1])

    # Statements

    def body(self, statements: Sequence[ast.stmt]) -> None:
        for statement in statements:
            method = getattr(self, f"_{type(statement).__name__.lower()}", None)
            if method is None:
                raise NotSimple(ast.dump(statement))
            method(statement)

    def _expr(self, statement: ast.Expr) -> None:
        if not isinstance(statement.value, ast.Constant):
            self.value(statement.value)

    def _pass(self, statement: ast.Pass) -> None:
        pass

    def _return(self, statement: ast.Return) -> None:
        if isinstance(statement.value, ast.Tuple):
            self.leave(*(self.kept(self.value(one)) for one in statement.value.elts))
        else:
            self.leave(0 if statement.value is None else self.value(statement.value))
        self.at = self.block()

    def _assign(self, statement: ast.Assign) -> None:
        (target,) = statement.targets
        if isinstance(target, ast.Tuple) and isinstance(statement.value, ast.Tuple):
            values = [self.kept(self.value(one)) for one in statement.value.elts]
            for one, value in zip(target.elts, values, strict=True):
                self.assign(one, value)
        elif isinstance(target, ast.Tuple):
            results = [self.temporary() + "result" for _ in target.elts]
            self.call(statement.value, results)
            for one, result in zip(target.elts, results, strict=True):
                self.assign(one, result)
        else:
            self.assign(target, self.value(statement.value))

    def kept(self, value: Operand) -> Operand:
        """A value as it is now, whatever its variable becomes."""
        if isinstance(value, int) or value.startswith("t."):
            return value
        to = self.temporary()
        self.add("set", to, value)
        return to

    def _augassign(self, statement: ast.AugAssign) -> None:
        target, sign = statement.target, _SIGNS[type(statement.op)]
        to = self.temporary()
        if isinstance(target, ast.Subscript):
            array, index = self.place(target)
            before = self.temporary()
            self.add("load", before, array, index)
            self.add("op", to, sign, before, self.value(statement.value))
            self.add("store", array, index, to)
        else:
            self.add("op", to, sign, self.value(target), self.value(statement.value))
            self.assign(target, to)

    def assign(self, target: ast.expr, value: Operand) -> None:
        if isinstance(target, ast.Name):
            self.add("set", self.variable(target.id), value)
        elif isinstance(target, ast.Subscript):
            self.add("store", *self.place(target), value)
        else:
            raise NotSimple(ast.dump(target))

    def place(self, node: ast.Subscript) -> tuple[str, Operand]:
        if not (isinstance(node.value, ast.Name) and node.value.id in ARRAYS):
            raise NotSimple(ast.dump(node))
        return node.value.id, self.value(node.slice)

    def _if(self, statement: ast.If) -> None:
        match statement:
            case ast.If(
                test=ast.Compare(left=ast.Name(), comparators=[ast.Name() | ast.Subscript()]),
                body=[ast.Assign(targets=[ast.Name() as target], value=(ast.Name() | ast.Subscript()) as value)],
                orelse=[],
            ):
                # Both sides may be worked out: no branch.
                test, name = self.value(statement.test), self.variable(target.id)
                self.add("select", name, test, self.value(value), name)
                return
        yes, no, after = self.block(), self.block(), self.block()
        self.test(statement.test, yes, no)
        for block, statements in ((yes, statement.body), (no, statement.orelse)):
            self.at = block
            self.body(statements)
            self.add("jump", after)
        self.at = after

    def _while(self, statement: ast.While) -> None:
        head, inside, after = self.block(), self.block(), self.block()
        self.add("jump", head)
        self.at = head
        self.test(statement.test, inside, after)
        self.looped(statement.body, inside, head, after)

    def looped(self, statements: Sequence[ast.stmt], inside: int, again: int, after: int) -> None:
        self.loops.append((again, after))
        self.at = inside
        self.body(statements)
        self.add("jump", again)
        self.loops.pop()
        self.at = after

    def _continue(self, statement: ast.Continue) -> None:
        self.add("jump", self.loops[-1][0])
        self.at = self.block()

    def _break(self, statement: ast.Break) -> None:
        self.add("jump", self.loops[-1][1])
        self.at = self.block()

    def _for(self, statement: ast.For) -> None:
        if isinstance(statement.iter, ast.Name):
            for value in self.names[statement.iter.id]:
                self.assign(statement.target, int(value))
                self.body(statement.body)
            return
        called = statement.iter
        if not (isinstance(called, ast.Call) and isinstance(called.func, ast.Name) and called.func.id == "range"):
            raise NotSimple(ast.dump(called))
        bounds = [self.kept(self.value(one)) for one in called.args]
        first, until, step = (0, *bounds, 1) if len(bounds) == 1 else (*bounds, 1)[:3]
        counter, going, more = self.temporary() + "counter", self.temporary(), self.temporary()
        head, inside, following, after = (self.block() for _ in range(4))
        self.add("loop", counter, first, until)
        self.add("jump", head)
        self.at = head
        self.add("op", going, "<", counter, until)
        self.add("branch", going, inside, after)
        self.at = following
        self.add("op", more, "+", counter, step)
        self.add("set", counter, more)
        self.add("jump", head)
        self.at = inside
        self.assign(statement.target, counter)
        self.looped(statement.body, self.at, following, after)

    # Expressions

    def test(self, node: ast.expr, yes: int, no: int) -> None:
        """Goes to one of two blocks."""
        if isinstance(node, ast.BoolOp):
            for part in node.values[:-1]:
                following = self.block()
                self.test(part, *((following, no) if isinstance(node.op, ast.And) else (yes, following)))
                self.at = following
            self.test(node.values[-1], yes, no)
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            self.test(node.operand, no, yes)
        else:
            self.add("branch", self.value(node), yes, no)

    def value(self, node: ast.expr) -> Operand:
        method = getattr(self, f"_value_of_{type(node).__name__.lower()}", None)
        if method is None:
            raise NotSimple(ast.dump(node))
        found: Operand = method(node)
        return found

    def _value_of_constant(self, node: ast.Constant) -> Operand:
        if not isinstance(node.value, int):
            raise NotSimple(ast.dump(node))
        return int(node.value)

    def _value_of_name(self, node: ast.Name) -> Operand:
        found = self.names.get(node.id)
        return int(found) if isinstance(found, int) else self.variable(node.id)

    def _value_of_unaryop(self, node: ast.UnaryOp) -> Operand:
        inner = self.value(node.operand)
        to = self.temporary()
        if isinstance(node.op, ast.Not):
            self.add("op", to, "==", inner, 0)
        elif isinstance(node.op, ast.USub):
            if isinstance(inner, int):
                return -inner
            self.add("op", to, "-", 0, inner)
        else:
            raise NotSimple(ast.dump(node))
        return to

    def _value_of_binop(self, node: ast.BinOp) -> Operand:
        return self.combined(type(node.op), node.left, node.right)

    def _value_of_compare(self, node: ast.Compare) -> Operand:
        if len(node.ops) != 1:
            raise NotSimple(ast.dump(node))
        return self.combined(type(node.ops[0]), node.left, node.comparators[0])

    def combined(self, sign: type[ast.AST], left: ast.expr, right: ast.expr) -> Operand:
        if sign not in _SIGNS:
            raise NotSimple(sign.__name__)
        operands = self.value(left), self.value(right)
        to = self.temporary()
        self.add("op", to, _SIGNS[sign], *operands)
        return to

    def _value_of_boolop(self, node: ast.BoolOp) -> Operand:
        to, yes, no, after = self.temporary() + "truth", self.block(), self.block(), self.block()
        self.test(node, yes, no)
        for block, truth in ((yes, 1), (no, 0)):
            self.at = block
            self.add("set", to, truth)
            self.add("jump", after)
        self.at = after
        return to

    def _value_of_ifexp(self, node: ast.IfExp) -> Operand:
        to, yes, no, after = self.temporary() + "one", self.block(), self.block(), self.block()
        self.test(node.test, yes, no)
        for block, part in ((yes, node.body), (no, node.orelse)):
            self.at = block
            self.add("set", to, self.value(part))
            self.add("jump", after)
        self.at = after
        return to

    def _value_of_subscript(self, node: ast.Subscript) -> Operand:
        array, index = self.place(node)
        to = self.temporary()
        self.add("load", to, array, index)
        return to

    def _value_of_call(self, node: ast.Call) -> Operand:
        if isinstance(node.func, ast.Name) and node.func.id in ("int", "bool"):
            return self.value(node.args[0])
        to = self.temporary() + "result"
        self.call(node, [to])
        return to

    def call(self, node: ast.expr, to: Sequence[str]) -> None:
        """Calls a function and gives its values to variables."""
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
            raise NotSimple(ast.dump(node))
        name = node.func.id
        arguments = [
            one.id if isinstance(one, ast.Name) and one.id in ARRAYS else self.kept(self.value(one))
            for one in node.args
        ]
        if name in ("min", "max"):
            self.add("op", to[0], name, *arguments)
        elif name in self.inlined:
            self.inline(self.inlined[name], arguments, to)
        else:
            self.add("call", to[0] if len(to) == 1 else tuple(to), name, tuple(arguments))

    def inline(self, function: types.FunctionType, arguments: Sequence[Operand], to: Sequence[str]) -> None:
        after = self.block()
        prefix = f"{function.__name__}.{after}."
        for one, argument in zip(_tree(function).args.args, arguments, strict=True):
            if one.arg not in ARRAYS:
                self.add("set", prefix + one.arg, argument)
            elif one.arg != argument:
                raise NotSimple(f"{function.__name__} is given {argument} for {one.arg}")
        self.function(function, prefix, (to, after))
        self.at = after


def used(instruction: Instruction) -> tuple[Operand, ...]:
    """The operands that an instruction reads."""
    match instruction:
        case ("set", _, a) | ("branch", a, _, _) | ("return", a) | ("load", _, _, a):
            return (a,)
        case ("op", _, _, a, b) | ("loop", _, a, b) | ("store", _, a, b):
            return (a, b)
        case ("select", _, a, b, c):
            return (a, b, c)
        case ("call", _, _, arguments):
            return tuple(arguments)
        case _:
            return ()


def _liveness(blocks: list[list[Instruction]]) -> list[list[frozenset[str]]]:
    for block in blocks:
        ends = [at for at, one in enumerate(block) if one[0] in ("jump", "branch", "return")]
        # What stands behind a return or a jump is never reached.
        del block[(ends[0] + 1 if ends else len(block)) :]
        if not ends:
            block.append(("return", 0))
    live: list[list[frozenset[str]]] = [[frozenset()] * len(block) for block in blocks]
    changing = True
    while changing:
        changing = False
        for number in reversed(range(len(blocks))):
            block = blocks[number]
            now: frozenset[str] = frozenset().union(*(live[target][0] for target in targets_of(block[-1])))
            for at in reversed(range(len(block))):
                instruction = block[at]
                if instruction[0] in ("set", "op", "select", "loop", "call", "load"):
                    now = now.difference([instruction[1]] if isinstance(instruction[1], str) else instruction[1])
                now = now | {one for one in used(instruction) if isinstance(one, str) and one not in ARRAYS}
                if live[number][at] != now:
                    live[number][at] = now
                    changing = True
    return live
