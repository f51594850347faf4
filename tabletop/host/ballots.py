"""Ballots: how the people of a team decide together on a move, and what is decided once they have voted."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

import attrs

from tabletop.host.refusals import Refused

Rule: TypeAlias = Literal["plurality", "consensus", "captain"]
RULES: tuple[Rule, ...] = ("plurality", "consensus", "captain")
Verdict: TypeAlias = Literal["open", "decided", "tied", "split", "nobody"]


@attrs.frozen(kw_only=True)
class Vote:
    """What a person voted for: one move, or in a plan every move that they ticked (none is a pass).

    `serial` counts the votes that their device has sent in this ballot, from 1: of two, the higher was meant later.
    """

    person: str
    moves: tuple[str, ...]
    why: str = ""
    serial: int = 1


@attrs.frozen(kw_only=True)
class Ballot:
    """A decision that a team has to make. `key` names it, and says nothing that the team may not know; `moves` are the
    legal ones in the order in which they are shown. `picks` is how many it may take at once: above 1, or where
    `is_plan`, people tick as many as they like."""

    key: str
    seat: str
    moves: tuple[str, ...]
    is_plan: bool = False
    picks: int = 1
    votes: Mapping[str, Vote] = MappingProxyType({})

    def with_vote(self, vote: Vote) -> Ballot:
        """With a person's vote in the place of their earlier one. Raises Refused for a move that may not be made."""
        unknown = [move for move in vote.moves if move not in self.moves]
        if unknown:
            raise Refused("not-open")
        if not self.is_plan and len(vote.moves) != 1:
            raise Refused("one-move", 422)
        if len(set(vote.moves)) != len(vote.moves):
            raise Refused("tick-once", 422)
        return attrs.evolve(self, votes=MappingProxyType({**self.votes, vote.person: vote}))

    def is_new(self, vote: Vote) -> bool:
        """Whether a vote was meant later than the one that its person has in the ballot: what a network sends twice,
        or late, was not."""
        before = self.votes.get(vote.person)
        return before is None or vote.serial > before.serial

    def next_serial(self, person: str) -> int:
        """The serial that a person's next vote has."""
        before = self.votes.get(person)
        return 1 if before is None else before.serial + 1

    def repeats(self, vote: Vote) -> bool:
        """Whether a vote says what its person has voted already."""
        before = self.votes.get(vote.person)
        return before is not None and (before.moves, before.why) == (vote.moves, vote.why)

    def only(self, people: frozenset[str]) -> Ballot:
        """With the votes of these people alone: somebody has left the team."""
        if all(person in people for person in self.votes):
            return self
        kept = {person: vote for person, vote in self.votes.items() if person in people}
        return attrs.evolve(self, votes=MappingProxyType(kept))

    def counts(self) -> dict[str, int]:
        """How many have voted for each move, those that somebody voted for."""
        found: dict[str, int] = {}
        for move in self.moves:
            number = sum(move in vote.moves for vote in self.votes.values())
            if number:
                found[move] = number
        return found

    def leading(self) -> tuple[str, ...]:
        """The moves with the most votes, in the order in which they are shown."""
        counts = self.counts()
        most = max(counts.values(), default=0)
        return tuple(move for move, number in counts.items() if number == most)


@attrs.frozen(kw_only=True)
class Outcome:
    """How a ballot stands: "open" while somebody is waited for, "decided" for a `move`, "tied" between the leading,
    "split" where all should agree and do not, "nobody" where it closes and nobody has voted.

    `missing` are the people who are waited for.
    """

    verdict: Verdict
    move: str = ""
    how: str = ""
    missing: tuple[str, ...] = ()


def outcome(
    ballot: Ballot, team: tuple[str, ...], present: frozenset[str], rule: Rule, captain: str, *, closing: bool = False
) -> Outcome:
    """How a ballot for one move stands, where so many of the `team` are `present`.

    Whoever is absent is not waited for; a vote that they have cast counts. With `closing` it is decided with the votes
    there are: a tie goes to the captain's choice, or to the move that had its votes first.
    """
    missing = tuple(one for one in team if one in present and one not in ballot.votes)
    if rule == "captain" and captain in ballot.votes:
        return Outcome(verdict="decided", move=ballot.votes[captain].moves[0], how="captain", missing=missing)
    if not ballot.votes:
        return Outcome(verdict="nobody" if closing else "open", missing=missing)
    leading = ballot.leading()
    if closing:
        return Outcome(verdict="decided", move=_tie_broken(ballot, leading, captain), how=_how(leading, "deadline"))
    if missing:
        return Outcome(verdict="open", missing=missing)
    if rule == "captain" and captain in team and captain in present:
        return Outcome(verdict="open", missing=(captain,))
    if rule == "consensus" and len(ballot.counts()) > 1:
        return Outcome(verdict="split")
    if len(leading) > 1:
        return Outcome(verdict="tied")
    return Outcome(verdict="decided", move=leading[0], how="consensus" if rule == "consensus" else "plurality")


def _how(leading: tuple[str, ...], otherwise: str) -> str:
    return "tie broken" if len(leading) > 1 else otherwise


def _tie_broken(ballot: Ballot, leading: tuple[str, ...], captain: str) -> str:
    if len(leading) == 1:
        return leading[0]
    led = ballot.votes.get(captain)
    if led is not None and led.moves[0] in leading:
        return led.moves[0]
    # Votes stand in the order in which each person voted first.
    reached = dict.fromkeys(leading, 0)
    most = ballot.counts()[leading[0]]
    for vote in ballot.votes.values():
        if vote.moves[0] in reached:
            reached[vote.moves[0]] += 1
            if reached[vote.moves[0]] == most:
                return vote.moves[0]
    return leading[0]


def complete(ballot: Ballot, team: tuple[str, ...], present: frozenset[str], rule: Rule, captain: str) -> bool:
    """Whether nobody is waited for in a plan: everybody present has ticked, or the captain has."""
    if rule == "captain":
        return captain in ballot.votes
    missing = [one for one in team if one in present and one not in ballot.votes]
    if rule == "consensus" and len({frozenset(vote.moves) for vote in ballot.votes.values()}) > 1:
        return False
    return bool(ballot.votes) and not missing
