"""The rules of play: runs a program on a state, from one decision to the next.

The only place where the rules are written. A program and a state are flat lists of integers; formulas, chance and notes
come from `tabletop.engine.execution`. The functions use only what Numba can compile, and
`tabletop.engine.compiled.native` compiles these same functions for batches of games. The state is changed in place.
"""

from __future__ import annotations

from collections.abc import MutableSequence, Sequence
from typing import TypeAlias

from tabletop.engine.execution import (
    CARD_DEALT,
    CHANCE_CARD,
    CHANCE_HIDDEN,
    CHANCE_TABLE,
    CHANGED,
    ENDED,
    MOVED,
    NOTHING_DEALT,
    ROLLED,
    STAGE_BEGAN,
    TOLD,
    TURN_BEGAN,
    ExecutionContext,
    FormulaSource,
    clear_effects,
    evaluate_weights,
    forced_outcome,
    note,
    pop_effects,
    push_effects,
    set_cause,
    value,
    weighted_index,
)
from tabletop.engine.layout import (
    ACT,
    AFTER,
    BEFORE,
    BEGIN,
    BLOCK_ROW,
    CARD,
    CARD_CHOICE_COUNT,
    CARD_CHOICES,
    CARD_END,
    CARD_FIRST,
    CARD_PLACE,
    CARD_ROW,
    CARDS,
    CHANGE,
    CHOICE,
    CHOICE_CONDITION,
    CHOICE_OPEN_CONDITION,
    CHOICE_OPTION_COUNT,
    CHOICE_OPTIONS,
    CHOICE_ROW,
    CHOICE_SEAT,
    CLOCKED,
    CLOCKED_COUNT,
    COST_ROW,
    DEAL,
    DECISIONS,
    DECK_CARDS,
    DECK_COUNT,
    DECK_GROUP,
    DECK_REFILL,
    DECK_ROW,
    DECKS,
    DRAWS,
    EFFECT_AMOUNT,
    EFFECT_CONDITION,
    EFFECT_DELAY,
    EFFECT_FORMULA,
    EFFECT_HIGH,
    EFFECT_LASTS,
    EFFECT_LOW,
    EFFECT_NUMBER,
    EFFECT_PLACE,
    EFFECT_ROW,
    EFFECT_TARGET,
    EFFECT_UNTIL,
    EFFECT_VERB,
    END,
    ENDING_COUNT,
    ENDINGS,
    ENTER,
    LEAVE,
    MENU_COUNT,
    MENU_MOVES,
    MENU_OPEN,
    MENU_PICKS,
    MENU_ROW,
    MOVE_CLOSES,
    MOVE_COST_COUNT,
    MOVE_COSTS,
    MOVE_END,
    MOVE_FIRST,
    MOVE_MEMORY,
    MOVE_ONCE_A_GAME,
    MOVE_OPEN_COST_COUNT,
    MOVE_OPEN_REQUIRES,
    MOVE_REQUIRES,
    MOVE_ROW,
    MOVE_SECRET,
    MOVES,
    NEXT_STAGE,
    OUTCOME,
    PAIR,
    PASS,
    PHASE,
    PHASE_DECK,
    PHASE_MAY_PASS,
    PHASE_MENUS,
    PHASE_ROW,
    PHASE_RULE_COUNT,
    PHASE_RULES,
    PHASE_SEAT_COUNT,
    PHASE_SEATS,
    PHASE_SIMULTANEOUS,
    PHASE_WHEN,
    PHASES,
    PICKED,
    PICKS,
    POSITION,
    PRIOR_COUNT,
    PRIORS,
    QUEUE,
    QUEUE_LENGTH,
    READY,
    REFRESH,
    REFRESH_COUNT,
    ROLL,
    ROOMS,
    RULE_CONDITION,
    RULE_END,
    RULE_FIRST,
    RULE_ROW,
    SCORES,
    SEAT_OBJECTIVE_COUNT,
    SEAT_OBJECTIVES,
    SEAT_ROOM,
    SEAT_ROW,
    SEAT_ROWS,
    SEATS,
    SEED_HIGH,
    SEED_LOW,
    SET,
    STAGE,
    STAGE_CLOCK,
    STAGE_FIRST,
    STAGE_LAST,
    STAGE_ROW,
    STAGE_THEN,
    STAGE_TURN,
    STAGE_TURNS,
    STAGE_UNTIL,
    STAGES,
    START_COUNT,
    STARTS,
    STEP,
    TABLE_BLOCKS,
    TABLE_GROUP,
    TABLE_ROW,
    TABLES,
    TURN,
    WAITING,
)
from tabletop.engine.philox import below
from tabletop.scenario.turns import MOST_TURNS

