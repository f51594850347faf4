"""Limits: how large a request may be, how often one may come, and how many wrong codes are forgiven."""

from __future__ import annotations

import attrs

from tabletop.host.refusals import TooMany

#: Bytes of a form, and seconds in which it has to arrive.
LARGEST_FORM = 16_384
SLOWEST_FORM = 10.0
MOST_FIELDS = 200
#: Bytes of the head of a request.
LARGEST_HEAD = 16_384


@attrs.frozen
class Rate:
    """So many at once, and `refill` more a second."""

    burst: float
    refill: float


#: Of one device: votes, answers, signs of life.
DEVICE = Rate(40, 5.0)
#: Of one address: a whole class may come from one, behind a router.
JOINING = Rate(700, 20.0)
#: Wrong codes and keys from one address, and in a room from all.
WRONG = Rate(10, 0.1)
WRONG_IN_ALL = Rate(200, 2.0)
#: Of one facilitator: a slip of the hand is no flood.
FACILITATOR = Rate(100, 20.0)


class Buckets:
    """How much is left to each of many, by a name; those that are full again are forgotten."""

    #: At so many names the full ones are looked for.
    MOST = 5_000

    def __init__(self) -> None:
        self._left: dict[tuple[Rate, str], tuple[float, float]] = {}

    def take(self, rate: Rate, name: str, now: float, kind: str = "too-often") -> None:
        """Takes one. Raises TooMany, of a `kind`, where there is none left."""
        left = self.left(rate, name, now)
        if left < 1:
            seconds = max(1, round((1 - left) / rate.refill + 0.5))
            raise TooMany(kind, seconds)
        if len(self._left) >= self.MOST:
            self._forget(now)
        self._left[rate, name] = (left - 1, now)

    def left(self, rate: Rate, name: str, now: float) -> float:
        """How many are left."""
        left, since = self._left.get((rate, name), (rate.burst, now))
        return min(rate.burst, left + max(0.0, now - since) * rate.refill)

    def _forget(self, now: float) -> None:
        self._left = {key: value for key, value in self._left.items() if self.left(*key, now) < key[0].burst - 0.5}
        while len(self._left) >= self.MOST:
            del self._left[next(iter(self._left))]
