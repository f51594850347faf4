"""Moves of the built-in players (random, doctrine) as functions that Numba can compile for batches."""

from __future__ import annotations

from tabletop.engine.execution import FormulaSource, value
from tabletop.engine.layout import (
    CARD,
    CHOICE_NUMBER,
    CHOICE_OPTION_COUNT,
    CHOICE_OPTIONS,
    DECISIONS,
    HABIT_MOVE_COUNT,
    HABIT_MOVES,
    HABIT_ODDS,
    HABIT_ROW,
    HABIT_WHEN,
    MENU_COUNT,
    MENU_MOVES,
    MENU_ROW,
    PAIR,
    PASS,
    PHASE,
    PHASE_COUNT,
    PHASE_MAY_PASS,
    PHASE_MENUS,
    PHASE_ROW,
    PHASES,
    SEED_HIGH,
    SEED_LOW,
    Code,
    Core,
    State,
)
from tabletop.engine.machine import choice_on_table, is_on, legal
from tabletop.engine.philox import below

#: In a cast (a row of players by seat): a seat that takes any legal move.
RANDOM = -1

THROWS = 64
_TRIES = 12


def throw(s: Core, seat: int, number: int, bound: int) -> int:
    """A number from 0 to `bound` - 1 from a seat's own dice: the throws of a decision are numbered from 1."""
    return below(bound, first_throw(s, seat) + number, s[SEED_HIGH], s[SEED_LOW])


def first_throw(s: Core, seat: int) -> int:
    """The first counter of a seat's dice for this decision; the game's own draws never use these counters."""
    return ((s[DECISIONS] * THROWS) & 0xFFFFFF) | ((seat + 1) << 24)


def bot_move(p: Code, s: Core, r: FormulaSource, seat: int, cast: Core, found: State) -> int:
    """What the built-in player of a seat does; the cast holds, by seat, a doctrine's address or RANDOM."""
    if cast[seat] == RANDOM:
        return random_move(p, s, r, seat, found)
    return doctrine_move(p, s, r, seat, cast[seat], found)


def random_move(p: Code, s: Core, r: FormulaSource, seat: int, found: State) -> int:
    """Any legal move, each with equal chance. `found` is room for the legal moves."""
    if s[CARD] >= 0:
        choice = choice_on_table(p, s)
        moves, count, passes = p[choice + CHOICE_OPTIONS], p[choice + CHOICE_OPTION_COUNT], 0
    else:
        phase = p[PHASES] + PHASE_ROW * s[PHASE]
        menu = p[phase + PHASE_MENUS] + MENU_ROW * seat
        moves, count, passes = p[menu + MENU_MOVES], p[menu + MENU_COUNT], p[phase + PHASE_MAY_PASS]
    # Most moves of a menu are usually open: drawing until an open one comes up is faster than listing them all.
    first, high, key = first_throw(s, seat) + 1, s[SEED_HIGH], s[SEED_LOW]
    for dice in range(first, first + _TRIES):
        at = below(count + passes, dice, high, key)
        if at == count:
            return PASS
        number = p[moves + at]
        if is_on(p, s, r, seat, number):
            return number
    return int(found[throw(s, seat, _TRIES + 1, legal(p, s, r, seat, found))])


def doctrine_move(p: Code, s: Core, r: FormulaSource, seat: int, doctrine: int, found: State) -> int:
    """The move of the doctrine at an address of the program: the first habit that applies decides.

    `found` is room for the legal moves.
    """
    table = s[PHASE]
    if s[CARD] >= 0:
        table = p[PHASE_COUNT] + p[choice_on_table(p, s) + CHOICE_NUMBER]
    throws = 0
    habits = p[doctrine + PAIR * table]
    for habit in range(habits, habits + HABIT_ROW * p[doctrine + PAIR * table + 1], HABIT_ROW):
        condition = p[habit + HABIT_WHEN]
        if condition >= 0 and not value(p, s, r, condition):
            continue
        moves = p[habit + HABIT_MOVES]
        fitting = 0
        for at in range(moves, moves + p[habit + HABIT_MOVE_COUNT]):
            if is_on(p, s, r, seat, p[at]):
                found[fitting] = p[at]
                fitting += 1
        if fitting == 0:
            continue
        if p[habit + HABIT_ODDS] < 100:
            throws += 1
            if throw(s, seat, throws, 100) >= p[habit + HABIT_ODDS]:
                continue
        if fitting == 1:
            return int(found[0])
        return int(found[throw(s, seat, throws + 1, fitting)])
    open_moves = legal(p, s, r, seat, found)
    if open_moves == 1 or found[open_moves - 1] == PASS:
        return int(found[open_moves - 1])
    return int(found[throw(s, seat, throws + 1, open_moves)])
