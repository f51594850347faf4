"""The functions that kernels call to play: a program's straight code where it is there, else the machine.

These functions are only ever compiled, never called from Python. In the namespaces of the kernels they stand in the
place of the functions after which they are named.
"""

from __future__ import annotations

from typing import Any

from tabletop.engine.bots import bot_move
from tabletop.engine.compiled.int64_pointers import call_code
from tabletop.engine.layout import STRAIGHT_APPLY, STRAIGHT_BEGIN, STRAIGHT_BOT_MOVE, STRAIGHT_NEXT_TO_ACT
from tabletop.engine.machine import apply, begin, next_to_act

Words = Any

#: What is added to the name of a function.
EITHER = "_either"


def begin_either(p: Words, s: Words, r: Words) -> None:
    address = p[STRAIGHT_BEGIN]
    if address != 0:
        call_code(address, (s,))
    else:
        begin(p, s, r)


def apply_either(p: Words, s: Words, r: Words, seat: int, number: int) -> None:
    address = p[STRAIGHT_APPLY]
    if address != 0:
        call_code(address, (s, seat, number))
    else:
        apply(p, s, r, seat, number)


def next_to_act_either(p: Words, s: Words) -> int:
    address = p[STRAIGHT_NEXT_TO_ACT]
    if address != 0:
        return call_code(address, (s,))  # type: ignore[no-any-return]
    return next_to_act(p, s)


def bot_move_either(p: Words, s: Words, r: Words, seat: int, cast: Words, found: Words) -> int:
    address = p[STRAIGHT_BOT_MOVE]
    if address != 0:
        return call_code(address, (s, cast, found, seat))  # type: ignore[no-any-return]
    return bot_move(p, s, r, seat, cast, found)
