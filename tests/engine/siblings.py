"""Sibling worlds: states that differ only in what a seat may not know, in every way that the rules allow."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import attrs

from tabletop.engine import layout as code
from tabletop.engine.execution import Note
from tabletop.engine.log import Entry, History, entry_of
from tabletop.engine.program import Program
from tabletop.engine.state import State

Core: TypeAlias = list[int]
Change: TypeAlias = Callable[[random.Random, Program, Core, str], None]

#: What of a state's first places everybody knows; the others are chance to come, and how many decisions were made.
_OPEN_HEADER = (
    code.TURN,
    code.STAGE,
    code.STAGE_TURN,
    code.PHASE,
    code.STEP,
    code.POSITION,
    code.CARD,
    code.CHOICE,
    code.NEXT_STAGE,
    code.OUTCOME,
)


def change_facts(rng: random.Random, p: Program, core: Core, seat: str) -> None:
    """Truths, variables, tracks and resources that the seat does not know take any other value."""
    for name, place in p.places.items():
        symbol = p.scope.symbols[name]
        if symbol.known_to is not None and seat not in symbol.known_to:
            core[place] = rng.randint(symbol.low, symbol.high)


def change_memory(rng: random.Random, p: Program, core: Core, seat: str) -> None:
    """What others have done in secret was done at other times, or never."""
    for move in p.moves:
        if move.secret and move.memory >= 0 and p.seat_ids[move.seat] != seat:
            core[move.memory] = rng.choice([0, core[code.TURN], max(0, core[code.TURN] - 1)])


def change_pending(rng: random.Random, p: Program, core: Core, seat: str) -> None:
    """Effects set in motion out of the seat's sight fall due at other times, or not at all."""
    for number, origin in enumerate(p.origins):
        row = p.code[code.EFFECTS] + code.EFFECT_ROW * number
        place = p.code[row + code.EFFECT_PLACE]
        if place < 0 or origin.audience is None or seat in origin.audience:
            continue
        if p.code[row + code.EFFECT_DELAY]:
            core[place] = sum(rng.randint(0, 3) << 2 * ahead for ahead in range(p.code[row + code.EFFECT_DELAY]))
        else:
            core[place] = rng.randint(0, p.code[row + code.EFFECT_LASTS])


def change_picks(rng: random.Random, p: Program, core: Core, seat: str) -> None:
    """Others have chosen other moves face down, more of them or fewer."""
    phase = p.phases[core[code.PHASE]]
    if core[code.PHASE] < 0 or not phase.is_face_down:
        return
    others = [number for number in phase.seats if p.seat_ids[number] != seat]
    own = [number for number in phase.seats if p.seat_ids[number] == seat]
    # Somebody must still act, or everything would have been revealed.
    is_awaited = own and not core[p.seat_places[own[0]] + code.READY]
    awaited = -1 if is_awaited or not others or core[code.STEP] != code.ACT else rng.choice(others)
    for number, most in zip(phase.seats, phase.picks, strict=True):
        if number not in others:
            continue
        place = p.seat_places[number]
        room = range(place + code.PICKS, place + code.PICKS + p.picks_room)
        menu = [move for move in phase.moves[number] if p.moves[move].memory < 0 or not core[p.moves[move].memory]]
        most -= number == awaited
        picked = rng.sample(menu, rng.randint(0, min(most, len(menu))))
        core[place + code.READY] = 0 if number == awaited else rng.choice([0, 1]) if len(picked) < most else 1
        core[place + code.PICKED] = len(picked)
        for at, slot in enumerate(room):
            core[slot] = picked[at] if at < len(picked) else 0


def change_queue(rng: random.Random, p: Program, core: Core, seat: str) -> None:
    """Other cards wait to be turned up."""
    waiting = rng.sample(range(len(p.cards)), rng.randint(0, min(3, len(p.cards))))
    core[code.WAITING] = len(waiting)
    for at in range(code.QUEUE_LENGTH):
        core[code.QUEUE + at] = waiting[at] if at < len(waiting) else 0


def change_chance(rng: random.Random, p: Program, core: Core, seat: str) -> None:
    """Chance to come falls otherwise, and another number of draws and decisions led here."""
    core[code.SEED_LOW], core[code.SEED_HIGH] = rng.getrandbits(32), rng.getrandbits(32)
    core[code.DRAWS], core[code.DECISIONS] = rng.randint(0, 200), rng.randint(0, 200)


CHANGES: tuple[Change, ...] = (
    change_facts,
    change_memory,
    change_pending,
    change_picks,
    change_queue,
    change_chance,
)


def siblings(state: State, seat: str, rng: random.Random) -> Iterator[tuple[str, State]]:
    """States in which what the seat may not know is otherwise: one kind of it, and all together; "" is the public."""
    p = state.program
    for change in CHANGES:
        core = list(state.core)
        change(rng, p, core, seat)
        yield change.__name__, attrs.evolve(state, core=core)
    core = list(state.core)
    for change in CHANGES:
        change(rng, p, core, seat)
    yield "everything", attrs.evolve(state, core=core, history=other_history(state, seat, rng))
    yield "history", attrs.evolve(state, history=other_history(state, seat, rng))


def other_history(state: State, seat: str, rng: random.Random) -> History:
    """A past in which what the seat did not see went otherwise: less of it happened, or more."""
    p = state.program
    kept: list[Note | Entry] = []
    for note in state.history.notes():
        if entry_of(p, note).seen_by(seat) is not None or rng.random() < 0.5:
            kept.append(note)
            continue
        if rng.random() < 0.5:
            kept += [note, note]
    return History(None, tuple(kept))


def unaccounted(p: Program, seat: str) -> list[int]:
    """Places of a state that are neither known to the seat by their kind nor changed by any of CHANGES."""
    known = {*_OPEN_HEADER}
    symbols = p.scope.symbols
    known |= {
        place for name, place in p.places.items() if symbols[name].known_to is None or seat in symbols[name].known_to
    }
    known |= {move.memory for move in p.moves if not move.secret or p.seat_ids[move.seat] == seat}
    known |= {card.place for card in p.cards}
    known |= set(range(p.score_place, p.score_place + len(p.seat_ids)))
    room = code.PICKS + p.picks_room
    own = p.seat_places[p.seat_ids.index(seat)] if seat else -1
    known |= set(range(own, own + room)) if seat else set()
    changed = {code.SEED_LOW, code.SEED_HIGH, code.DRAWS, code.DECISIONS, code.WAITING}
    changed |= set(range(code.QUEUE, code.QUEUE + code.QUEUE_LENGTH))
    changed |= {place + at for place in p.seat_places if place != own for at in range(room)}
    changed |= {move.memory for move in p.moves if move.secret}
    changed |= {place for name, place in p.places.items() if p.scope.symbols[name].known_to is not None}
    for number, origin in enumerate(p.origins):
        place = p.code[p.code[code.EFFECTS] + code.EFFECT_ROW * number + code.EFFECT_PLACE]
        if origin.audience is None or seat in origin.audience:
            known.add(place)
        else:
            changed.add(place)
    return [place for place in range(p.size) if place not in known | changed]


def viewers(p: Program) -> Sequence[str]:
    """Every seat, and the public."""
    return (*p.seat_ids, "")
