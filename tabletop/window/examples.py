"""Examples: games that have come as far as a picture or a test wants them, the same every time."""

from __future__ import annotations

import functools

from tabletop.presentation.belief_shares import rounded
from tabletop.scenario import Scenario
from tabletop.scenario.loading import load
from tabletop.session import Journal, Session
from tabletop.session.advice import choice_of
from tabletop.session.stated_beliefs import believe
from tabletop.window.registry import Example


@functools.cache
def _loaded(name: str) -> Scenario:
    return load(name)


def begun(example: Example, *humans: str, journal: Journal | None = None) -> Session:
    """A game at its start; people have the seats named, or the scenario's solo seat."""
    scenario = _loaded(example.scenario)
    seats = tuple(seat for seat in humans if any(seat == noun.id for noun in scenario.seats))
    chosen = seats or (scenario.player,)
    session = Session(scenario, seed=example.seed, pack=example.scenario, humans=chosen, journal=journal)
    session.language = example.language
    return session


def go_on(session: Session, turn: int | None = None, phase: str = "") -> Session:
    """Lets people decide as their seat's first doctrine does, up to a turn and phase, or to the end."""
    while True:
        for _ in session.run_bots():
            if _is_there(session, turn, phase):
                return session
        seat = session.to_act
        if seat is None or _is_there(session, turn, phase):
            return session
        session.decide(seat, choice_of(session.position, seat))


def acting_phase(scenario: Scenario, place: int = 0) -> str:
    """A phase of the first stage in which seats act, by its place among them; the last one where there are fewer."""
    acting = [phase.id for phase in scenario.stages[0].phases if phase.seats]
    return acting[min(place, len(acting) - 1)] if acting else ""


def some_seats(example: Example, *places: int) -> list[str]:
    """Seats of an example's scenario by their places in its order; those that it has not are left out."""
    seats = [seat.id for seat in _loaded(example.scenario).seats]
    return [seats[place] for place in places if place < len(seats)]


def _is_there(session: Session, turn: int | None, phase: str) -> bool:
    now, here = session.position.moment
    return turn is not None and (now > turn or (now == turn and phase in ("", here)))


def ended(example: Example, *, believing: bool = False) -> Session:
    """A game that is over, in which something was taken back with hindsight; `believing`, the player has said in three
    turns what they hold of the first hidden truth."""
    session = begun(example)
    hidden = next((one for one in session.scenario.hidden if session.humans[0] not in one.known_to), None)
    if believing and hidden is not None:
        for turn in (1, 3):
            go_on(session, turn, acting_phase(session.scenario, 1))
            _say(session, hidden.id, {value: at == turn % 2 for at, value in enumerate(hidden.values)})
    go_on(session, 4, acting_phase(session.scenario, 1))
    if session.can_undo:
        session.undo()
    return go_on(session)


def _say(session: Session, hidden: str, shares: dict[str, float]) -> None:
    """States a belief for the player: mostly on the values with 1, a little on the others."""
    whole = rounded({value: 2 * share + 1 for value, share in shares.items()})
    believe(session, session.humans[0], hidden, whole)
