"""The ledger of a room: everything that its commands in the journal have said of people, tokens, votes and answers.

It is what remains when the process is killed: `after` is the only way in which it changes, alike when a command is
given and when a session is opened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Any

import attrs

from tabletop.host.ballots import Ballot, Vote
from tabletop.host.refusals import Refused
from tabletop.host.roster import SEATINGS, Person, Roster
from tabletop.host.settings import Settings, with_settings
from tabletop.host.tokens import ROLES, Token
from tabletop.session.command_kinds import Said, said_from

Remark = tuple[str, Mapping[str, Any], str]

_STANDINGS = ("unapproved", "waiting", "seated", "watching", "gone")


@attrs.frozen(kw_only=True)
class Answer:
    """What a person has answered to a question of the pack: a number, or a text or choice as it was written."""

    person: str
    question: str
    value: int | str


@attrs.frozen(kw_only=True)
class Ledger:
    """A room as its commands have made it. `ballots` are the open ones by seat, with the votes cast so far."""

    roster: Roster
    settings: Settings = attrs.field(factory=Settings)
    tokens: Mapping[str, Token] = MappingProxyType({})
    answers: Mapping[tuple[str, str], Answer] = MappingProxyType({})
    ballots: Mapping[str, Ballot] = MappingProxyType({})

    def opened(self, ballots: Mapping[str, Ballot]) -> Ledger:
        """With these ballots open and no others. Where one goes on, it keeps the votes for moves that are still legal.

        A ballot goes on as long as its key does.
        """
        found: dict[str, Ballot] = {}
        for seat, ballot in ballots.items():
            before = self.ballots.get(seat)
            votes = before.votes if before is not None and before.key == ballot.key else {}
            kept = {id: vote for id, vote in votes.items() if set(vote.moves) <= set(ballot.moves)}
            found[seat] = attrs.evolve(ballot, votes=MappingProxyType(kept))
        if found == self.ballots:
            return self
        return attrs.evolve(self, ballots=MappingProxyType(found))

    def after(self, kind: str, body: Mapping[str, Any], why: str = "") -> Ledger:
        """The ledger after a command; the same for a command that says nothing of the room."""
        change = _CHANGES.get(kind)
        if change is None and kind != "vote":
            return self
        try:
            return _voted(self, body, why) if change is None else change(self, body)
        except (KeyError, TypeError, Refused):
            # A journal that was written by hand, or by a later version: what does not fit says nothing.
            return self

    def after_all(self, remarks: Iterable[Remark]) -> Ledger:
        """The ledger after several commands."""
        ledger = self
        for kind, body, why in remarks:
            ledger = ledger.after(kind, body, why)
        return ledger


def commands_of(remarks: Iterable[Remark]) -> list[tuple[Said, str]]:
    """Remarks as a session takes them: the command, and why."""
    return [(said_from(kind, body), why) for kind, body, why in remarks]


# What commands change


def _joined(ledger: Ledger, body: Mapping[str, Any]) -> Ledger:
    standing, roster = _standing(body), ledger.roster
    seat = body["seat"] if standing == "seated" else ""
    person = Person(
        id=body["person"], name=body["name"], standing=standing, seat=seat, number=body.get("gradebook", "")
    )
    if person.id in roster.people or (seat and seat not in roster.seats):
        return ledger
    people = MappingProxyType({**roster.people, person.id: person})
    token = Token(hash=body["hash"], role="device", person=person.id)
    return attrs.evolve(
        ledger,
        roster=attrs.evolve(roster, people=people),
        tokens=MappingProxyType({**ledger.tokens, token.hash: token}),
    )


def _person(ledger: Ledger, body: Mapping[str, Any]) -> Ledger:
    roster = ledger.roster
    before = roster.people[body["person"]]
    standing = _standing(body)
    seat = body["seat"] if standing == "seated" else ""
    person = attrs.evolve(before, standing=standing, seat=seat, name=body.get("name", before.name))
    if standing == "seated" and seat not in roster.seats:
        return ledger
    people = MappingProxyType({**roster.people, person.id: person})
    ballots = {
        seat: ballot.only(frozenset(ballot.votes) - {person.id}) if seat != person.seat else ballot
        for seat, ballot in ledger.ballots.items()
    }
    roster = attrs.evolve(roster, people=people)
    return attrs.evolve(ledger, roster=roster, ballots=MappingProxyType(ballots))


def _standing(body: Mapping[str, Any]) -> Any:
    if body["standing"] not in _STANDINGS:
        raise KeyError("standing")
    return body["standing"]


def _token(ledger: Ledger, body: Mapping[str, Any]) -> Ledger:
    tokens = {hash: token for hash, token in ledger.tokens.items() if hash != body["hash"]}
    role, person = body["role"], body.get("person", "")
    if body.get("instead"):
        tokens = {hash: one for hash, one in tokens.items() if one.person != person or one.role != role}
    if role in ROLES:
        tokens[body["hash"]] = Token(hash=body["hash"], role=role, person=person)
    return attrs.evolve(ledger, tokens=MappingProxyType(tokens))


def _room(ledger: Ledger, body: Mapping[str, Any]) -> Ledger:
    values = body["settings"]
    roster = ledger.roster
    for name in ("locked", "approving"):
        if type(values.get(name)) is bool:
            roster = attrs.evolve(roster, **{name: values[name]})
    if values.get("seating") in SEATINGS:
        roster = attrs.evolve(roster, seating=values["seating"])
    return attrs.evolve(ledger, roster=roster, settings=with_settings(ledger.settings, values))


def _captain(ledger: Ledger, body: Mapping[str, Any]) -> Ledger:
    return attrs.evolve(ledger, roster=ledger.roster.led_by(body["seat"], body["person"]))


def _answer(ledger: Ledger, body: Mapping[str, Any]) -> Ledger:
    answer = Answer(person=body["person"], question=body["question"], value=body["value"])
    key = (answer.person, answer.question)
    return attrs.evolve(ledger, answers=MappingProxyType({**ledger.answers, key: answer}))


def _voted(ledger: Ledger, body: Mapping[str, Any], why: str) -> Ledger:
    seat = body["seat"]
    ballot = ledger.ballots.get(seat)
    if ballot is None or ballot.key != body["ballot"]:
        return ledger
    ballots = {**ledger.ballots, seat: ballot.with_vote(vote_of(body, why))}
    return attrs.evolve(ledger, ballots=MappingProxyType(ballots))


_CHANGES = {
    "join": _joined,
    "person": _person,
    "token": _token,
    "room": _room,
    "captain": _captain,
    "answer": _answer,
}


# Remarks: what the commands say


def join_said(person: Person, hash: str) -> Remark:
    """Somebody has joined, with the hash of their device's token."""
    return (
        "join",
        {
            "person": person.id,
            "name": person.name,
            "standing": person.standing,
            "seat": person.seat,
            "hash": hash,
            "gradebook": person.number,
        },
        "",
    )


def person_said(person: Person) -> Remark:
    """Where somebody is now."""
    body = {"person": person.id, "name": person.name, "standing": person.standing, "seat": person.seat}
    return ("person", body, "")


def token_said(hash: str, role: str, person: str = "", *, instead: bool = False) -> Remark:
    """A token was given out; `instead` of all others of that role and person. The role "none" takes it back."""
    return ("token", {"hash": hash, "role": role, "person": person, "instead": instead}, "")


def settings_said(values: Mapping[str, bool | str]) -> Remark:
    """What the facilitator has chosen for the room."""
    return ("room", {"settings": dict(values)}, "")


def vote_said(seat: str, ballot: str, vote: Vote) -> Remark:
    """Somebody's vote, with their reason."""
    body = {
        "person": vote.person,
        "seat": seat,
        "ballot": ballot,
        "moves": list(vote.moves),
        "serial": vote.serial,
    }
    return ("vote", body, vote.why)


def vote_of(body: Mapping[str, Any], why: str) -> Vote:
    """The vote that a command of the journal says. Raises KeyError for one that lacks something."""
    return Vote(person=body["person"], moves=tuple(body["moves"]), why=why, serial=body["serial"])
