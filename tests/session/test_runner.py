"""A game that goes on by itself where it should: bots, the clock, pauses and writes that fail, without any screen."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any

import pytest

import tabletop
from tabletop.engine.refusals import Refusal
from tabletop.players.cancelling import ThinkingCancelled, cancelled_by
from tabletop.players.search import SearchPlayer
from tabletop.session import Facilitator, Journal, NotKept, Session, open_session
from tabletop.session.bots import Thought
from tabletop.session.clock import moment
from tabletop.session.runner import Runner, inline
from tabletop.session.runner_events import (
    BotFailed,
    BotThinking,
    Changed,
    ClockRanOut,
    ClockRefused,
    ClockWarned,
    Continued,
    Decided,
    Event,
    Finished,
    NotSaved,
    Paused,
    PhaseEndedByClock,
    Refused,
)
from tests.session.conftest import Begin

Town = Callable[..., tabletop.Scenario]


class Time:
    """A time that passes when it is told to, or while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.now += seconds


class Later:
    """Thinks when it is told to, as a thread would."""

    def __init__(self) -> None:
        self.asked: list[tuple[Future[Thought], Callable[[], Thought]]] = []

    def __call__(self, work: Callable[[], Thought]) -> Future[Thought]:
        future: Future[Thought] = Future()
        self.asked.append((future, work))
        return future

    def think(self) -> None:
        future, work = self.asked.pop(0)
        try:
            future.set_result(work())
        except Exception as error:
            future.set_exception(error)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def session(begin: Begin) -> Session:
    return begin()


def kinds(events: Any) -> list[type[Event]]:
    return [type(event) for event in events]


def slow(town: Town, players: str = "search:20") -> Session:
    """A town in which a person is the mayor, and a bot that thinks is to decide first."""
    session = Session(town(), seed=1, humans=["mayor"], players={"miller": players})
    while session.to_act is not None:
        session.decide("mayor", session.game.actions(session.state, "mayor")[-1])
    return session


# Bots


def test_bots_decide_until_a_person_must(session: Session, time: Time) -> None:
    runner = Runner(session, now=time)
    assert runner.waiting.for_what == "person"
    assert runner.tick() == ()
    for place in ("quay", "mill"):
        runner.decide("harbour", f"visit(place={place})")
    assert (runner.waiting.for_what, runner.waiting.seat) == ("bot", "island")
    told = runner.tick()
    assert kinds(told) == [Decided, Changed]
    assert told[0] == Decided("island", session.decisions[-1][1], "random", True)
    assert (runner.waiting.for_what, runner.waiting.seat) == ("person", "harbour")
    assert runner.tick() == ()


def test_bots_that_choose_at_the_same_time_wait_for_a_person_only_where_they_shall(begin: Begin, time: Time) -> None:
    waits, goes = Runner(begin(id="waits"), now=time), Runner(begin(id="goes"), now=time, ahead=True)
    assert waits.tick() == ()
    assert kinds(goes.tick()) == [Decided, Changed]


def test_a_bot_that_thinks_does_so_beside_the_face_and_answers_at_a_set_time(town: Town, time: Time) -> None:
    session, later = slow(town), Later()
    runner = Runner(session, thinking=later, now=time)
    assert runner.tick() == (BotThinking("miller"),)
    assert (runner.tick(), runner.wakes_in) == ((), 0.0)
    time.now += 0.1
    later.think()
    assert runner.tick() == ()
    assert runner.wakes_in == pytest.approx(0.15)
    time.now += 0.15
    assert kinds(runner.tick())[0] is Decided


def test_an_answer_for_another_position_is_dropped(town: Town, time: Time) -> None:
    session, later = slow(town), Later()
    runner = Runner(session, thinking=later, now=time)
    runner.tick()
    runner.undo()
    later.think()
    time.now += 10
    assert runner.tick() == ()
    assert runner.waiting.for_what == "person"


def test_what_thinks_for_nothing_is_told_to_stop(town: Town, time: Time) -> None:
    session, later = slow(town), Later()
    runner = Runner(session, thinking=later, now=time)
    runner.tick()
    runner.close()
    ((_, work),) = later.asked
    with pytest.raises(ThinkingCancelled):
        work()
    unwanted = threading.Event()
    unwanted.set()
    state = session.state
    with cancelled_by(unwanted), pytest.raises(ThinkingCancelled):
        SearchPlayer().think(state, "miller")


def test_bots_that_are_held_wait_and_what_they_thought_is_not_lost(town: Town, time: Time) -> None:
    session, later = slow(town), Later()
    runner = Runner(session, thinking=later, now=time)
    runner.tick()
    runner.hold()
    later.think()
    time.now += 10
    assert (runner.tick(), runner.waiting.for_what, runner.wakes_in) == ((), "release", None)
    runner.release()
    assert kinds(runner.tick())[0] is Decided


