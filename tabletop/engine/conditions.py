"""Evaluates a condition of the scenario's expression language in a state."""

from __future__ import annotations

import functools

from tabletop.engine.execution import Formula
from tabletop.engine.program import Program
from tabletop.engine.python_formulas import compile_formula
from tabletop.engine.state import State


def holds(state: State, condition: str) -> bool:
    """Whether a condition holds in a state. Raises ExpressionError for an invalid one."""
    return bool(_function(state.program, condition)(state.core))


@functools.lru_cache(maxsize=1024)
def _function(program: Program, condition: str) -> Formula:
    node = program.scope.condition(condition).node
    return compile_formula(node, program.scope, program.places, program.valued)