Code: TypeAlias = Sequence[int]
Core: TypeAlias = Sequence[int]
State: TypeAlias = MutableSequence[int]


def begin(p: Code, s: State, r: ExecutionContext) -> None:
    """From the initial state to the first decision: hidden truths drawn, the first stage entered."""
    for at in range(p[STARTS], p[STARTS] + PAIR * p[START_COUNT], PAIR):
        s[p[at]] = int(value(p, s, r, p[at + 1]))
    for number in range(p[PRIOR_COUNT]):
        at = p[PRIORS] + PAIR * number
        drawn = draw(p, s, r, p[at + 1], CHANCE_HIDDEN, number)
        # Under some assumptions all weights may be 0: then the first value is taken.
        s[p[at]] = max(0, drawn)
    enter_stage(p, s, r, 0)
    advance(p, s, r)


def draw(p: Code, s: State, r: ExecutionContext, group: int, site: int, subject: int) -> int:
    """A random index in a group of weights, in proportion to them; -1 if all are 0."""
    total = evaluate_weights(p, s, r, group)
    if total <= 0:
        return -1
    told = forced_outcome(r, site, subject)
    if told >= 0:
        return told
    left = below(total, s[DRAWS], s[SEED_HIGH], s[SEED_LOW])
    s[DRAWS] += 1
    return weighted_index(p, s, r, left)


# Who must act, and what they may do


def next_to_act(p: Code, s: Core) -> int:
    """The first seat, in the order of the phase, that must act now; -1 for none, as in a finished game."""
    if s[OUTCOME] >= 0:
        return -1
    if s[CARD] >= 0:
        return p[choice_on_table(p, s) + CHOICE_SEAT]
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    seats = p[phase + PHASE_SEATS]
    if not p[phase + PHASE_SIMULTANEOUS]:
        return p[seats + s[POSITION]]
    ready, room = p[ROOMS] + READY, p[SEAT_ROOM]
    for at in range(seats, seats + p[phase + PHASE_SEAT_COUNT]):
        seat = p[at]
        if s[ready + room * seat] == 0:
            return seat
    return -1


def all_to_act(p: Code, s: Core, found: State) -> int:
    """Writes every seat that must act now into `found`, in the order of the phase; returns their number."""
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    if s[OUTCOME] >= 0 or s[CARD] >= 0 or not p[phase + PHASE_SIMULTANEOUS]:
        found[0] = next_to_act(p, s)
        return 1 if found[0] >= 0 else 0
    count, ready, room, seats = 0, p[ROOMS] + READY, p[SEAT_ROOM], p[phase + PHASE_SEATS]
    for at in range(seats, seats + p[phase + PHASE_SEAT_COUNT]):
        seat = p[at]
        if s[ready + room * seat] == 0:
            found[count] = seat
            count += 1
    return count


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
                if s[at] == number:
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
            if s[at] == number:
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


# Making a move


def apply(p: Code, s: State, r: ExecutionContext, seat: int, number: int) -> None:
    """Makes a legal move and runs to the next decision or the ending."""
    s[DECISIONS] += 1
    if s[CARD] >= 0:
        answer_card(p, s, r, seat, number)
    elif p[p[PHASES] + PHASE_ROW * s[PHASE] + PHASE_SIMULTANEOUS]:
        pick(p, s, r, seat, number)
    else:
        act(p, s, r, seat, number)
    advance(p, s, r)


