"""The machine: runs a program over a state of integers, from one decision to the next.

Everything here is whole numbers in flat lists, so that the same functions can run as plain Python or be compiled. The
state is changed in place; `Game` copies it first. What happened goes to a `Trace`, where there is one to keep it.
"""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.engine.philox import below
from tabletop.engine.program import (
    ACT,
    AFTER,
    BEFORE,
    BEGIN,
    CARD,
    CHANGE,
    CHOICE,
    DEAL,
    DECISIONS,
    DRAWS,
    END,
    ENTER,
    LEAVE,
    NEXT_STAGE,
    OUTCOME,
    PASS,
    PHASE,
    POSITION,
    QUEUE,
    QUEUE_LENGTH,
    ROLL,
    SEED_HIGH,
    SEED_LOW,
    SET,
    STAGE,
    STAGE_TURN,
    STEP,
    TURN,
    WAITING,
    MenuRow,
    Program,
)
from tabletop.engine.trace import (
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
    Trace,
)
from tabletop.scenario.scope import MOST_TURNS

State = list[int]


def begin(p: Program, s: State, trace: Trace) -> None:
    """From the initial state to the first decision: hidden truths drawn, the first stage entered."""
    for place, formula in p.starts:
        s[place] = int(p.formulas[formula](s))
    for number, (place, weights) in enumerate(p.priors):
        drawn = draw(s, [p.formulas[weight](s) for weight in weights], trace, CHANCE_HIDDEN, number)
        # Under some assumptions no value may have a weight; the first then holds.
        s[place] = max(0, drawn)
    enter_stage(p, s, 0, trace)
    advance(p, s, trace)


def draw(s: State, weights: Sequence[int], trace: Trace, site: int, subject: int) -> int:
    """The index of a weight, with chance in proportion to it; -1 where all are 0 or less."""
    total = 0
    for weight in weights:
        if weight > 0:
            total += weight
    if total <= 0:
        return -1
    if trace.explicit:
        return trace.foretold(weights, site, subject)
    left = below(total, s[DRAWS], s[SEED_HIGH], s[SEED_LOW])
    s[DRAWS] += 1
    for index, weight in enumerate(weights):
        if weight > 0:
            left -= weight
            if left < 0:
                return index
    return -1


# Who must act, and what they may do


def acting(p: Program, s: Sequence[int]) -> list[int]:
    """The seats that must act now, in order; none when the game is over."""
    if s[OUTCOME] >= 0:
        return []
    if s[CARD] >= 0:
        return [p.card_choices[s[CARD]][s[CHOICE]][0]]
    phase = p.phases[s[PHASE]]
    if phase.simultaneous:
        return [seat for seat in phase.seats if s[p.seat_places[seat]] == 0]
    return [phase.seats[s[POSITION]]]


def legal(p: Program, s: Sequence[int], seat: int) -> list[int]:
    """The moves open to a seat that must act: at least one, PASS among them where the phase allows it."""
    formulas, moves = p.formulas, p.moves
    if s[CARD] >= 0:
        return [
            number
            for number in p.card_choices[s[CARD]][s[CHOICE]][2]
            if moves[number].requires < 0 or formulas[moves[number].requires](s)
        ]
    phase = p.phases[s[PHASE]]
    open_moves = playable(p, s, seat)
    if phase.may_pass or not open_moves:
        open_moves.append(PASS)
    return open_moves


def playable(p: Program, s: Sequence[int], seat: int, enough: int = 1_000_000) -> list[int]:
    """The moves other than PASS that a seat may make in this phase; the search stops when it has `enough`."""
    return playable_among(p, s, seat, p.menus[s[PHASE]][seat], enough)


def is_open(p: Program, s: Sequence[int], seat: int, number: int) -> bool:
    """Whether a move is among the legal ones of a seat that must act."""
    row = p.rows[number]
    if s[CARD] >= 0 or row is None:
        return number in legal(p, s, seat)
    return number in p.phases[s[PHASE]].moves[seat] and len(playable_among(p, s, seat, (row,), 1)) > 0


def playable_among(p: Program, s: Sequence[int], seat: int, rows: Sequence[MenuRow], enough: int) -> list[int]:
    """Those of some rows of the menu that a seat may play now."""
    turn = s[TURN]
    base = p.seat_places[seat]
    picked = s[base + 2 : base + 2 + s[base + 1]]
    found: list[int] = []
    for number, memory, once_a_game, requires, cost in rows:
        if memory >= 0:
            last = s[memory]
            if last > 0 and (once_a_game or last == turn):
                continue
            if picked and number in picked:
                continue
        if requires is not None and not requires(s):
            continue
        if cost and not affordable(p, s, cost, picked):
            continue
        found.append(number)
        if len(found) >= enough:
            break
    return found


