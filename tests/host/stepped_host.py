"""`tabletop host` by a clock that stands until it is told to pass: a class of 75 minutes takes as long as its work.

python -m tests.host.stepped_host AT ...    AT is the time of day in seconds since 1970, the rest is for `tabletop host`

A line with a number of seconds on standard input lets so many pass; the answer "passed" comes once all that was due by
then is done and on the pages.
"""

from __future__ import annotations

import asyncio
import functools
import sys
import threading

from tabletop.cli.main import main
from tabletop.host import serve
from tabletop.host.room_clock import RoomClock
from tabletop.host.rooms import Rooms


class SteppedClock(RoomClock):
    """A time that passes when it is told to. `rooms` go by it."""

    def __init__(self, now: float) -> None:
        self.now = now
        self.rooms: list[Rooms] = []
        self._asleep: list[tuple[float, asyncio.Future[None]]] = []

    def seconds(self) -> float:
        return self.now

    def since_1970(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        future = asyncio.get_running_loop().create_future()
        self._asleep.append((self.now + seconds, future))
        await future

    async def passes(self, seconds: float) -> None:
        """Lets time pass, and waits until every room has done what was due by then."""
        self.now += seconds
        for until, future in self._asleep:
            if until <= self.now and not future.done():
                future.set_result(None)
        self._asleep = [one for one in self._asleep if not one[1].done()]
        for room in (room for rooms in self.rooms for room in rooms):
            await room.say(lambda ledger: ([], None), settled=True)

    def rooms_of(self, loops: list[asyncio.AbstractEventLoop]) -> Rooms:
        """Rooms that this clock knows of, and the event loop that they work in."""
        loops.append(asyncio.get_running_loop())
        self.rooms.append(Rooms())
        return self.rooms[-1]


def listen(clock: SteppedClock, loops: list[asyncio.AbstractEventLoop]) -> None:
    """Lets time pass as standard input says."""
    for line in sys.stdin:
        asyncio.run_coroutine_threadsafe(clock.passes(float(line)), loops[0]).result()
        print("passed", flush=True)


if __name__ == "__main__":
    clock, loops = SteppedClock(float(sys.argv[1])), list[asyncio.AbstractEventLoop]()
    serve.Serving = functools.partial(serve.Serving, clock=clock)  # type: ignore[assignment,misc]
    serve.Rooms = functools.partial(clock.rooms_of, loops)  # type: ignore[assignment,misc]
    threading.Thread(target=listen, args=(clock, loops), daemon=True).start()
    main(["host", *sys.argv[2:]])
