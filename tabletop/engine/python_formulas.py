"""Compiles expressions of a scenario to Python functions of a state.

The source text is made from trees that contain only numbers, declared names and known operators.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from types import CodeType
from typing import Any

import attrs

from tabletop.engine.execution import Formula, Group
from tabletop.scenario.expression_language import Node, Scope


@attrs.frozen
class CompiledFormulas:
    """The compiled expressions of a program; `values` are those of the scenario's values, by name."""

    formulas: tuple[Formula, ...]
    groups: tuple[Group, ...]
    values: dict[str, Formula]


def source_of(
    scope: Scope, places: Mapping[str, int], formulas: Iterable[Node], groups: Iterable[Sequence[Node]]
) -> str:
    """The source that defines every value, formula and group of formulas of a scenario."""
    values = {symbol.id: symbol.formula.node for symbol in scope.symbols.values() if symbol.formula is not None}
    lines = [f"def value_{id}(s): return {python_source(node, scope, places)}" for id, node in values.items()]
    lines.append(
        "formulas = (" + "".join(f"\n    lambda s: {python_source(node, scope, places)}," for node in formulas) + ")"
    )
    lines.append("groups = (" + "".join(f"\n    lambda s: {_group(nodes, scope, places)}," for nodes in groups) + ")")
    return "\n".join(lines)


def code_of(name: str, source: str) -> CodeType:
    """The source of the scenario with this `name`, as Python's code."""
    return compile(source, f"<{name}>", "exec")


def functions_in(code: CodeType, values: Iterable[str]) -> CompiledFormulas:
    """The functions that the code of `source_of` defines; `values` are the names of the scenario's values."""
    room = _room({})
    exec(code, room)
    return CompiledFormulas(room["formulas"], room["groups"], {id: room[f"value_{id}"] for id in values})


def compile_formula(node: Node, scope: Scope, places: Mapping[str, int], values: Mapping[str, Formula]) -> Formula:
    """Compiles one more expression; `values` are the compiled values of the scenario."""
    found: Formula = eval(f"lambda s: {python_source(node, scope, places)}", _room(values))
    return found


def python_source(node: Node, scope: Scope, places: Mapping[str, int]) -> str:
    """An expression as Python source on a state `s`. A value of the scenario is `value_ID(s)`."""
    operator, *operands = node
    if operator == "num":
        return f"({operands[0]})" if operands[0] < 0 else str(operands[0])
    if operator == "place":
        return f"s[{operands[0]}]"
    if operator == "name":
        symbol = scope.symbols[operands[0]]
        return f"value_{symbol.id}(s)" if symbol.formula else f"s[{places[symbol.id]}]"
    parts = [python_source(operand, scope, places) for operand in operands]
    if operator == "if":
        return f"({parts[1]} if {parts[0]} else {parts[2]})"
    if operator == "not":
        return f"(not {parts[0]})"
    if operator in ("min", "max"):
        return f"{operator}({', '.join(parts)})"
    return "(" + f" {operator} ".join(parts) + ")"


def _group(nodes: Sequence[Node], scope: Scope, places: Mapping[str, int]) -> str:
    return "[" + ", ".join(python_source(node, scope, places) for node in nodes) + "]"


def _room(values: Mapping[str, Formula]) -> dict[str, Any]:
    """The globals of the source: `min`, `max` and the functions of values."""
    return {"__builtins__": {"min": min, "max": max}, **{f"value_{name}": value for name, value in values.items()}}
