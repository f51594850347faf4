"""Compiles expressions of a scenario to machine code with LLVM.

All formulas of a pack are compiled together in a fraction of a second. Formulas have no side effects and terminate, so
both sides of `if`, `and` and `or` may be evaluated, and common subexpressions are evaluated once.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
from llvmlite import binding as llvm
from numba.core.compiler_lock import global_compiler_lock
from numba.core.registry import cpu_target

from tabletop.engine.compiled.compile_lock import compiling
from tabletop.scenario.expression_language import Node

_ARITHMETIC = {"+": "add", "-": "sub", "*": "mul"}
_COMPARISONS = {"==": "eq", "!=": "ne", "<": "slt", "<=": "sle", ">": "sgt", ">=": "sge"}
_TRUTHS = {"and", "or", "not", *_COMPARISONS}


#: Machine code is kept until the process ends: of an edited or varied pack only changed formulas are compiled again.
_libraries: list[Any] = []
_numbers = itertools.count()


@attrs.frozen(eq=False)
class MachineCode:
    """A formula or a group of formulas as machine code at `address`."""

    address: int


def compile_to_machine_code(
    wanted: Sequence[Node | Sequence[Node]], values: Mapping[str, Node], places: Mapping[str, int]
) -> list[MachineCode]:
    """The machine code of each formula or group of formulas, compiled unless it is known already.

    `places` are the addresses of names in the state; the other names are `values`. The code of a formula takes the
    state; that of a group also takes an array for its weights, and returns their sum.
    """
    known = _known(tuple(places.items()), tuple(values.items()))
    keys: list[Node] = [one if one and isinstance(one[0], str) else ("group", *one) for one in map(tuple, wanted)]
    found = {key: known.get(key) for key in keys}
    new = [key for key, code in found.items() if code is None]
    if new:
        found |= zip(new, _made(new, values, places), strict=True)
    known.update((key, code) for key, code in found.items() if code is not None)
    return [code for key in keys if (code := found[key]) is not None]


@functools.cache
def _known(places: tuple[tuple[str, int], ...], values: tuple[tuple[str, Node], ...]) -> dict[Node, MachineCode]:
    return {}


def _made(keys: Sequence[Node], values: Mapping[str, Node], places: Mapping[str, int]) -> list[MachineCode]:
    name = f"tabletop_{next(_numbers)}"
    lines = [function_of_formula(f"internal i64 @value_{value}", node, places) for value, node in values.items()]
    for at, key in enumerate(keys):
        head = f"i64 @{name}_{at}"
        whole = (
            function_of_group(head, key[1:], places) if key[0] == "group" else function_of_formula(head, key, places)
        )
        lines.append(whole)
    with compiling(), global_compiler_lock:
        library: Any = cpu_target.target_context.codegen().create_library(name)
        library.add_llvm_module(llvm.parse_assembly("\n".join(lines)))
        library.finalize()
        _libraries.append(library)
        return [MachineCode(library.get_pointer_to_function(f"{name}_{at}")) for at in range(len(keys))]


def function_of_formula(head: str, node: Node, places: Mapping[str, int]) -> str:
    """LLVM code of a formula; the head is what stands before its parameters, as `internal i64 @name`. Values of the
    scenario are called as `@value_ID`."""
    return _Function(places).formula(head, node)


def function_of_group(head: str, nodes: Sequence[Node], places: Mapping[str, int]) -> str:
    """LLVM code of a group of formulas, as for one formula."""
    return _Function(places).group(head, nodes)


class _Function:
    """Writes one function in LLVM's assembly language."""

    def __init__(self, places: Mapping[str, int]) -> None:
        self.places = places
        self.lines: list[str] = []
        self.known: dict[Node, str] = {}
        self.truths: dict[Node, str] = {}

    def formula(self, head: str, node: Node) -> str:
        """A function of the state that gives the value of a node."""
        return self._whole(f"{head}(ptr nocapture readonly %s)", self._number(node))

    def group(self, head: str, nodes: Sequence[Node]) -> str:
        """A function of the state and an array of weights: evaluates every node into the array and returns the sum."""
        total = "0"
        for at, node in enumerate(nodes):
            weight = self._number(node)
            place = self._new(f"getelementptr i64, ptr %w, i64 {at}")
            self.lines.append(f"store i64 {weight}, ptr {place}")
            total = self._new(f"add i64 {total}, {weight}")
        return self._whole(f"{head}(ptr noalias nocapture readonly %s, ptr noalias nocapture %w)", total)

    def _whole(self, head: str, result: str) -> str:
        return "\n".join([f"define {head} nounwind {{", *self.lines, f"ret i64 {result}", "}"])

    def _new(self, instruction: str) -> str:
        name = f"%v{len(self.lines)}"
        self.lines.append(f"{name} = {instruction}")
        return name

    def _number(self, node: Node) -> str:
        if node[0] == "num":
            return str(int(node[1]))
        if node not in self.known:
            self.known[node] = self._worked_out(node)
        return self.known[node]

    def _worked_out(self, node: Node) -> str:
        operator, *operands = node
        if operator in _TRUTHS:
            return self._new(f"zext i1 {self._truth(node)} to i64")
        if operator in ("name", "place"):
            place = operands[0] if operator == "place" else self.places.get(operands[0])
            if place is None:
                return self._new(f"call i64 @value_{operands[0]}(ptr %s)")
            address = self._new(f"getelementptr i64, ptr %s, i64 {place}")
            return self._new(f"load i64, ptr {address}")
        if operator == "if":
            test, yes, no = self._truth(operands[0]), self._number(operands[1]), self._number(operands[2])
            return self._new(f"select i1 {test}, i64 {yes}, i64 {no}")
        parts = [self._number(operand) for operand in operands]
        if operator in ("//", "%"):
            return self._divided(operator, *parts)
        if operator in _ARITHMETIC:
            return self._new(f"{_ARITHMETIC[operator]} i64 {parts[0]}, {parts[1]}")
        found = parts[0]
        for part in parts[1:]:
            test = self._new(f"icmp {'slt' if operator == 'min' else 'sgt'} i64 {found}, {part}")
            found = self._new(f"select i1 {test}, i64 {found}, i64 {part}")
        return found

    def _divided(self, operator: str, number: str, divisor: str) -> str:
        # Python's division rounds down, LLVM's towards 0: they differ for negative remainders. Divisors are positive.
        rest = self._new(f"srem i64 {number}, {divisor}")
        below = self._new(f"icmp slt i64 {rest}, 0")
        if operator == "%":
            more = self._new(f"select i1 {below}, i64 {divisor}, i64 0")
            return self._new(f"add i64 {rest}, {more}")
        quotient = self._new(f"sdiv i64 {number}, {divisor}")
        less = self._new(f"zext i1 {below} to i64")
        return self._new(f"sub i64 {quotient}, {less}")

    def _truth(self, node: Node) -> str:
        if node[0] == "num":
            return "true" if node[1] else "false"
        if node not in self.truths:
            self.truths[node] = self._tested(node)
        return self.truths[node]

    def _tested(self, node: Node) -> str:
        operator, *operands = node
        if operator in _COMPARISONS:
            left, right = (self._number(operand) for operand in operands)
            return self._new(f"icmp {_COMPARISONS[operator]} i64 {left}, {right}")
        if operator == "not":
            return self._new(f"xor i1 {self._truth(operands[0])}, true")
        if operator in ("and", "or"):
            found = self._truth(operands[0])
            for operand in operands[1:]:
                found = self._new(f"{operator} i1 {found}, {self._truth(operand)}")
            return found
        return self._new(f"icmp ne i64 {self._number(node)}, 0")
