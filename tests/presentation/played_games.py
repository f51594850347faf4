"""Games of the shipped packs as far as tests of the presentation want them."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterator

import tabletop
from tabletop.scenario import Scenario
from tabletop.session import Session

PACKS = ("summit-2018", "first-summit")


@functools.cache
def loaded(pack: str) -> Scenario:
    """A pack, read once."""
    return tabletop.load(pack)


def moved_on(session: Session, rng: random.Random, decisions: int) -> Session:
    """Makes so many decisions at random, or as many as there are until the end."""
    for _ in range(decisions):
        if session.state.finished:
            break
        seat = rng.choice(session.state.acting)
        session.decide(seat, rng.choice(session.game.actions(session.state, seat)))
    return session


def finished(pack: str, seed: int, humans: tuple[str, ...] | None = None) -> Session:
    """A game that is over; people have the scenario's solo seat, unless others are named."""
    scenario = loaded(pack)
    chosen = (scenario.player,) if humans is None else humans
    return moved_on(Session(scenario, seed=seed, humans=chosen), random.Random(seed), 100_000)


def going_on(pack: str, seed: int, count: int, most: int = 120) -> Iterator[Session]:
    """Games that are not over, each as it stands at some moment; people have all the seats."""
    scenario, rng = loaded(pack), random.Random(seed)
    while count:
        session = Session(scenario, seed=rng.getrandbits(32), humans=[seat.id for seat in scenario.seats])
        moved_on(session, rng, rng.randint(0, most))
        if not session.state.finished:
            count -= 1
            yield session
