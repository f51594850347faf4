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
    is_shown: bool = False  # whether a frame showed it at its target

    def is_over(self, now: float) -> bool:
        return now - self.since >= self.duration

    def at(self, now: float) -> float:
        if self.is_over(now):
            self.is_shown = True
            return self.target
        share = max(0.0, (now - self.since) / self.duration)
        return self.start + (self.target - self.start) * ease_out(share)


class Motion:
    """Animated values by key. With `is_on` False, every value is at its target at once."""

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
        """The present value of a key on its way to its target.

        Its first value is `start` if given, else the target. When the target changes, it moves there from its present
        value. `duration` and `delay` are in seconds.
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
        """Whether an animation is running, or has ended since the last frame: that it is over must be drawn too."""
        return self.is_on and any(tween.start != tween.target and not tween.is_shown for tween in self._tweens.values())

    def frame_drawn(self) -> None:
        """A frame was drawn: what was over by then needs no other, also where it is drawn no more."""
        for tween in self._tweens.values():
            tween.is_shown = tween.is_shown or tween.is_over(self.now)

    def settle(self) -> None:
        """Finishes all animations at once."""
        for tween in self._tweens.values():
            tween.start = tween.target

    def forget(self, beginning: str = "") -> None:
        """Forgets values whose keys have this prefix: they will start anew."""
        for key in [key for key in self._tweens if key.startswith(beginning)]:
            del self._tweens[key]
