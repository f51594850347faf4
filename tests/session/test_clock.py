"""The clock of a phase: it counts while the game is on, warns, and never acts by itself unless it was told to."""

from __future__ import annotations

import pytest

from tabletop.engine.adjudication import RulingRefused
from tabletop.session import Clock, Facilitator, Session, open_session
from tests.session.conftest import Begin


class Time:
    """A time of day that passes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def session(begin: Begin) -> Session:
    return begin()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def clock(session: Session, time: Time) -> Clock:
    """A clock of two minutes for every phase, which is running."""
    Facilitator(session).set_clock(120)
    clock = Clock(session, time)
    clock.start()
    return clock


def test_there_is_no_clock_unless_one_was_set(session: Session, time: Time) -> None:
    clock = Clock(session, time)
    clock.start()
    time.now += 10_000
    assert (clock.left, clock.setting, clock.look()) == (None, None, [])


def test_it_counts_down_and_warns_once(clock: Clock, time: Time) -> None:
    assert clock.left == 120
    time.now += 59
    assert clock.look() == []
    time.now += 2
    assert len(clock.look()) == 1
    assert clock.look() == []
    time.now += 50
    assert len(clock.look()) == 1
    time.now += 20
    assert clock.look() == ["time is up"]
    assert clock.look() == []
    assert clock.left == -11


def test_when_time_is_up_it_does_nothing_unless_it_was_told_to(session: Session, clock: Clock, time: Time) -> None:
    before = session.state
    time.now += 1000
    clock.look()
    assert (clock.acts, session.state is before) == ("", True)
    Facilitator(session).set_clock(120, then="skip")
    assert (clock.acts, session.state is before) == ("skip", True)


def test_it_stands_while_the_game_is_paused(session: Session, clock: Clock, time: Time) -> None:
    time.now += 30
    Facilitator(session).pause()
    clock.look()
    time.now += 3600
    assert clock.left == 90
    clock.start()
    assert not clock.running
    Facilitator(session).go_on()
    clock.start()
    time.now += 10
    assert clock.left == 80


def test_every_phase_begins_anew(session: Session, clock: Clock, time: Time) -> None:
    time.now += 100
    session.decide("harbour", "visit(place=quay)")
    assert clock.left == 20
    session.decide("harbour", "visit(place=mill)")
    for _ in session.run_bots():
        pass
    assert session.state.phase == "sail"
    assert clock.left == 120


def test_a_restart_neither_loses_nor_gains_time(session: Session, clock: Clock, time: Time) -> None:
    time.now += 45
    clock.keep()
    assert session.journal is not None
    session.close()
    time.now += 3600
    again, _ = open_session(session.journal)
    clock = Clock(again, time)
    assert clock.left == 75
    time.now += 3600
    assert clock.left == 75  # until it is started
    clock.start()
    time.now += 5
    assert clock.left == 70
    again.close()


def test_time_kept_of_another_phase_is_not_taken_for_that_of_this(session: Session, clock: Clock, time: Time) -> None:
    time.now += 45
    clock.keep()
    session.decide("harbour", "visit(place=quay)")
    session.decide("harbour", "visit(place=mill)")
    for _ in session.run_bots():
        pass
    assert session.journal is not None
    session.close()
    again, _ = open_session(session.journal)
    assert Clock(again, time).left == 120
    again.close()


def test_a_phase_can_have_its_own_time_or_none(session: Session, time: Time) -> None:
    facilitator = Facilitator(session)
    facilitator.set_clock(120)
    facilitator.set_clock(300, "plan")
    assert Clock(session, time).left == 300
    facilitator.set_clock(0, "plan")
    assert Clock(session, time).left is None


def test_a_phase_can_be_given_more_time_this_once(session: Session, clock: Clock, time: Time) -> None:
    time.now += 110
    Facilitator(session).more_time(60)
    assert clock.left == 70
    Facilitator(session).more_time(-30)
    assert clock.left == 40


def test_a_phase_can_have_its_whole_time_again(clock: Clock, time: Time) -> None:
    time.now += 110
    clock.restart()
    assert clock.left == 120


@pytest.mark.parametrize(
    ("seconds", "phase", "then", "words"),
    [
        (-1, "", "", "up to a day"),
        (90_000, "", "", "up to a day"),
        (60, "", "end", "up to a day"),
        (60, "plna", "", "plan"),
    ],
)
def test_a_clock_that_makes_no_sense_is_refused(
    session: Session, seconds: int, phase: str, then: str, words: str
) -> None:
    with pytest.raises(RulingRefused, match=words):
        Facilitator(session).set_clock(seconds, phase, then=then)
