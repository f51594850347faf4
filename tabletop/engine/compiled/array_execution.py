"""The functions of `tabletop.engine.execution` on integer arrays, for the compiled machine.

These functions are only ever compiled, never called from Python. An execution context is an integer array: the number
of pending effect ranges, the number of weights, the address of the weights, then the pending ranges, then the weights.
"""

from __future__ import annotations

from typing import Any

from tabletop.engine.compiled.int64_pointers import call_formula, call_group, pointer_at
from tabletop.engine.layout import FORMULAS, GROUP_COUNT, GROUP_FORMULA, GROUP_ROW, GROUPS

Words = Any

PENDING_COUNT, WEIGHT_COUNT, WEIGHTS = range(3)
RUN_HEAD = 3


def value(p: Words, s: Words, r: Words, formula: int) -> int:
    return call_formula(p[p[FORMULAS] + formula], s)  # type: ignore[no-any-return]


def evaluate_weights(p: Words, s: Words, r: Words, group: int) -> int:
    row = p[GROUPS] + GROUP_ROW * group
    r[WEIGHT_COUNT] = p[row + GROUP_COUNT]
    return call_group(p[row + GROUP_FORMULA], s, pointer_at(r, r[WEIGHTS]))  # type: ignore[no-any-return]


def weighted_index(p: Words, s: Words, r: Words, left: int) -> int:
    to = r[WEIGHTS]
    for index in range(r[WEIGHT_COUNT]):
        left -= r[to + index]
        if left < 0:
            return index
    return -1


def forced_outcome(r: Words, site: int, subject: int) -> int:
    return -1


def push_effects(p: Words, s: Words, r: Words, at: int, end: int) -> None:
    place = RUN_HEAD + 2 * r[PENDING_COUNT]
    r[place], r[place + 1] = at, end
    r[PENDING_COUNT] += 1


def pop_effects(p: Words, s: Words, r: Words) -> tuple[int, int]:
    if r[PENDING_COUNT] == 0:
        return 0, 0
    r[PENDING_COUNT] -= 1
    place = RUN_HEAD + 2 * r[PENDING_COUNT]
    return r[place], r[place + 1]


def clear_effects(p: Words, s: Words, r: Words) -> None:
    r[PENDING_COUNT] = 0


def set_cause(r: Words, move: int, seat: int, card: int) -> None:
    pass


def note(r: Words, s: Words, kind: int, subject: int, second: int, third: int) -> None:
    pass
