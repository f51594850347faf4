"""What people, seats, phases and moves are called in exported files."""

from __future__ import annotations

from tabletop.host.ledger import Ledger
from tabletop.session import Session
from tabletop.session.commands import Command


def called(ledger: Ledger) -> dict[str, str]:
    """What each person is called in a file: by their name, or "Person 7" where pseudonyms are asked for."""
    people = ledger.roster.people.values()
    if ledger.settings.pseudonyms:
        return {person.id: f"Person {number}" for number, person in enumerate(people, 1)}
    return {person.id: person.name for person in people}


class Labels:
    """What things are called in a file, beside their ids: seats, phases, and moves as they stood on phones."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.seats = {seat.id: seat.name for seat in session.scenario.seats}
        self._phases = {phase.id: phase.title for stage in session.scenario.stages for phase in stage.phases}
        self._moves: dict[tuple[int, str], dict[str, str]] = {}

    def seat(self, id: str) -> tuple[str, str]:
        """A seat by its id, and its name."""
        return id, self.seats.get(id, "")

    def when(self, command: Command) -> tuple[int, str, str]:
        """The turn and the phase in which a command was given, and the phase's title."""
        state = self._session.position_at(self._session.course.steps[command.parent]).state
        return state.turn, state.phase, self._phases.get(state.phase, "")

    def move(self, command: Command, seat: str, move: str) -> tuple[str, str]:
        """A move that a seat could make when a command was given, and what it is called."""
        key = command.parent, seat
        if key not in self._moves:
            state = self._session.position_at(self._session.course.steps[command.parent]).state
            actions = self._session.game.view(state, seat).actions
            self._moves[key] = {str(action): action.label for action in actions}
        return move, self._moves[key].get(move, move)
