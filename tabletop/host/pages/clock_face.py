"""The clock as pages show it: a moment at which time is up, so that a page does not change while it runs."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from tabletop.session import Clock


@attrs.frozen(kw_only=True)
class ClockFace:
    """`ends_at` is when time is up, in milliseconds since 1970, while the clock runs; `left` the seconds left while it
    stands. Both are None where there is no clock. `said` is the last warning, `total` the seconds the phase has."""

    ends_at: int | None = None
    left: int | None = None
    total: int = 0


class FacedClock:
    """Reads a session's clock, and says the same of it until it was set, stopped or started."""

    def __init__(self, clock: Clock, now: Callable[[], float]) -> None:
        self._clock, self._now = clock, now
        self._face = ClockFace()

    def face(self) -> ClockFace:
        """The clock now."""
        left, setting = self._clock.left, self._clock.setting
        if left is None or setting is None:
            self._face = ClockFace()
        elif not self._clock.running:
            self._face = ClockFace(left=max(0, round(left)), total=setting.seconds)
        else:
            ends = round((self._now() + left) * 1000)
            before = self._face.ends_at
            # The two clocks are not read at the same instant: a difference that nobody sees is none.
            if before is None or abs(before - ends) > 400 or self._face.total != setting.seconds:
                self._face = ClockFace(ends_at=ends, total=setting.seconds)
        return self._face
