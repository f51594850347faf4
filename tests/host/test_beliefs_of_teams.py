"""What people on phones believe of a hidden truth: for themselves, averaged for their team, and told at the end."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

import tabletop
from tabletop.session import Journal, Session
from tabletop.session.advice import choice_of
from tabletop.session.stated_beliefs import believe, stated_beliefs
from tests.host.live_room import Device, LiveRoom, found, served, text_of


def new_session(place: pathlib.Path) -> Session:
    scenario = tabletop.load("summit-2018")
    seats = [seat.id for seat in scenario.seats]
    return Session(scenario, seed=7, pack="summit-2018", humans=seats, journal=Journal(place))


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    with served(new_session(tmp_path)) as live:
        yield live


def teams(room: LiveRoom) -> tuple[list[Device], list[Device]]:
    """Two people for Washington and two for Seoul, of those in a game that has begun."""
    people = room.people(12)
    assert room.facilitator.act("start").status == 303
    roster = room.room.ledger.roster
    by_seat: dict[str, list[Device]] = {seat: [] for seat in roster.seats}
    for place, device in enumerate(people, 1):
        person = next(one for one in roster.people.values() if one.name == f"Person {place}")
        by_seat[person.seat].append(device)
    return by_seat["washington"], by_seat["seoul"]


def state(device: Device, ready: int, probing: int, stalling: int) -> int:
    """Sends the form of the belief; the status that answers it."""
    form = found(r'name="form" value="(\w+)"', device.page)
    shares = {"s-ready": str(ready), "s-probing": str(probing), "s-stalling": str(stalling)}
    return device.post("/belief", {"form": form, "hidden": "intention", **shares}).status


def test_a_team_sees_its_mean_once_one_has_said_what_one_holds(room: LiveRoom) -> None:
    (first, second), _ = teams(room)
    assert 'id="belief-intention"' in first.page
    assert "of you" not in text_of(first.page)
    assert state(first, 100, 0, 0) == 303
    assert "Your team, 1 of you" in text_of(first.page)
    assert "of you" not in text_of(second.page)
    assert state(second, 0, 50, 50) == 303
    for device in (first, second):
        told = text_of(device.page)
        assert "Your team, 2 of you" in told
        assert "Ready 50% Probing 25% Stalling 25%" in told
    held = [one.shares for one in stated_beliefs(room.room.session, "washington")]
    assert held == [{"ready": 100, "probing": 0, "stalling": 0}, {"ready": 0, "probing": 50, "stalling": 50}]


def test_no_belief_reaches_another_team_or_the_room_s_screen(room: LiveRoom) -> None:
    (first, _), (other, _) = teams(room)
    before, screen = other.page, room.facilitator.get("/table").body
    assert state(first, 90, 5, 5) == 303
    assert text_of(other.page) == text_of(before)
    assert text_of(room.facilitator.get("/table").body) == text_of(screen)


def test_parts_count_in_proportion_and_nothing_is_no_belief(room: LiveRoom) -> None:
    (first, _), _ = teams(room)
    assert state(first, 40, 40, 0) == 303
    assert stated_beliefs(room.room.session)[-1].shares == {"ready": 50, "probing": 50, "stalling": 0}
    assert state(first, 0, 0, 0) == 422
    form = found(r'name="form" value="(\w+)"', first.page)
    assert first.post("/belief", {"form": form, "hidden": "weather", "s-fair": "5"}).status == 422
    assert len(stated_beliefs(room.room.session)) == 1


def test_once_it_is_over_and_told_each_team_sees_what_it_believed(tmp_path: pathlib.Path) -> None:
    session = new_session(tmp_path)
    while not session.is_over:
        if session.turn in (3, 7) and session.to_act == "washington":
            believe(session, "washington", "intention", {"ready": 20, "probing": 30, "stalling": 50}, "p1")
        session.decide(session.to_act or "", choice_of(session.position, session.to_act or ""))
    with served(session) as room:
        (first, _), (other, _) = teams(room)
        told = text_of(first.page)
        assert "Your score" in told
        assert "Week 3" in told
        assert "Your score" not in text_of(other.page)
        assert "Your score" in text_of(room.facilitator.get("/table").body)