def answer_card(p: Code, s: State, r: ExecutionContext, seat: int, number: int) -> None:
    """A seat answers the choice of the card on the table."""
    card = s[CARD]
    move = p[MOVES] + MOVE_ROW * number
    if number != PASS:
        set_cause(r, number, seat, card)
        note(r, s, MOVED, number, seat, 0)
        run_rows(p, s, r, p[move + MOVE_FIRST], p[move + MOVE_END])
        set_cause(r, -1, -1, card)
    s[CHOICE] += 1
    settle_card(p, s, r)


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


def clear_picks(p: Code, s: State) -> None:
    """Clears the picks of all seats."""
    for at in range(p[ROOMS], p[ROOMS] + p[SEAT_ROOM] * p[SEATS]):
        s[at] = 0


# Effects


def run_rows(p: Code, s: State, r: ExecutionContext, at: int, end: int) -> None:
    """Runs a range of effects in order; the effects of a roll's outcome run in place of the roll."""
    waiting = 0
    while s[OUTCOME] < 0:
        if at >= end:
            if waiting == 0:
                return
            waiting -= 1
            at, end = pop_effects(p, s, r)
            continue
        effect = at
        at += EFFECT_ROW
        condition = p[effect + EFFECT_CONDITION]
        if condition >= 0 and not value(p, s, r, condition):
            continue
        if p[effect + EFFECT_PLACE] >= 0:
            set_in_motion(p, s, effect)
        elif p[effect + EFFECT_VERB] == ROLL:
            if at < end:
                push_effects(p, s, r, at, end)
                waiting += 1
            at, end = roll(p, s, r, effect)
        else:
            happen(p, s, r, effect)
    clear_effects(p, s, r)


def happen(p: Code, s: State, r: ExecutionContext, effect: int) -> None:
    """Runs one effect other than a roll."""
    verb, target = p[effect + EFFECT_VERB], p[effect + EFFECT_TARGET]
    if verb <= SET:
        before = s[target]
        after = p[effect + EFFECT_AMOUNT]
        if p[effect + EFFECT_FORMULA] >= 0:
            after = int(value(p, s, r, p[effect + EFFECT_FORMULA]))
        if verb == CHANGE:
            after += before
        if after > p[effect + EFFECT_HIGH]:
            after = p[effect + EFFECT_HIGH]
        if after < p[effect + EFFECT_LOW]:
            after = p[effect + EFFECT_LOW]
        s[target] = after
        note(r, s, CHANGED, p[effect + EFFECT_NUMBER], before, after)
    elif verb == DEAL:
        put_in_queue(p, s, target)
    elif verb == BEGIN:
        s[NEXT_STAGE] = target
    elif verb == END:
        note(r, s, ENDED, target, p[effect + EFFECT_NUMBER], 0)
        finish(p, s, r, target)
    else:
        note(r, s, TOLD, p[effect + EFFECT_NUMBER], 0, 0)


def roll(p: Code, s: State, r: ExecutionContext, effect: int) -> tuple[int, int]:
    """Draws on a resolution table; returns the effect range of the outcome."""
    number = p[effect + EFFECT_TARGET]
    table = p[TABLES] + TABLE_ROW * number
    outcome = draw(p, s, r, p[table + TABLE_GROUP], CHANCE_TABLE, number)
    if outcome < 0:
        return 0, 0
    note(r, s, ROLLED, p[effect + EFFECT_NUMBER], number, outcome)
    block = p[table + TABLE_BLOCKS] + BLOCK_ROW * outcome
    return p[block], p[block + 1]


def set_in_motion(p: Code, s: State, effect: int) -> None:
    """Schedules a delayed effect, or starts a lasting one from the next turn on.

    The place of a delayed effect counts, in two bits for each turn ahead, how often it falls due then (at most 3).
    """
    place = p[effect + EFFECT_PLACE]
    if p[effect + EFFECT_DELAY] == 0:
        s[place] = max(s[place], p[effect + EFFECT_LASTS])
        return
    shift = 2 * (p[effect + EFFECT_DELAY] - 1)
    if (s[place] >> shift) & 3 < 3:
        s[place] += 1 << shift


