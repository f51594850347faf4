"""The places of a state that a seat may not know, and a state with these masked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tabletop.engine import layout as code
from tabletop.engine.program import Program


def secret_places(p: Program, seat: int) -> frozenset[int]:
    """The places whose value the seat (by number) does not learn: hidden variables, values known only to others, and
    pending effects whose cause it did not see."""
    name = p.scenario.seats[seat].id
    known_to = {place: p.scope.symbols[symbol].known_to for symbol, place in p.places.items()}
    # An empty set means known to nobody; None means known to all.
    found = {place for place, known in known_to.items() if known is not None and name not in known}
    found |= {move.memory for move in p.moves if move.secret and move.seat != seat and move.memory >= 0}
    return frozenset(found.union(_pending(p, name)))


def _pending(p: Program, seat: str) -> Iterator[int]:
    """The places of delayed and lasting effects whose start the seat does not learn."""
    for number, origin in enumerate(p.origins):
        place = p.code[p.code[code.EFFECTS] + code.EFFECT_ROW * number + code.EFFECT_PLACE]
        if place >= 0 and origin.audience is not None and seat not in origin.audience:
            yield place


def masked_core(p: Program, core: Sequence[int], seat: int, secret: frozenset[int]) -> list[int]:
    """A state as the seat knows it, with 0 in all unknown places: others' face-down choices, queued cards, the seed,
    and the seat's secret places. Equal for states that give the seat equal views."""
    known = list(core)
    for place in secret:
        known[place] = 0
    for place in (code.SEED_LOW, code.SEED_HIGH, code.DRAWS, code.DECISIONS):
        known[place] = 0
    for waiting in range(known[code.WAITING]):
        known[p.cards[known[code.QUEUE + waiting]].place] = 0
        known[code.QUEUE + waiting] = 0
    known[code.WAITING] = 0
    if p.phases[known[code.PHASE]].is_face_down:
        for number, place in enumerate(p.seat_places):
            if number != seat:
                known[place : place + code.PICKS + p.picks_room] = [0] * (code.PICKS + p.picks_room)
    return known
