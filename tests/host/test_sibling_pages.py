"""No page of a seat, nor the room's screen, tells two worlds apart that differ only in what those who look may not
know: the game's secrets, other teams' people, votes and reasons, messages to others, the facilitator's notes."""

from __future__ import annotations

import asyncio
import os
import pathlib
import random
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest
from starlette.types import ASGIApp, Message

import tabletop
from tabletop.engine.state import State
from tabletop.host.app import App
from tabletop.host.ballots import Vote
from tabletop.host.decisions import ballots_of
from tabletop.host.device_pages import DevicePages
from tabletop.host.ledger import Remark, join_said, settings_said, token_said, vote_said
from tabletop.host.limits import Buckets
from tabletop.host.pages.clock_face import FacedClock
from tabletop.host.rendered import Rendered
from tabletop.host.rendering import Renderer
from tabletop.host.room import Room
from tabletop.host.rooms import Rooms
from tabletop.host.roster import Person
from tabletop.host.snapshot import Observer
from tabletop.host.table_pages import TablePages
from tabletop.host.tokens import hashed
from tabletop.session import Facilitator, Session
from tabletop.session.commands import CaptainNamed
from tabletop.session.public_screen import decided_seats
from tests.engine.siblings import siblings
from tests.packs.generated import generated_pack, write_pack

COUNT = int(os.environ.get("TABLETOP_SIBLINGS", "0"))
SHIPPED = ("summit-2018", "first-summit")
#: Of the ways in which a world is another, those that the others are part of; all of them in a long run.
KINDS = ("everything", "history") if not COUNT else ()
#: Of how many positions one has its pages written out, and asked for over the whole application.
WHOLE = 10 if COUNT < 100 else 25
CODE, ADDRESS = "bcdfg", "http://192.168.1.20:8000"

pytestmark = pytest.mark.xdist_group("siblings")


def sessions(pack: str, count: int, seed: int) -> Iterator[Session]:
    """Games as they stand at some moments, with two people on every seat."""
    scenario, rng = tabletop.load(pack), random.Random(seed)
    while count:
        session = Session(scenario, seed=rng.getrandbits(64), humans=[seat.id for seat in scenario.seats])
        session.remarks(people(scenario), "room")
        for _ in range(rng.randint(0, 60)):
            if session.state.finished:
                break
            seat = rng.choice(session.state.acting)
            session.decide(seat, rng.choice(session.game.actions(session.state, seat)))
        if not session.state.finished:
            count -= 1
            yield session


def people(scenario: tabletop.Scenario) -> list[Remark]:
    """Two people on every seat, in a room whose game has begun."""
    said = [settings_said({"code": CODE, "started": True}), token_said(hashed("screen"), "projector")]
    for seat in scenario.seats:
        for number in "12":
            person = Person(id=f"{seat.id}-{number}", name=f"{seat.id} {number}", standing="seated", seat=seat.id)
            said.append(join_said(person, hashed(person.id)))
    return said


def whispers(session: Session, seat: str, rng: random.Random) -> None:
    """Everything is said and done that a seat ("" is everybody's screen) may not know of."""
    facilitator = Facilitator(session)
    others = [one.id for one in session.scenario.seats if one.id != seat]
    facilitator.note("Nobody sees this yet.", ["surprise"])
    if others:
        facilitator.message(others, "For your eyes only.")
    said: list[Remark] = [token_said("00" * 16, "projector-key")]
    for one, ballot in ballots_of(session).items():
        if one != seat:
            moves = rng.sample(ballot.moves, 1)
            said.append(vote_said(one, ballot.key, Vote(person=f"{one}-1", moves=tuple(moves), why="A secret reason.")))
    if seat and others:
        person = Person(id="late", name="A late comer", standing="seated", seat=rng.choice(others))
        said.append(join_said(person, hashed("late")))
        said.append((CaptainNamed(seat=others[0], person=f"{others[0]}-2"), ""))
    session.remarks(said, "room")


def stands(session: Session, state: State) -> None:
    """Lets a session stand where it does not."""
    session.course.at.position = attrs.evolve(session.position, state=state)
    session._views.clear()


def observer_of(room: Room, seat: str) -> Observer:
    """The room's own observer, but that it works out only what a seat is told, with what it knows already."""
    found, whole = Observer(room.writer, FacedClock(room.writer.clock, room.clock.since_1970), (seat,)), room._observer
    found._known = {(language, one): known for (language, one), known in whole._known.items() if one == seat}
    found._games = {language: {seat: games[seat]} for language, games in whole._games.items()}
    return found


def values(room: Room, table: TablePages, seat: str, observer: Observer) -> Sequence[object]:
    """What the pages of two people on a seat, or the room's screen, are made of and nothing else: the renderer has no
    more. An observer that has looked before makes them anew where the seat knows anything else than it did."""
    room.writer.take_in()
    room.snapshot = observer.snapshot(frozenset())
    if not seat:
        page = table.page()
        return [page, page.game.icons]
    people = room.ledger.roster.people
    shown = [DevicePages(room, Renderer(CODE), Buckets()).page_of(people[f"{seat}-{number}"]) for number in "12"]
    return [*shown, shown[0].game.icons]


