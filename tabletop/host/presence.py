"""Presence: whose device has been heard from lately. Who is away is not waited for, and comes back by being heard."""

from __future__ import annotations

#: Seconds without a sign of life after which a person no longer counts as present.
ABSENT_AFTER = 10.0
#: The same for a page without JavaScript, which shows no sign of life of its own accord.
ABSENT_AFTER_PLAIN = 60.0


class Presence:
    """When each person was last heard from, by a clock of seconds. It is not kept: after a restart all are away."""

    def __init__(self) -> None:
        self._until: dict[str, float] = {}

    def heard(self, person: str, now: float, *, plain: bool = False) -> bool:
        """Notes a sign of life; whether the person was away before it."""
        was_away = self._until.get(person, now - 1) < now
        until = now + (ABSENT_AFTER_PLAIN if plain else ABSENT_AFTER)
        self._until[person] = until if not plain else max(until, self._until.get(person, until))
        return was_away

    def forget(self, person: str) -> None:
        """The person has left."""
        self._until.pop(person, None)

    def present(self, now: float) -> frozenset[str]:
        """Everybody who counts as present."""
        return frozenset(person for person, until in self._until.items() if until >= now)
