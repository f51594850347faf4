"""A room: people at their devices, the writer of its session in a thread, and the pages that are open on it."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from typing import Any

import attrs

from tabletop.host.ledger import Ledger
from tabletop.host.mailbox import Mailboxes
from tabletop.host.pages.clock_face import FacedClock
from tabletop.host.presence import ABSENT_AFTER, Presence
from tabletop.host.refusals import Refused
from tabletop.host.room_clock import RoomClock
from tabletop.host.snapshot import Observer, Snapshot
from tabletop.host.writer import Doing, Reply, Request, Saying, Writer
from tabletop.session import Session
from tabletop.session.bot_thinking import Thinking, in_thread
from tabletop.session.stated_beliefs import StatedBelief

#: Seconds between two looks at the clock and at who has gone away.
TICK = 0.5
#: The shortest time between two looks at a bot that thinks.
SOONEST = 0.1
#: Seconds after the start in which teams of which nobody is there are waited for: their phones come back.
PATIENCE = 3 * ABSENT_AFTER
#: How many requests may wait to be written.
MOST_WAITING = 5_000
_log = logging.getLogger(__name__)

TABLE, FACILITATOR = "table", "facilitator"


@attrs.define
class _Waiting:
    """A request and its two promises: that it is `durable`, and that all which followed from it is on the pages."""

    request: Request
    durable: asyncio.Future[Any]
    settled: asyncio.Future[Any]


class Room:
    """One room. Everything that changes goes through `say` or `do`, which a task hands to the writer in batches."""

    def __init__(
        self,
        session: Session,
        workers: Executor,
        thinking: Thinking = in_thread,
        clock: RoomClock | None = None,
        advancing: Executor | None = None,
    ) -> None:
        """`workers` are threads that rooms share: of many that each had their own, the event loop would be the one that
        waits. What follows from decisions is worked out by `advancing`, by default by the same. Bots that think for
        long do it by `thinking`; the `clock` is by default the machine's."""
        self.session = session
        self.clock = clock or RoomClock()
        self.writer = Writer(session, self.clock.seconds, thinking)
        self.mailboxes = Mailboxes()
        self.presence = Presence()
        self._observer = Observer(self.writer, FacedClock(self.writer.clock, self.clock.since_1970))
        self.snapshot = self._new = self._observer.snapshot(frozenset())
        #: Seconds that the room has been at work.
        self._ticked = 0.0
        self._queue: list[_Waiting] = []
        self._wake = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self._workers, self._advancing = workers, advancing or workers
        self._alone = asyncio.Lock()
        self._alarm: asyncio.TimerHandle | None = None

    @property
    def code(self) -> str:
        """The code in the room's address."""
        return self.snapshot.ledger.settings.code

    @property
    def ledger(self) -> Ledger:
        """What is kept of people, votes and answers."""
        return self.snapshot.ledger

    # Opening and closing

    def open(self) -> None:
        """Begins to work; to be called in the event loop."""
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._work()), loop.create_task(self._tick())]
        self._wake.set()

    async def close(self) -> None:
        """Writes what is waiting, and lets go of the session."""
        self.mailboxes.close_all("the room is closing")
        if self._alarm is not None:
            self._alarm.cancel()
        for task in self._tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError, Exception):
                await task
        if self._queue:
            await self._run([*self._queue])
            self._queue = []
        await self._work_out(self._let_go)

    def _let_go(self) -> None:
        self.writer.runner.close()
        self.session.close()

    # Asking

    async def say(self, saying: Saying, *, settled: bool = False) -> Any:
        """Has something written in the journal; when this returns, it is durable, and with `settled` also what followed
        from it is on the pages. Raises what `saying` does."""
        return await self._ask(Request(saying=saying), settled)

    async def do(self, doing: Doing) -> Any:
        """Has something done with the session; returns when it is on the pages. Raises what `doing` does."""
        return await self._ask(Request(doing=doing), True)

    async def read(self, reading: Callable[[Writer], Any]) -> Any:
        """Works something out from the session while nothing is written."""
        return await self._work_out(reading, self.writer)

    async def _work_out(self, what: Callable[..., Any], *arguments: Any, by: Executor | None = None) -> Any:
        """Has a worker do something with the session, while no other does."""
        async with self._alone:
            return await asyncio.get_running_loop().run_in_executor(by or self._workers, what, *arguments)

    async def _ask(self, request: Request, settled: bool) -> Any:
        if len(self._queue) >= MOST_WAITING:
            raise Refused("busy", 503)
        loop = asyncio.get_running_loop()
        waiting = _Waiting(request, loop.create_future(), loop.create_future())
        self._queue.append(waiting)
        self._wake.set()
        answer = await waiting.durable
        if settled:
            await waiting.settled
        return answer

    async def speak(self, language: str) -> None:
        """Sees to it that pages can be had in a language that a device has chosen."""
        if language not in self._observer.chosen:
            self._observer.chosen.add(language)
            await self.say(lambda ledger: ([], None), settled=True)

    def heard(self, person: str, *, plain: bool = False) -> None:
        """A sign of life of somebody's device."""
        if self.presence.heard(person, self._ticked, plain=plain):
            self._wake.set()

    def present(self) -> frozenset[str]:
        """Who is present now, or is given the time to come back after a restart."""
        if self._ticked < PATIENCE:
            return frozenset(person.id for person in self.writer.ledger.roster.here)
        return self.presence.present(self._ticked)

    # Working

    async def _work(self) -> None:
        while True:
            await self._wake.wait()
            self._wake.clear()
            batch, self._queue = self._queue, []
            await self._run(batch)

    async def _run(self, batch: Sequence[_Waiting]) -> None:
        present = self.present()
        try:
            replies = await self._work_out(self._commit, batch, present)
            self._reply(batch, replies)
            await self._work_out(self._advance, present, by=self._advancing)
            self._publish(self._new)
        except Exception as error:
            _log.exception("the writer of a room failed")
            self._reply(batch, [Reply(error=error)] * len(batch))
        for one in batch:
            if not one.settled.done():
                one.settled.set_result(None)
        self._wake_in_time()

    def _commit(self, batch: Sequence[_Waiting], present: frozenset[str]) -> list[Reply]:
        replies = self.writer.commit([one.request for one in batch]) if batch else []
        if batch or present != self._new.present or self._observer.is_out_of_date(self._new):
            self._new = self._observer.snapshot(present)
        return replies

    def _reply(self, batch: Sequence[_Waiting], replies: Sequence[Reply]) -> None:
        self._publish(self._new)
        for one, reply in zip(batch, replies, strict=True):
            if one.durable.done():
                continue
            if reply.error is not None:
                one.durable.set_exception(reply.error)
                one.settled.set_result(None)
            else:
                one.durable.set_result(reply.answer)

    def _advance(self, present: frozenset[str]) -> None:
        self.writer.advance(present)
        if self._observer.is_out_of_date(self._new):
            self._new = self._observer.snapshot(present)

    def _wake_in_time(self) -> None:
        """Sees to it that a bot which answers before the next tick is not kept waiting."""
        wakes_in = self.writer.runner.wakes_in
        if self._alarm is not None:
            self._alarm.cancel()
        if wakes_in is not None and wakes_in < TICK:
            self._alarm = asyncio.get_running_loop().call_later(max(SOONEST, wakes_in), self._wake.set)

    async def _tick(self) -> None:
        before = self.clock.seconds()
        while True:
            await self.clock.sleep(TICK)
            now = self.clock.seconds()
            # Where the laptop is slow, or was asleep, it is not the devices that were away.
            self._ticked += min(now - before, 2 * TICK)
            before = now
            self._wake.set()

    # Pages

    def _publish(self, new: Snapshot) -> None:
        old, self.snapshot = self.snapshot, new
        if old is new:
            return
        if _is_for_all(old, new):
            self.mailboxes.put(self.mailboxes.keys)
            return
        self.mailboxes.put(_told(old, new))
        self.mailboxes.put(_seen(old, new), urgent=False)


