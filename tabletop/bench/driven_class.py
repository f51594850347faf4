"""A class that is driven: `tabletop host` as a process, its facilitator, and phones that join and vote at once."""

from __future__ import annotations

import asyncio
import contextlib
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Sequence
from typing import Any

import attrs

from tabletop.bench.driven_phone import HOST, Phone, found


@attrs.define
class Server:
    """`tabletop host` as a process, with the codes of its rooms and the keys of their facilitators' pages."""

    process: subprocess.Popen[str]
    port: int
    codes: list[str]
    keys: list[str]
    sessions: list[str]

    @property
    def session(self) -> str:
        """The session of the first room."""
        return self.sessions[0]

    def kill(self) -> None:
        """Ends it as a power cut would."""
        self.process.kill()
        self.process.wait()

    def megabytes(self) -> float:
        """The memory that it holds now."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(found(r"VmRSS:\s+(\d+)", status)) / 1024


def start(what: str, place: str, port: int, rooms: int = 1) -> Server:
    """Starts the server, and waits until it says how to join."""
    command = [sys.executable, "-m", "tabletop", "host", what, "--no-browser", "--save", place, "--port", str(port)]
    command += ["--host", HOST, "--lang", "en"] + (["--rooms", str(rooms)] if rooms > 1 else [])
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8")
    assert process.stdout is not None
    codes, keys, sessions = list[str](), list[str](), list[str]()
    while len(sessions) < rooms:
        line = process.stdout.readline()
        assert line, "the server has ended"
        codes += re.findall(r"join at http://\S+/(\w+)", line)
        keys += re.findall(r"key=(\w+)", line)
        sessions += re.findall(r"tabletop host (\S+)", line)
    return Server(process, port, codes, keys, sessions)


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
    form = found(r'name="form" value="(\w+)"', phone.page)
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
    for _ in range(40):
        await asyncio.sleep(0.3)
        voters = [phone for phone in phones if phone.can_vote]
        if len(voters) == len(phones):
            return
        keys = [ballot_of(phone) for phone in voters]
        await together([phone.vote(may_be_late=True) for phone in voters])
        await together([_without(phone, key) for phone, key in zip(voters, keys, strict=True)])
    raise AssertionError("the game has no decision for everybody")


def ballot_of(phone: Phone) -> str:
    """The key of the ballot on a phone's page."""
    return found(r'name="ballot" value="(\w+)"', phone.page)


def high(took: Sequence[float]) -> float:
    """The 95th percentile, in milliseconds."""
    ordered = sorted(took)
    return 1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]


def many_files() -> None:
    """Lets this process have two connections for each of many phones, as far as it may."""
    if sys.platform != "win32":
        import resource

        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 8192) if hard > 0 else 8192, hard))


async def votes_at_once(phones: Sequence[Phone]) -> tuple[list[float], float]:
    """Everybody votes in the same instant: the seconds until each was acknowledged, and those from the last of these
    until all screens show that it is decided."""
    await everybody_can_vote(phones)
    before = [ballot_of(phone) for phone in phones]
    votes = await together([phone.vote() for phone in phones])
    last = time.perf_counter()
    seen = await together([_without(phone, key) for phone, key in zip(phones, before, strict=True)])
    return votes, max(seen) - last


async def _without(phone: Phone, key: str) -> float:
    return await asyncio.wait_for(phone.until_without(key), 30)


async def delay_by_stalled(leader: Phone, phones: Sequence[Phone], rounds: int) -> float:
    """Seconds by which a phone that has stopped reading delays what a facilitator says to all the others."""
    before = await _messages(leader, phones, rounds)
    reader, writer = await asyncio.open_connection(HOST, phones[0].port, limit=1024)
    raw: socket.socket = writer.get_extra_info("socket")
    raw.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1024)
    writer.write(phones[0].request("GET", f"/{phones[0].code}/events", None))
    after = await _messages(leader, phones, rounds)
    writer.close()
    del reader
    return statistics.median(after) - statistics.median(before)


async def _messages(leader: Phone, phones: Sequence[Phone], rounds: int) -> list[float]:
    took = []
    for place in range(rounds):
        text = f"Word {time.perf_counter()}"
        began = time.perf_counter()
        await act(leader, "message", ("text", text))
        seen = await together([_with(phone, text) for phone in phones])
        took.append(max(seen) - began)
        await asyncio.sleep(0.05 if place % 5 else 0.2)
    return took


async def _with(phone: Phone, text: str) -> float:
    return await phone.until(lambda page: text in page)


async def killed_and_back(server: Server, place: str, phones: Sequence[Phone]) -> tuple[float, float]:
    """Seconds after a server was killed until it serves again, and until every phone has its page back."""
    server.kill()
    for phone in phones:
        phone.hang_up()
        phone.forget()
    began = time.perf_counter()
    again = start(server.session, place, server.port)
    server.process = again.process
    up = time.perf_counter() - began
    seen = await together([_back(phone) for phone in phones])
    return up, max(seen) - began


async def _back(phone: Phone) -> float:
    while True:
        try:
            await phone.listen()
            break
        except (OSError, asyncio.IncompleteReadError):
            await asyncio.sleep(0.2)
    return await phone.until(lambda page: "standing" in page)
