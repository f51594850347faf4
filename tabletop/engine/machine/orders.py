"""The order in which the seats of a phase decide: who must act, and what becomes of a move.

In a simultaneous phase choices lie face down and are revealed together; in a sequential one each seat acts in turn, at
once and publicly.
"""

from __future__ import annotations

from tabletop.engine.execution import MOVED, ExecutionContext, note, set_cause
from tabletop.engine.layout import (
    AFTER,
    CARD,
    CHOICE_SEAT,
    COST_ROW,
    MENU_PICKS,
    MOVE_CLOSES,
    MOVE_COST_COUNT,
    MOVE_COSTS,
    MOVE_END,
    MOVE_FIRST,
    MOVE_MEMORY,
    MOVE_ROW,
    MOVES,
    NEXT_STAGE,
    OUTCOME,
    PASS,
    PHASE,
    PHASE_ORDER,
    PHASE_ROW,
    PHASE_SEAT_COUNT,
    PHASE_SEATS,
    PHASES,
    PICKED,
    PICKS,
    POSITION,
    READY,
    ROOMS,
    SEAT_ROOM,
    SEATS,
    STEP,
    TURN,
    Code,
    Core,
    State,
)
from tabletop.engine.machine.effects import run_rows
from tabletop.engine.machine.legality import choice_on_table, is_asked, menu_of

# The numbers of the orders.
SEQUENTIAL, SIMULTANEOUS = range(2)
NUMBERS = {"sequential": SEQUENTIAL, "simultaneous": SIMULTANEOUS}


def next_to_act(p: Code, s: Core) -> int:
    """The first seat, in the order of the phase, that must act now; -1 for none, as in a finished game."""
    if s[OUTCOME] >= 0:
        return -1
    if s[CARD] >= 0:
        return p[choice_on_table(p, s) + CHOICE_SEAT]
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    if p[phase + PHASE_ORDER] != SIMULTANEOUS:
        return seat_in_turn(p, s, phase)
    ready, room, seats = p[ROOMS] + READY, p[SEAT_ROOM], p[phase + PHASE_SEATS]
    for at in range(seats, seats + p[phase + PHASE_SEAT_COUNT]):
        seat = p[at]
        if s[ready + room * seat] == 0:
            return seat
    return -1


def seat_in_turn(p: Code, s: Core, phase: int) -> int:
    """The seat whose turn it is in a phase where one acts after the other."""
    return p[p[phase + PHASE_SEATS] + s[POSITION]]


def all_to_act(p: Code, s: Core, found: State) -> int:
    """Writes every seat that must act now into `found`, in the order of the phase; returns their number."""
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    if s[OUTCOME] >= 0 or s[CARD] >= 0 or p[phase + PHASE_ORDER] != SIMULTANEOUS:
        found[0] = next_to_act(p, s)
        return 1 if found[0] >= 0 else 0
    count, ready, room, seats = 0, p[ROOMS] + READY, p[SEAT_ROOM], p[phase + PHASE_SEATS]
    for at in range(seats, seats + p[phase + PHASE_SEAT_COUNT]):
        seat = p[at]
        if s[ready + room * seat] == 0:
            found[count] = seat
            count += 1
    return count


def make_move(p: Code, s: State, r: ExecutionContext, seat: int, number: int) -> None:
    """A seat makes a legal move in a phase, as the order of the phase has it."""
    if p[p[PHASES] + PHASE_ROW * s[PHASE] + PHASE_ORDER] == SIMULTANEOUS:
        pick(p, s, r, seat, number)
    else:
        act(p, s, r, seat, number)


def open_phase(p: Code, s: State, r: ExecutionContext) -> None:
    """Opens the decisions of a phase; in a simultaneous one, seats that publicly have no move are not asked."""
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    if p[phase + PHASE_ORDER] == SIMULTANEOUS:
        seats = p[phase + PHASE_SEATS]
        for at in range(seats, seats + p[phase + PHASE_SEAT_COUNT]):
            if not is_asked(p, s, r, p[at]):
                s[p[ROOMS] + p[SEAT_ROOM] * p[at] + READY] = 1


