"""Effects: what each kind does to a state, at once, later or lasting."""

from __future__ import annotations

from tabletop.engine.execution import (
    CHANCE_TABLE,
    CHANGED,
    ENDED,
    ROLLED,
    TOLD,
    ExecutionContext,
    clear_effects,
    note,
    pop_effects,
    push_effects,
    value,
)
from tabletop.engine.layout import (
    BLOCK_ROW,
    CARD_PLACE,
    CARD_ROW,
    CARDS,
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
    NEXT_STAGE,
    OUTCOME,
    QUEUE,
    QUEUE_LENGTH,
    TABLE_BLOCKS,
    TABLE_GROUP,
    TABLE_ROW,
    TABLES,
    TURN,
    WAITING,
    Code,
    State,
)
from tabletop.engine.machine.chance import draw
from tabletop.engine.machine.endings import finish

# The numbers of the kinds of effects.
CHANGE, SET, ROLL, DEAL, BEGIN, END, TELL = range(7)
NUMBERS = {"change": CHANGE, "set": SET, "roll": ROLL, "deal": DEAL, "enter": BEGIN, "end": END, "tell": TELL}


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


def put_in_queue(p: Code, s: State, card: int) -> None:
    """Queues a card to be dealt next; a card that came up this turn, or a ninth in the queue, is dropped."""
    place = p[p[CARDS] + CARD_ROW * card + CARD_PLACE]
    if s[WAITING] < QUEUE_LENGTH and s[place] != s[TURN]:
        s[place] = s[TURN]
        s[QUEUE + s[WAITING]] = card
        s[WAITING] += 1


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
