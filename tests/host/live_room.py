"""A room that is really served, in a thread, and devices that talk to it over HTTP."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import pathlib
import re
import ssl
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping, Sequence

import attrs

import tabletop
from tabletop.host import keys
from tabletop.host.app import App
from tabletop.host.preparing import prepared
from tabletop.host.room import Room
from tabletop.host.rooms import Rooms
from tabletop.host.serve import RoomServer, Serving, config, listen
from tabletop.session import Journal, Session, open_session
from tests.patience import PATIENCE, wait_until

HOST = "127.0.0.1"
Fields = Mapping[str, str | Sequence[str]]
#: The first card of this game asks Corvane something.
SEED = 3


@attrs.frozen
class Answer:
    """A response."""

    status: int
    headers: Mapping[str, str]
    body: str


class Device:
    """A phone, a laptop or a projector: it keeps its cookies, and sends what a browser would."""

    def __init__(self, port: int, code: str, tls: ssl.SSLContext | None = None) -> None:
        self.port, self.code, self.tls = port, code, tls
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, fields: Fields | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """Sends a request to an address of the room."""
        body = None if fields is None else urllib.parse.urlencode(fields, doseq=True)
        sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if body is not None:
            sent |= {
                "Content-Type": "application/x-www-form-urlencoded",
                "Origin": f"{self.scheme}://{HOST}:{self.port}",
            }
        sent |= headers or {}
        connection = http.client.HTTPConnection(HOST, self.port, timeout=PATIENCE)
        if self.tls is not None:
            connection = http.client.HTTPSConnection(HOST, self.port, timeout=PATIENCE, context=self.tls)
        with contextlib.closing(connection):
            connection.request(method, f"/{self.code}{path}", body, sent)
            response = connection.getresponse()
            text = response.read().decode()
        found = {name.lower(): value for name, value in response.getheaders()}
        if "set-cookie" in found:
            name, _, value = found["set-cookie"].partition("=")
            self.cookies[name] = value.partition(";")[0]
        return Answer(response.status, found, text)

    @property
    def scheme(self) -> str:
        """What its addresses begin with."""
        return "http" if self.tls is None else "https"

    def get(self, path: str = "") -> Answer:
        """Looks at a page."""
        return self.ask("GET", path)

    def post(self, path: str, fields: Fields | None = None, **headers: str) -> Answer:
        """Sends a form."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("POST", path, fields or {}, named)

    def join(self, name: str, **more: str) -> Answer:
        """Joins the room by its form."""
        ticket = found(r'name="ticket" value="(\w+)"', self.get().body)
        return self.post("/join", {"ticket": ticket, "name": name, **more})

    @property
    def page(self) -> str:
        """The page of the device, loaded anew."""
        answer = self.get()
        assert answer.status == 200, answer.body
        return answer.body

    def ballot(self, page: str = "") -> dict[str, str]:
        """The hidden fields of the ballot on the page."""
        page = page or self.page
        return {name: found(rf'name="{name}" value="(\w+)"', page) for name in ("form", "ballot", "serial")}

    def moves(self, page: str = "") -> list[str]:
        """What can be voted for."""
        return re.findall(r'name="move" value="([^"]+)"', page or self.page)

    def vote(self, *moves: str, why: str = "Because.", **more: str) -> Answer:
        """Votes, by default for the first move, and says that it is meant."""
        page = self.page
        mine = moves or self.moves(page)[:1]
        return self.post("/vote", {**self.ballot(page), "move": mine, "sure": mine, "why": why, **more})

    def act(self, what: str, **fields: str | Sequence[str]) -> Answer:
        """Does something on the facilitator's page."""
        form = found(r'name="form" value="(\w+)"', self.get("/facilitator").body)
        return self.post(f"/facilitator/{what}", {"form": form, **fields})


def found(pattern: str, text: str) -> str:
    """The first group of a pattern that has to be in a text."""
    match = re.search(pattern, text)
    assert match is not None, f"no {pattern} in {text[:2000]}"
    return match[1]


def text_of(page: str) -> str:
    """A page without its tags."""
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


class LiveRoom:
    """A served room with its facilitator's device."""

    def __init__(self, room: Room, port: int, key: str) -> None:
        self.room, self.port = room, port
        self.devices: list[Device] = []
        self.facilitator = self.device()
        assert self.facilitator.post("/open", {"key": key}).status == 303

    def device(self) -> Device:
        """Another device."""
        return Device(self.port, self.room.code)

    def people(self, number: int) -> list[Device]:
        """So many people, each with a device."""
        devices = [self.device() for _ in range(number)]
        for place, device in enumerate(devices):
            assert device.join(f"Person {place + 1}").status == 303
        self.devices += devices
        return devices

    def until(self, is_so: Callable[[], bool]) -> None:
        """Waits until something is so: the room works in a thread of its own."""
        wait_until(is_so)


@contextlib.contextmanager
def served(session: Session, *, language: str = "", port: int = 0) -> Iterator[LiveRoom]:
    """A room for a session, as `tabletop host` serves it."""
    listening = listen(HOST, port)
    port = listening.getsockname()[1]
    ready: list[tuple[RoomServer, Room, str]] = []
    failed: list[BaseException] = []

    async def serve() -> None:
        rooms = Rooms()
        rooms.add(prepared(session, rooms, language=language))
        room = next(iter(rooms))
        server = RoomServer(config(App(rooms, f"http://{HOST}:{port}"), Serving(host=HOST, port=port)), rooms)
        ready.append((server, room, await keys.new_key(room, "facilitator-key")))
        await server.serve(sockets=[listening])

    def run() -> None:
        try:
            asyncio.run(serve())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    while not ready and not failed:
        time.sleep(0.01)
    try:
        if failed:
            raise failed[0]
        server, room, key = ready[0]
        yield LiveRoom(room, port, key)
    finally:
        for server, *_ in ready:
            server.should_exit = True
        thread.join(PATIENCE)
        listening.close()
    assert not failed, failed


def begun(place: pathlib.Path, scenario: str = "first-summit", seed: int = SEED) -> Session:
    """A new session in which people play every seat."""
    noun = tabletop.load(scenario)
    seats = [seat.id for seat in noun.seats]
    return Session(noun, seed=seed, pack=scenario, humans=seats, journal=Journal(place))


def again(place: pathlib.Path, id: str) -> Session:
    """The session, opened from its journal."""
    return open_session(Journal(place), id)[0]