def can_act(p: Program, s: Sequence[int], seat: int) -> bool:
    """Whether there is anything but PASS for a seat in this phase."""
    return len(playable(p, s, seat, 1)) > 0


def affordable(p: Program, s: Sequence[int], cost: tuple[tuple[int, int], ...], picked: Sequence[int]) -> bool:
    """Whether a cost can be paid beside the moves already picked and not yet revealed."""
    for place, amount in cost:
        left = s[place]
        if left < amount:
            return False
        for number in picked:
            for other, spent in p.moves[number].cost:
                if other == place:
                    left -= spent
        if left < amount:
            return False
    return True


# Making a move


def apply(p: Program, s: State, seat: int, number: int, trace: Trace) -> None:
    """Makes a legal move and runs on to the next decision or the verdict."""
    s[DECISIONS] += 1
    if s[CARD] >= 0:
        answer_card(p, s, seat, number, trace)
    elif p.phases[s[PHASE]].simultaneous:
        pick(p, s, seat, number)
    else:
        act(p, s, seat, number, trace)
    advance(p, s, trace)


def answer_card(p: Program, s: State, seat: int, number: int, trace: Trace) -> None:
    """A seat answers the choice of the card on the table."""
    trace.move, trace.seat, trace.card = number, seat, s[CARD]
    trace.note(s, MOVED, number, seat)
    run_block(p, s, p.moves[number].block, trace)
    trace.move = trace.seat = -1
    s[CHOICE] += 1
    settle_card(p, s, trace)


def pick(p: Program, s: State, seat: int, number: int) -> None:
    """A seat chooses face down in a simultaneous phase."""
    phase = p.phases[s[PHASE]]
    base = p.seat_places[seat]
    if number == PASS:
        s[base] = 1
        return
    s[base + 2 + s[base + 1]] = number
    s[base + 1] += 1
    if s[base + 1] >= phase.picks[phase.seats.index(seat)] or p.moves[number].closes or not can_act(p, s, seat):
        s[base] = 1


def act(p: Program, s: State, seat: int, number: int, trace: Trace) -> None:
    """A seat acts in a sequential phase, at once and in the open."""
    phase = p.phases[s[PHASE]]
    base = p.seat_places[seat]
    if number != PASS:
        carry_out(p, s, seat, number, trace)
        s[base + 1] += 1
    most = phase.picks[s[POSITION]]
    over = number == PASS or p.moves[number].closes or s[base + 1] >= most or s[NEXT_STAGE] >= 0
    if over or s[OUTCOME] >= 0 or not can_act(p, s, seat):
        s[base + 1] = 0
        s[POSITION] += 1


def carry_out(p: Program, s: State, seat: int, number: int, trace: Trace) -> None:
    """Pays for a move, remembers it and brings about its effects."""
    move = p.moves[number]
    for place, amount in move.cost:
        s[place] -= amount
    if move.memory >= 0:
        s[move.memory] = s[TURN]
    trace.move, trace.seat, trace.card = number, seat, -1
    trace.note(s, MOVED, number, seat)
    run_block(p, s, move.block, trace)
    trace.move = trace.seat = -1


def reveal(p: Program, s: State, trace: Trace) -> None:
    """Turns over what was chosen face down, in the order of the seats."""
    for seat in p.phases[s[PHASE]].seats:
        base = p.seat_places[seat]
        for at in range(s[base + 1]):
            if s[OUTCOME] < 0:
                carry_out(p, s, seat, s[base + 2 + at], trace)
    clear_picks(p, s)


def clear_picks(p: Program, s: State) -> None:
    """Nobody has chosen anything yet."""
    for base in p.seat_places:
        for at in range(2 + p.picks_room):
            s[base + at] = 0


# Effects


def run_block(p: Program, s: State, block: int, trace: Trace) -> None:
    """Brings about the effects of a block in order; a roll's outcome happens where the roll stands."""
    at, end = p.blocks[block]
    if at < end:
        run_rows(p, s, at, end, trace)


def run_rows(p: Program, s: State, at: int, end: int, trace: Trace) -> None:
    """Brings about a run of effects in order."""
    todo: list[int] = []
    while True:
        if at >= end or s[OUTCOME] >= 0:
            if not todo or s[OUTCOME] >= 0:
                return
            end = todo.pop()
            at = todo.pop()
            continue
        effect = at
        at += 1
        condition = p.conditions[effect]
        if condition >= 0 and not p.formulas[condition](s):
            continue
        if p.delay_places[effect] >= 0:
            delay(s, p.delay_places[effect], p.delays[effect])
        elif p.lasting_places[effect] >= 0:
            place = p.lasting_places[effect]
            s[place] = max(s[place], p.lasts[effect])
        elif p.verbs[effect] == ROLL:
            todo.append(at)
            todo.append(end)
            at, end = roll(p, s, effect, trace)
        else:
            happen(p, s, effect, trace)


