"""The ballot box of a team as its people see it: what can be voted for, by how many, and who is waited for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.host.ballots import Ballot, Outcome, Vote
from tabletop.host.plan import Plan
from tabletop.host.roster import Person, Roster
from tabletop.host.settings import Settings


@attrs.frozen(kw_only=True)
class BallotBox:
    """Plain values: the same for everybody on a team. `votes` has each person's own by id, to be shown to them."""

    key: str
    is_plan: bool
    picks: int
    choices: tuple[Mapping[str, Any], ...]
    reasons: tuple[Mapping[str, str], ...]
    waiting_for: tuple[str, ...]
    rule: str
    captain: str
    asks_reason: str
    state: str
    votes: Mapping[str, Vote] = attrs.field(repr=False)


def ballot_box(
    ballot: Ballot,
    moves: Mapping[str, Mapping[str, Any]],
    roster: Roster,
    settings: Settings,
    standing: Outcome,
    planned: Plan | None,
) -> BallotBox:
    """The box of a ballot. `moves` says of each move what the seat is told of it; nothing else of the game is known
    here, and of people only those on the seat."""
    team = {person.id: person for person in roster.team(ballot.seat)}
    counts = ballot.counts()
    choices = tuple(
        {
            "move": move,
            **moves.get(move, {"label": move}),
            "votes": counts.get(move, 0),
            "planned": planned is not None and move in planned.taken,
            "wanted": planned is not None and move in planned.wanted,
        }
        for move in ballot.moves
    )
    captain = roster.captain(ballot.seat)
    return BallotBox(
        key=ballot.key,
        is_plan=ballot.is_plan,
        picks=ballot.picks,
        choices=choices,
        reasons=tuple(_reason(vote, team, moves) for vote in ballot.votes.values() if vote.why and vote.person in team),
        waiting_for=tuple(team[id].name for id in standing.missing if id in team),
        rule=settings.rule,
        captain=team[captain].name if captain in team else "",
        asks_reason=settings.reasons,
        state=standing.verdict,
        votes=ballot.votes,
    )


def _reason(vote: Vote, team: Mapping[str, Person], moves: Mapping[str, Mapping[str, Any]]) -> dict[str, str]:
    labels = [str(moves.get(move, {}).get("label", move)) for move in vote.moves]
    return {"name": team[vote.person].name, "for": ", ".join(labels), "why": vote.why}
