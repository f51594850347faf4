"""The days on which an event card is news, and the days that a turn of a stage stands for."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import attrs

#: How many days a stage's only turn is taken to last, where no next turn says so.
_LONE_TURN = 7


@attrs.frozen(kw_only=True)
class Window:
    """The days, as 2018-04-27, on which a card about a dated event may come up.

    A card that `moves` belongs to the course of the game and not to the calendar (the eve of a meeting, say): it may
    come up at another time, and is then shown as of the month of `first`.
    """

    first: str
    last: str
    moves: bool = False

    @property
    def days(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and the last day; None if one of them is no date."""
        first, last = day_of(self.first), day_of(self.last)
        return None if first is None or last is None else (first, last)


def day_of(text: str) -> datetime.date | None:
    """A date written as 2018-03-08; None for anything else.

    >>> day_of("2018-03-08"), day_of("8 March")
    (datetime.date(2018, 3, 8), None)
    """
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def days_of_turn(begins: Sequence[str], turn: int) -> tuple[datetime.date, datetime.date] | None:
    """The first and the last day of a turn, counted from 1, of a stage whose turns begin on these days.

    A turn ends the day before the next one; the last turn is as long as the one before it. None if it is not known.

    >>> [str(day) for day in days_of_turn(["2018-03-08", "2018-03-15"], 2)]
    ['2018-03-15', '2018-03-21']
    """
    starts = [day_of(text) for text in begins]
    known = [start for start in starts if start is not None]
    if not 0 < turn <= len(known) or len(known) < len(starts):
        return None
    start = known[turn - 1]
    if turn < len(known):
        return start, known[turn] - datetime.timedelta(days=1)
    length = (start - known[-2]).days if len(known) > 1 else _LONE_TURN
    return start, start + datetime.timedelta(days=length - 1)


def is_timely(window: Window | None, begins: Sequence[str], turn: int) -> bool:
    """Whether a turn, counted from 1, has a day of the window in it; also if the days of either are not known."""
    days, turn_days = window.days if window is not None else None, days_of_turn(begins, turn)
    return days is None or turn_days is None or (days[0] <= turn_days[1] and turn_days[0] <= days[1])
