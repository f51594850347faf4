"""The page of a seat: a function of what its seat is told, of its own team's ballots, and of who looks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.host.ballots import Vote
from tabletop.host.pages.ballot_box import BallotBox
from tabletop.host.pages.belief_box import BeliefBox
from tabletop.host.pages.clock_face import ClockFace
from tabletop.host.pages.game import Game
from tabletop.host.roster import Person
from tabletop.presentation.what_if import AskedAgain
from tabletop.session.broken_ties import BrokenTie


@attrs.frozen(kw_only=True)
class SeatPage:
    """What a person on a seat sees. `game` is the presentation of their seat, `box` their team's ballot if one is
    open, `mine` their own vote in it, `notice` why nothing can be done just now; `asking` the questions asked of them.
    `may_take_back`: what their team has chosen face down can be chosen anew. `tie` is how
    its last vote was decided where it was tied. `again` is the decision on which everybody votes once more,
    `mine_again` the person's vote; `beliefs` is what they hold of hidden truths. `practises`: the box is that of a vote
    which counts for nothing.
    """

    game: Game
    clock: ClockFace
    person: Person
    team: tuple[str, ...] = ()
    box: BallotBox | None = None
    mine: Vote | None = None
    notice: str = ""
    asking: tuple[Mapping[str, Any], ...] = ()
    may_take_back: bool = False
    tie: BrokenTie | None = None
    beliefs: tuple[BeliefBox, ...] = ()
    again: AskedAgain | None = None
    mine_again: Vote | None = None
    practises: bool = False

    @property
    def leads(self) -> bool:
        """Whether the person is the one who decides for the team."""
        return self.box is not None and self.box.rule == "captain" and self.box.captain_id == self.person.id

    @property
    def may_vote(self) -> bool:
        """Whether the person can vote now."""
        return self.box is not None and (self.practises or self.person.standing == "seated") and not self.notice

    @property
    def unanswered(self) -> bool:
        """Whether a question that is asked now has no answer of the person's yet."""
        return any(one["answer"] == "" for one in self.asking)


def seat_page(
    game: Game,
    box: BallotBox | None,
    person: Person,
    clock: ClockFace,
    *,
    team: tuple[str, ...] = (),
    notice: str = "",
    asking: tuple[Mapping[str, Any], ...] = (),
    may_take_back: bool = False,
    tie: BrokenTie | None = None,
    beliefs: tuple[BeliefBox, ...] = (),
    again: AskedAgain | None = None,
    mine_again: Vote | None = None,
    practises: bool = False,
) -> SeatPage:
    """The page of a person. Nothing that is not an argument may come into it: its source is read by players."""
    return SeatPage(
        game=game,
        clock=clock,
        person=person,
        team=team,
        box=box,
        mine=None if box is None else box.votes.get(person.id),
        notice=notice,
        asking=asking,
        may_take_back=may_take_back and bool(game.picked) and not notice,
        tie=tie,
        beliefs=beliefs,
        again=again if person.standing != "unapproved" else None,
        mine_again=mine_again,
        practises=practises,
    )


def notice_of(*, started: bool, paused: bool, standing: str) -> str:
    """Why a person can do nothing just now, by its entry in the catalogue of words; "" where they can."""
    if standing in _STANDINGS:
        return _STANDINGS[standing]
    return "host.not_begun" if not started else "host.paused" if paused else ""


_STANDINGS = {"unapproved": "host.wait_approval", "waiting": "host.wait_team", "watching": "host.watching"}
