"""Rejects key presses and clicks meant for an earlier screen, and counts double clicks.

A *moment* is a comparable value that identifies what is on the screen and can be decided there.
"""

from __future__ import annotations

import math

# Double press: seconds within which a second press of the same key, or at the same place, belongs to the first.
DOUBLE = 0.4
# Maximum distance, in units, between the clicks of a double click.
_NEAR = 12.0
# Reaction time in seconds: presses sooner after a spontaneous change are ignored.
_REACTION = 0.15
# Seconds for which nothing is taken where a screen on which any press goes on has given way to one to decide on.
REST = 0.7


class Presses:
    """Records what was shown when, and what was pressed last."""

    def __init__(self) -> None:
        self.clicks = 1  # number of quick successive clicks
        self._shown: object = None
        self._has_shown = False
        self._came = -math.inf  # when the moment came up, if not caused by a press
        self._last: object = None
        self._at = -math.inf
        self._moment: object = None
        self._is_answered = False
        self._focused: float | None = None
        self._rests_until = -math.inf

    # Shown

    def shown(self, moment: object, now: float) -> None:
        """A frame has been drawn."""
        if self._has_shown and moment != self._shown and not self._is_answered:
            self._came = now
        self._shown, self._has_shown, self._is_answered = moment, True, False

    def is_shown(self, moment: object) -> bool:
        """Whether the last frame showed this moment."""
        return not self._has_shown or moment == self._shown

    def focused(self, now: float) -> None:
        """The window has got the keyboard: keys reported as pressed at this time were down before."""
        self._focused = now

    def rest(self, now: float) -> None:
        """A screen has ended on which any press went on: what is pressed in the next moments was meant for that one."""
        self._rests_until = now + REST

    def is_resting(self, now: float) -> bool:
        """Whether presses at this time are still taken to be meant for the screen before."""
        return now < self._rests_until

    def is_new(self, now: float) -> bool:
        """Whether the window got the keyboard just now."""
        return self._focused is not None and now <= self._focused

    # What counts

    def counts(self, what: object, moment: object, now: float) -> bool:
        """Whether a press counts: its moment is visible, and it is not the second of a double press."""
        is_seen = self.is_shown(moment) and now - self._came >= _REACTION
        is_second = self._is_near(what) and now - self._at < DOUBLE and moment != self._moment
        if not is_seen or is_second:
            return False
        self._last, self._at, self._moment, self._is_answered = what, now, moment, True
        return True

    def counts_at(self, place: tuple[float, float], moment: object, now: float) -> bool:
        """Likewise for a mouse press at a place; sets `clicks`."""
        follows = self._is_near(place) and now - self._at < DOUBLE
        if not self.counts(place, moment, now):
            return False
        self.clicks = self.clicks + 1 if follows else 1
        return True

    def ends(self, moment: object) -> bool:
        """On a button release: whether the button was pressed in this moment."""
        self._is_answered = True
        return moment == self._moment

    def _is_near(self, what: object) -> bool:
        if isinstance(what, tuple) and isinstance(self._last, tuple):
            return math.dist(what, self._last) <= _NEAR
        return what == self._last
