"""Animated values (tweens) by key, with easing; they affect only drawing."""

from __future__ import annotations

import attrs

from tabletop.window.theme import SMOOTH


def ease_out(share: float) -> float:
    """Fast at first, slow at the end; 0 at 0 and 1 at 1.

    >>> ease_out(0.5)
    0.875
    """
    return 1 - (1 - share) ** 3


@attrs.define
class _Tween:
    start: float
    target: float
    since: float
    duration: float

    def at(self, now: float) -> float:
        if now - self.since >= self.duration:
            return self.target
        share = max(0.0, (now - self.since) / self.duration)
        return self.start + (self.target - self.start) * ease_out(share)


class Motion:
    """The values that move, by key. With `is_on` False everything is where it goes at once."""

    def __init__(self, is_on: bool = True) -> None:
        self.is_on = is_on
        self.now = 0.0
        self._tweens: dict[str, _Tween] = {}

    def value(
        self,
        key: str,
        target: float,
        *,
        start: float | None = None,
        duration: float = SMOOTH,
        delay: float = 0.0,
    ) -> float:
        """Where the value of a key is on its way to its target.

        The first time it is at `start` if that is given, else at its target. When the target changes, it sets out from
        where it is. `duration` and `delay` are in seconds.
        """
        tween = self._tweens.get(key)
        if tween is None:
            first = target if start is None or not self.is_on else start
            tween = self._tweens[key] = _Tween(first, target, self.now + delay, duration)
        elif tween.target != target:
            here = tween.at(self.now) if self.is_on else target
            tween = self._tweens[key] = _Tween(here, target, self.now + delay, duration)
        return tween.at(self.now) if self.is_on else target

    @property
    def is_moving(self) -> bool:
        """Whether a value is still on its way."""
        return self.is_on and any(
            tween.start != tween.target and self.now < tween.since + tween.duration for tween in self._tweens.values()
        )

    def settle(self) -> None:
        """Puts everything where it goes, for a player in a hurry."""
        for tween in self._tweens.values():
            tween.start = tween.target

    def forget(self, beginning: str = "") -> None:
        """Forgets the values whose keys begin so: the next time they set out anew."""
        for key in [key for key in self._tweens if key.startswith(beginning)]:
            del self._tweens[key]
