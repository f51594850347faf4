"""Rejects key presses and clicks meant for an earlier screen, and counts double clicks.

A *moment* is a value that stands for what is on the screen and can be decided there; two are compared.
"""

from __future__ import annotations

import math

# Seconds within which a second press at the same place, or of the same key, belongs to the first.
DOUBLE = 0.4
# How near, in units, two clicks of a double click are to each other.
_NEAR = 12.0
# Nobody answers within so many seconds to what has come up of itself.
_REACTION = 0.15


class Presses:
    """Remembers what was shown when, and what was pressed last."""

    def __init__(self) -> None:
        self.clicks = 1  # of the last press of a button, in quick succession
        self._shown: object = None
        self._has_shown = False
        self._came = -math.inf  # when the moment came up, if nobody's press has brought it
        self._last: object = None
        self._at = -math.inf
        self._moment: object = None
        self._is_answered = False
        self._focused: float | None = None

    # What is seen

    def shown(self, moment: object, now: float) -> None:
        """A frame has been drawn."""
        if self._has_shown and moment != self._shown and not self._is_answered:
            self._came = now
        self._shown, self._has_shown, self._is_answered = moment, True, False

    def is_shown(self, moment: object) -> bool:
        """Whether the last frame showed this moment."""
        return not self._has_shown or moment == self._shown

    def focused(self, now: float) -> None:
        """The window has got the keyboard: keys that are reported as going down at this time were down before."""
        self._focused = now

    def is_new(self, now: float) -> bool:
        """Whether the window has got the keyboard just now."""
        return self._focused is not None and now <= self._focused

    # What counts

    def counts(self, what: object, moment: object, now: float) -> bool:
        """Whether a press counts: its moment can be seen, and it is not the second of two that belong together."""
        is_seen = self.is_shown(moment) and now - self._came >= _REACTION
        is_second = self._is_near(what) and now - self._at < DOUBLE and moment != self._moment
        if not is_seen or is_second:
            return False
        self._last, self._at, self._moment, self._is_answered = what, now, moment, True
        return True

    def counts_at(self, place: tuple[float, float], moment: object, now: float) -> bool:
        """The same of a press of the button at a place; `clicks` is how many there were in quick succession."""
        follows = self._is_near(place) and now - self._at < DOUBLE
        if not self.counts(place, moment, now):
            return False
        self.clicks = self.clicks + 1 if follows else 1
        return True

    def ends(self, moment: object) -> bool:
        """The button comes up: whether it went down in this moment."""
        self._is_answered = True
        return moment == self._moment

    def _is_near(self, what: object) -> bool:
        if isinstance(what, tuple) and isinstance(self._last, tuple):
            return math.dist(what, self._last) <= _NEAR
        return what == self._last
