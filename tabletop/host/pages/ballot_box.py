"""The ballot box of a team as its people see it: what can be voted for, by how many, and who is waited for."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import attrs

from tabletop.host.ballots import Ballot, Outcome, Vote
from tabletop.host.plan import Plan
from tabletop.host.roster import Person, Roster
from tabletop.host.settings import Settings
from tabletop.presentation.moves import Move


@attrs.frozen(kw_only=True)
class Choice:
    """A move that can be voted for: its `key`, what is `told` of it, who of the team supports it, whether it is in the
    plan as it forms, or wanted by as many and too dear; whether it is one of those that the turn calls for."""

    key: str
    label: str
    told: Move | None
    group: str = ""
    votes: int = 0
    voters: tuple[str, ...] = ()
    planned: bool = False
    wanted: bool = False
    leads: bool = False
    is_dealt: bool = False


@attrs.frozen(kw_only=True)
class BallotBox:
    """Plain values: the same for everybody on a team. `votes` has each person's own by id, to be shown to them."""

    key: str
    is_plan: bool
    picks: int
    choices: tuple[Choice, ...]
    reasons: tuple[Mapping[str, str], ...]
    waiting_for: tuple[str, ...]
    rule: str
    captain: str
    captain_id: str
    asks_reason: str
    state: str
    people: int
    votes: Mapping[str, Vote] = attrs.field(repr=False)

    @property
    def groups(self) -> tuple[tuple[str, tuple[Choice, ...]], ...]:
        """The choices by group, in the order in which the groups come first, without those in front."""
        names = dict.fromkeys(one.group for one in self.aside)
        return tuple((name, tuple(one for one in self.aside if one.group == name)) for name in names)

    @property
    def front(self) -> tuple[Choice, ...]:
        """The choices that the turn calls for; none where nothing is dealt."""
        return tuple(one for one in self.choices if one.is_dealt)

    @property
    def aside(self) -> tuple[Choice, ...]:
        """The choices that are not dealt."""
        return tuple(one for one in self.choices if not one.is_dealt)

    def has_aside(self, keys: Collection[str]) -> bool:
        """Whether one of these moves is not in front."""
        return any(one.key in keys for one in self.aside)

    @property
    def plan(self) -> tuple[Choice, ...]:
        """The choices that are in the plan as it forms."""
        return tuple(one for one in self.choices if one.planned)

    @property
    def too_dear(self) -> tuple[Choice, ...]:
        """The choices that are wanted and cannot be paid for besides."""
        return tuple(one for one in self.choices if one.wanted and not one.planned)

    def label(self, key: str) -> str:
        """What a choice is called."""
        return next((one.label for one in self.choices if one.key == key), key)


def ballot_box(
    ballot: Ballot,
    moves: Mapping[str, Move],
    roster: Roster,
    settings: Settings,
    standing: Outcome,
    planned: Plan | None,
    present: frozenset[str] | None = None,
    dealt: Collection[str] = (),
) -> BallotBox:
    """The box of a ballot. `moves` says of each move what the seat is told of it; nothing else of the game is known
    here, and of people only those on the seat. `dealt` are the moves that the turn calls for: with the pass, they stand
    in front."""
    team = {person.id: person for person in roster.team(ballot.seat)}
    leading = ballot.leading()
    front = {*dealt, *(key for key, move in moves.items() if dealt and move.is_pass)}
    choices = tuple(
        _choice(ballot, key, moves.get(key), team, planned, leads=key in leading, is_dealt=key in front)
        for key in ballot.moves
    )
    captain = roster.captain(ballot.seat, present)
    return BallotBox(
        key=ballot.key,
        is_plan=ballot.is_plan,
        picks=ballot.picks,
        choices=choices,
        reasons=tuple(_reason(vote, team, moves) for vote in ballot.votes.values() if vote.why and vote.person in team),
        waiting_for=tuple(team[id].name for id in standing.missing if id in team),
        rule=settings.rule,
        captain=team[captain].name if captain in team else "",
        captain_id=captain if captain in team else "",
        asks_reason=settings.reasons,
        state=standing.verdict,
        people=len(team),
        votes=ballot.votes,
    )


def _choice(
    ballot: Ballot,
    key: str,
    told: Move | None,
    team: Mapping[str, Person],
    planned: Plan | None,
    *,
    leads: bool,
    is_dealt: bool,
) -> Choice:
    voters = tuple(team[id].name for id, vote in ballot.votes.items() if key in vote.moves and id in team)
    return Choice(
        key=key,
        label=told.label if told else key,
        told=told,
        group=told.group if told else "",
        votes=len(voters),
        voters=voters,
        planned=planned is not None and key in planned.taken,
        wanted=planned is not None and key in planned.wanted,
        leads=leads,
        is_dealt=is_dealt,
    )


def _reason(vote: Vote, team: Mapping[str, Person], moves: Mapping[str, Move]) -> dict[str, str]:
    labels = [moves[key].label if key in moves else key for key in vote.moves]
    return {"name": team[vote.person].name, "for": ", ".join(labels), "why": vote.why}
