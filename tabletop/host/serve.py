"""Serving: uvicorn with what a room needs of it, and what is said in the terminal before it begins."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import pathlib
import socket
import sys
import webbrowser
from collections.abc import Callable, Sequence

import attrs
import uvicorn

from tabletop.host import keys, preflight
from tabletop.host.app import App
from tabletop.host.limits import LARGEST_HEAD
from tabletop.host.patient_protocol import PatientProtocol
from tabletop.host.preparing import prepared
from tabletop.host.qr import as_text
from tabletop.host.rehearsal import pupils_for, rehearsing
from tabletop.host.room_clock import RoomClock
from tabletop.host.rooms import Rooms
from tabletop.presentation.words import Words
from tabletop.session import Session

#: How many connections are served at once; further ones are told to come back.
MOST_CONNECTIONS = 4_000


@attrs.frozen(kw_only=True)
class Serving:
    """Where to serve: `host` and `port` to listen at, the `address` under which devices come, certificate and key.
    The game is kept in a `folder`. `again` are the options with which a restart finds the game and serves it at the
    same address; the rooms go by a `clock`, and their pages are in a `language`. In a `rehearsal` pupils are
    played by the program, and nothing is to be gone on with. What is said in the terminal is in `words`."""

    host: str = "0.0.0.0"
    port: int = 8000
    address: str = ""
    certificate: str | None = None
    key: str | None = None
    browser: bool = True
    folder: pathlib.Path = pathlib.Path()
    again: str = ""
    language: str = ""
    rehearsal: bool = False
    words: Words = attrs.field(factory=Words)
    clock: RoomClock = attrs.field(factory=RoomClock)


def serve(sessions: Sequence[Session], serving: Serving, tell: Callable[[str], None]) -> None:
    """Serves a room for each session until the process is told to stop. Raises OSError where the port is taken."""
    sys.setswitchinterval(0.001)  # the event loop is to wait less for the threads that reckon
    listening = listen(serving.host, serving.port)
    try:
        asyncio.run(_serve(sessions, serving, listening, tell))
    finally:
        listening.close()


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens. Raises OSError."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    found = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":  # there it would let two listen at one port
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind((host, port))
        found.listen(1024)
    except BaseException:
        found.close()
        raise
    return found


async def _serve(
    sessions: Sequence[Session], serving: Serving, listening: socket.socket, tell: Callable[[str], None]
) -> None:
    rooms, words = Rooms(), serving.words
    for session in sessions:
        rooms.add(prepared(session, rooms, serving.clock, serving.language, rehearsal=serving.rehearsal))
    port = listening.getsockname()[1]
    scheme = "https" if serving.certificate else "http"
    is_open = serving.host in ("0.0.0.0", "::", "")
    addresses = preflight.own_addresses() if is_open else [serving.host]
    own = addresses[0] if addresses else "127.0.0.1"
    address = serving.address or f"{scheme}://{f'[{own}]' if ':' in own else own}:{port}"
    for finding in preflight.findings(addresses, port, serving.folder) if is_open else ():
        tell(f"{'' if finding.is_well else '! '}{finding.sentence(words)}")
    server = RoomServer(config(App(rooms, address), serving), rooms)
    for room in rooms:
        tell("")
        tell(as_text(f"{address}/{room.code}"))
        title, at = room.session.scenario.title, f"{address}/{room.code}"
        tell(words("preflight.join_at", title=title, address=at))
        key = await keys.new_key(room, "facilitator-key")
        opens = f"{scheme}://127.0.0.1:{port}/{room.code}/open?key="
        tell(words("preflight.facilitator_at", address=f"{opens}{key}"))
        if serving.rehearsal:
            pupils = pupils_for(len(room.session.scenario.seats))
            tell(words("preflight.rehearsal", count=pupils))
        else:
            tell(words("preflight.go_on", command=f"tabletop host {room.session.id}{serving.again}"))
        tell(words("preflight.help_at", address=f"{address}/help"))
        if serving.browser:
            mine = await keys.new_key(room, "facilitator-key")
            webbrowser.open(f"{opens}{mine}")
    async with rehearsing(list(rooms)) if serving.rehearsal else contextlib.nullcontext():
        await server.serve(sockets=[listening])


class RoomServer(uvicorn.Server):
    """A server that lets go of the pages that are open before it waits for requests to end."""

    def __init__(self, config: uvicorn.Config, rooms: Rooms) -> None:
        super().__init__(config)
        self._rooms = rooms

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Ends serving: the event streams first, which would otherwise never end."""
        for room in self._rooms:
            room.mailboxes.close_all("the server is stopping")
        await super().shutdown(sockets)


def config(app: App, serving: Serving) -> uvicorn.Config:
    """How uvicorn is run."""
    return uvicorn.Config(
        app.asgi(),
        http=PatientProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_level=logging.WARNING,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=MOST_CONNECTIONS,
        h11_max_incomplete_event_size=LARGEST_HEAD,
        timeout_keep_alive=30,
        timeout_graceful_shutdown=3,
        ssl_certfile=serving.certificate,
        ssl_keyfile=serving.key,
    )
