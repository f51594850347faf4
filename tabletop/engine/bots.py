"""What the built-in players do, in the machine's own terms, so that batches can be compiled with them."""

from __future__ import annotations

from tabletop.engine.layout import (
    BITS,
    CARD,
    CHOICE_OPTION_COUNT,
    CHOICE_OPTIONS,
    DECISIONS,
    HABIT_MOVES,
    HABIT_ODDS,
    HABIT_ROW,
    HABIT_WHEN,
    MENU_COUNT,
    MENU_MOVES,
    PASS,
    PHASE,
    PHASE_MAY_PASS,
    PHASE_ROW,
    PHASES,
    SEED_HIGH,
    SEED_LOW,
)
from tabletop.engine.machine import Code, Core, State, choice_on_table, is_open, legal, menu_of
from tabletop.engine.philox import below
from tabletop.engine.run import Run, value

THROWS = 64
_TRIES = 12


def throw(s: Core, seat: int, number: int, bound: int) -> int:
    """A number from 0 to `bound` - 1 from a seat's own dice: the throws of a decision are numbered from 1."""
    return below(bound, first_throw(s, seat) + number, s[SEED_HIGH], s[SEED_LOW])


def first_throw(s: Core, seat: int) -> int:
    """Where a seat's dice begin for this decision; clear of the counters of the game's own chance."""
    return ((s[DECISIONS] * THROWS) & 0xFFFFFF) | ((seat + 1) << 24)


def random_move(p: Code, s: Core, r: Run, seat: int, found: State) -> int:
    """Any legal move, each with equal chance. `found` is room for the legal moves."""
    if s[CARD] >= 0:
        choice = choice_on_table(p, s)
        moves, count, passes = p[choice + CHOICE_OPTIONS], p[choice + CHOICE_OPTION_COUNT], 0
    else:
        menu = menu_of(p, s[PHASE], seat)
        moves, count = p[menu + MENU_MOVES], p[menu + MENU_COUNT]
        passes = p[p[PHASES] + PHASE_ROW * s[PHASE] + PHASE_MAY_PASS]
    # Most of a menu is open most of the time: to draw until an open move comes up is quicker than to list them all.
    for number in range(1, _TRIES + 1):
        at = throw(s, seat, number, count + passes)
        if at == count:
            return PASS
        if is_open(p, s, r, seat, p[moves + at]):
            return p[moves + at]
    return int(found[throw(s, seat, _TRIES + 1, legal(p, s, r, seat, found))])


def doctrine_move(p: Code, s: Core, r: Run, seat: int, habits: int, count: int, found: State) -> int:
    """The move of a doctrine, whose habits stand in the program: the first that applies decides."""
    open_moves = legal(p, s, r, seat, found)
    if open_moves == 1:
        return int(found[0])
    throws = 0
    for habit in range(habits, habits + HABIT_ROW * count, HABIT_ROW):
        condition = p[habit + HABIT_WHEN]
        if condition >= 0 and not value(p, s, r, condition):
            continue
        fitting = 0
        for at in range(open_moves):
            fitting += belongs(p, habit, found[at])
        if fitting == 0:
            continue
        if p[habit + HABIT_ODDS] < 100:
            throws += 1
            if throw(s, seat, throws, 100) >= p[habit + HABIT_ODDS]:
                continue
        if fitting > 1:
            throws += 1
            fitting = throw(s, seat, throws, fitting) + 1
        return nth_fitting(p, habit, found, fitting)
    if found[open_moves - 1] == PASS:
        return PASS
    return int(found[throw(s, seat, throws + 1, open_moves)])


def belongs(p: Code, habit: int, move: int) -> int:
    """1 where a habit takes a move, else 0."""
    return (p[p[habit + HABIT_MOVES] + move // BITS] >> (move % BITS)) & 1


def nth_fitting(p: Code, habit: int, found: State, nth: int) -> int:
    """The nth (from 1) of the legal moves that a habit takes."""
    at = -1
    while nth > 0:
        at += 1
        nth -= belongs(p, habit, found[at])
    return int(found[at])
