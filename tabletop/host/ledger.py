"""The ledger of a room: everything that its commands in the journal have said of people, tokens, votes and answers.

It is what remains when the process is killed: `after` is the only way in which it changes, alike when a command is
given and when a session is opened again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TypeAlias, cast, get_args

import attrs

from tabletop.host.ballots import Ballot, Vote
from tabletop.host.refusals import Refused
from tabletop.host.roster import SEATINGS, Person, Roster, Standing
from tabletop.host.settings import Settings, with_settings
from tabletop.host.tokens import ROLES, Token
from tabletop.session.command_kinds import Plain, Said
from tabletop.session.room_commands import (
    Answered,
    CaptainNamed,
    Joined,
    Placed,
    RoomSet,
    TokenGiven,
    Voted,
    VotedAgain,
)

#: A command of a room, and why it was given.
Remark: TypeAlias = tuple[Said, str]

_STANDINGS = get_args(Standing)


@attrs.frozen(kw_only=True)
class Answer:
    """What a person has answered to a question of the pack: a number, or a text or choice as it was written."""

    person: str
    question: str
    value: int | str


@attrs.frozen(kw_only=True)
class Ledger:
    """A room as its commands have made it. `ballots` are the open ones by seat, with the votes cast so far; `again` are
    the votes on what people would do now, by the step of the decision and by person."""

    roster: Roster
    settings: Settings = attrs.field(factory=Settings)
    tokens: Mapping[str, Token] = MappingProxyType({})
    answers: Mapping[tuple[str, str], Answer] = MappingProxyType({})
    ballots: Mapping[str, Ballot] = MappingProxyType({})
    again: Mapping[int, Mapping[str, Vote]] = MappingProxyType({})

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

    def after(self, said: Said, why: str = "") -> Ledger:
        """The ledger after a command; the same for a command that says nothing of the room, or what makes no sense in
        it, as in a journal that was written by hand or by a later version."""
        try:
            match said:
                case Joined():
                    return _joined(self, said)
                case Placed():
                    return _placed(self, said)
                case TokenGiven():
                    return _token_given(self, said)
                case RoomSet():
                    return _room_set(self, said)
                case CaptainNamed():
                    return attrs.evolve(self, roster=self.roster.led_by(said.seat, said.person))
                case Voted():
                    return _voted(self, said, why)
                case VotedAgain():
                    return _voted_again(self, said, why)
                case Answered():
                    return _answered(self, said)
        except Refused:
            pass
        return self

    def after_all(self, remarks: Iterable[Remark]) -> Ledger:
        """The ledger after several commands."""
        ledger = self
        for said, why in remarks:
            ledger = ledger.after(said, why)
        return ledger


# What commands change


def _joined(ledger: Ledger, said: Joined) -> Ledger:
    standing, roster = _standing(said.standing), ledger.roster
    seat = said.seat if standing == "seated" else ""
    if said.person in roster.people or (seat and seat not in roster.seats):
        return ledger
    wish = said.seat if standing == "unapproved" else ""
    person = Person(id=said.person, name=said.name, standing=standing, seat=seat, wish=wish, number=said.gradebook)
    people = MappingProxyType({**roster.people, person.id: person})
    token = Token(hash=said.hash, role="device", person=person.id)
    return attrs.evolve(
        ledger,
        roster=attrs.evolve(roster, people=people),
        tokens=MappingProxyType({**ledger.tokens, token.hash: token}),
    )


def _placed(ledger: Ledger, said: Placed) -> Ledger:
    roster, before = ledger.roster, ledger.roster.people.get(said.person)
    standing = _standing(said.standing)
    seat = said.seat if standing == "seated" else ""
    if before is None or (standing == "seated" and seat not in roster.seats):
        return ledger
    name = before.name if said.name is None else said.name
    person = attrs.evolve(before, standing=standing, seat=seat, name=name)
    people = MappingProxyType({**roster.people, person.id: person})
    ballots = {
        seat: ballot.only(frozenset(ballot.votes) - {person.id}) if seat != person.seat else ballot
        for seat, ballot in ledger.ballots.items()
    }
    roster = attrs.evolve(roster, people=people)
    return attrs.evolve(ledger, roster=roster, ballots=MappingProxyType(ballots))


def _standing(written: str) -> Standing:
    """Raises Refused for one that there is none of."""
    if written not in _STANDINGS:
        raise Refused("no-such-standing")
    return cast("Standing", written)


def _token_given(ledger: Ledger, said: TokenGiven) -> Ledger:
    tokens = {hash: token for hash, token in ledger.tokens.items() if hash != said.hash}
    if said.instead:
        tokens = {hash: one for hash, one in tokens.items() if (one.person, one.role) != (said.person, said.role)}
    if said.role in ROLES:
        tokens[said.hash] = Token(hash=said.hash, role=said.role, person=said.person)
    return attrs.evolve(ledger, tokens=MappingProxyType(tokens))


def _room_set(ledger: Ledger, said: RoomSet) -> Ledger:
    values, roster = said.settings, ledger.roster
    for name in ("locked", "approving"):
        if type(values.get(name)) is bool:
            roster = attrs.evolve(roster, **{name: values[name]})
    if values.get("seating") in SEATINGS:
        roster = attrs.evolve(roster, seating=values["seating"])
    return attrs.evolve(ledger, roster=roster, settings=with_settings(ledger.settings, values))


def _answered(ledger: Ledger, said: Answered) -> Ledger:
    answer = Answer(person=said.person, question=said.question, value=said.value)
    key = (answer.person, answer.question)
    return attrs.evolve(ledger, answers=MappingProxyType({**ledger.answers, key: answer}))


def _voted(ledger: Ledger, said: Voted, why: str) -> Ledger:
    ballot = ledger.ballots.get(said.seat)
    if ballot is None or ballot.key != said.ballot:
        return ledger
    vote = Vote(person=said.person, moves=said.moves, why=why, serial=said.serial)
    return attrs.evolve(ledger, ballots=MappingProxyType({**ledger.ballots, said.seat: ballot.with_vote(vote)}))


def _voted_again(ledger: Ledger, said: VotedAgain, why: str) -> Ledger:
    vote = Vote(person=said.person, moves=(said.move,), why=why, serial=said.serial)
    votes = MappingProxyType({**ledger.again.get(said.step, {}), vote.person: vote})
    return attrs.evolve(ledger, again=MappingProxyType({**ledger.again, said.step: votes}))


# What is said of people, tokens and votes


def join_said(person: Person, hash: str) -> Remark:
    """Somebody has joined, with the hash of their device's token. Until their name is approved, the place of their seat
    has what they wish."""
    standing, seat, number = person.standing, person.seat or person.wish, person.number
    said = Joined(person=person.id, name=person.name, standing=standing, seat=seat, hash=hash, gradebook=number)
    return said, ""


def person_said(person: Person) -> Remark:
    """Where somebody is now."""
    return Placed(person=person.id, name=person.name, standing=person.standing, seat=person.seat), ""


def token_said(hash: str, role: str, person: str = "", *, instead: bool = False) -> Remark:
    """A token was given out; `instead` of all others of that role and person. The role "none" takes it back."""
    return TokenGiven(hash=hash, role=role, person=person, instead=instead), ""


def settings_said(values: Mapping[str, bool | str]) -> Remark:
    """What the facilitator has chosen for the room."""
    return RoomSet(settings=Plain(dict(values))), ""


def vote_said(seat: str, ballot: str, vote: Vote) -> Remark:
    """Somebody's vote, with their reason."""
    said = Voted(person=vote.person, seat=seat, ballot=ballot, moves=vote.moves, serial=vote.serial)
    return said, vote.why


def vote_again_said(step: int, vote: Vote) -> Remark:
    """What somebody would do now in the place of an earlier decision, with their reason."""
    return VotedAgain(person=vote.person, step=step, move=vote.moves[0], serial=vote.serial), vote.why