def test_a_real_thread_thinks_and_the_face_may_wait_for_it(town: Town) -> None:
    session = slow(town)
    runner = Runner(session)
    told = list(runner.run())
    assert kinds(told)[:2] == [BotThinking, Decided]
    assert session.to_act is not None or session.state.finished


def test_a_bot_that_fails_is_told_of_once_and_holds_the_bots(town: Town, time: Time, monkeypatch: Any) -> None:
    session = slow(town)

    def broken(*_: object) -> int:
        raise ZeroDivisionError("by nought")

    runner = Runner(session, thinking=inline, now=time)
    with monkeypatch.context() as patch:
        patch.setattr(SearchPlayer, "move", broken)
        (_, failed) = runner.tick()
        assert isinstance(failed, BotFailed)
        assert "by nought" in failed.reason
        assert runner.tick() == ()
    assert runner.waiting.for_what == "release"
    runner.release()
    assert Decided in kinds(runner.run(time.sleep))


def test_a_game_of_bots_is_played_to_its_end_and_those_who_look_on_get_their_time(begin: Begin, time: Time) -> None:
    runner = Runner(begin(humans=[]), now=time)
    runner.pause_between = 0.3
    told = list(runner.run(time.sleep))
    decided = kinds(told).count(Decided)
    assert kinds(told)[-2:] == [Finished, Changed]
    assert time.now == pytest.approx(1000 + 0.3 * (decided - 1))
    assert runner.waiting.for_what == "nothing"


# The clock


def timed(session: Session, time: Time, then: str = "skip", **more: Any) -> Runner:
    Facilitator(session).set_clock(120, warnings=[60], then=then)
    runner = Runner(session, thinking=inline, now=time, **more)
    runner.tick()
    return runner


def test_the_clock_warns_and_runs_out_once(session: Session, time: Time) -> None:
    runner = timed(session, time, then="")
    assert runner.wakes_in == pytest.approx(60)
    time.now += 61
    assert runner.tick() == (ClockWarned(60),)
    assert runner.tick() == ()
    time.now += 60
    assert runner.tick() == (ClockRanOut("plan", False),)
    assert runner.tick() == ()


def test_the_end_of_the_time_ends_the_phase_bots_choose_and_people_pass(begin: Begin, time: Time) -> None:
    session = begin()
    runner = timed(session, time)
    time.now += 121
    told = runner.tick()
    assert kinds(told) == [ClockRanOut, Decided, Decided, PhaseEndedByClock, Changed]
    assert [(one.seat, one.who, one.is_bot) for one in told if isinstance(one, Decided)] == [
        ("island", "random", True),
        ("harbour", "clock", False),
    ]
    assert session.state.phase == "sail"
    time.now += 10
    assert runner.tick() == ()


def test_where_nobody_may_pass_the_phase_is_skipped(session: Session, time: Time) -> None:
    runner = timed(session, time)
    time.now += 121
    runner.tick()
    time.now += 121
    told = runner.tick()
    assert (kinds(told), session.course.at.line()[-1].kind) == ([ClockRanOut, PhaseEndedByClock, Changed], "skip")


def test_a_bot_that_thinks_at_the_end_of_the_time_does_so_beside_the_face(town: Town, time: Time) -> None:
    session, later = slow(town), Later()
    Facilitator(session).set_clock(60, then="skip")
    runner = Runner(session, thinking=later, now=time, plays_bots=False)
    runner.tick()
    before = moment(session)
    time.now += 61
    assert kinds(runner.tick()) == [ClockRanOut, BotThinking]
    assert (runner.is_busy, moment(session)) == (True, before)
    while moment(session) == before:
        later.think()
        time.now += 1
        runner.tick()


def test_a_card_that_waits_for_an_answer_is_answered_first_and_that_is_told_once(time: Time) -> None:
    scenario = tabletop.load("summit-2018")
    session = Session(scenario, seed=3, humans=[scenario.player], players={"all": "random"})
    asked = []
    runner = timed(session, time)
    for _ in range(40):
        if session.state.finished:
            break
        if session.state.card is not None and session.to_act is not None:
            time.now += 121
            refused = [one for one in (*runner.tick(), *runner.tick()) if isinstance(one, ClockRefused)]
            assert ["a card waits" in one.reason for one in refused] == [True]
            asked += refused
            runner.decide(session.to_act, session.game.actions(session.state, session.to_act)[0])
        time.now += 121
        runner.tick()
    assert asked


def test_no_clock_runs_in_a_pause_and_it_goes_on_by_itself(session: Session, time: Time) -> None:
    runner = timed(session, time)
    assert kinds(runner.pause("Ms Lee")) == [Paused, Changed]
    time.now += 500
    assert (runner.tick(), runner.waiting.for_what) == ((), "continue")
    assert runner.decide("harbour", "visit(place=quay)") == (Refused(Refusal(kind="paused")),)
    assert kinds(runner.continue_("Ms Lee")) == [Continued, Changed]
    runner.tick()
    assert runner.clock.left == pytest.approx(120)


