"""Plays positions on to the end of the game, so that neighbouring positions are compared with common random numbers.

Playout n of every position meets the same random numbers in the same turn and at the same decision of it: what two
positions have in common then cancels out in their difference (A. M. Law, "Simulation Modeling and Analysis", ch. 11).
A position says by its count of decisions which of its turn's it is at (see `turn_start`). If nothing random follows a
move, its playouts are those of the position after it, number by number.

All data is in flat integer arrays, so that the same functions run in plain Python and compiled.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import TypeAlias

from tabletop.engine.bots import THROWS, bot_move
from tabletop.engine.execution import ExecutionContext
from tabletop.engine.ismcts import FOLLOW
from tabletop.engine.layout import DECISIONS, DRAWS, OUTCOME, SEED_HIGH, SEED_LOW, TURN, Code
from tabletop.engine.machine import apply, begin, next_to_act
from tabletop.engine.philox import philox

Numbers: TypeAlias = Sequence[int]
Room: TypeAlias = MutableSequence[int]

#: A row of what is played: the number of its first position, how many positions it starts from in turn, its first move
#: (or FOLLOW), and the number of its first playout.
FIRST, COUNT, MOVE, NUMBER = range(4)
ROW = 4

#: Random numbers are reserved for this many decisions a turn, so that each turn starts at the same counter.
A_TURN = 128
_DRAWS = 0xFFFFFF
_WORD = 0xFFFFFFFF


def turn_start(turn: int) -> int:
    """The count of decisions at the first decision of a turn, in a playout."""
    return turn * A_TURN


def play_rows(
    p: Code,
    s: Room,
    r: ExecutionContext,
    found: Room,
    positions: Numbers,
    size: int,
    rows: Numbers,
    count: int,
    cast: Numbers,
    seed: int,
    playouts: int,
    places: Numbers,
    measured: int,
    results: Room,
) -> None:
    """Plays out each of `count` rows equally often, and writes the final values of `measured` places there: for each
    row and place as many results as there are playouts.

    A position that has not begun (turn 0) is begun first. `cast` has the player of every seat.
    """
    for row in range(count):
        at = row * ROW
        for playout in range(playouts):
            number = rows[at + NUMBER] + playout
            start = (rows[at + FIRST] + number % rows[at + COUNT]) * size
            for place in range(size):
                s[place] = positions[start + place]
            s[SEED_LOW], s[SEED_HIGH] = philox(number & _WORD, 0, seed), seed
            play_to_end(p, s, r, found, cast, rows[at + MOVE])
            to = row * measured * playouts + playout
            for place in range(measured):
                results[to + place * playouts] = s[places[place]]


def play_to_end(p: Code, s: Room, r: ExecutionContext, found: Room, cast: Numbers, move: int) -> None:
    """Plays to the end of the game: the given move first, unless it is FOLLOW, then those of the players."""
    if s[TURN] == 0:
        s[DRAWS] = 0
        begin(p, s, r)
        s[DECISIONS] = turn_start(s[TURN])
    turn = s[TURN]
    while s[OUTCOME] < 0:
        if s[TURN] != turn:
            turn = s[TURN]
            s[DECISIONS] = turn_start(turn)
        s[DRAWS] = s[DECISIONS] * THROWS & _DRAWS
        seat = next_to_act(p, s)
        chosen = move
        if move == FOLLOW:
            chosen = bot_move(p, s, r, seat, cast, found)
        move = FOLLOW
        apply(p, s, r, seat, chosen)
