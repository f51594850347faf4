"""Asking: whether a condition holds in a state, for those who watch a game rather than play it."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from tabletop.engine.compiler import python_source
from tabletop.engine.program import Program
from tabletop.engine.state import State


def holds(state: State, condition: str) -> bool:
    """Whether a condition in the scenario's own language holds. Raises ExpressionError for one that makes no sense."""
    return bool(_function(state.program, condition)(state.core))


@functools.lru_cache(maxsize=256)
def _function(program: Program, condition: str) -> Callable[[tuple[int, ...]], int]:
    node = program.scope.condition(condition).node
    room: dict[str, Any] = {"__builtins__": {"min": min, "max": max}}
    room |= {f"value_{name}": formula for name, formula in program.valued.items()}
    # The text is made from a tree that holds only numbers, declared names and listed operators.
    found: Callable[[tuple[int, ...]], int] = eval(
        f"lambda s: {python_source(node, program.scope, program.places)}", room
    )
    return found
