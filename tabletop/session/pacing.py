"""Pacing: bots that think answer at set times, so that how long they thought tells nobody what they know.

A bot that finds a decision easy because of its own secret would else answer sooner; and one that has no choice at once.
"""

from __future__ import annotations

import time
from collections.abc import Callable

#: The soonest answer in seconds. One that is not ready by then comes after twice the time, and so on.
SOONEST = 0.25
#: A bot that has no choice answers as late as it last did where it had one, but for answers later than this.
LATEST = 4.0
#: The part of its time that a bot with so many seconds a move may take beyond them.
_OVER = 1.25


class Pace:
    """When the bots of one game answer."""

    def __init__(
        self, now: Callable[[], float] = time.monotonic, sleep: Callable[[float], object] = time.sleep
    ) -> None:
        self._now, self._sleep = now, sleep
        self._last: dict[str, float] = {}

    def begin(self) -> float:
        """The time at which a bot begins to think."""
        return self._now()

    def due(self, seat: str, begun: float, ended: float, has_choice: bool, seconds: float | None = None) -> float:
        """The time at which the bot of a seat, which thought from one time to another, may answer; `seconds` are those
        that it has a move."""
        step = soonest = max(SOONEST, _OVER * (seconds or 0.0))
        while step < ended - begun:
            step *= 2
        if has_choice:
            self._last[seat] = step
        else:
            step = max(step, min(self._last.get(seat, soonest), max(LATEST, soonest)))
        return begun + step

    def hold(self, seat: str, begun: float, has_choice: bool, seconds: float | None = None) -> None:
        """Waits until the bot of a seat, which began at a time, may answer; `seconds` are those that it has a move."""
        left = self.due(seat, begun, self._now(), has_choice, seconds) - self._now()
        if left > 0:
            self._sleep(left)