def happen(p: Program, s: State, effect: int, trace: Trace) -> None:
    """Brings about one effect other than a roll."""
    verb, target = p.verbs[effect], p.targets[effect]
    if verb in (CHANGE, SET):
        before = s[target]
        after = int(p.formulas[p.amounts[effect]](s))
        if verb == CHANGE:
            after += before
        after = max(p.lows[effect], min(p.highs[effect], after))
        s[target] = after
        if trace.keeps:
            trace.note(s, CHANGED, effect, before, after)
    elif verb == DEAL:
        put_in_queue(p, s, target)
    elif verb == BEGIN:
        s[NEXT_STAGE] = target
    elif verb == END:
        trace.note(s, ENDED, target, effect)
        finish(p, s, target)
    else:
        trace.note(s, TOLD, effect)


def roll(p: Program, s: State, effect: int, trace: Trace) -> tuple[int, int]:
    """Draws on a resolution table; the rows of effects that follow from the outcome."""
    table = p.targets[effect]
    outcome = draw(s, [p.formulas[weight](s) for weight in p.table_weights[table]], trace, CHANCE_TABLE, table)
    if outcome < 0:
        return 0, 0
    trace.note(s, ROLLED, effect, table, outcome)
    return p.blocks[p.table_blocks[table][outcome]]


def delay(s: State, place: int, turns: int) -> None:
    """Puts an effect off; a place counts, in two bits for each turn ahead, how often it falls due (three at most)."""
    shift = 2 * (turns - 1)
    if (s[place] >> shift) & 3 < 3:
        s[place] += 1 << shift


def put_in_queue(p: Program, s: State, card: int) -> None:
    """Lays a card down to be dealt next; a card that came up this turn, or a ninth one waiting, is left aside."""
    if s[WAITING] < QUEUE_LENGTH and s[p.card_places[card]] != s[TURN]:
        s[p.card_places[card]] = s[TURN]
        s[QUEUE + s[WAITING]] = card
        s[WAITING] += 1


# Turns, phases and cards


def advance(p: Program, s: State, trace: Trace) -> None:
    """Runs on until a seat must decide or the game is over."""
    while s[OUTCOME] < 0:
        step = s[STEP]
        if step == ENTER:
            enter_phase(p, s, trace)
        elif step in (BEFORE, AFTER):
            if s[CARD] >= 0:
                return
            if s[WAITING] > 0:
                turn_up(p, s, trace)
            else:
                s[STEP] = step + 1
                if step == BEFORE:
                    open_phase(p, s)
        elif step == ACT:
            if decisions_left(p, s, trace):
                return
        else:
            leave_phase(p, s, trace)


def enter_phase(p: Program, s: State, trace: Trace) -> None:
    """The standing rules of a phase, then its card."""
    phase = p.phases[s[PHASE]]
    if phase.when >= 0 and not p.formulas[phase.when](s):
        s[STEP] = LEAVE
        return
    trace.card = -1
    s[STEP] = BEFORE
    for condition, block in phase.rules:
        if s[OUTCOME] < 0 and (condition < 0 or p.formulas[condition](s)):
            run_block(p, s, block, trace)
    if phase.deck >= 0 and s[OUTCOME] < 0:
        deal(p, s, phase.deck, trace)


def deal(p: Program, s: State, deck: int, trace: Trace) -> None:
    """Draws a card from a deck by weight among those that may come up."""
    weights = [p.formulas[weight](s) if s[p.card_places[card]] == 0 else 0 for card, weight in p.decks[deck]]
    index = draw(s, weights, trace, CHANCE_CARD, deck)
    if index < 0 and p.refill[deck]:
        for card, _ in p.decks[deck]:
            s[p.card_places[card]] = 0
        weights = [p.formulas[weight](s) for _, weight in p.decks[deck]]
        index = draw(s, weights, trace, CHANCE_CARD, deck)
    if index < 0:
        trace.note(s, NOTHING_DEALT, deck)
    else:
        put_in_queue(p, s, p.decks[deck][index][0])


def turn_up(p: Program, s: State, trace: Trace) -> None:
    """Turns up the next waiting card, brings about its effects and puts its first choice."""
    card = s[QUEUE]
    for at in range(QUEUE, QUEUE + QUEUE_LENGTH - 1):
        s[at] = s[at + 1]
    s[QUEUE + QUEUE_LENGTH - 1] = 0
    s[WAITING] -= 1
    s[CARD], s[CHOICE] = card, 0
    trace.card = card
    trace.note(s, CARD_DEALT, card)
    run_block(p, s, p.card_blocks[card], trace)
    settle_card(p, s, trace)