# Whose pages may be other ones now: a page that turns out the same is not sent


def _is_for_all(old: Snapshot, new: Snapshot) -> bool:
    """Whether something has changed that stands on every page."""
    return (
        old.clock != new.clock
        or old.paused != new.paused
        or old.finished != new.finished
        or old.ledger.settings != new.ledger.settings
    )


def _told(old: Snapshot, new: Snapshot) -> frozenset[str]:
    """Those for whom the game has gone on, or who have another place in the room."""
    seats = {seat for seat, game in new.games.items() if old.games.get(seat) is not game}
    seats |= {seat for seat in {*old.boxes, *new.boxes} if _key(old, seat) != _key(new, seat)}
    found = {TABLE} if seats else set()
    before, people = old.ledger.roster.people, new.ledger.roster.people
    if before is not people:
        found |= {id for id, person in people.items() if before.get(id) is not person}
    if seats:
        found |= {id for id, person in people.items() if (person.seat if person.standing == "seated" else "") in seats}
    answers = old.ledger.answers
    if answers is not new.ledger.answers:
        found |= {id for (id, question), one in new.ledger.answers.items() if answers.get((id, question)) is not one}
    found |= _voted_again(old.ledger, new.ledger)
    return frozenset(found | {one.person for one in _held_since(old, new)})


def _held_since(old: Snapshot, new: Snapshot) -> list[StatedBelief]:
    """The beliefs that have been stated since."""
    last = max((one.number for one in old.beliefs), default=0)
    return [one for one in new.beliefs if one.number > last]


def _voted_again(old: Ledger, new: Ledger) -> set[str]:
    """Those whose vote on what they would do now is another one."""
    return {
        person
        for step, votes in new.again.items()
        if (before := old.again.get(step, {})) is not votes
        for person, vote in votes.items()
        if before.get(person) is not vote
    }


def _key(snapshot: Snapshot, seat: str) -> str:
    box = snapshot.boxes.get(seat)
    return "" if box is None else box.key


def _seen(old: Snapshot, new: Snapshot) -> frozenset[str]:
    """Those who see that others of their team have voted, joined, said what they believe, or are away."""
    is_other = old.ledger is not new.ledger or old.present != new.present or old.practice is not new.practice
    found = {TABLE, FACILITATOR} if is_other else {FACILITATOR}
    seats = {seat for seat in new.boxes if old.boxes.get(seat) != new.boxes[seat]}
    seats |= {seat for seat, team in new.teams.items() if old.teams.get(seat) != team}
    seats |= {one.seat for one in _held_since(old, new)}
    if seats:
        people = new.ledger.roster.people
        found |= {id for id, person in people.items() if person.seat in seats}
    return frozenset(found)
