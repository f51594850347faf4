"""What the clock of a phase shows."""

from __future__ import annotations

import math

import attrs

from tabletop.presentation.words import Words

#: From so many seconds on, time is short.
SHORT = 60


@attrs.frozen(kw_only=True)
class ClockReading:
    """A clock: what it shows, the seconds left (below 0 once time is up), and whether it counts."""

    text: str
    seconds: int
    is_running: bool
    is_short: bool


def clock_reading(words: Words, left: float | None, is_running: bool) -> ClockReading | None:
    """What a clock shows, such as "3:41", by the seconds left on it; None where there is none."""
    if left is None:
        return None
    text = minutes(left) if left >= 0 else words("public.time_is_up", over=minutes(-left))
    return ClockReading(text=text, seconds=math.ceil(left), is_running=is_running, is_short=left <= SHORT)


def duration_words(words: Words, seconds: int) -> str:
    """So much time.

    >>> [duration_words(Words(), seconds) for seconds in (60, 10, 90, 300)]
    ['1 minute', '10 seconds', '1 minute 30 seconds', '5 minutes']
    """
    parts = [words("duration.minutes", count=seconds // 60)] if seconds >= 60 else []
    parts += [words("duration.seconds", count=seconds % 60)] if seconds % 60 or not parts else []
    return " ".join(parts)


def minutes(seconds: float) -> str:
    """A time as a clock has it, a second that has begun as a whole one; what is over has a minus.

    >>> minutes(161), minutes(-5), minutes(0.4)
    ('2:41', '−0:05', '0:01')
    """
    whole = math.ceil(seconds) if seconds > 0 else int(seconds)
    sign = "−" if whole < 0 else ""
    return f"{sign}{abs(whole) // 60}:{abs(whole) % 60:02d}"
