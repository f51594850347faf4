"""Beliefs that players state: kept in the journal, in no state and no view."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

import tabletop
from tabletop.session import Journal, Session, open_session
from tabletop.session.public_screen import is_facilitated
from tabletop.session.stated_beliefs import (
    BeliefRefused,
    asked_of,
    believe,
    latest_of,
    stated_beliefs,
    team_shares,
    told_values,
)

Town = Callable[..., tabletop.Scenario]
ASKED = {"beliefs": [{"hidden": "mood", "turns": [1, 3], "text": "What mood is the miller in?"}]}


@pytest.fixture
def session(town: Town) -> Session:
    return Session(town(presentation=ASKED), seed=3, humans=("mayor",))


def test_a_belief_leaves_the_game_and_every_view_as_they_were(session: Session) -> None:
    before, views = session.state.fingerprint, [session.game.view(session.state, seat) for seat in ("mayor", "miller")]
    believe(session, "mayor", "mood", {"sunny": 20, "sour": 80})
    assert session.state.fingerprint == before
    assert [session.game.view(session.state, seat) for seat in ("mayor", "miller")] == views
    assert session.commands[-1].kind == "belief"
    assert not session.commands[-1].is_step
    assert not is_facilitated(session)


def test_beliefs_are_read_again_from_the_journal(town: Town, journal: Journal, tmp_path: pathlib.Path) -> None:
    scenario, pack = town(presentation=ASKED), str(tmp_path / "town")
    session = Session(scenario, seed=3, humans=("mayor",), journal=journal, id="town-1", pack=pack)
    believe(session, "mayor", "mood", {"sunny": 20, "sour": 80})
    session.decide("mayor", "talk")
    believe(session, "mayor", "mood", {"sunny": 100})
    kept = stated_beliefs(session)
    session.close()
    again, _ = open_session(journal, "town-1")
    assert stated_beliefs(again, "mayor") == kept
    assert [one.shares for one in kept] == [{"sunny": 20, "sour": 80}, {"sunny": 100, "sour": 0}]
    assert stated_beliefs(again, "miller") == []
    again.close()


def test_a_belief_of_a_line_that_was_left_does_not_count(session: Session) -> None:
    session.decide("mayor", "talk")
    believe(session, "mayor", "mood", {"sunny": 20, "sour": 80})
    session.undo()
    assert stated_beliefs(session) == []
    session.redo()
    assert len(stated_beliefs(session)) == 1


def test_what_was_taken_back_can_be_done_again_after_a_belief(session: Session) -> None:
    session.decide("mayor", "talk")
    session.undo()
    believe(session, "mayor", "mood", {"sunny": 20, "sour": 80})
    assert session.can_redo


@pytest.mark.parametrize(
    ("seat", "hidden", "shares", "kind"),
    [
        ("mayor", "mood", {"sunny": 60, "sour": 60}, "no-hundred"),
        ("mayor", "mood", {"sunny": 130, "sour": -30}, "no-hundred"),
        ("mayor", "mood", {"sunny": 50, "cross": 50}, "no-such-value"),
        ("mayor", "wind", {"sunny": 100}, "no-such-truth"),
        ("baker", "mood", {"sunny": 100}, "no-seat"),
        ("miller", "mood", {"sunny": 100}, "truth-known"),
    ],
)
def test_a_belief_that_makes_no_sense_is_refused(
    session: Session, seat: str, hidden: str, shares: dict[str, int], kind: str
) -> None:
    with pytest.raises(BeliefRefused) as refused:
        believe(session, seat, hidden, shares)
    assert refused.value.kind == kind
    assert session.commands == []


def test_a_pack_asks_in_its_turns_until_something_is_stated(session: Session) -> None:
    assert asked_of(session, "mayor") == ("mood",)
    assert asked_of(session, "miller") == ()
    believe(session, "mayor", "mood", {"sunny": 20, "sour": 80})
    assert asked_of(session, "mayor") == ()
    asked = []
    while not session.is_over:
        asked.append((session.turn, asked_of(session, "mayor")))
        session.decide("mayor", "pass") if session.to_act else next(session.run_bots(), None)
    assert {turn for turn, found in asked if found} == {3}
    assert asked_of(session, "mayor") == ()


def test_a_team_holds_the_mean_of_what_its_people_last_held(session: Session) -> None:
    assert team_shares(stated_beliefs(session), "mood") == {}
    for person, sunny in (("p1", 0), ("p2", 100), ("p1", 50)):
        believe(session, "mayor", "mood", {"sunny": sunny, "sour": 100 - sunny}, person)
    found = stated_beliefs(session, "mayor")
    assert team_shares(found, "mood") == {"sunny": 75.0, "sour": 25.0}
    last = latest_of(found, "mood", "p1")
    assert last is not None
    assert last.shares == {"sunny": 50, "sour": 50}


def test_a_truth_is_told_only_when_the_game_is_over(session: Session) -> None:
    assert told_values(session) == {}
    while not session.is_over:
        session.decide("mayor", "pass") if session.to_act else next(session.run_bots(), None)
    assert told_values(session) == {"mood": session.state.value("mood")}
