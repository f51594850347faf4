"""A practice vote: everybody presses the buttons once, and nothing of it is kept."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from tabletop.session.room_commands import Tallied, Voted
from tests.host.live_room import Device, LiveRoom, begun, served, text_of


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    with served(begun(tmp_path)) as live:
        yield live


def practising(room: LiveRoom, number: int = 4) -> list[Device]:
    people = room.people(number)
    assert room.facilitator.act("practice").status == 303
    return people


def test_everybody_votes_once_before_the_game_and_sees_what_their_team_said(room: LiveRoom) -> None:
    ada, bo, cleo, _ = practising(room)
    assert "counts for nothing" in text_of(ada.page)
    assert ada.vote("letter", why="It can be read twice.").status == 303
    assert "Waiting for Person 3." in text_of(ada.page)
    assert "It can be read twice." in cleo.page
    assert "It can be read twice." not in bo.page, "another team has practised in private"
    cleo.vote("letter")
    assert "in the game this would be decided now" in text_of(ada.page)


def test_a_practice_vote_can_be_changed_and_needs_a_move(room: LiveRoom) -> None:
    ada, *_ = practising(room)
    ada.vote("letter")
    ada.vote("wait")
    assert room.room.snapshot.practice is not None
    assert room.room.snapshot.practice.counts() == {"envoy": 0, "wait": 1, "letter": 0}
    assert ada.post("/vote", {**ada.ballot(), "move": "war"}).status == 409


def test_nothing_of_a_practice_is_in_the_journal_or_the_exports(room: LiveRoom) -> None:
    for person in practising(room):
        person.vote("letter", why="A reason of no consequence.")
    said = [command.said for command in room.room.session.commands]
    assert not [one for one in said if isinstance(one, Voted | Tallied)]
    assert room.facilitator.act("start").status == 303
    for name in ("votes.csv", "decisions.csv"):
        assert "no consequence" not in room.facilitator.get(f"/exports/{name}").body
    assert room.room.session.state.core == room.room.session.position_at(room.room.session.course.steps[0]).state.core


def test_the_facilitator_and_the_screen_see_how_many_have_practised(room: LiveRoom) -> None:
    ada, *_ = practising(room)
    ada.vote("letter")
    assert "Practice: 1 of 4 has voted." in text_of(room.facilitator.get("/facilitator").body)
    table = text_of(room.facilitator.get("/table").body)
    assert "How shall the invitation be brought?" in table
    assert "1 vote, which counts for nothing" in table
    assert room.facilitator.act("practice-over").status == 303
    assert "has not begun" in text_of(ada.page)
    assert "practice" not in ada.page.lower()


def test_the_game_ends_a_practice_and_there_is_none_in_it(room: LiveRoom) -> None:
    ada, *_ = practising(room)
    sent = ada.ballot()
    ada.vote("letter")
    assert room.facilitator.act("start").status == 303
    assert not room.room.ledger.settings.practice
    assert ada.post("/vote", {**sent, "move": "letter"}).status == 409
    assert room.facilitator.act("practice").status == 409


def test_whoever_waits_for_a_team_practises_too(room: LiveRoom) -> None:
    assert room.facilitator.act("settings", seating="facilitator").status == 303
    ada, bo = practising(room, 2)
    ada.vote("letter")
    assert "Person 1" in bo.page.partition('class="voters"')[2][:200]
