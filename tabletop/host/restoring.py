"""Restoring: the ledger of a room from the commands of its session, with the votes of what is still undecided."""

from __future__ import annotations

from tabletop.host.ballots import Ballot
from tabletop.host.decisions import ballot_key, ballots_of
from tabletop.host.ledger import Ledger
from tabletop.host.roster import Roster
from tabletop.session import Session


def restored(session: Session) -> Ledger:
    """The ledger as it was when the last command was written."""
    ledger = Ledger(roster=Roster(seats=tuple(seat.id for seat in session.scenario.seats)))
    opened = _beginnings(session)
    for place, command in enumerate(session.commands):
        ledger = _with(ledger, opened.get(place, ()))
        ledger = ledger.after(command.said, command.why)
    return _with(ledger, opened.get(len(session.commands), ()))


def _with(ledger: Ledger, ballots: tuple[Ballot, ...] | list[Ballot]) -> Ledger:
    return ledger.opened({**ledger.ballots, **{one.seat: one for one in ballots}}) if ballots else ledger


def _beginnings(session: Session) -> dict[int, list[Ballot]]:
    """The ballots that are open now, by the place in the commands from which their votes count.

    A ballot is open as long as its seat's view of the decision has been the same.
    """
    keys: dict[tuple[int, str], str] = {}

    def key_at(step: int, seat: str) -> str:
        if (step, seat) not in keys:
            position = session.position_at(session.course.steps[step])
            keys[step, seat] = ballot_key(position.view(seat))
        return keys[step, seat]

    found: dict[int, list[Ballot]] = {}
    for seat, ballot in ballots_of(session).items():
        place = len(session.commands)
        while place and key_at(session.commands[place - 1].parent, seat) == ballot.key:
            place -= 1
        found.setdefault(place, []).append(ballot)
    return found
