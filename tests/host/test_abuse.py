"""What forged, replayed, oversized and foreign requests do: nothing, in a sentence, and the class goes on."""

from __future__ import annotations

import contextlib
import os
import pathlib
import random
import socket
from collections.abc import Iterator

import pytest

from tests.host.live_room import HOST, Device, LiveRoom, begun, served
from tests.patience import PATIENCE

FORGED = int(os.environ.get("TABLETOP_FORGED", "400"))
PATHS = ["", "/join", "/vote", "/seat", "/answer", "/leave", "/here", "/open", "/events", "/table", "/facilitator"]
PATHS += [
    "/facilitator/start",
    "/facilitator/remove",
    "/facilitator/set",
    "/exports/votes.csv",
    "/%00",
    "/../x",
    "/a/b",
]
VALUES = [
    "",
    "0",
    "-1",
    "9" * 40,
    "\x00",
    "‮evil",
    "<script>alert(1)</script>",
    "a" * 5000,
    "corvane",
    "pass",
    "é" * 300,
]
NAMES = ["form", "ballot", "serial", "move", "why", "name", "ticket", "person", "seat", "key", "what", "value"]


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    with served(begun(tmp_path)) as live:
        yield live


def test_forged_requests_change_nothing(room: LiveRoom, caplog: pytest.LogCaptureFixture) -> None:
    people = room.people(4)
    room.facilitator.act("start")
    rng, count = random.Random(3), len(room.room.session.commands)
    page = people[0].page
    for number in range(FORGED):
        device = room.device()
        if rng.random() < 0.5:
            # Somebody's cookie, without what is on their page.
            device.cookies = dict(rng.choice(people).cookies)
        if rng.random() < 0.3:
            device.cookies = {name: rng.choice(["", "0" * 32, "x" * 3000]) for name in room.facilitator.cookies}
        method = rng.choice(["GET", "POST", "POST", "PUT", "DELETE", "HEAD"])
        fields = {name: rng.choice(VALUES) for name in rng.sample(NAMES, rng.randrange(6))}
        paths = [path for path in PATHS if path != "/events" or method != "GET"]
        answer = device.ask(method, rng.choice(paths), fields if method == "POST" else None)
        assert answer.status < 500, answer.body
        assert "Traceback" not in answer.body
        if number % 50 == 0:
            assert people[0].page == page
    assert len(room.room.session.commands) == count
    assert not caplog.records


def test_a_form_of_another_site_is_refused(room: LiveRoom) -> None:
    first, *_ = room.people(2)
    room.facilitator.act("start")
    fields = {**first.ballot(), "move": first.moves()[:1]}
    for header in ({"Origin": "https://example.org"}, {"Origin": "null"}, {"Sec_Fetch_Site": "cross-site"}):
        refused = first.post("/vote", fields, **header)
        assert refused.status == 403
        assert "another page" in refused.body
    assert first.post("/vote", {**fields, "form": "0" * 24}).status == 403
    assert first.post("/vote", fields, Content_Type="text/plain").status == 415
    assert first.post("/vote", fields).status == 303


def test_one_person_does_not_vote_as_another_nor_for_another_team(room: LiveRoom) -> None:
    first, second, *_ = room.people(4)
    room.facilitator.act("start")
    fields = {**first.ballot(), "move": first.moves()[:1]}
    assert second.post("/vote", fields).status == 403
    watching = room.device()
    watching.join("Late")
    assert watching.post("/vote", fields).status == 403


def test_what_is_too_long_is_refused(room: LiveRoom) -> None:
    first, *_ = room.people(2)
    room.facilitator.act("start")
    fields = {**first.ballot(), "move": first.moves()[:1]}
    assert first.post("/vote", {**fields, "why": "a" * 300}).status == 422
    assert first.post("/vote", {**fields, "why": "a" * 20_000}).status == 413
    assert first.post("/vote", {**fields, **{f"field{number}": "x" for number in range(300)}}).status == 413


def test_markup_and_direction_marks_in_names_and_reasons_are_text(room: LiveRoom) -> None:
    bold, _, other, _ = [room.device() for _ in range(4)]
    bold.join("<b>Ann</b>\u202e\x07")
    room.device().join("Bo")
    other.join("Cy")
    room.device().join("Di")
    room.facilitator.act("start")
    assert bold.vote(why='"><script>alert(1)</script>\u2066').status == 303
    for page in (bold.page, other.page, room.facilitator.get("/facilitator").body):
        assert "<b>Ann" not in page
        assert "<script>alert" not in page
        assert "\u202e" not in page
        assert "\u2066" not in page
    assert "&lt;b&gt;Ann&lt;/b&gt;" in other.page


def test_wrong_keys_and_codes_are_soon_too_many(room: LiveRoom) -> None:
    device = room.device()
    statuses = [device.post("/open", {"key": "wrong"}).status for _ in range(15)]
    assert statuses[0] == 403
    assert statuses[-1] == 429
    other = Device(room.port, "zzzzz")
    assert [other.get().status for _ in range(15)][-1] == 429
    assert room.facilitator.get("/facilitator").status == 200


def test_a_device_that_sends_too_often_is_told_to_wait(room: LiveRoom) -> None:
    first, second, *_ = room.people(2)
    room.facilitator.act("start")
    ballot = first.ballot()
    statuses = {first.post("/vote", {**ballot, "move": "none"}).status for _ in range(60)}
    assert statuses == {409, 429}
    assert second.get().status == 200


def test_what_is_no_request_closes_its_connection_and_no_other(room: LiveRoom) -> None:
    first, *_ = room.people(2)
    for raw in (
        b"\x16\x03\x01\x00",
        b"GET\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 9000,
        b"POST /x HTTP/1.1\r\n",
    ):
        with socket.create_connection((HOST, room.port), timeout=PATIENCE) as stream:
            stream.sendall(raw)
            stream.settimeout(1)
            with contextlib.suppress(OSError):
                stream.recv(1000)
    assert first.get().status == 200