def settle_card(p: Program, s: State, trace: Trace) -> None:
    """Passes over choices that do not arise; when none is left, the card leaves the table."""
    if s[CARD] < 0:
        return
    choices = p.card_choices[s[CARD]]
    while s[CHOICE] < len(choices):
        condition = choices[s[CHOICE]][1]
        if condition < 0 or p.formulas[condition](s):
            return
        s[CHOICE] += 1
    s[CARD], s[CHOICE] = -1, 0
    trace.card = -1


def open_phase(p: Program, s: State) -> None:
    """In a simultaneous phase, those who have nothing to choose from need not be asked."""
    phase = p.phases[s[PHASE]]
    if phase.simultaneous:
        for seat in phase.seats:
            if not can_act(p, s, seat):
                s[p.seat_places[seat]] = 1


def decisions_left(p: Program, s: State, trace: Trace) -> bool:
    """Whether a seat must still act in this phase; where none must, what was chosen happens and the step is over."""
    phase = p.phases[s[PHASE]]
    if phase.simultaneous:
        for seat in phase.seats:
            if s[p.seat_places[seat]] == 0:
                return True
        reveal(p, s, trace)
    elif s[NEXT_STAGE] < 0:
        while s[POSITION] < len(phase.seats):
            if can_act(p, s, phase.seats[s[POSITION]]):
                return True
            s[POSITION] += 1
    s[STEP] = AFTER
    return False


def leave_phase(p: Program, s: State, trace: Trace) -> None:
    """On to the next phase, turn, stage or the verdict."""
    stage = p.stages[s[STAGE]]
    s[POSITION] = 0
    s[STEP] = ENTER
    if s[TURN] >= MOST_TURNS:
        conclude(p, s, trace)
    elif s[NEXT_STAGE] >= 0:
        enter_stage(p, s, s[NEXT_STAGE], trace)
    elif s[PHASE] < stage.phases[-1]:
        s[PHASE] += 1
    elif s[STAGE_TURN] >= stage.turns or (stage.until >= 0 and p.formulas[stage.until](s)):
        if stage.then >= 0:
            enter_stage(p, s, stage.then, trace)
        else:
            conclude(p, s, trace)
    else:
        begin_turn(p, s, trace)


def enter_stage(p: Program, s: State, stage: int, trace: Trace) -> None:
    """The first turn of a stage."""
    s[NEXT_STAGE] = -1
    s[STAGE] = stage
    s[STAGE_TURN] = 0
    trace.note(s, STAGE_BEGAN, stage)
    begin_turn(p, s, trace)


def begin_turn(p: Program, s: State, trace: Trace) -> None:
    """A turn begins: resources come back, and effects that waited or last happen."""
    stage = p.stages[s[STAGE]]
    s[TURN] += 1
    s[STAGE_TURN] += 1
    s[PHASE] = stage.phases[0]
    s[STEP] = ENTER
    s[POSITION] = 0
    clear_picks(p, s)
    for place, amount in p.refresh:
        s[place] = amount
    trace.card = -1
    trace.note(s, TURN_BEGAN, s[STAGE])
    if stage.clock:
        for effect in p.clocked:
            if s[OUTCOME] < 0:
                fall_due(p, s, effect, trace)


def fall_due(p: Program, s: State, effect: int, trace: Trace) -> None:
    """An effect that was put off or that lasts happens, unless its `until` has come true."""
    times = 0
    place = p.delay_places[effect]
    if place >= 0:
        times = s[place] & 3
        s[place] >>= 2
    else:
        place = p.lasting_places[effect]
        if s[place] > 0:
            s[place] -= 1
            times = 1
    until = p.untils[effect]
    if (times or s[place]) and until >= 0 and p.formulas[until](s):
        s[place] = 0
        return
    for _ in range(times):
        if p.verbs[effect] == ROLL:
            first, last = roll(p, s, effect, trace)
            run_rows(p, s, first, last, trace)
        else:
            happen(p, s, effect, trace)


def conclude(p: Program, s: State, trace: Trace) -> None:
    """The verdict: the first ending whose condition holds."""
    for ending, condition in enumerate(p.endings):
        if condition < 0 or p.formulas[condition](s):
            trace.note(s, ENDED, ending, -1)
            finish(p, s, ending)
            return


def finish(p: Program, s: State, ending: int) -> None:
    """The game is over: the outcome and every seat's points are written down."""
    s[OUTCOME] = ending
    s[CARD] = -1
    for seat, objectives in enumerate(p.objectives):
        total = 0
        for points in objectives:
            total += p.formulas[points](s)
        s[p.score_place + seat] = total
