"""Plays positions on to the end of the game, so that neighbouring positions are compared with common random numbers.

Playout n of every position meets the same random numbers in the same turn and at the same decision of it: what two
positions have in common then cancels out in their difference (A. M. Law, "Simulation Modeling and Analysis", ch. 11).
A position says by its count of decisions which of its turn's it is at (see `turn_start`). If nothing random follows a
move, its playouts are those of the position after it, number by number.

All data is in flat integer arrays, so that the same functions run in plain Python and compiled.
"""

from __future__ import annotations

from typing import NamedTuple

from tabletop.engine.bots import THROWS, bot_move
from tabletop.engine.ismcts import FOLLOW
from tabletop.engine.layout import DECISIONS, DRAWS, OUTCOME, SEED_HIGH, SEED_LOW, TURN
from tabletop.engine.machine import apply, begin, next_to_act
from tabletop.engine.philox import philox
from tabletop.engine.playout import Numbers, Playout

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


class Rows(NamedTuple):
    """What is played: positions of `size` places, and rows, `played` in number, that say from which of them, and what
    first."""

    positions: Numbers
    size: int
    rows: Numbers
    played: int


class Results(NamedTuple):
    """The places of a state that are measured at the end, `measured` in number, and the values: for each row and place
    as many as there are playouts."""

    places: Numbers
    measured: int
    values: Numbers


def play_rows(play: Playout, what: Rows, seed: int, playouts: int, results: Results) -> None:
    """Plays out each row equally often, and writes down what is measured. A position that has not begun (turn 0) is
    begun first."""
    s, rows, size = play.state, what.rows, what.size
    for row in range(what.played):
        at = row * ROW
        for playout in range(playouts):
            number = rows[at + NUMBER] + playout
            start = (rows[at + FIRST] + number % rows[at + COUNT]) * size
            for place in range(size):
                s[place] = what.positions[start + place]
            s[SEED_LOW], s[SEED_HIGH] = philox(number & _WORD, 0, seed), seed
            play_to_end(play, rows[at + MOVE])
            to = row * results.measured * playouts + playout
            for place in range(results.measured):
                results.values[to + place * playouts] = s[results.places[place]]


def play_to_end(play: Playout, move: int) -> None:
    """Plays to the end of the game: the given move first, unless it is FOLLOW, then those of the players."""
    p, s, r, found, cast = play
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
