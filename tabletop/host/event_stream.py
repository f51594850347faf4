"""Event streams: the page of whoever keeps it open, sent whole whenever it is another one."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Awaitable, Callable

from starlette.types import Message, Receive, Scope, Send

from tabletop.host.mailbox import Mailbox
from tabletop.host.rendered import GZIP_HEAD, Rendered, stored

#: Seconds after which the time is sent where there is nothing new, so that proxies keep the connection.
HEARTBEAT = 5.0
#: Seconds before a browser whose connection was lost comes back.
RETRY = 1.5

#: Makes a page; where that takes longer, beside the event loop.
Render = Callable[[], Rendered | Awaitable[Rendered]]


class EventStream:
    """An ASGI response of server-sent events from a mailbox.

    `render` makes the page as it is now, `known` is the version that the browser has, `gather` gives the seconds in
    which news that can wait is gathered, so that a burst of votes is one event, `now` the room's time in seconds since
    1970, by which a page counts down.
    """

    def __init__(
        self,
        mailbox: Mailbox,
        render: Render,
        known: str,
        gather: Callable[[], float],
        left: Callable[[], None],
        now: Callable[[], float],
    ) -> None:
        self._mailbox, self._render, self._known = mailbox, render, known
        self._gather, self._left, self._now = gather, left, now
        self._packs = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends events until the browser goes away or the mailbox is closed; only the head, if no more is asked for."""
        self._packs = _reads_gzip(scope)
        if scope["method"] == "HEAD":
            self._left()
            await send(self._start())
            await send({"type": "http.response.body", "body": b""})
            return
        gone = asyncio.ensure_future(self._await_going(receive))
        try:
            await send(self._start())
            if self._packs:
                await self._send_body(send, GZIP_HEAD)
            await self._write(send, f"retry: {round(RETRY * 1000)}\n{self._time()}")
            # Beats come by the time of opening alone: news that changes nothing of this page does not shift them.
            beat = time.monotonic() + HEARTBEAT
            while True:
                if not await self._mailbox.wait(max(0.0, beat - time.monotonic()), self._gather()):
                    await self._write(send, self._time())
                    beat += HEARTBEAT
                    continue
                if self._mailbox.closed:
                    await self._write(send, f"event: closed\ndata: {self._mailbox.closed}\n\n")
                    break
                made = self._render()
                page = made if isinstance(made, Rendered) else await made
                if page.version != self._known:
                    self._known = page.version
                    await self._send_body(send, page.event(self._packs))
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except OSError:
            pass  # it is gone
        finally:
            self._left()
            gone.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await gone

    def _start(self) -> Message:
        headers = [(b"content-type", b"text/event-stream; charset=utf-8"), (b"x-accel-buffering", b"no")]
        headers += [(b"content-encoding", b"gzip")] if self._packs else []
        return {"type": "http.response.start", "status": 200, "headers": [*headers, (b"vary", b"accept-encoding")]}

    async def _await_going(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._mailbox.close("gone")

    async def _write(self, send: Send, text: str) -> None:
        told = text.encode()
        await self._send_body(send, stored(told) if self._packs else told)

    async def _send_body(self, send: Send, body: bytes) -> None:
        await send({"type": "http.response.body", "body": body, "more_body": True})

    def _time(self) -> str:
        """The room's clock as an event: also a sign of life, without which a page says that the connection is lost."""
        return f"event: time\ndata: {round(self._now() * 1000)}\n\n"


def _reads_gzip(scope: Scope) -> bool:
    encodings = b", ".join(value for name, value in scope["headers"] if name == b"accept-encoding")
    return b"gzip" in encodings and b"plain=" not in scope["query_string"]
