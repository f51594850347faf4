"""What is put together once for many: whoever is shown it is shown what a page of their own would be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor

import attrs
import pytest

import tabletop
from tabletop.host.ballots import Vote
from tabletop.host.decisions import ballots_of
from tabletop.host.device_pages import DevicePages
from tabletop.host.ledger import Remark, join_said, settings_said, vote_said
from tabletop.host.limits import Buckets
from tabletop.host.pages.clock_face import FacedClock
from tabletop.host.rendering import Renderer
from tabletop.host.room import Room
from tabletop.host.roster import Person
from tabletop.host.snapshot import Observer
from tabletop.session import Session
from tabletop.session.room_commands import Answered, CaptainNamed
from tabletop.session.stated_beliefs import believe
from tests.host.live_room import SEED

PEOPLE = 4


@pytest.fixture
def room() -> Iterator[Room]:
    scenario = tabletop.load("summit-2018")
    session = Session(scenario, seed=SEED, humans=[seat.id for seat in scenario.seats])
    said = [settings_said({"code": "bcdfg", "started": True})]
    for seat in ("washington", "seoul"):
        names = [f"{seat} <{at}>" for at in range(PEOPLE)]
        people = [Person(id=f"{seat}-{at}", name=name, standing="seated", seat=seat) for at, name in enumerate(names)]
        said += [join_said(person, person.id) for person in people]
    for standing in ("watching", "waiting", "unapproved"):
        said.append(join_said(Person(id=standing, name=standing, standing=standing), standing))
    session.remarks(said, "room")
    with ThreadPoolExecutor(1) as workers:
        yield Room(session, workers)


def look(room: Room) -> DevicePages:
    """The pages of what the room is now."""
    room.writer.take_in()
    room.snapshot = Observer(room.writer, FacedClock(room.writer.clock, room.clock.since_1970)).snapshot(frozenset())
    return DevicePages(room, Renderer("bcdfg"), Buckets())


def pages(room: Room) -> Mapping[str, str]:
    """Everybody's page, and that each is what it is for them alone."""
    device, found = look(room), dict[str, str]()
    for id, person in room.ledger.roster.people.items():
        found[id] = device.rendered(id, id).html
        alone = Renderer("bcdfg").seat(device.page_of(person), device.rendered(id, id).own["form"])
        assert found[id] == alone.html, id
        assert device.rendered(id, id).event(is_packed=False) == alone.event(is_packed=False)
    return found


def vote(room: Room, id: str, move: int, why: str) -> Remark:
    """Somebody's vote for a move by its place."""
    ballot = ballots_of(room.session)["washington"]
    return vote_said("washington", ballot.key, Vote(person=id, moves=ballot.moves[move : move + 1], why=why, serial=1))


def test_everybody_is_shown_their_own_page_whatever_they_have_done(room: Room) -> None:
    session = room.session
    assert "washington &lt;0&gt;" in pages(room)["washington-0"]
    session.remarks([vote(room, "washington-0", 0, "Be bold."), vote(room, "washington-1", 0, "I <agree>.")], "room")
    shown = pages(room)
    assert 'value="Be bold."' in shown["washington-0"]
    assert 'value="I &lt;agree&gt;."' in shown["washington-1"]
    assert 'value="Be bold."' not in shown["washington-2"]
    captain = CaptainNamed(seat="washington", person="washington-3")
    session.remarks([vote(room, "washington-2", 1, "No."), (captain, "")], "room")
    session.remarks([settings_said({"rule": "captain"})], "room")
    shown = pages(room)
    assert shown["washington-3"] != shown["washington-2"].replace("-2", "-3")
    session.remarks([settings_said({"asking": "before"})], "room")
    question = look(room).room.snapshot.questions[0]
    value = 40 if question.kind == "number" else "Something."
    session.remarks([(Answered(person="seoul-0", question=question.id, value=value), "")], "room")
    pages(room)
    believe(session, "seoul", "intention", {"ready": 100}, "seoul-1")
    assert "100%" in pages(room)["seoul-1"]


def test_those_who_have_done_the_same_are_sent_the_same_bytes(room: Room) -> None:
    device = look(room)
    first, second = (device.rendered(f"seoul-{at}", "token") for at in (0, 1))
    assert first.shared is second.shared
    assert attrs.evolve(first, own=second.own, version=second.version) == second
    assert device.rendered("washington-0", "token").shared is not first.shared
