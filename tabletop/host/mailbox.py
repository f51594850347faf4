"""Mailboxes: one for each open page, which holds only that something is new; the page itself is made when it is sent.

A reader who has stopped reading holds up nobody: there is nothing to queue for them, and what they get later is the
latest.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable


class Mailbox:
    """The mailbox of one open page. `closed` says why the page is to be let go of, "" while it is not.

    News is urgent, such as that the game has gone on, or can wait for more of its kind, such as another vote.
    """

    def __init__(self, key: str) -> None:
        self.key = key
        self.closed = ""
        self._news = self._urgent = True
        self._waiting: asyncio.Future[None] | None = None
        self._is_gathering = False

    def put(self, urgent: bool = True) -> None:
        """There is something new; what was new before and has not been fetched is forgotten."""
        self._news, self._urgent = True, self._urgent or urgent
        if urgent or not self._is_gathering:
            self._ring()

    def close(self, why: str) -> None:
        """The page is to be let go of."""
        self.closed = why
        self.put()

    async def wait(self, seconds: float, gather: float) -> bool:
        """Waits for something new, but no longer than so many seconds; whether there is.

        After news that is not urgent it waits for what comes within `gather` seconds more.
        """
        if not self._news:
            await self._rest(seconds)
            if not self._news:
                return False
        if not self._urgent:
            self._is_gathering = True
            await self._rest(gather)
        self._news = self._urgent = False
        return True

    async def _rest(self, seconds: float) -> None:
        """Waits to be rung, but no longer than so many seconds. Thousands of pages wait: one future and one timer."""
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        timer = loop.call_later(seconds, self._ring)
        try:
            await self._waiting
        finally:
            timer.cancel()
            self._waiting, self._is_gathering = None, False

    def _ring(self) -> None:
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)


class Mailboxes:
    """All open pages of a room, by what they are of (a person, the table, the facilitator)."""

    #: How many pages one key may have open: a person's phone, their laptop, and one that is just going away.
    MOST = 4

    def __init__(self) -> None:
        self._open: dict[str, list[Mailbox]] = {}
        self._number = 0

    def open(self, key: str) -> Mailbox:
        """A mailbox for a page; where there are too many, the oldest of the same key is closed."""
        mailbox = Mailbox(key)
        others = self._open.setdefault(key, [])
        while len(others) >= self.MOST:
            others.pop(0).close("another page of yours was opened")
            self._number -= 1
        others.append(mailbox)
        self._number += 1
        return mailbox

    def drop(self, mailbox: Mailbox) -> None:
        """The page was closed."""
        others = self._open.get(mailbox.key, [])
        if mailbox in others:
            others.remove(mailbox)
            self._number -= 1
        if not others:
            self._open.pop(mailbox.key, None)

    def put(self, keys: Iterable[str], urgent: bool = True) -> None:
        """Something is new for the pages of these keys."""
        for key in keys:
            for mailbox in self._open.get(key, ()):
                mailbox.put(urgent)

    def close(self, key: str, why: str) -> None:
        """The pages of a key are to be let go of."""
        for mailbox in self._open.pop(key, []):
            mailbox.close(why)
            self._number -= 1

    def close_all(self, why: str) -> None:
        """The room is closing."""
        for key in list(self._open):
            self.close(key, why)

    @property
    def keys(self) -> frozenset[str]:
        """The keys of which a page is open."""
        return frozenset(self._open)

    def __len__(self) -> int:
        return self._number
