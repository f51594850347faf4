"""Bots that think answer at set times, whatever they know."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import tabletop
from tabletop.players.search import SearchPlayer
from tabletop.session import Session
from tabletop.session.bots import Bots
from tabletop.session.pacing import LATEST, Pace

Town = Callable[..., tabletop.Scenario]


class Time:
    """A clock that goes on only where somebody thinks or sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def pace(time: Time) -> Pace:
    return Pace(lambda: time.now, time.sleep)


def answered(time: Time, pace: Pace, took: float, has_choice: bool = True, seconds: float | None = None) -> float:
    begun = pace.begin()
    time.now += took
    pace.hold("miller", begun, has_choice, seconds)
    return time.now - begun


@pytest.mark.parametrize(
    ("took", "came"), [(0.0, 0.25), (0.2, 0.25), (0.26, 0.5), (0.9, 1.0), (1.1, 2.0), (3.9, 4.0), (9.0, 16.0)]
)
def test_an_answer_comes_at_the_next_of_the_set_times(time: Time, pace: Pace, took: float, came: float) -> None:
    assert answered(time, pace, took) == pytest.approx(came)


def test_one_that_has_seconds_a_move_takes_them_and_a_little_more(time: Time, pace: Pace) -> None:
    assert [answered(time, pace, took, seconds=2) for took in (0.1, 2.1, 2.6)] == pytest.approx([2.5, 2.5, 5.0])


def test_who_has_no_choice_does_not_answer_sooner_than_who_has_one(time: Time, pace: Pace) -> None:
    assert answered(time, pace, 0, has_choice=False) == pytest.approx(0.25)
    for took in (0.1, 0.7, 3.0):
        later = answered(time, pace, took)
        assert answered(time, pace, 0, has_choice=False) == pytest.approx(later)
    answered(time, pace, 60)
    assert answered(time, pace, 0, has_choice=False) == pytest.approx(LATEST)


@pytest.mark.parametrize(("took", "came"), [(0.01, 0.25), (0.4, 0.5)])
def test_the_bots_of_a_session_with_people_are_paced(
    town: Town, time: Time, pace: Pace, monkeypatch: pytest.MonkeyPatch, took: float, came: float
) -> None:
    real = SearchPlayer.move

    def slow(self: SearchPlayer, *given: object) -> int:
        time.now += took
        return real(self, *given)  # type: ignore[arg-type]

    monkeypatch.setattr(SearchPlayer, "move", slow)
    session = Session(town(), seed=1, humans=["mayor"], players={"miller": "search:20"})
    begun = time.now
    Bots(session, pace).choice(session.position, "miller")
    assert time.now - begun == pytest.approx(came)


@pytest.mark.parametrize("player", ["random", "search:20"])
def test_nobody_waits_where_nobody_plays_or_thinks(town: Town, time: Time, pace: Pace, player: str) -> None:
    humans = ["mayor"] if player == "random" else []
    session = Session(town(), seed=1, humans=humans, players={"miller": player})
    Bots(session, pace).choice(session.position, "miller")
    assert time.now == 100.0
