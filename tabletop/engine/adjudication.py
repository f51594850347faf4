"""Adjudication: what a facilitator may do to a position that no seat can, each with its reason in the log.

Nothing here is a rule of play: the machine carries everything out, from a position that a person has arranged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import attrs

from tabletop.engine import machine
from tabletop.engine.execution import ChanceNeeded, ExecutionContext, weighted_index
from tabletop.engine.game import Game
from tabletop.engine.layout import (
    ACT,
    CARD,
    DRAWS,
    ENTER,
    PHASE,
    POSITION,
    QUEUE,
    QUEUE_LENGTH,
    SEAT_ROOM,
    SEED_HIGH,
    SEED_LOW,
    STAGE,
    STEP,
    TURN,
    WAITING,
)
from tabletop.engine.log import Entry, entry_of
from tabletop.engine.philox import below
from tabletop.engine.program import Action, Program
from tabletop.engine.state import ChanceNode, State
from tabletop.scenario.expression_language import Symbol
from tabletop.scenario.numerals import python_number
from tabletop.scenario.problems import nearest, printable, quoted

NOBODY: frozenset[str] = frozenset()
_SETTABLE = ("meter", "track", "resource", "variable", "hidden variable")


class RulingRefused(ValueError):
    """What a facilitator asked for and cannot be done, and why."""


@attrs.frozen
class Ruling:
    """What a facilitator has ruled of one fall of chance, by its `place` in the step: the outcome, why, and whether
    players are shown that it was ruled."""

    place: int
    outcome: str
    why: str = ""
    shown: bool = True


@attrs.frozen(kw_only=True)
class Draw:
    """One fall of chance in a step: what it was about, what the model drew, and what stands, where that was overruled.

    `place` counts the draws of the step from 0.
    """

    place: int
    node: ChanceNode
    model: str
    outcome: str


def carried_over(game: Game, state: State) -> State:
    """A state of a game in the same game with more cards (`Game.adding`)."""
    program = game.program
    core = [*state.core, *program.initial[len(state.core) :]]
    return State(program=program, core=core, history=state.history)


def inject(game: Game, state: State, card: str, why: str = "", shown: bool = True) -> State:
    """Puts a card of the scenario on the table at once, though no deck dealt it; its choices are then to be answered.

    Where another card waits for an answer it comes up behind that: next, or in the middle of a phase once its decisions
    are made. Where it is not `shown`, players read of the card alone, and not that a facilitator brought it in. Raises
    RulingRefused.
    """
    _refuse_if_over(state)
    program = game.program
    number = _number_of(card, [one.id for one in program.scenario.cards], "card")
    core = list(state.core)
    if core[WAITING] >= QUEUE_LENGTH:
        raise RulingRefused(f"{QUEUE_LENGTH} cards are waiting already: let some of them come up first")
    if core[CARD] == number:
        raise RulingRefused("that card is on the table now")
    core[QUEUE : QUEUE + QUEUE_LENGTH] = [number, *core[QUEUE : QUEUE + QUEUE_LENGTH - 1]]
    core[WAITING] += 1
    core[program.cards[number].place] = core[TURN]
    noun = program.scenario.cards[number]
    entry = ruling(state, f"The facilitator brings in a card: {noun.title}", why, shown)
    if noun.known_to and shown:
        entry = attrs.evolve(entry, known_to=frozenset(noun.known_to))
    run = program.run()
    if core[CARD] < 0:
        machine.turn_up(program.code, core, run)
        machine.advance(program.code, core, run)
    return State(program=program, core=core, history=state.history.then([entry, *run.notes]))


def set_value(game: Game, state: State, name: str, value: int | bool | str, why: str = "", shown: bool = True) -> State:
    """A state in which a meter, track, resource, variable or hidden truth has another value. Raises RulingRefused.

    Where it is not `shown`, nobody reads of it in the log; a number that stands in the open can be seen all the same.
    """
    _refuse_if_over(state)
    program = game.program
    symbol = program.scope.symbols.get(name)
    if symbol is None or name not in settable(game):
        near = nearest(name, settable(game))
        raise RulingRefused(f"there is no '{name}' to be set" + (f" (did you mean '{near}'?)" if near else ""))
    before = state.core[program.places[name]]
    after = _held(symbol, value)
    if after is None:
        one_of = {"bool": "true or false", "int": f"a number from {symbol.low} to {symbol.high}"}
        wanted = one_of.get(symbol.kind) or f"one of {', '.join(symbol.members)}"
        raise RulingRefused(f"'{name}' is {wanted}, not {quoted(str(value))}")
    if not symbol.low <= after <= symbol.high:
        raise RulingRefused(f"'{name}' goes from {symbol.low} to {symbol.high}, not {printable(str(value), 30)}")
    entry = attrs.evolve(
        ruling(state, f"{name} {before} to {after}", why),
        kind="change",
        target=name,
        before=before,
        after=after,
        known_to=symbol.known_to if shown else NOBODY,
    )
    core = list(state.core)
    core[program.places[name]] = after
    return State(program=program, core=core, history=state.history.then([entry]))


def _held(symbol: Symbol, value: int | bool | str) -> int | None:
    """What the machine holds for a value of a symbol; None for one of another kind. True and false may be 1 and 0."""
    if isinstance(value, str):
        return symbol.members.index(value) if value in symbol.members else None
    number = python_number(value)
    is_truth = isinstance(number, bool) or number in (0, 1)
    if number is None or symbol.kind == "choice" or (symbol.kind == "bool" and not is_truth):
        return None
    return None if symbol.kind == "int" and isinstance(number, bool) else int(number)


def settable(game: Game) -> tuple[str, ...]:
    """The names that `set_value` knows."""
    return tuple(symbol.id for symbol in game.program.scope.symbols.values() if symbol.noun in _SETTABLE)


# Phases


def close_phase(game: Game, state: State, why: str = "", shown: bool = True) -> State:
    """Ends the phase with what has been chosen in it. Raises RulingRefused where a card waits for an answer."""

    def close(core: list[int], run: ExecutionContext) -> None:
        program = game.program
        phase = program.phases[core[PHASE]]
        for seat in phase.seats:
            core[program.seat_places[seat]] = 1
        if not phase.simultaneous:
            machine.clear_picks(program.code, core)
            core[POSITION] = len(phase.seats)

    return _rearranged(game, state, f"The facilitator ends the phase {_title(state)}", why, shown, close)


def another_round(game: Game, state: State, why: str = "", shown: bool = True) -> State:
    """What was chosen in the phase is revealed, and its seats may act once more. No card is dealt, no rule applied."""

    def extend(core: list[int], run: ExecutionContext) -> None:
        program = game.program
        if program.phases[core[PHASE]].simultaneous:
            machine.reveal(program.code, core, run)
        machine.clear_picks(program.code, core)
        core[POSITION] = 0
        core[STEP] = ACT
        machine.open_phase(program.code, core, run)

    return _rearranged(game, state, f"The facilitator adds a round to the phase {_title(state)}", why, shown, extend)


def repeat_phase(game: Game, state: State, phase: str = "", why: str = "", shown: bool = True) -> State:
    """Plays a phase of this turn again from its start, by default the present one: its rules, its card, its decisions.

    What was chosen face down is taken back. Play then goes on in order. Raises RulingRefused.
    """
    stage = game.program.stages[state.core[STAGE]]
    ids = [one.id for one in game.scenario.stages[state.core[STAGE]].phases]
    number = stage.phases[_number_of(phase, ids, "phase of this part of the game")] if phase else state.core[PHASE]

    def repeat(core: list[int], run: ExecutionContext) -> None:
        machine.clear_picks(game.program.code, core)
        core[POSITION] = 0
        core[PHASE] = number
        core[STEP] = ENTER

    title = next((p.title for p in game.scenario.stages[state.core[STAGE]].phases if p.id == phase), _title(state))
    return _rearranged(game, state, f"The facilitator has the phase {title} played again", why, shown, repeat)


def take_back_picks(game: Game, state: State, seat: str) -> State:
    """What a seat has chosen face down in this phase is taken back, and it may choose anew; nobody learns of it.

    Raises RulingRefused where nothing of the seat's lies face down.
    """
    _refuse_if_over(state)
    program, core = game.program, list(state.core)
    if state.card is not None or not program.phases[core[PHASE]].simultaneous:
        raise RulingRefused("nothing lies face down now: `undo` takes back what was decided in the open")
    number = program.seat_number(seat)
    if number not in program.phases[core[PHASE]].seats:
        raise RulingRefused(f"{seat} has no choice in the phase {_title(state)}")
    place = program.seat_places[number]
    end = place + program.code[SEAT_ROOM]
    chosen = any(core[place:end])
    core[place:end] = [0] * (end - place)
    if not chosen or not machine.can_act(program.code, core, program.run(), number):
        raise RulingRefused(f"{seat} has chosen nothing that could be changed in the phase {_title(state)}")
    return State(program=program, core=core, history=state.history)


def _rearranged(
    game: Game, state: State, text: str, why: str, shown: bool, change: Callable[[list[int], ExecutionContext], None]
) -> State:
    _refuse_if_over(state)
    if state.card is not None:
        raise RulingRefused("a card waits for an answer: it comes first")
    core, run = list(state.core), game.program.run()
    change(core, run)
    machine.advance(game.program.code, core, run)
    entry = ruling(state, text, why, shown)
    return State(program=game.program, core=core, history=state.history.then([entry, *run.notes]))


# Overruling chance


def step_with(
    game: Game,
    state: State | None,
    seat: str = "",
    action: Action | str = "",
    *,
    seed: int = 0,
    overruled: Mapping[int, str] | None = None,
    why: str = "",
    shown: bool = True,
    earlier: Sequence[Ruling] = (),
) -> tuple[State, tuple[Draw, ...]]:
    """A decision, or with no `state` the start, with every fall of chance in it; some of them as a facilitator rules.

    `overruled` has outcomes by the place of the draw, `earlier` what was ruled before, each with its own reason. Of
    several rulings on one fall the last stands, and each is told of in the log, in order. Where there are none, the
    state is that of `apply` (or `start`). What chance is thrown for later is not moved by them. Raises IllegalAction,
    or RulingRefused for what cannot be.
    """
    rulings = [*earlier, *(Ruling(place, outcome, why, shown) for place, outcome in (overruled or {}).items())]
    wanted = {one.place: one.outcome for one in rulings}
    opening = State(program=game.program, core=game.opening(seed)) if state is None else state
    move = -1 if state is None else game.legal_move(state, seat, action)
    draws: list[Draw] = []
    fallen: list[int] = []
    while True:
        core, run = list(opening.core), game.program.run(outcomes=fallen)
        try:
            if state is None:
                machine.begin(game.program.code, core, run)
            else:
                machine.apply(game.program.code, core, run, game.program.seat_number(seat), move)
        except ChanceNeeded as needed:
            index, draw = _fallen(game, opening, needed, len(fallen), wanted.pop(len(fallen), None))
            fallen.append(index)
            draws.append(draw)
            continue
        break
    if wanted:
        raise RulingRefused(f"there is no draw {min(wanted) + 1} in this step (it has {len(draws)})")
    core[DRAWS] = opening.core[DRAWS] + len(fallen)
    after = State(program=game.program, core=core, history=opening.history.then(run.notes))
    said = _overrulings(after, run, draws, rulings) if rulings else []
    return attrs.evolve(after, history=after.history.then(said)), tuple(draws)


def _fallen(game: Game, opening: State, needed: ChanceNeeded, place: int, ruled: str | None) -> tuple[int, Draw]:
    """Where a draw falls: as the dice have it, or as it was ruled."""
    core, weights = opening.core, needed.weights
    run = ExecutionContext((), ())
    run.weights = weights
    left = below(sum(weights), core[DRAWS] + place, core[SEED_HIGH], core[SEED_LOW])
    model = weighted_index((), (), run, left)
    open_now = tuple(index for index, weight in enumerate(weights) if weight > 0)
    every = game.chance_node(needed, tuple(range(len(weights))))
    ids = [one.id for one in every.outcomes]
    index = model
    if ruled is not None:
        index = _number_of(ruled, ids, "outcome")
        if weights[index] <= 0:
            open_ids = ", ".join(ids[at] for at in open_now)
            raise RulingRefused(f"'{ruled}' cannot come of it now; possible: {open_ids}")
    node = game.chance_node(needed, open_now)
    return index, Draw(place=place, node=node, model=ids[model], outcome=ids[index])


def _overrulings(state: State, run: ExecutionContext, draws: Sequence[Draw], rulings: Sequence[Ruling]) -> list[Entry]:
    """What is said of each ruling, to those who learn of the fall that it is about, and to nobody else."""
    heard = _audiences(state.program, [entry_of(state.program, note) for note in run.notes], draws)
    stands = {draw.place: draw.model for draw in draws}
    said = []
    for one in rulings:
        draw = draws[one.place]
        if one.outcome == stands[one.place]:
            continue
        title = _title_of_draw(state, draw)
        text = f"The facilitator overrules the model on {title}: {one.outcome} instead of {stands[one.place]}"
        if one.outcome == draw.model:
            text = f"The facilitator lets the model stand on {title}: {draw.model} instead of {stands[one.place]}"
        stands[one.place] = one.outcome
        said.append(attrs.evolve(ruling(state, text, one.why), known_to=heard[one.place] if one.shown else NOBODY))
    return said


def _audiences(p: Program, entries: Sequence[Entry], draws: Sequence[Draw]) -> dict[int, frozenset[str] | None]:
    """Who learns how each draw fell, by its place; None is everybody. A card that has not come up yet, nobody knows."""
    found: dict[int, frozenset[str] | None] = {}
    waiting = list(entries)
    for draw in draws:
        entry = next((one for one in waiting if _tells_of(one, draw)), None)
        if entry is not None:
            waiting.remove(entry)
            found[draw.place] = _read_by(p, entry)
        else:
            found[draw.place] = p.scope.symbols[draw.node.subject].known_to if draw.node.kind == "hidden" else NOBODY
    return found


def _read_by(p: Program, entry: Entry) -> frozenset[str] | None:
    """Who learns of an entry; of a card that is not for everybody, those to whom it is read."""
    for_some = [card.known_to for card in p.scenario.cards if card.id == entry.card and card.known_to]
    if not for_some:
        return entry.known_to
    return frozenset(for_some[0]) if entry.known_to is None else entry.known_to & frozenset(for_some[0])


def _tells_of(entry: Entry, draw: Draw) -> bool:
    if draw.node.kind == "card":
        return entry.kind == "card" and entry.rule == draw.outcome
    return entry.kind == "roll" and (entry.rule, entry.outcome) == (draw.node.subject, draw.outcome)


def _title_of_draw(state: State, draw: Draw) -> str:
    scenario = state.program.scenario
    nouns: Mapping[str, str] = {}
    if draw.node.kind == "table":
        nouns = {table.id: table.title for table in scenario.tables}
    elif draw.node.kind == "card":
        nouns = {deck.id: deck.name for deck in scenario.decks}
    else:
        nouns = {hidden.id: hidden.name for hidden in scenario.hidden}
    return nouns[draw.node.subject]


# In words


def ruling(state: State, text: str, why: str, shown: bool = True) -> Entry:
    """An entry of the log for what a facilitator did."""
    return Entry(
        kind="ruling",
        turn=state.turn,
        stage=state.stage,
        phase=state.phase,
        text=text,
        noun="ruling",
        rule="facilitator",
        title="The facilitator",
        why=why,
        known_to=None if shown else NOBODY,
    )


def _title(state: State) -> str:
    phases = state.program.scenario.stages[state.core[STAGE]].phases
    return next(phase.title for phase in phases if phase.id == state.phase)


def _refuse_if_over(state: State) -> None:
    if state.finished:
        raise RulingRefused("the game is over: step back first, and go on from there")


def _number_of(name: str, known: list[str], noun: str) -> int:
    if name in known:
        return known.index(name)
    near = nearest(name, known)
    raise RulingRefused(f"there is no {noun} '{name}'" + (f" (did you mean '{near}'?)" if near else ""))
