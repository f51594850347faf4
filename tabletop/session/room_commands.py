"""Commands of a room where people play from their own devices: joining, seats, votes, tallies, answers."""

from __future__ import annotations

import attrs

from tabletop.session.command_kinds import Counts, Plain, RemarkSaid, Value, kind, written


@kind("room")
@attrs.frozen(kw_only=True)
class RoomSet(RemarkSaid):
    """What the facilitator has chosen for the room, by name of the setting."""

    settings: Plain


@kind("join")
@attrs.frozen(kw_only=True)
class Joined(RemarkSaid):
    """A `person` has joined under a name; `hash` is that of their device's token, `gradebook` their number in one."""

    person: str
    name: str
    standing: str
    hash: str
    seat: str = written("")
    gradebook: str = written("")


@kind("person")
@attrs.frozen(kw_only=True)
class Placed(RemarkSaid):
    """Where a person is now: on a seat, waiting, watching, or gone."""

    person: str
    standing: str
    seat: str
    name: str | None = None


@kind("token")
@attrs.frozen(kw_only=True)
class TokenGiven(RemarkSaid):
    """A token was given out, by its `hash`; `instead` of others of that role and person. The role "none" ends it."""

    hash: str
    role: str
    person: str
    instead: bool = written(False)


@kind("captain")
@attrs.frozen(kw_only=True)
class CaptainNamed(RemarkSaid):
    """A person leads the team of a seat."""

    seat: str
    person: str


@kind("vote")
@attrs.frozen(kw_only=True)
class Voted(RemarkSaid):
    """A person's vote in a ballot of their seat; `serial` tells a vote that is sent twice."""

    person: str
    seat: str
    ballot: str
    moves: tuple[str, ...]
    serial: int


@kind("tally")
@attrs.frozen(kw_only=True)
class Tallied(RemarkSaid):
    """What a ballot came to: the `moves` decided, `how`, the `counts` of votes, the `voters`, and who was `absent`."""

    seat: str
    ballot: str
    moves: tuple[str, ...]
    how: str
    counts: Counts
    voters: int = 0
    absent: tuple[str, ...] = ()


@kind("answer")
@attrs.frozen(kw_only=True)
class Answered(RemarkSaid):
    """A person's answer to a question of the pack."""

    person: str
    question: str
    value: Value


@kind("revote")
@attrs.frozen(kw_only=True)
class VotedAgain(RemarkSaid):
    """What a person would do now in the place of the decision of a `step`, once the game is over; `serial` tells a vote
    that is sent twice."""

    person: str
    step: int
    move: str
    serial: int


__all__ = ["Answered", "CaptainNamed", "Joined", "Placed", "RoomSet", "Tallied", "TokenGiven", "Voted", "VotedAgain"]
