"""A phone that is driven: it speaks real HTTP to a classroom server, votes, and keeps its page up to date by events."""

from __future__ import annotations

import asyncio
import contextlib
import json
import re
import time
import urllib.parse
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import attrs

HOST = "127.0.0.1"
#: Seconds after which all phones have what they are sent at once, on a machine that does nothing else.
SETTLED = 0.7


@attrs.define
class Answer:
    """A response: its status, headers and body."""

    status: int
    headers: dict[str, str]
    body: str


@attrs.define(eq=False)
class Phone:
    """One device: its cookies, a connection for its forms, and another for its page's events."""

    port: int
    code: str
    cookies: dict[str, str] = attrs.field(factory=dict)
    news: asyncio.Event = attrs.field(factory=asyncio.Event)
    _open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _tasks: list[asyncio.Task[None]] = attrs.field(factory=list)
    _turn: asyncio.Lock = attrs.field(factory=asyncio.Lock)
    _events: asyncio.StreamWriter | None = None
    _page: str = ""
    _version: str = ""
    # What has come and was not unpacked yet, with the moment when it did; and the event that was unpacked last.
    _heard: list[tuple[float, bytes]] = attrs.field(factory=list)
    _unpacking: Any = None
    _rest: bytes = b""
    _event: bytes = b""
    _moment: float = 0.0

    @property
    def page(self) -> str:
        """The page as the person sees it."""
        for _ in self._events_heard():
            pass
        if self._event:
            _, _, own, page = self._event.split(b"\n", 3)
            values = json.loads(own.removeprefix(b"data: "))
            text = page.removeprefix(b"data: ").replace(b"\ndata: ", b"\n").decode()
            self._page, self._event = re.sub("\0(\\w+)\0", lambda found: values[found[1]], text), b""
        return self._page

    @page.setter
    def page(self, page: str) -> None:
        self._page, self._event = page, b""

    @property
    def version(self) -> str:
        """The version of the page, as it is told to the server when the phone comes back."""
        return self._version

    @version.setter
    def version(self, version: str) -> None:
        self._version = version

    def _events_heard(self) -> Iterator[tuple[float, bytes]]:
        """Unpacks what has come, event by event that brought a page, each with the moment when it was there."""
        while self._heard:
            moment, packed = self._heard.pop(0)
            *events, self._rest = (self._rest + self._unpacking.decompress(packed)).split(b"\n\n")
            for event in events:
                version, _, rest = event.partition(b"\n")
                if rest.startswith(b"event: page\n"):
                    self._version, self._event = version.decode().removeprefix("id: "), event
                    self._moment = moment
                    yield moment, event

    # HTTP

    async def ask(self, method: str, path: str, fields: Sequence[tuple[str, str]] | None = None) -> Answer:
        """Sends a request, over the connection that is open if there is one."""
        async with self._turn:
            return await self._ask(method, path, fields)

    async def _ask(self, method: str, path: str, fields: Sequence[tuple[str, str]] | None) -> Answer:
        for again in (False, True):
            if self._open is None:
                self._open = await asyncio.open_connection(HOST, self.port, limit=2**22)
            reader, writer = self._open
            try:
                writer.write(self.request(method, path, fields))
                return self._taken(*await _response(reader))
            except (OSError, asyncio.IncompleteReadError):
                writer.close()
                self._open = None
                if again:
                    raise
        raise AssertionError

    def request(self, method: str, path: str, fields: Sequence[tuple[str, str]] | None) -> bytes:
        """A request as it goes over the wire."""
        head = [f"{method} {path} HTTP/1.1", f"host: {HOST}:{self.port}", "x-requested-with: tabletop"]
        if "/events" in path:
            head.append("accept-encoding: gzip")
        if self.cookies:
            head.append("cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
        body = b""
        if fields is not None:
            body = urllib.parse.urlencode(fields).encode()
            head += ["content-type: application/x-www-form-urlencoded", f"content-length: {len(body)}"]
            head.append(f"origin: http://{HOST}:{self.port}")
        return "\r\n".join([*head, "", ""]).encode() + body

    def _taken(self, status: int, headers: dict[str, str], body: bytes) -> Answer:
        cookie = headers.get("set-cookie", "")
        if cookie:
            name, _, value = cookie.partition("=")
            self.cookies[name] = value.partition(";")[0]
        return Answer(status, headers, body.decode())

    # What a person does

    async def join(self, name: str) -> Answer:
        """Opens the room, joins it, and looks at the first page."""
        first = await self.ask("GET", f"/{self.code}")
        ticket = found(r'name="ticket" value="(\w+)"', first.body)
        joined = await self.ask("POST", f"/{self.code}/join", [("ticket", ticket), ("name", name)])
        assert joined.status < 300, joined.body
        return await self.look()

    async def look(self) -> Answer:
        """Loads the page."""
        answer = await self.ask("GET", f"/{self.code}")
        assert answer.status < 300, answer.body
        self.page = answer.body
        return answer

    @property
    def can_vote(self) -> bool:
        """Whether the page has a ballot."""
        return 'id="vote"' in self.page

    async def vote(self, may_be_late: bool = False) -> float:
        """Votes for the first move; the seconds until it was acknowledged."""
        moves = re.findall(r'name="move" value="([^"]+)"', self.page)
        fields = [(name, found(rf'name="{name}" value="(\w+)"', self.page)) for name in ("form", "ballot", "serial")]
        fields.append(("move", moves[0]))
        began = time.perf_counter()
        answer = await self.ask("POST", f"/{self.code}/vote", [*fields, ("why", "It seems right.")])
        took = time.perf_counter() - began
        assert answer.status < 300 or (may_be_late and answer.status == 409), answer.body
        return took

    # Events

    async def listen(self) -> None:
        """Opens the stream of the page's events, and keeps the page up to date from then on."""
        reader, self._events = await asyncio.open_connection(HOST, self.port, limit=2**22)
        self._events.write(self.request("GET", f"/{self.code}/events?version={self._version}", None))
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n", 1)[0], head
        self._heard, self._rest, self._unpacking = [], b"", zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._tasks = [asyncio.ensure_future(self._listen(reader)), asyncio.ensure_future(self._show_life())]

    async def _show_life(self) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                await asyncio.sleep(4)
                await self.ask("POST", f"/{self.code}/here", [])

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                size = int(await reader.readline() or b"0", 16)
                if not size:
                    return
                packed = (await reader.readexactly(size + 2))[:-2]
                self._heard.append((time.perf_counter(), packed))
                self.news.set()

    async def until_without(self, text: str) -> float:
        """Waits until the page is one without a text; the moment at which it had come.

        It is unpacked only a while later. Each phone does that for itself, and a driver that did it for hundreds in the
        same instant would measure how long that takes.
        """
        sought = text.encode()
        while True:
            if sought not in (self._event or self._page.encode()):
                return self._moment
            self.news.clear()
            await asyncio.sleep(SETTLED)
            for moment, event in self._events_heard():
                if sought not in event:
                    return moment
            await self.news.wait()

    async def until(self, is_so: Callable[[str], bool], seconds: float = 30) -> float:
        """Waits until the page is as it should be; the moment at which it was."""
        async with asyncio.timeout(seconds):
            while not is_so(self.page):
                self.news.clear()
                await self.news.wait()
        return time.perf_counter()

    def forget(self) -> None:
        """Lets go of the page that it has, so that the next one that comes is sent whole."""
        self.page = self._version = ""
        self._heard = []

    def hang_up(self) -> None:
        """Lets go of both connections."""
        for task in self._tasks:
            task.cancel()
        for writer in (self._events, self._open[1] if self._open else None):
            if writer is not None:
                writer.close()
        self._open = self._events = None


async def _response(reader: asyncio.StreamReader) -> tuple[int, dict[str, str], bytes]:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
    headers = {}
    for line in head[1:]:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return int(head[0].split()[1]), headers, body


def found(pattern: str, text: str) -> str:
    """The first group of a pattern that has to be in a text."""
    found = re.search(pattern, text)
    assert found is not None, f"no {pattern} in {text[:500]}"
    return found[1]
