"""What the functions that play whole games work on, as named values: Numba compiles these like separate arguments."""

from __future__ import annotations

from typing import Any, NamedTuple, TypeAlias

from tabletop.engine.execution import ExecutionContext
from tabletop.engine.layout import Code

#: A list of integers; in the compiled machine an array of them, or a pointer to its first.
Numbers: TypeAlias = Any


class Playout(NamedTuple):
    """A game in play: its program, state and execution context, room for a seat's legal moves, and the built-in player
    of every seat."""

    code: Code
    state: Numbers
    run: ExecutionContext
    found: Numbers
    cast: Numbers


class Starts(NamedTuple):
    """Where games start: rows of `size` places for a position, each with a row of the players of all `seats`."""

    positions: Numbers
    size: int
    casts: Numbers
    seats: int
    rows: int
