"""What a seat may do: legal moves, costs, and whether it is asked at all."""

from __future__ import annotations

from tabletop.engine.execution import FormulaSource, value
from tabletop.engine.layout import (
    CARD,
    CARD_CHOICES,
    CARD_ROW,
    CARDS,
    CHOICE,
    CHOICE_CONDITION,
    CHOICE_OPTION_COUNT,
    CHOICE_OPTIONS,
    CHOICE_ROW,
    COST_ROW,
    MENU_COUNT,
    MENU_MOVES,
    MENU_OPEN,
    MENU_ROW,
    MOVE_COST_COUNT,
    MOVE_COSTS,
    MOVE_MEMORY,
    MOVE_ONCE_A_GAME,
    MOVE_OPEN_COST_COUNT,
    MOVE_OPEN_REQUIRES,
    MOVE_REQUIRES,
    MOVE_ROW,
    MOVE_SECRET,
    MOVES,
    PASS,
    PHASE,
    PHASE_MAY_PASS,
    PHASE_MENUS,
    PHASE_ROW,
    PHASES,
    PICKED,
    PICKS,
    ROOMS,
    SEAT_ROOM,
    TURN,
    Code,
    Core,
    State,
)


def choice_on_table(p: Code, s: Core) -> int:
    """The choice that the card on the table asks for."""
    card = p[CARDS] + CARD_ROW * s[CARD]
    return p[card + CARD_CHOICES] + CHOICE_ROW * s[CHOICE]


def menu_of(p: Code, s: Core, seat: int) -> int:
    """The menu of a seat in this phase."""
    return p[p[PHASES] + PHASE_ROW * s[PHASE] + PHASE_MENUS] + MENU_ROW * seat


def legal(p: Code, s: Core, r: FormulaSource, seat: int, found: State) -> int:
    """Writes the legal moves of a seat that must act into `found`, PASS last if legal; returns their number."""
    count = 0
    if s[CARD] >= 0:
        choice = choice_on_table(p, s)
        if not arises(p, s, r, choice):
            found[0] = PASS
            return 1
        options = p[choice + CHOICE_OPTIONS]
        for at in range(options, options + p[choice + CHOICE_OPTION_COUNT]):
            requires = p[p[MOVES] + MOVE_ROW * p[at] + MOVE_REQUIRES]
            if requires < 0 or value(p, s, r, requires):
                found[count] = p[at]
                count += 1
        return count
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    menu = p[phase + PHASE_MENUS] + MENU_ROW * seat
    moves, place = p[menu + MENU_MOVES], p[ROOMS] + p[SEAT_ROOM] * seat
    for at in range(moves, moves + p[menu + MENU_COUNT]):
        if playable(p, s, r, place, p[at]):
            found[count] = p[at]
            count += 1
    if count == 0 or p[phase + PHASE_MAY_PASS]:
        found[count] = PASS
        count += 1
    return count


def is_on(p: Code, s: Core, r: FormulaSource, seat: int, number: int) -> bool:
    """Whether a move on the menu of this phase, or on the card on the table, is legal now."""
    if s[CARD] >= 0:
        if arises(p, s, r, choice_on_table(p, s)) == (number == PASS):
            return False
        requires = p[p[MOVES] + MOVE_ROW * number + MOVE_REQUIRES]
        return requires < 0 or value(p, s, r, requires) != 0
    if number == PASS:
        may_pass = p[p[PHASES] + PHASE_ROW * s[PHASE] + PHASE_MAY_PASS]
        return may_pass != 0 or not can_act(p, s, r, seat)
    return playable(p, s, r, p[ROOMS] + p[SEAT_ROOM] * seat, number)


