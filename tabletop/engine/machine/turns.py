"""The course of a game: stages, turns and phases, from one decision to the next."""

from __future__ import annotations

from tabletop.engine.execution import CHANCE_HIDDEN, STAGE_BEGAN, TURN_BEGAN, ExecutionContext, note, set_cause, value
from tabletop.engine.layout import (
    ACT,
    BEFORE,
    CARD,
    CLOCKED,
    CLOCKED_COUNT,
    DECISIONS,
    ENTER,
    LEAVE,
    NEXT_STAGE,
    OUTCOME,
    PAIR,
    PHASE,
    PHASE_DECK,
    PHASE_ROW,
    PHASE_RULE_COUNT,
    PHASE_RULES,
    PHASE_WHEN,
    PHASES,
    POSITION,
    PRIOR_COUNT,
    PRIORS,
    REFRESH,
    REFRESH_COUNT,
    RULE_CONDITION,
    RULE_END,
    RULE_FIRST,
    RULE_ROW,
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
    TURN,
    WAITING,
    Code,
    State,
)
from tabletop.engine.machine.cards import answer_card, deal, turn_up
from tabletop.engine.machine.chance import draw
from tabletop.engine.machine.effects import fall_due, run_rows
from tabletop.engine.machine.endings import conclude
from tabletop.engine.machine.orders import clear_picks, decisions_left, make_move, open_phase
from tabletop.scenario.turns import MOST_TURNS


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


def apply(p: Code, s: State, r: ExecutionContext, seat: int, number: int) -> None:
    """Makes a legal move and runs to the next decision or the ending."""
    s[DECISIONS] += 1
    if s[CARD] >= 0:
        answer_card(p, s, r, seat, number)
    else:
        make_move(p, s, r, seat, number)
    advance(p, s, r)


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
