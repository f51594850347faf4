"""What was believed, in a review: only once the truth may be known, and to whom it may be told."""

from __future__ import annotations

import functools

import tabletop
from tabletop.presentation.review.review import Review
from tabletop.presentation.words import Words
from tabletop.report.review_facts import Audience, review_of
from tabletop.report.review_page import review_page
from tabletop.session import Session
from tabletop.session.advice import choice_of
from tabletop.session.stated_beliefs import believe


@functools.cache
def played() -> Session:
    """A game in which two of Washington's people have each stated a belief."""
    session = Session(tabletop.load("summit-2018"), seed=7, humans=("washington", "seoul"))
    while not session.is_over:
        for _ in session.run_bots():
            pass
        seat = session.to_act
        if seat == "washington" and session.turn in (2, 6):
            believe(session, seat, "intention", {"ready": 60, "probing": 20, "stalling": 20}, f"p{session.turn}")
        if seat is not None:
            session.decide(seat, choice_of(session.position, seat))
    return session


def review(audience: Audience) -> Review:
    return review_of(played(), Words(), audience)


def test_the_leader_reads_what_each_seat_believed_beside_a_careful_observer() -> None:
    one = review(Audience(reader="leader")).beliefs[0]
    assert (one.seat, one.people) == ("washington", 2)
    assert [moment.when for moment in one.record.moments] == ["Week 2", "Week 6"]
    assert one.record.scores.observer is not None
    page = review_page(review(Audience(reader="leader")))
    assert 'id="beliefs"' in page
    assert one.record.scores_text in page


def test_a_part_on_beliefs_is_there_only_where_some_were_stated() -> None:
    silent = Session(tabletop.load("summit-2018"), seed=8, humans=("washington",))
    found = review_of(silent, Words(), Audience(reader="leader"))
    assert found.beliefs == ()
    assert "beliefs" not in [part.id for part in found.parts]
