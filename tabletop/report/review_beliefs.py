"""What the seats of a session believed, for its review."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.presentation.belief_record import belief_records
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.review.beliefs import SeatBelief
from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.facilitator_view import whole
from tabletop.session.stated_beliefs import stated_beliefs, told_values


def beliefs_of(
    session: Session, words: Words, may_know: Callable[[str], bool], knows_all: bool
) -> tuple[SeatBelief, ...]:
    """What was believed by the seats of which the reader may know it, of truths that are told; `knows_all` for whoever
    leads. Nothing before the game is over."""
    facts = whole(session).facts if knows_all and session.is_over else {}
    truths = {one.id: str(facts[one.id]) for one in session.scenario.hidden if facts} or told_values(session)
    found = []
    for seat in session.scenario.seats:
        own = stated_beliefs(session, seat.id)
        if not own or not may_know(seat.id):
            continue
        seen = Perspective(session.game.program, seat.id, session.view(seat.id), humans=session.humans)
        people = len({one.person for one in own if one.person})
        found += [
            SeatBelief(seat=seat.id, name=seat.name, people=people, record=record)
            for record in belief_records(seen, words, truths, own)
            if record.moments
        ]
    return tuple(found)
