"""Measures the classroom server over real HTTP on this machine: joining, voting, screens, stalled phones, restarts.

python tests/benchmarks/classroom.py
python tests/benchmarks/classroom.py --only votes --phones 200
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import pathlib
import re
import resource
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from typing import Any

import attrs
import click

HOST = "127.0.0.1"


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
    page: str = ""
    version: str = ""
    news: asyncio.Event = attrs.field(factory=asyncio.Event)
    _open: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
    _tasks: list[asyncio.Task[None]] = attrs.field(factory=list)
    _turn: asyncio.Lock = attrs.field(factory=asyncio.Lock)
    _events: asyncio.StreamWriter | None = None

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
                writer.write(self._request(method, path, fields))
                return self._taken(*await _response(reader))
            except (OSError, asyncio.IncompleteReadError):
                writer.close()
                self._open = None
                if again:
                    raise
        raise AssertionError

    def _request(self, method: str, path: str, fields: Sequence[tuple[str, str]] | None) -> bytes:
        head = [f"{method} {path} HTTP/1.1", f"host: {HOST}:{self.port}", "x-requested-with: tabletop"]
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
        ticket = _found(r'name="ticket" value="(\w+)"', first.body)
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
        fields = [(name, _found(rf'name="{name}" value="(\w+)"', self.page)) for name in ("form", "ballot", "serial")]
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
        self._events.write(self._request("GET", f"/{self.code}/events?version={self.version}", None))
        head = await reader.readuntil(b"\r\n\r\n")
        assert b" 200 " in head.split(b"\r\n", 1)[0], head
        self._tasks = [asyncio.ensure_future(self._listen(reader)), asyncio.ensure_future(self._show_life())]

    async def _show_life(self) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                await asyncio.sleep(4)
                await self.ask("POST", f"/{self.code}/here", [])

    async def _listen(self, reader: asyncio.StreamReader) -> None:
        lines: list[str] = []
        with contextlib.suppress(OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            while True:
                size = int(await reader.readline() or b"0", 16)
                if not size:
                    return
                for line in (await reader.readexactly(size + 2))[:-2].decode().split("\n"):
                    if line:
                        lines.append(line)
                    elif lines:
                        self._take(lines)
                        lines = []

    def _take(self, lines: list[str]) -> None:
        fields: dict[str, list[str]] = {}
        for line in lines:
            name, _, value = line.partition(": ")
            fields.setdefault(name, []).append(value)
        if fields.get("event") == ["page"]:
            self.page, self.version = "\n".join(fields.get("data", [])), fields["id"][0]
            self.news.set()

    async def until(self, is_so: Callable[[str], bool], seconds: float = 30) -> float:
        """Waits until the page is as it should be; the moment at which it was."""
        async with asyncio.timeout(seconds):
            while not is_so(self.page):
                self.news.clear()
                await self.news.wait()
        return time.perf_counter()

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


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, f"no {pattern} in {text[:500]}"
    return found[1]


# The server


@attrs.define
class Server:
    """`tabletop host` as a process, with the codes of its rooms and the keys of their facilitators' pages."""

    process: subprocess.Popen[str]
    port: int
    codes: list[str]
    keys: list[str]
    session: str

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def megabytes(self) -> float:
        """The memory that it holds now."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(_found(r"VmRSS:\s+(\d+)", status)) / 1024


def start(what: str, place: str, port: int, rooms: int = 1) -> Server:
    """Starts the server, and waits until it says how to join."""
    command = [sys.executable, "-m", "tabletop", "host", what, "--no-browser", "--save", place, "--port", str(port)]
    command += ["--host", HOST] + (["--rooms", str(rooms)] if rooms > 1 else [])
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    codes, keys, session = [], [], ""
    while len(keys) < rooms or not session:
        line = process.stdout.readline()
        assert line, "the server has ended"
        codes += re.findall(r"join at http://\S+/(\w+)", line)
        keys += re.findall(r"key=(\w+)", line)
        session = "".join(re.findall(r"tabletop host (\S+)", line)) or session
    return Server(process, port, codes, keys, session)


def free_port() -> int:
    """A port that nobody listens at."""
    with socket.socket() as found:
        found.bind((HOST, 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.asynccontextmanager
async def serving(scenario: str, rooms: int = 1) -> AsyncIterator[tuple[Server, str]]:
    """A server of its own in a folder of its own."""
    with tempfile.TemporaryDirectory() as place:
        server = start(scenario, place, free_port(), rooms)
        try:
            yield server, place
        finally:
            server.process.kill()
            server.process.wait()


# A class


async def together(what: Sequence[Awaitable[Any]]) -> list[Any]:
    """Everything at once."""
    return list(await asyncio.gather(*what))


async def facilitator(server: Server, room: int = 0) -> Phone:
    """The facilitator's device."""
    phone = Phone(server.port, server.codes[room])
    answer = await phone.ask("POST", f"/{phone.code}/open", [("key", server.keys[room])])
    assert answer.status < 300, answer.body
    phone.page = (await phone.ask("GET", f"/{phone.code}/facilitator")).body
    return phone