def playable(p: Code, s: Core, r: FormulaSource, place: int, number: int) -> bool:
    """Whether a move on the menu of this phase is legal now for the seat whose block begins at `place`."""
    move = p[MOVES] + MOVE_ROW * number
    memory = p[move + MOVE_MEMORY]
    if memory >= 0:
        last = s[memory]
        if last > 0 and (p[move + MOVE_ONCE_A_GAME] or last == s[TURN]):
            return False
        if s[place + PICKED]:
            for at in range(place + PICKS, place + PICKS + s[place + PICKED]):
                if p[p[MOVES] + MOVE_ROW * s[at] + MOVE_MEMORY] == memory:
                    return False
    requires = p[move + MOVE_REQUIRES]
    if requires >= 0 and not value(p, s, r, requires):
        return False
    count = p[move + MOVE_COST_COUNT]
    return count == 0 or affordable(p, s, place, move, count)


def can_act(p: Code, s: Core, r: FormulaSource, seat: int) -> bool:
    """Whether a seat has any legal move but PASS in this phase."""
    menu = menu_of(p, s, seat)
    moves, place = p[menu + MENU_MOVES], p[ROOMS] + p[SEAT_ROOM] * seat
    for at in range(moves, moves + p[menu + MENU_COUNT]):
        if playable(p, s, r, place, p[at]):
            return True
    return False


def is_asked(p: Code, s: Core, r: FormulaSource, seat: int) -> bool:
    """Whether a seat is asked for a move: whether it may have one, judged from public knowledge and its own picks.

    A seat that has no move because of a secret is asked all the same and can only pass, since skipping it would reveal
    the secret.
    """
    menu = menu_of(p, s, seat)
    if p[menu + MENU_OPEN]:
        return can_act(p, s, r, seat)
    moves, place = p[menu + MENU_MOVES], p[ROOMS] + p[SEAT_ROOM] * seat
    for at in range(moves, moves + p[menu + MENU_COUNT]):
        if seems_playable(p, s, r, place, p[at]):
            return True
    return False


def seems_playable(p: Code, s: Core, r: FormulaSource, place: int, number: int) -> bool:
    """Like `playable`, judged from public knowledge and the seat's own picks."""
    move = p[MOVES] + MOVE_ROW * number
    memory = p[move + MOVE_MEMORY]
    if memory >= 0:
        last = s[memory]
        if last > 0 and not p[move + MOVE_SECRET] and (p[move + MOVE_ONCE_A_GAME] or last == s[TURN]):
            return False
        for at in range(place + PICKS, place + PICKS + s[place + PICKED]):
            if p[p[MOVES] + MOVE_ROW * s[at] + MOVE_MEMORY] == memory:
                return False
    requires = p[move + MOVE_OPEN_REQUIRES]
    if requires >= 0 and not value(p, s, r, requires):
        return False
    return affordable(p, s, place, move, p[move + MOVE_OPEN_COST_COUNT])


def arises(p: Code, s: Core, r: FormulaSource, choice: int) -> bool:
    """Whether a choice of the card on the table arises."""
    condition = p[choice + CHOICE_CONDITION]
    return condition < 0 or value(p, s, r, condition) != 0


def affordable(p: Code, s: Core, place: int, move: int, count: int) -> bool:
    """Whether the seat can pay the first `count` costs of a move besides those of its picked but unrevealed moves."""
    costs = p[move + MOVE_COSTS]
    for cost in range(costs, costs + COST_ROW * count, COST_ROW):
        left = s[p[cost]]
        for at in range(place + PICKS, place + PICKS + s[place + PICKED]):
            left -= spent_on(p, s[at], p[cost])
        if left < p[cost + 1]:
            return False
    return True


def spent_on(p: Code, number: int, resource: int) -> int:
    """The cost of a move in the resource at a place."""
    move = p[MOVES] + MOVE_ROW * number
    costs = p[move + MOVE_COSTS]
    total = 0
    for cost in range(costs, costs + COST_ROW * p[move + MOVE_COST_COUNT], COST_ROW):
        if p[cost] == resource:
            total += p[cost + 1]
    return total