def written(room: Room, seat: str) -> Sequence[object]:
    """What people on a seat, or before the room's screen, are sent, with its version, and the answers of the whole
    application with status, headers and source, and the events of an open page, in order, with their identifiers; all
    of it by an observer who has not looked before."""
    clock = FacedClock(room.writer.clock, room.clock.since_1970)
    room.snapshot = Observer(room.writer, clock, (seat, "")).snapshot(frozenset())
    if not seat:
        cookie, places = "tabletop_projector=screen", [f"/{CODE}/table", f"/{CODE}/table/events"]
        found: list[object] = [sent(TablePages(room, Renderer(CODE), ADDRESS).rendered())]
    else:
        cookie, places = f"tabletop_device={seat}-1", [f"/{CODE}", f"/{CODE}/log", f"/{CODE}/events"]
        device = DevicePages(room, Renderer(CODE), Buckets())
        found = [sent(device.rendered(f"{seat}-{number}", "a token")) for number in "12"]
    rooms = Rooms()
    rooms._rooms[CODE] = room
    app = App(rooms, ADDRESS).asgi()
    return [*found, *(asyncio.run(answered(app, place, cookie)) for place in places)]


def sent(page: Rendered) -> object:
    """A page as a browser has it, and its event as it is sent."""
    return page.html, page.version, page.event(is_packed=False)


async def answered(app: ASGIApp, path: str, cookie: str) -> tuple[object, ...]:
    """The whole answer to a request; of a stream what comes until the page has been sent. The laptop's clock, which
    everybody has, is left out."""
    sent: list[Message] = []
    body = b""
    is_sent = asyncio.Event()

    async def receive() -> Message:
        if path.endswith("/events"):
            await is_sent.wait()
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal body
        sent.append(message)
        body += message.get("body", b"")
        if b"event: page" in body:
            is_sent.set()

    headers = [(b"host", b"192.168.1.20:8000"), (b"cookie", cookie.encode())]
    scope = {
        "type": "http",
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "headers": headers,
        "client": ("192.168.1.30", 50_000),
        "server": ("192.168.1.20", 8000),
    }
    await app(scope, receive, send)
    start = sent[0]
    assert start["status"] == 200, body
    assert b'id="page"' in body or b"event: page" in body or path.endswith("/log")
    return start["status"], tuple(start["headers"]), re.sub(rb"event: time\ndata: \d+", b"", body)


@pytest.fixture(params=[*SHIPPED, *map(str, range(0, 200, 40))])
def pack(request: pytest.FixtureRequest, tmp_path: pathlib.Path) -> str:
    name = request.param
    return str(write_pack(generated_pack(int(name)), tmp_path / "pack")) if name.isdecimal() else name


def positions(pack: str) -> int:
    """How many positions of a pack are looked at: half of the whole number in each of those that are shipped."""
    return max(1, COUNT // 2 if pack in SHIPPED else COUNT // 20)


def test_no_page_tells_what_a_seat_may_not_know(pack: str) -> None:
    rng = random.Random(7)
    with ThreadPoolExecutor(1) as workers:
        for place, session in enumerate(sessions(pack, positions(pack), 7)):
            room = Room(session, workers)
            table = TablePages(room, Renderer(CODE), ADDRESS)
            for seat in (*session.state.program.seat_ids[:: 1 if COUNT else 3], ""):
                assert_same_in_all_worlds(room, table, seat, rng, are_whole=place % WHOLE == 0)


def assert_same_in_all_worlds(room: Room, table: TablePages, seat: str, rng: random.Random, *, are_whole: bool) -> None:
    """What those who look are shown is the same when anything is otherwise that they may not know."""
    session, writer, observer = room.session, room.writer, observer_of(room, seat)
    state, ledger, said = session.state, writer.ledger, len(session.commands)

    def pages() -> Sequence[object]:
        found = values(room, table, seat, observer)
        return [*found, *written(room, seat)] if are_whole else found

    decided, before = decided_seats(session), pages()
    whispers(session, seat, rng)
    assert pages() == before, f"what is said to others tells {seat or 'the room'}"
    for kind, sibling in siblings(state, seat, rng):
        is_same = sibling.core == state.core and sibling.history is state.history
        if is_same or (KINDS and kind not in KINDS):
            continue
        stands(session, sibling)
        if not seat and decided_seats(session) != decided:
            continue  # the room's screen shows who has decided: that is said aloud in a room
        assert pages() == before, f"{kind} tells {seat or 'the room'}"
    stands(session, state)
    del session.commands[said:]
    writer.ledger, writer._seen = ledger, said