async def act(phone: Phone, what: str, *fields: tuple[str, str]) -> None:
    """Has the facilitator do something."""
    form = _found(r'name="form" value="(\w+)"', phone.page)
    answer = await phone.ask("POST", f"/{phone.code}/facilitator/{what}", [("form", form), *fields])
    assert answer.status < 300, answer.body


async def joined(server: Server, number: int, room: int = 0) -> tuple[list[Phone], list[float]]:
    """So many phones that have joined at once and keep their pages open, and how long each waited for its first."""
    phones = [Phone(server.port, server.codes[room]) for _ in range(number)]

    async def one(place: int) -> float:
        began = time.perf_counter()
        await phones[place].join(f"Person {place + 1}")
        return time.perf_counter() - began

    took = await together([one(place) for place in range(number)])
    await together([phone.listen() for phone in phones])
    return phones, took


async def everybody_can_vote(phones: Sequence[Phone]) -> None:
    """Plays until all have a ballot at once."""
    for _ in range(20):
        await asyncio.sleep(0.3)
        voters = [phone for phone in phones if phone.can_vote]
        if len(voters) == len(phones):
            return
        await together([phone.vote(may_be_late=True) for phone in voters])
    raise AssertionError("the game has no decision for everybody")


def high(took: Sequence[float]) -> float:
    """The 95th percentile, in milliseconds."""
    ordered = sorted(took)
    return 1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


# Measurements


def tell(what: str, figure: float, unit: str, target: float) -> None:
    """A line of the table."""
    met = "met" if figure <= target else "MISSED"
    click.echo(f"{what:64} {figure:8.0f} {unit:3} (target {target:g}) {met}")


async def measure_votes(number: int, scenario: str, join_target: float, target: float) -> None:
    """Joining at once, voting at once, and the last vote to every screen."""
    async with serving(scenario) as (server, _):
        leader = await facilitator(server)
        phones, took = await joined(server, number)
        tell(f"{number} phones join and have their first page, p95", high(took), "ms", join_target)
        await act(leader, "start")
        await together([phone.until(lambda page: "has not begun" not in page) for phone in phones])
        await everybody_can_vote(phones)
        before = [_found(r'name="ballot" value="(\w+)"', phone.page) for phone in phones]
        votes = await together([phone.vote() for phone in phones])
        last = time.perf_counter()
        seen = await together(
            [
                phone.until(lambda page, key=key: key not in page)  # type: ignore[misc]
                for phone, key in zip(phones, before, strict=True)
            ]
        )
        tell(f"{number} votes at once, each durable, p95", high(votes), "ms", target)
        tell(f"{number} phones: from the last vote to every screen", 1000 * (max(seen) - last), "ms", 150)
        click.echo(f"{'':64} {server.megabytes():8.0f} MB")
        for phone in phones:
            phone.hang_up()


