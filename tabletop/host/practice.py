"""The practice vote: before the game everybody votes once on something of no consequence.

Nothing of it is kept: its votes are in no journal, count for nothing, and are gone when it is over.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import attrs

from tabletop.host.ballots import Ballot, Vote, outcome
from tabletop.host.pages.ballot_box import BallotBox, Choice
from tabletop.host.refusals import Refused
from tabletop.host.roster import Person, Roster
from tabletop.host.settings import Settings
from tabletop.presentation.words import Words

#: What names the practice vote, as a ballot's key names a real one.
KEY = "practice"
#: What can be voted for, by entries of the catalogue of words.
MOVES = ("envoy", "wait", "letter")
_STANDINGS = ("seated", "waiting")


@attrs.frozen
class Practice:
    """The votes of a practice, by person."""

    votes: Mapping[str, Vote] = MappingProxyType({})

    def with_vote(self, vote: Vote, *, needs_reason: bool = False) -> Practice:
        """With a person's vote in the place of their earlier one. Raises Refused for one that is none."""
        _ballot("", self.votes).with_vote(vote)
        if needs_reason and not vote.why:
            raise Refused("give-reason", 422)
        return Practice(MappingProxyType({**self.votes, vote.person: vote}))

    def counts(self) -> dict[str, int]:
        """How many have voted for each move."""
        return {move: sum(vote.moves == (move,) for vote in self.votes.values()) for move in MOVES}


def is_on(settings: Settings) -> bool:
    """Whether a room practises."""
    return settings.practice and not settings.started


def takes_part(person: Person) -> bool:
    """Whether somebody votes in a practice: on a team, or waiting for one."""
    return person.standing in _STANDINGS


def label(words: Words, move: str) -> str:
    """What a move is called."""
    return words(f"host.practice_{move}")


def practice_boxes(
    practice: Practice, roster: Roster, settings: Settings, words: Words, present: frozenset[str]
) -> dict[str, BallotBox]:
    """The box of every team, and of those who wait for one (""), as they see it."""
    groups = {seat: list(roster.team(seat)) for seat in roster.seats}
    groups[""] = list(roster.standing("waiting"))
    return {seat: _box(practice, seat, team, settings, words, present) for seat, team in groups.items() if team}


def _box(
    practice: Practice, seat: str, team: Sequence[Person], settings: Settings, words: Words, present: frozenset[str]
) -> BallotBox:
    names = {person.id: person.name for person in team}
    ballot = _ballot(seat, {id: vote for id, vote in practice.votes.items() if id in names})
    standing = outcome(ballot, tuple(names), present, "plurality", "")
    leading = ballot.leading()
    choices = []
    for move in MOVES:
        voters = tuple(names[id] for id, vote in ballot.votes.items() if move in vote.moves)
        told = label(words, move)
        choices.append(Choice(key=move, label=told, told=None, votes=len(voters), voters=voters, leads=move in leading))
    return BallotBox(
        key=KEY,
        is_plan=False,
        picks=1,
        choices=tuple(choices),
        reasons=tuple(
            {"name": names[id], "for": label(words, vote.moves[0]), "why": vote.why}
            for id, vote in ballot.votes.items()
            if vote.why
        ),
        waiting_for=tuple(names[id] for id in standing.missing),
        rule="plurality",
        captain="",
        captain_id="",
        asks_reason=settings.reasons,
        state=standing.verdict,
        people=len(team),
        votes=ballot.votes,
    )


def _ballot(seat: str, votes: Mapping[str, Vote]) -> Ballot:
    return Ballot(key=KEY, seat=seat, moves=MOVES, votes=votes)
