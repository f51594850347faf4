"""Runner: takes a session on for a face: bots, the clock of a phase and its end, pauses, and writes that failed.

A face gives it the time with `tick`, as often as it likes and whatever it shows, and is told what has happened as
typed events. Nothing else makes a bot decide or a phase end, so that the same position leads to the same game on
every face.

    runner = Runner(session)
    runner.decide("mayor", "build_bridge")      # what a person does
    for event in runner.tick():                 # what follows by itself
        ...
"""

from __future__ import annotations

import concurrent.futures
import time
from collections.abc import Callable, Iterator
from typing import TypeAlias

from tabletop.engine.adjudication import RulingRefused
from tabletop.engine.game import IllegalAction
from tabletop.engine.program import Action
from tabletop.players import PlayerFailed
from tabletop.session import phase_deadline
from tabletop.session.bot_thinking import Thinker, Thinking, ask, in_thread, inline
from tabletop.session.bots import Thought, is_quick
from tabletop.session.clock import Clock, WatchedClock, moment
from tabletop.session.commands import Continue, Pause
from tabletop.session.errors import JournalError, NotKept
from tabletop.session.opening import watched
from tabletop.session.pacing import Pace
from tabletop.session.phase_deadline import BotChooses, EndingStep
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
    Unreadable,
    Waiting,
)
from tabletop.session.session import Session
from tabletop.session.step_tree import Step

__all__ = ["Event", "Events", "Runner", "Waiting", "in_thread", "inline"]

#: Seconds between two looks at a session that is played elsewhere.
LOOKS_EVERY = 0.7
#: The most steps that one tick takes, so that a face gets its turn while bots play among themselves.
MOST_A_TICK = 64

Events: TypeAlias = tuple[Event, ...]


