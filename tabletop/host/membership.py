"""Membership: what is written when people join, take a seat, leave, are let in or removed, and when they answer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from tabletop.host.free_text import one_line, person_name
from tabletop.host.ledger import Ledger, Remark, join_said, person_said, token_said
from tabletop.host.questions import Question, answered
from tabletop.host.refusals import Refused
from tabletop.host.roster import Person, Roster, new_person
from tabletop.session.room_commands import Answered

LONGEST_NUMBER = 100
#: What somebody wishes who only looks on, in the place of a seat.
WATCHING = "watching"
Said = tuple[Sequence[Remark], str]


def newcomer(name: str, number: str) -> Person:
    """Somebody who wants to join. Raises Refused for a name that cannot be shown."""
    return new_person(person_name(name), one_line(number, LONGEST_NUMBER, "number"))


def join(ledger: Ledger, person: Person, hash: str, wish: str) -> Said:
    """Lets somebody in; the answer is their id. A form that was sent twice lets in one person.

    Raises Refused where the room is locked or full.
    """
    before = ledger.tokens.get(hash)
    if before is not None:
        return [], before.person
    roster = ledger.roster.joined(person)
    if roster.people[person.id].standing == "waiting":
        roster = _placed(ledger, roster, person.id, wish)
    else:
        roster = roster.wishing(person.id, wish if wish in (WATCHING, *roster.seats) else "")
    return [join_said(roster.people[person.id], hash)], person.id


def _placed(ledger: Ledger, roster: Roster, id: str, wish: str) -> Roster:
    """With a newcomer where newcomers go: where they wish, on the smallest team, or waiting."""
    if wish == WATCHING:
        return roster.watching(id)
    if roster.seating == "choice" and wish in roster.seats:
        return roster.seated(id, wish)
    # Before the beginning all who wait are seated at once, so that teams come out even.
    if roster.seating == "even" and ledger.settings.started:
        return roster.seated(id, roster.smallest(_played(ledger)))
    return roster


def _played(ledger: Ledger) -> tuple[str, ...]:
    """The seats that have a team already: late comers join one, rather than take a seat from its bot."""
    return tuple(seat for seat in ledger.roster.seats if ledger.roster.team(seat))


def choose(ledger: Ledger, id: str, seat: str) -> Said:
    """Puts a person on the seat that they choose. Raises Refused where people may not choose, or have begun."""
    person = ledger.roster.person(id)
    if ledger.roster.seating != "choice":
        raise Refused("seats-given")
    if ledger.settings.started and person.standing == "seated":
        raise Refused("ask-for-team")
    return [person_said(ledger.roster.seated(id, seat).people[id])], id


def leave(ledger: Ledger, id: str) -> Said:
    """Takes a person out of the room, with the tokens of their devices."""
    person = ledger.roster.gone(id).people[id]
    return [person_said(person), *_revoked(ledger, id)], id


def _revoked(ledger: Ledger, id: str) -> list[Remark]:
    return [token_said(hash, "none") for hash, token in ledger.tokens.items() if token.person == id]


def approve(ledger: Ledger, id: str) -> Said:
    """Lets in somebody whose name was looked at."""
    roster = ledger.roster.approved(id)
    if roster is ledger.roster:
        return [], id
    return [person_said(_placed(ledger, roster, id, roster.people[id].wish).people[id])], id


def fill(ledger: Ledger) -> Said:
    """Gives a seat to everybody who waits, so that teams come out even."""
    roster = ledger.roster
    found = roster.evenly()
    return [person_said(roster.seated(id, seat).people[id]) for id, seat in found.items()], ""


def answer(ledger: Ledger, id: str, asked: Sequence[Question], fields: Mapping[str, str]) -> Said:
    """What a person has answered to questions that are asked now. Raises Refused for what is no answer."""
    ledger.roster.person(id)
    if not fields:
        raise Refused("asked-no-more")
    said: list[Remark] = []
    for question in asked:
        if fields.get(question.id, "").strip():
            value = answered(question, fields[question.id])
            before = ledger.answers.get((id, question.id))
            if before is None or before.value != value:
                said.append((Answered(person=id, question=question.id, value=value), ""))
    return said, id