def test_votes_that_are_there_when_the_time_is_up_are_taken_in_first(session: Session, time: Time) -> None:
    runner = timed(session, time)

    def voted() -> None:
        if session.state.phase == "plan" and ("harbour", "visit(place=mill)") not in session.decisions:
            session.decide("harbour", "visit(place=mill)", "room")

    runner.before_ending = voted
    time.now += 121
    runner.tick()
    assert ("harbour", "visit(place=mill)") in session.decisions


def test_a_phase_that_is_ended_before_its_time_ends_as_by_its_clock(session: Session, time: Time) -> None:
    runner = timed(session, time)
    before = moment(session)
    runner.end_phase()
    assert PhaseEndedByClock in kinds(runner.tick())
    now = moment(session)
    assert now != before
    runner.tick()
    assert moment(session) == now


# What cannot be written


@pytest.fixture
def full(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """A disk that is full while the list holds True."""
    real, state = Journal.append, [False]

    def append(self: Journal, *given: Any) -> None:
        if state[-1]:
            raise NotKept("the disk is full")
        real(self, *given)

    monkeypatch.setattr(Journal, "append", append)
    return state


def test_a_decision_that_cannot_be_saved_has_not_happened_and_is_made_when_asked(
    session: Session, time: Time, full: list[bool]
) -> None:
    runner = Runner(session, now=time)
    full.append(True)
    assert runner.decide("harbour", "visit(place=quay)") == (NotSaved("the disk is full"),)
    assert (session.decisions, runner.waiting.for_what) == ([], "retry")
    assert runner.tick() == ()
    assert kinds(runner.retry()) == [NotSaved]
    full.append(False)
    assert kinds(runner.retry()) == [Decided, Changed]
    assert (session.decisions, runner.unsaved) == ([("harbour", "visit(place=quay)")], None)
    assert runner.retry() == ()


def test_a_bot_whose_decision_cannot_be_saved_waits_until_it_can(
    session: Session, time: Time, full: list[bool]
) -> None:
    runner = Runner(session, now=time, ahead=True)
    full.append(True)
    assert kinds(runner.tick()) == [NotSaved]
    assert (runner.tick(), runner.is_busy) == ((), False)
    full.append(False)
    runner.retry()
    assert kinds(runner.tick()) == [Decided, Changed]


def test_the_end_of_the_time_that_cannot_be_saved_is_saved_when_asked(
    session: Session, time: Time, full: list[bool]
) -> None:
    runner = timed(session, time)
    full.append(True)
    time.now += 121
    assert kinds(runner.tick()) == [ClockRanOut, NotSaved]
    assert runner.tick() == ()
    full.append(False)
    runner.retry()
    assert PhaseEndedByClock in kinds(runner.tick())


def test_a_game_is_played_on_unsaved_where_people_want_that(session: Session, time: Time, full: list[bool]) -> None:
    runner = Runner(session, now=time)
    full.append(True)
    runner.decide("harbour", "visit(place=quay)")
    assert kinds(runner.play_unsaved()) == [Decided, Changed]
    assert (session.is_kept, session.warning) == (False, "the disk is full")


def test_what_could_not_be_saved_can_be_let_go_of_or_may_be_illegal_by_then(
    session: Session, time: Time, full: list[bool]
) -> None:
    runner = Runner(session, now=time)
    full.append(True)
    runner.decide("harbour", "visit(place=quay)")
    runner.drop()
    assert (runner.waiting.for_what, session.decisions) == ("person", [])
    runner.decide("harbour", "visit(place=quay)")
    full.append(False)
    Facilitator(session).skip("Enough.")
    assert kinds(runner.retry()) == [Refused, Changed]
    assert runner.unsaved is None


# Other hands


def test_what_others_do_with_the_session_is_told_with_the_next_tick(session: Session, time: Time) -> None:
    runner = Runner(session, now=time)
    Facilitator(session).note("Look.")
    assert runner.tick() == (Changed(False),)
    Facilitator(session).skip("Enough.")
    assert runner.tick()[-1] == Changed(True)
    runner.decide("harbour", "stay")
    session.back(2)
    assert runner.tick() == (Changed(True),)


def test_a_session_that_is_played_elsewhere_is_followed_and_nothing_is_done_to_it(
    begin: Begin, journal: Journal, time: Time
) -> None:
    held = begin(id="held")
    runner = timed(held, time)
    watching, _ = open_session(journal, "held", watch=True)
    on = Runner(watching, now=time)
    on.tick()
    assert (on.waiting.for_what, on.wakes_in is not None) == ("elsewhere", True)
    time.now += 121
    runner.tick()
    before = len(held.commands)
    assert Changed(True) in on.tick()
    assert (watching.state.fingerprint, len(held.commands)) == (held.state.fingerprint, before)
    on.close()
