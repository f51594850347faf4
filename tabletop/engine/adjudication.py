"""Adjudication: what a facilitator may do to a position that no seat can, each with its reason in the log.

Nothing here is a rule of play: the machine carries everything out, from a position that a person has arranged.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

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
from tabletop.engine.log import Entry, Intervention, InterventionKind, entry_of
from tabletop.engine.philox import below
from tabletop.engine.program import Action, Program
from tabletop.engine.state import ChanceNode, State
from tabletop.scenario.expression_language import Symbol
from tabletop.scenario.numerals import python_number
from tabletop.scenario.problems import nearest, printable, quoted

NOBODY: frozenset[str] = frozenset()
_NOUN_OF_DRAW: Mapping[str, Literal["table", "deck", "hidden"]] = {"table": "table", "card": "deck", "hidden": "hidden"}
_SETTABLE = ("meter", "track", "resource", "variable", "hidden variable", "assumption")


class RulingRefused(ValueError):
    """What a facilitator asked for and cannot be done: `kind` says why, `places` of what; the message says it in plain
    English.

    The kinds are the entries of assets/words/*/errors.yaml, with underscores for hyphens.
    """

    def __init__(self, message: str, kind: str = "", **places: object) -> None:
        super().__init__(message)
        self.kind, self.places = kind, places


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
        raise RulingRefused(
            f"{QUEUE_LENGTH} cards are waiting already: let some of them come up first", "queue-full", most=QUEUE_LENGTH
        )
    if core[CARD] == number:
        raise RulingRefused("that card is on the table now", "card-on-table")
    core[QUEUE : QUEUE + QUEUE_LENGTH] = [number, *core[QUEUE : QUEUE + QUEUE_LENGTH - 1]]
    core[WAITING] += 1
    core[program.cards[number].place] = core[TURN]
    noun = program.scenario.cards[number]
    entry = ruling(state, Intervention(kind="inject", noun="card", subject=card), why, shown)
    if noun.known_to and shown:
        entry = attrs.evolve(entry, known_to=frozenset(noun.known_to))
    run = program.run()
    if core[CARD] < 0:
        machine.turn_up(program.code, core, run)
        machine.advance(program.code, core, run)
    return State(program=program, core=core, history=state.history.then([entry, *run.notes]))


def set_value(game: Game, state: State, name: str, value: int | bool | str, why: str = "", shown: bool = True) -> State:
    """A state in which a meter, track, resource, variable, hidden truth or assumption has another value.

    An assumption holds from then on. Raises RulingRefused.

    Where it is not `shown`, nobody reads of it in the log; a number that stands in the open can be seen all the same.
    """
    _refuse_if_over(state)
    program = game.program
    symbol = program.scope.symbols.get(name)
    if symbol is None or name not in settable(game):
        near = nearest(name, settable(game))
        raise RulingRefused(
            f"there is no '{name}' to be set" + (f" (did you mean '{near}'?)" if near else ""),
            "nothing-to-set-near" if near else "nothing-to-set",
            name=name,
            near=near or "",
        )
    before = state.core[program.places[name]]
    after = _held(symbol, value)
    if after is None:
        one_of = {"bool": "true or false", "int": f"a number from {symbol.low} to {symbol.high}"}
        wanted = one_of.get(symbol.kind) or f"one of {', '.join(symbol.members)}"
        raise RulingRefused(
            f"'{name}' is {wanted}, not {quoted(str(value))}",
            f"not-a-{symbol.kind}",
            name=name,
            value=printable(str(value), 30),
            low=symbol.low,
            high=symbol.high,
            members=", ".join(symbol.members),
        )
    if not symbol.low <= after <= symbol.high:
        raise RulingRefused(
            f"'{name}' goes from {symbol.low} to {symbol.high}, not {printable(str(value), 30)}",
            "out-of-range",
            name=name,
            value=printable(str(value), 30),
            low=symbol.low,
            high=symbol.high,
        )
    entry = attrs.evolve(
        ruling(state, Intervention(kind="set", noun="value", subject=name), why),
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
        if not phase.is_face_down:
            machine.clear_picks(program.code, core)
            core[POSITION] = len(phase.seats)

    return _rearranged(game, state, _of_phase("skip", state.phase), why, shown, close)


def another_round(game: Game, state: State, why: str = "", shown: bool = True) -> State:
    """What was chosen in the phase is revealed, and its seats may act once more. No card is dealt, no rule applied."""

    def extend(core: list[int], run: ExecutionContext) -> None:
        program = game.program
        if program.phases[core[PHASE]].is_face_down:
            machine.reveal(program.code, core, run)
        machine.clear_picks(program.code, core)
        core[POSITION] = 0
        core[STEP] = ACT
        machine.open_phase(program.code, core, run)

    return _rearranged(game, state, _of_phase("extend", state.phase), why, shown, extend)


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

    return _rearranged(game, state, _of_phase("repeat", phase or state.phase), why, shown, repeat)


def take_back_picks(game: Game, state: State, seat: str) -> State:
    """What a seat has chosen face down in this phase is taken back, and it may choose anew; nobody learns of it.

    Raises RulingRefused where nothing of the seat's lies face down.
    """
    _refuse_if_over(state)
    program, core = game.program, list(state.core)
    if state.card is not None or not program.phases[core[PHASE]].is_face_down:
        raise RulingRefused(
            "nothing lies face down now: `undo` takes back what was decided in the open", "nothing-face-down"
        )
    number = program.seat_number(seat)
    if number not in program.phases[core[PHASE]].seats:
        raise RulingRefused(
            f"{seat} has no choice in the phase {_title(state)}", "no-choice-in-phase", seat=seat, phase=_title(state)
        )
    place = program.seat_places[number]
    end = place + program.code[SEAT_ROOM]
    chosen = any(core[place:end])
    core[place:end] = [0] * (end - place)
    if not chosen or not machine.can_act(program.code, core, program.run(), number):
        raise RulingRefused(
            f"{seat} has chosen nothing that could be changed in the phase {_title(state)}",
            "nothing-chosen",
            seat=seat,
            phase=_title(state),
        )
    return State(program=program, core=core, history=state.history)


def _rearranged(
    game: Game,
    state: State,
    done: Intervention,
    why: str,
    shown: bool,
    change: Callable[[list[int], ExecutionContext], None],
) -> State:
    _refuse_if_over(state)
    if state.card is not None:
        raise RulingRefused("a card waits for an answer: it comes first", "card-first")
    core, run = list(state.core), game.program.run()
    change(core, run)
    machine.advance(game.program.code, core, run)
    entry = ruling(state, done, why, shown)
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
        raise RulingRefused(
            f"there is no draw {min(wanted) + 1} in this step (it has {len(draws)})",
            "no-draw",
            number=min(wanted) + 1,
            most=len(draws),
        )
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
            raise RulingRefused(
                f"'{ruled}' cannot come of it now; possible: {open_ids}",
                "outcome-impossible",
                outcome=ruled,
                open=open_ids,
            )
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
        done = Intervention(
            kind="restore" if one.outcome == draw.model else "overrule",
            noun=_NOUN_OF_DRAW[draw.node.kind],
            subject=draw.node.subject,
            outcome=one.outcome,
            instead=stands[one.place],
        )
        stands[one.place] = one.outcome
        said.append(attrs.evolve(ruling(state, done, one.why), known_to=heard[one.place] if one.shown else NOBODY))
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


# In the log


def ruling(state: State, done: Intervention, why: str, shown: bool = True) -> Entry:
    """An entry of the log for what a facilitator did."""
    return Entry(
        kind="ruling",
        turn=state.turn,
        stage=state.stage,
        phase=state.phase,
        noun="ruling",
        rule="facilitator",
        intervention=done,
        why=why,
        known_to=None if shown else NOBODY,
    )


def _of_phase(kind: InterventionKind, phase: str) -> Intervention:
    return Intervention(kind=kind, noun="phase", subject=phase)


def _title(state: State) -> str:
    phases = state.program.scenario.stages[state.core[STAGE]].phases
    return next(phase.title for phase in phases if phase.id == state.phase)


def _refuse_if_over(state: State) -> None:
    if state.finished:
        raise RulingRefused("the game is over: step back first, and go on from there", "game-over")


def _number_of(name: str, known: list[str], noun: str) -> int:
    if name in known:
        return known.index(name)
    near = nearest(name, known)
    raise RulingRefused(
        f"there is no {noun} '{name}'" + (f" (did you mean '{near}'?)" if near else ""),
        f"no-{noun.split()[0]}-near" if near else f"no-{noun.split()[0]}",
        name=name,
        near=near or "",
    )
