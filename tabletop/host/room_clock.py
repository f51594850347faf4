"""The time by which a room goes: that of the machine, or in a rehearsal one that is told to pass.

It is what clocks of phases run by, what a class plan is compared with, and what a room sleeps by. Whose device was
heard from lately is reckoned in real time: a phone shows life as often as it does, however fast the class goes.
"""

from __future__ import annotations

import asyncio
import datetime
import time


class RoomClock:
    """The machine's own time. A clock for rehearsals and tests overrides all three."""

    def seconds(self) -> float:
        """Seconds of a clock that only goes forwards."""
        return time.monotonic()

    def since_1970(self) -> float:
        """The time of day, in seconds since 1970."""
        return time.time()

    async def sleep(self, seconds: float) -> None:
        """Returns after so many seconds."""
        await asyncio.sleep(seconds)

    def moment(self) -> datetime.datetime:
        """The time of day, in UTC."""
        return datetime.datetime.fromtimestamp(self.since_1970(), datetime.UTC)