def put_in_queue(p: Code, s: State, card: int) -> None:
    """Queues a card to be dealt next; a card that came up this turn, or a ninth in the queue, is dropped."""
    place = p[p[CARDS] + CARD_ROW * card + CARD_PLACE]
    if s[WAITING] < QUEUE_LENGTH and s[place] != s[TURN]:
        s[place] = s[TURN]
        s[QUEUE + s[WAITING]] = card
        s[WAITING] += 1


# Turns, phases and cards


def advance(p: Code, s: State, r: ExecutionContext) -> None:
    """Runs until a seat must decide or the game is over."""
    while s[OUTCOME] < 0:
        step = s[STEP]
        if step == ACT:
            if decisions_left(p, s, r):
                return
        elif step == ENTER:
            enter_phase(p, s, r)
        elif step == LEAVE:
            leave_phase(p, s, r)
        elif s[CARD] >= 0:
            return
        elif s[WAITING] > 0:
            turn_up(p, s, r)
        else:
            s[STEP] = step + 1
            if step == BEFORE:
                open_phase(p, s, r)


def enter_phase(p: Code, s: State, r: ExecutionContext) -> None:
    """Runs the standing rules of a phase, then deals its card."""
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    when = p[phase + PHASE_WHEN]
    if when >= 0 and not value(p, s, r, when):
        s[STEP] = LEAVE
        return
    set_cause(r, -1, -1, -1)
    s[STEP] = BEFORE
    rules = p[phase + PHASE_RULES]
    for rule in range(rules, rules + RULE_ROW * p[phase + PHASE_RULE_COUNT], RULE_ROW):
        condition = p[rule + RULE_CONDITION]
        if s[OUTCOME] < 0 and (condition < 0 or value(p, s, r, condition)):
            run_rows(p, s, r, p[rule + RULE_FIRST], p[rule + RULE_END])
    if p[phase + PHASE_DECK] >= 0 and s[OUTCOME] < 0:
        deal(p, s, r, p[phase + PHASE_DECK])


def deal(p: Code, s: State, r: ExecutionContext, number: int) -> None:
    """Draws an eligible card from a deck by weight; a card comes up once, until the deck is refilled."""
    deck = p[DECKS] + DECK_ROW * number
    cards = p[deck + DECK_CARDS]
    index = draw(p, s, r, p[deck + DECK_GROUP], CHANCE_CARD, number)
    if index < 0 and p[deck + DECK_REFILL]:
        for at in range(cards, cards + p[deck + DECK_COUNT]):
            s[p[p[CARDS] + CARD_ROW * p[at] + CARD_PLACE]] = 0
        index = draw(p, s, r, p[deck + DECK_GROUP], CHANCE_CARD, number)
    if index < 0:
        note(r, s, NOTHING_DEALT, number, 0, 0)
    else:
        put_in_queue(p, s, p[cards + index])


def turn_up(p: Code, s: State, r: ExecutionContext) -> None:
    """Turns up the next queued card, runs its effects and opens its first choice."""
    number = s[QUEUE]
    for at in range(QUEUE, QUEUE + QUEUE_LENGTH - 1):
        s[at] = s[at + 1]
    s[QUEUE + QUEUE_LENGTH - 1] = 0
    s[WAITING] -= 1
    s[CARD] = number
    s[CHOICE] = 0
    set_cause(r, -1, -1, number)
    note(r, s, CARD_DEALT, number, 0, 0)
    card = p[CARDS] + CARD_ROW * number
    run_rows(p, s, r, p[card + CARD_FIRST], p[card + CARD_END])
    settle_card(p, s, r)


def settle_card(p: Code, s: State, r: ExecutionContext) -> None:
    """Skips choices whose condition is false; after the last one, the card leaves the table."""
    if s[CARD] < 0:
        return
    card = p[CARDS] + CARD_ROW * s[CARD]
    while s[CHOICE] < p[card + CARD_CHOICE_COUNT]:
        condition = p[choice_on_table(p, s) + CHOICE_OPEN_CONDITION]
        if condition < 0 or value(p, s, r, condition):
            return
        s[CHOICE] += 1
    s[CARD] = -1
    s[CHOICE] = 0
    set_cause(r, -1, -1, -1)