def decisions_left(p: Code, s: State, r: ExecutionContext) -> bool:
    """Whether a seat must still act in this phase; if none must, reveals the picks and ends the step."""
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    if p[phase + PHASE_ORDER] == SIMULTANEOUS:
        if next_to_act(p, s) >= 0:
            return True
        reveal(p, s, r)
    elif s[NEXT_STAGE] < 0:
        while s[POSITION] < p[phase + PHASE_SEAT_COUNT]:
            if is_asked(p, s, r, seat_in_turn(p, s, phase)):
                return True
            s[POSITION] += 1
    s[STEP] = AFTER
    return False


def pick(p: Code, s: State, r: ExecutionContext, seat: int, number: int) -> None:
    """A seat chooses face down in a simultaneous phase."""
    place = p[ROOMS] + p[SEAT_ROOM] * seat
    if number == PASS:
        s[place + READY] = 1
        return
    s[place + PICKS + s[place + PICKED]] = number
    s[place + PICKED] += 1
    most = p[menu_of(p, s, seat) + MENU_PICKS]
    closes = p[p[MOVES] + MOVE_ROW * number + MOVE_CLOSES]
    if s[place + PICKED] >= most or closes or not is_asked(p, s, r, seat):
        s[place + READY] = 1


def reveal(p: Code, s: State, r: ExecutionContext) -> None:
    """Turns over what was chosen face down, in the order of the seats."""
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    seats = p[phase + PHASE_SEATS]
    for at in range(seats, seats + p[phase + PHASE_SEAT_COUNT]):
        place = p[ROOMS] + p[SEAT_ROOM] * p[at]
        for pick_at in range(place + PICKS, place + PICKS + s[place + PICKED]):
            if s[OUTCOME] < 0:
                carry_out(p, s, r, p[at], s[pick_at])
    clear_picks(p, s)


def act(p: Code, s: State, r: ExecutionContext, seat: int, number: int) -> None:
    """A seat acts in a sequential phase: at once and publicly."""
    place = p[ROOMS] + p[SEAT_ROOM] * seat
    most = p[menu_of(p, s, seat) + MENU_PICKS]
    over = number == PASS
    if not over:
        carry_out(p, s, r, seat, number)
        s[place + PICKED] += 1
        over = p[p[MOVES] + MOVE_ROW * number + MOVE_CLOSES] != 0
    if over or s[place + PICKED] >= most or s[NEXT_STAGE] >= 0 or s[OUTCOME] >= 0 or not is_asked(p, s, r, seat):
        s[place + PICKED] = 0
        s[POSITION] += 1


def carry_out(p: Code, s: State, r: ExecutionContext, seat: int, number: int) -> None:
    """Pays for a move, records it and runs its effects."""
    move = p[MOVES] + MOVE_ROW * number
    costs = p[move + MOVE_COSTS]
    for cost in range(costs, costs + COST_ROW * p[move + MOVE_COST_COUNT], COST_ROW):
        # Moves revealed before may have spent the resource already.
        s[p[cost]] = max(0, s[p[cost]] - p[cost + 1])
    if p[move + MOVE_MEMORY] >= 0:
        s[p[move + MOVE_MEMORY]] = s[TURN]
    set_cause(r, number, seat, -1)
    note(r, s, MOVED, number, seat, 0)
    run_rows(p, s, r, p[move + MOVE_FIRST], p[move + MOVE_END])
    set_cause(r, -1, -1, -1)


def clear_picks(p: Code, s: State) -> None:
    """Clears the picks of all seats."""
    for at in range(p[ROOMS], p[ROOMS] + p[SEAT_ROOM] * p[SEATS]):
        s[at] = 0
