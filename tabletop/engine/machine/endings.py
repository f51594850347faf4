"""How a game ends, and the points of every seat."""

from __future__ import annotations

from tabletop.engine.execution import ENDED, ExecutionContext, note, value
from tabletop.engine.layout import (
    CARD,
    ENDING_COUNT,
    ENDINGS,
    OUTCOME,
    SCORES,
    SEAT_OBJECTIVE_COUNT,
    SEAT_OBJECTIVES,
    SEAT_ROW,
    SEAT_ROWS,
    SEATS,
    Code,
    State,
)


def conclude(p: Code, s: State, r: ExecutionContext) -> None:
    """Ends the game with the first ending whose condition holds."""
    for ending in range(p[ENDING_COUNT]):
        condition = p[p[ENDINGS] + ending]
        if condition < 0 or value(p, s, r, condition):
            note(r, s, ENDED, ending, -1, 0)
            finish(p, s, r, ending)
            return


def finish(p: Code, s: State, r: ExecutionContext, ending: int) -> None:
    """Stores the outcome and every seat's points: the game is over."""
    s[OUTCOME] = ending
    s[CARD] = -1
    for number in range(p[SEATS]):
        seat = p[SEAT_ROWS] + SEAT_ROW * number
        total = 0
        for at in range(p[seat + SEAT_OBJECTIVES], p[seat + SEAT_OBJECTIVES] + p[seat + SEAT_OBJECTIVE_COUNT]):
            total += int(value(p, s, r, p[at]))
        s[p[SCORES] + number] = total