class Runner:
    """Takes one session on. Threads may not share it, but for the session's own; bots may think in one of theirs.

    `plays_bots` says whether bots decide by themselves, as they do wherever no facilitator lets them with `run_bots`;
    `ahead`, whether those that choose at the same time as a person do not wait for it; `starts_clock`, whether the
    clock of a phase runs as soon as there is one. `pause_between` is in seconds: where nobody plays, bots leave so
    much time between two decisions for those who look on. `now` gives the time in seconds of any clock.
    """

    def __init__(
        self,
        session: Session,
        *,
        thinking: Thinking = in_thread,
        plays_bots: bool = True,
        ahead: bool = False,
        starts_clock: bool = True,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.session = session
        self.plays_bots, self.ahead, self.starts_clock = plays_bots, ahead, starts_clock
        self.pause_between = 0.0
        self._thinking, self._now = thinking, now
        self._given: float | None = None
        self.clock: Clock = WatchedClock(session, self.seconds) if session.watching else Clock(session, self.seconds)
        self._pace = Pace(self.seconds)
        #: Whether bots are kept from deciding by themselves, until `release`.
        self.is_held = False
        #: What could not be saved and waits; None for nothing.
        self.unsaved: NotSaved | None = None
        #: Called before each step by which a phase ends, and for as long as it cannot, to decide what can be decided
        #: for people otherwise.
        self.before_ending: Callable[[], object] = lambda: None
        # The phase that somebody has ended before its time, as the journal names it; "" for none.
        self._ended_early = ""
        self._again: Callable[[], Events] | None = None
        # How many commands there were when what happens by itself could not be saved; -1 for nothing.
        self._own_at = -1
        self._thinker: Thinker | None = None
        self._last_bot = float("-inf")
        self._looked = float("-inf")
        self._unreadable = ""
        self._refused_at: Step | None = None
        self._known = len(session.commands), session.course.at, session.paused, session.state.finished

    # Time

    def seconds(self) -> float:
        """The time of the last `tick` that was given one, or else of its clock."""
        return self._now() if self._given is None else self._given

    @property
    def wakes_in(self) -> float | None:
        """Seconds until a `tick` has something to do; None where it waits for a person.

        While a bot thinks in a thread it is 0: a face looks as often as it can.
        """
        waits = [self.clock.next_mark, LOOKS_EVERY if self.session.watching else None]
        if self.is_busy:
            due = None if self._thinker is None else self._thinker.due
            waits.append(0.0 if due is None else due - self.seconds())
        known = [one for one in waits if one is not None]
        return max(0.0, min(known)) if known else None

    # What it waits for

    @property
    def waiting(self) -> Waiting:
        """What the game waits for now."""
        session, acting = self.session, self.session.state.acting
        seat = acting[0] if acting else ""
        if not acting:
            return Waiting(for_what="nothing")
        if session.watching:
            return Waiting(for_what="elsewhere", seat=seat, seats=acting)
        if self.unsaved is not None:
            return Waiting(for_what="retry", seat=seat, seats=acting)
        if session.paused:
            return Waiting(for_what="continue", seat=seat, seats=acting)
        if not session.position.players[seat]:
            return Waiting(for_what="person", seat=seat, seats=acting)
        return Waiting(for_what="release" if self.is_held else "bot", seat=seat, seats=acting)

    @property
    def thinker(self) -> str:
        """The seat of the bot that is being waited for, "" for none."""
        bot = self._next_bot()
        return "" if bot is None else bot

    @property
    def is_busy(self) -> bool:
        """Whether something happens by itself with the next ticks: a bot decides, or the clock ends the phase."""
        if self.unsaved is not None or self.session.watching:
            return False
        return self._next_bot() is not None or self._is_ending

    def _next_bot(self) -> str | None:
        session = self.session
        if self.is_held or not self.plays_bots or session.paused or session.watching:
            return None
        position = session.position
        acting = position.state.acting if self.ahead else position.state.acting[:1]
        return next((seat for seat in acting if position.players[seat]), None)

    # What people do

    def decide(self, seat: str, action: Action | str, who: str = "", why: str = "") -> Events:
        """Makes a decision for a seat. Where it is Refused or NotSaved nothing has changed; what could not be saved
        waits. `who` decided, if not the seat itself; `why` is a reason that somebody gave."""

        def decide() -> Events:
            try:
                self.session.decide(seat, action, who, why)
            except IllegalAction as error:
                return (Refused(error.reason),)
            return (Decided(seat, str(action), who or seat),)

        return self.attempt(decide)

    def undo(self) -> Events:
        """Takes back the last decision of the person to act, if there is one."""
        return self._do(lambda: self.session.undo())

    def redo(self) -> Events:
        """Makes it again."""
        return self._do(lambda: self.session.redo())

    def pause(self, who: str, why: str = "") -> Events:
        """Stops the game and its clock: nobody decides until it is continued."""
        return self._do(lambda: None if self.session.paused else self.session.remark(Pause(), who, why))

    def continue_(self, who: str, why: str = "") -> Events:
        """Ends a pause."""
        return self._do(lambda: self.session.remark(Continue(), who, why) if self.session.paused else None)

    def _do(self, deed: Callable[[], object]) -> Events:
        def attempt() -> Events:
            deed()
            return ()

        return self.attempt(attempt)

    def attempt(self, deed: Callable[[], Events]) -> Events:
        """Does something that is written down, such as a facilitator's step; what cannot be kept is told by NotSaved,
        and waits. Raises whatever else `deed` does."""
        with self.session.alone:
            try:
                told = deed()
            except NotKept as error:
                self.unsaved, self._again = NotSaved(str(error), error), deed
                return (self.unsaved, *self._changes())
        self.drop()
        return (*told, *self._changes())

    def end_phase(self) -> None:
        """Has the next ticks end the present phase as if its time were up; ClockRefused tells where that cannot be."""
        self._ended_early, self._refused_at = moment(self.session), None

    # What could not be saved

    def retry(self) -> Events:
        """Does once more what could not be saved. Raises what it does, as the game may have gone elsewhere."""
        deed = self._again
        self.drop()
        return () if deed is None else self.attempt(deed)

    def play_unsaved(self) -> Events:
        """From now on nothing is saved; what could not be is done all the same."""
        if self.unsaved is None:
            return ()
        error = self.unsaved.error
        self.session.play_on_unkept(error.told if isinstance(error, JournalError) else self.unsaved.reason)
        return self.retry()

    def drop(self) -> Events:
        """Lets go of what could not be saved: it has not happened."""
        self.unsaved, self._again, self._own_at = None, None, -1
        return ()

    # Bots

    def hold(self) -> None:
        """Keeps the bots from deciding, until `release`. One that thinks goes on, for when it is released."""
        self.is_held = True

    def release(self) -> None:
        """Lets the bots decide again."""
        self.is_held, self._refused_at = False, None

    def close(self) -> None:
        """Stops the clock where it is; what bots may still think of is dropped."""
        self._forget_thinker()
        if not self.session.watching and self.clock.setting is not None:
            self.clock.stop()

    # Time goes by

    def tick(self, now: float | None = None) -> Events:
        """Does what is due at a time, by default now, and tells what has happened since it was asked last."""
        self._given = now
        if self.session.watching:
            return self._look()
        events = self._tick_clock()
        if self._own_at not in (-1, len(self.session.commands)):
            self.drop()  # something could be written since
        if self.unsaved is None:
            with self.session.alone:
                for _ in range(MOST_A_TICK):
                    told = self._step()
                    events += told or []
                    if told is None or self.unsaved is not None:
                        break
        return (*events, *self._changes())

    def run(self, sleep: Callable[[float], object] = time.sleep) -> Iterator[Event]:
        """Ticks and sleeps until a person must decide, or nothing more happens by itself: for a face that does nothing
        else meanwhile."""
        while True:
            yield from self.tick()
            if not self.is_busy:
                return
            thinker = self._thinker
            if thinker is not None and not thinker.future.done():
                concurrent.futures.wait([thinker.future], self.clock.next_mark)
            else:
                sleep(self.wakes_in or 0.0)

    def _look(self) -> Events:
        events = self._warnings()
        if self.seconds() - self._looked >= LOOKS_EVERY:
            self._looked = self.seconds()
            reason = ""
            try:
                watched(self.session)
            except JournalError as error:
                reason = str(error)
            if reason != self._unreadable:
                self._unreadable = reason
                events.append(Unreadable(reason))
        return (*events, *self._changes())

    def _tick_clock(self) -> list[Event]:
        clock = self.clock
        if clock.setting is None or self.session.state.finished:
            return []
        if self.starts_clock and not clock.running:
            clock.start()
        clock.keep_when_due()
        return self._warnings()

    def _warnings(self) -> list[Event]:
        marks, phase = self.clock.marks(), self.session.state.phase
        ends = bool(self.clock.acts)
        return [ClockWarned(mark) if mark else ClockRanOut(phase, ends) for mark in marks]

    # One step

    @property
    def _is_ending(self) -> bool:
        """Whether the phase ends now, as its time is up."""
        return self._is_time_up and self._refused_at is not self.session.course.at

    @property
    def _is_time_up(self) -> bool:
        if self.session.state.finished:
            return False
        return self.clock.acts == "skip" or self._ended_early == moment(self.session)

    def _step(self) -> list[Event] | None:
        """Takes the next step that happens by itself, or does what it can towards it; None if there is none now."""
        if self._is_time_up:
            at = self.session.course.at
            told = self._kept(self.before_ending)
            if told or self.session.course.at is not at:
                return told
        if self._is_ending:
            try:
                step = phase_deadline.next_step(self.session)
                return None if step is None else self._end(step)
            except RulingRefused as refusal:
                self._refused_at, self._ended_early = self.session.course.at, ""
                return [ClockRefused(str(refusal), refusal)]
        bot = self._next_bot()
        return None if bot is None else self._let_decide(bot)

    def _end(self, step: EndingStep) -> list[Event] | None:
        session = self.session
        phase, before = session.state.phase, moment(session)
        if isinstance(step, BotChooses):
            told = self._let_decide(step.seat)
        else:
            told = self._kept(lambda: phase_deadline.take(session, step))
            if told == [] and isinstance(step, phase_deadline.Passes):
                told = [Decided(step.seat, "pass", phase_deadline.CLOCK)]
        ended = moment(session) != before or session.state.finished
        return [*told, PhaseEndedByClock(phase)] if told is not None and ended else told

    def _let_decide(self, seat: str) -> list[Event] | None:
        """Has a bot decide, once it has thought and may answer; None while it is waited for."""
        session, position, told = self.session, self.session.position, list[Event]()
        thinker = self._thinker
        if thinker is None or thinker.position is not position or thinker.seat != seat:
            self._forget_thinker()
            self._thinker = thinker = ask(session, seat, self._thinking, self.seconds)
            told = [] if is_quick(position.players[seat]) else [BotThinking(seat)]
        if not thinker.future.done():
            return told or None
        try:
            thought = thinker.future.result()
            if self._due(thinker, thought) > self.seconds():
                return told or None
            kept = self._kept(lambda: session.bot_decides(thought.action, seat))
        except PlayerFailed as failure:
            self._thinker, self.is_held, self._refused_at = None, True, session.course.at
            return [*told, BotFailed(seat, str(failure), failure)]
        if kept:
            return [*told, *kept]
        self._thinker, self._last_bot = None, self.seconds()
        return [*told, Decided(seat, str(thought.action), position.players[seat], True)]

    def _forget_thinker(self) -> None:
        if self._thinker is not None:
            self._thinker.cancel()
            self._thinker = None

    def _due(self, thinker: Thinker, thought: Thought) -> float:
        """When a bot that has thought may answer."""
        if thinker.due is None:
            thinker.due = thinker.begun
            if thought.is_paced:
                ended = self.seconds() if thinker.ended is None else thinker.ended
                thinker.due = self._pace.due(thinker.seat, thinker.begun, ended, thought.has_choice, thought.seconds)
            elif not thinker.position.humans:
                thinker.due = max(thinker.begun, self._last_bot + self.pause_between)
        return thinker.due

    def _kept(self, deed: Callable[[], object]) -> list[Event]:
        """Does something by itself; [] where it is kept, or else what there is to tell, and it waits."""
        try:
            deed()
        except NotKept as error:
            # With a retry the step is worked out anew: the game may stand elsewhere by then.
            self.unsaved, self._again = NotSaved(str(error), error), lambda: ()
            self._own_at = len(self.session.commands)
            return [self.unsaved]
        return []

    # What has changed

    def _changes(self) -> list[Event]:
        session, before = self.session, self._known
        self._known = len(session.commands), session.course.at, session.paused, session.state.finished
        if self._known == before:
            return []
        events: list[Event] = []
        if self._known[2] != before[2]:
            events.append(Paused() if session.paused else Continued())
        if session.state.finished and not before[3]:
            events.append(Finished(session.state.outcome or ""))
        if self._known[:2] != before[:2]:
            events.append(Changed(self._known[1] is not before[1]))
        return events