def open_phase(p: Code, s: State, r: ExecutionContext) -> None:
    """Opens the decisions of a phase; in a simultaneous one, seats that publicly have no move are not asked."""
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    if p[phase + PHASE_SIMULTANEOUS]:
        seats = p[phase + PHASE_SEATS]
        for at in range(seats, seats + p[phase + PHASE_SEAT_COUNT]):
            if not is_asked(p, s, r, p[at]):
                s[p[ROOMS] + p[SEAT_ROOM] * p[at] + READY] = 1


def decisions_left(p: Code, s: State, r: ExecutionContext) -> bool:
    """Whether a seat must still act in this phase; if none must, reveals the picks and ends the step."""
    phase = p[PHASES] + PHASE_ROW * s[PHASE]
    if p[phase + PHASE_SIMULTANEOUS]:
        if next_to_act(p, s) >= 0:
            return True
        reveal(p, s, r)
    elif s[NEXT_STAGE] < 0:
        while s[POSITION] < p[phase + PHASE_SEAT_COUNT]:
            if is_asked(p, s, r, p[p[phase + PHASE_SEATS] + s[POSITION]]):
                return True
            s[POSITION] += 1
    s[STEP] = AFTER
    return False


def leave_phase(p: Code, s: State, r: ExecutionContext) -> None:
    """Goes to the next phase, turn, stage or the ending."""
    stage = p[STAGES] + STAGE_ROW * s[STAGE]
    until = p[stage + STAGE_UNTIL]
    s[POSITION] = 0
    s[STEP] = ENTER
    if s[TURN] >= MOST_TURNS:
        conclude(p, s, r)
    elif s[NEXT_STAGE] >= 0:
        enter_stage(p, s, r, s[NEXT_STAGE])
    elif s[PHASE] < p[stage + STAGE_LAST]:
        s[PHASE] += 1
    elif s[STAGE_TURN] >= p[stage + STAGE_TURNS] or (until >= 0 and value(p, s, r, until)):
        if p[stage + STAGE_THEN] >= 0:
            enter_stage(p, s, r, p[stage + STAGE_THEN])
        else:
            conclude(p, s, r)
    else:
        begin_turn(p, s, r)


def enter_stage(p: Code, s: State, r: ExecutionContext, stage: int) -> None:
    """Enters a stage and begins its first turn."""
    s[NEXT_STAGE] = -1
    s[STAGE] = stage
    s[STAGE_TURN] = 0
    note(r, s, STAGE_BEGAN, stage, 0, 0)
    begin_turn(p, s, r)


def begin_turn(p: Code, s: State, r: ExecutionContext) -> None:
    """Begins a turn: refreshes resources, runs due delayed effects and lasting effects."""
    stage = p[STAGES] + STAGE_ROW * s[STAGE]
    s[TURN] += 1
    s[STAGE_TURN] += 1
    s[PHASE] = p[stage + STAGE_FIRST]
    s[STEP] = ENTER
    s[POSITION] = 0
    clear_picks(p, s)
    for at in range(p[REFRESH], p[REFRESH] + PAIR * p[REFRESH_COUNT], PAIR):
        s[p[at]] = p[at + 1]
    set_cause(r, -1, -1, -1)
    note(r, s, TURN_BEGAN, s[STAGE], 0, 0)
    if p[stage + STAGE_CLOCK]:
        for at in range(p[CLOCKED], p[CLOCKED] + p[CLOCKED_COUNT]):
            if s[OUTCOME] < 0:
                fall_due(p, s, r, p[at])


def fall_due(p: Code, s: State, r: ExecutionContext, effect: int) -> None:
    """Runs a due delayed effect or a lasting effect, unless its `until` has come true."""
    place = p[effect + EFFECT_PLACE]
    if s[place] == 0:
        return
    until = p[effect + EFFECT_UNTIL]
    if until >= 0 and value(p, s, r, until):
        s[place] = 0
        return
    if p[effect + EFFECT_DELAY]:
        times = s[place] & 3
        s[place] >>= 2
    else:
        times = 1
        s[place] -= 1
    for _ in range(times):
        if p[effect + EFFECT_VERB] == ROLL:
            first, end = roll(p, s, r, effect)
            run_rows(p, s, r, first, end)
        else:
            happen(p, s, r, effect)


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
