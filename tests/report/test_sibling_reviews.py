"""No review of a seat, nor of the room, tells two worlds apart that differ only in what its reader may not know."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import attrs
import pytest

import tabletop
from tabletop.engine.state import State
from tabletop.presentation.words import Words
from tabletop.report.review_facts import Audience, review_of
from tabletop.report.review_page import review_page
from tabletop.session import Facilitator, Session
from tabletop.session.commands import Answered, Joined, Voted
from tests.engine.siblings import siblings

COUNT = max(1, int(os.environ.get("TABLETOP_SIBLINGS", "0")) // 10)
WORDS = Words("en")

pytestmark = pytest.mark.xdist_group("siblings")


def positions(pack: str, count: int, seed: int) -> Iterator[Session]:
    """Games as they stand at some moments, in which people have all the seats."""
    scenario, rng = tabletop.load(pack), random.Random(seed)
    while count:
        session = Session(scenario, seed=rng.getrandbits(64), humans=[seat.id for seat in scenario.seats])
        for _ in range(rng.randint(4, 60)):
            if session.state.finished:
                break
            seat = rng.choice(session.state.acting)
            session.decide(seat, rng.choice(session.game.actions(session.state, seat)), seat, f"Because of {seat}.")
        if not session.state.finished:
            count -= 1
            yield session


def whispers(session: Session, seat: str, rng: random.Random) -> None:
    """Everything is said and done that a reader ("" is the room) may not know of."""
    facilitator = Facilitator(session)
    others = [one.id for one in session.scenario.seats if one.id != seat]
    facilitator.note("Nobody sees this yet.", ["surprise"])
    facilitator.message(others, "For your eyes only.")
    one = rng.choice(others)
    session.remark(Joined(person="late", name="A late comer", standing="seated", hash="00", seat=one), "room")
    moves = (str(session.game.actions(session.state, one)[0]),) if one in session.state.acting else ()
    session.remark(Voted(person="late", seat=one, ballot="1", moves=moves, serial=1), "room", "A secret reason.")
    for question in session.scenario.questions:
        value = 50 if question.kind == "number" else "A secret answer."
        session.remark(Answered(person="late", question=question.id, value=value), "room")


def stands(session: Session, state: State) -> None:
    """Lets a session stand where it does not."""
    session.course.at.position = attrs.evolve(session.position, state=state)
    session._views.clear()


def page(session: Session, seat: str) -> str:
    audience = Audience(reader="seat", seat=seat) if seat else Audience(reader="room")
    return review_page(review_of(session, WORDS, audience))


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_no_review_tells_what_its_reader_may_not_know(pack: str) -> None:
    rng = random.Random(11)
    for session in positions(pack, COUNT, 11):
        state, said = session.state, len(session.commands)
        for seat in (*state.program.seat_ids[:: 1 if COUNT > 1 else 2], ""):
            stands(session, state)
            before = page(session, seat)
            whispers(session, seat, rng)
            assert page(session, seat) == before, f"what is said to others tells {seat or 'the room'}"
            del session.commands[said:]
            for kind, sibling in siblings(state, seat, rng):
                stands(session, sibling)
                assert page(session, seat) == before, f"{kind} tells {seat or 'the room'}"