async def measure_stalled(scenario: str) -> None:
    """What a phone that has stopped reading costs the others."""
    async with serving(scenario) as (server, _):
        leader = await facilitator(server)
        phones, _ = await joined(server, 30)
        await act(leader, "start")
        await asyncio.sleep(1)

        async def rounds(number: int) -> list[float]:
            took = []
            for place in range(number):
                text = f"Word {time.perf_counter()}"
                began = time.perf_counter()
                await act(leader, "message", ("text", text))
                seen = await together([one.until(lambda page, text=text: text in page) for one in phones])  # type: ignore[misc]
                took.append(max(seen) - began)
                await asyncio.sleep(0.05 if place % 5 else 0.2)
            return took

        before = await rounds(15)
        stalled = Phone(server.port, server.codes[0])
        stalled.cookies = dict(phones[0].cookies)
        reader, writer = await asyncio.open_connection(HOST, server.port, limit=1024)
        raw: socket.socket = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
        writer.write(stalled._request("GET", f"/{stalled.code}/events", None))
        after = await rounds(15)
        late = 1000 * (statistics.median(after) - statistics.median(before))
        tell("what a phone that has stopped reading delays the other 29 by", late, "ms", 10)
        writer.close()
        del reader


async def measure_return(number: int, scenario: str) -> None:
    """How long it takes until all are back after the server was killed."""
    async with serving(scenario) as (server, place):
        phones, _ = await joined(server, number)
        leader = await facilitator(server)
        await act(leader, "start")
        await asyncio.sleep(2)
        server.kill()
        for phone in phones:
            phone.hang_up()
            phone.page = phone.version = ""
        began = time.perf_counter()
        again = start(server.session, place, server.port)
        server.process = again.process
        up = time.perf_counter() - began

        async def back(phone: Phone) -> float:
            while True:
                try:
                    await phone.listen()
                    break
                except (OSError, asyncio.IncompleteReadError):
                    await asyncio.sleep(0.2)
            return await phone.until(lambda page: "standing" in page)

        seen = await together([back(phone) for phone in phones])
        tell(f"{number} phones back after the server was killed", 1000 * (max(seen) - began), "ms", 10_000)
        click.echo(f"{'':64} {1000 * up:8.0f} ms until it served again")
        for phone in phones:
            phone.hang_up()


async def measure_rooms(number: int, scenario: str) -> None:
    """Many rooms in one process, all voting at once."""
    async with serving(scenario, rooms=number) as (server, _):
        leaders = [await facilitator(server, room) for room in range(number)]
        rooms = [(await joined(server, 30, room))[0] for room in range(number)]
        await together([act(leader, "start") for leader in leaders])
        for phones in rooms:
            await everybody_can_vote(phones)
        took = await together([phone.vote() for phones in rooms for phone in phones])
        tell(f"{number} rooms of 30, all {number * 30} votes in the same instant, p95", high(took), "ms", 1_000)

        async def in_its_own_time(phones: Sequence[Phone], place: int) -> list[float]:
            await asyncio.sleep(place * 0.25)
            await everybody_can_vote(phones)
            return await together([phone.vote() for phone in phones])

        each = await together([in_its_own_time(phones, place) for place, phones in enumerate(rooms)])
        took = [one for votes in each for one in votes]
        tell(f"{number} rooms of 30, each voting in its own time, p95", high(took), "ms", 300)
        tell(f"{number} rooms of 30: memory", server.megabytes(), "MB", 400)
        for phones in rooms:
            for phone in phones:
                phone.hang_up()


@click.command()
@click.option("--only", type=click.Choice(["votes", "stalled", "return", "rooms"]), help="One measurement alone.")
@click.option("--phones", type=int, help="With --only votes or return: how many phones.")
@click.option("--scenario", default="summit-2018", show_default=True, help="What is played.")
def main(only: str | None, phones: int | None, scenario: str) -> None:
    """Measures the classroom server on this machine, driver and server on the same processors."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192) if hard > 0 else 8192, hard))
    os.environ["PYTHONUNBUFFERED"] = "1"
    targets = {30: (300.0, 60.0), 60: (600.0, 150.0), 200: (2_000.0, 300.0), 600: (6_000.0, 1_000.0)}
    if only in (None, "votes"):
        for number in [phones] if phones else targets:
            join, vote = targets.get(number, (10.0 * number, 1.7 * number))
            asyncio.run(measure_votes(number, scenario, join, vote))
    if only in (None, "stalled"):
        asyncio.run(measure_stalled(scenario))
    if only in (None, "return"):
        asyncio.run(measure_return(phones or 500, scenario))
    if only in (None, "rooms"):
        asyncio.run(measure_rooms(20, scenario))
    del soft


if __name__ == "__main__":
    main()
