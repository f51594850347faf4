"""The language of a room's pages, and of a device that has chosen its own."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator

import pytest

from tabletop.presentation.words import Words
from tests.host.live_room import LiveRoom, again, begun, served, text_of

ENGLISH, KOREAN = Words("en"), Words("ko")


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    with served(begun(tmp_path), language="ko") as live:
        yield live


def test_every_page_is_in_the_language_of_the_room(room: LiveRoom) -> None:
    (device,) = room.people(1)
    room.facilitator.act("start")
    for page in (device.page, room.device().get().body, room.facilitator.get("/facilitator").body):
        assert '<html lang="ko">' in page
    assert KOREAN("host.standing") in text_of(device.page)
    assert KOREAN("facilitator-page.people") in text_of(room.facilitator.get("/facilitator").body)
    assert ENGLISH("host.standing") not in text_of(room.facilitator.get("/table").body)
    assert KOREAN("host.rest") in text_of(device.page)


def test_a_device_may_have_its_pages_in_a_language_of_its_own(room: LiveRoom) -> None:
    first, second = room.people(2)
    room.facilitator.act("start")
    assert first.post("/language", {"language": "en"}).status == 303
    assert ENGLISH("host.moves") in text_of(first.page)
    assert KOREAN("host.moves") in text_of(second.page)
    assert first.vote().status == 303
    assert ENGLISH("host.ours") in text_of(first.page)
    room.facilitator.act("settings", lang="en")
    assert ENGLISH("host.moves") in text_of(second.page)
    room.facilitator.act("settings", lang="ko")
    assert KOREAN("host.moves") in text_of(second.page)
    assert ENGLISH("host.moves") in text_of(first.page)


def test_answers_and_the_run_sheet_are_summed_up_in_the_language_of_the_room(room: LiveRoom) -> None:
    (device,) = room.people(1)
    room.facilitator.act("start")
    room.facilitator.act("part", part="lesson/prediction")
    device.post("/answer", {"form": device.ballot()["form"], "foretold_trust": "61"})
    room.facilitator.act("settings", summary="foretold_trust")
    answers = KOREAN("host.summary_answers", count=1)
    told = KOREAN("host.summary_numbers", answers=answers, low=61, high=61, middle=61)
    assert told in text_of(room.facilitator.get("/table").body)


def test_a_language_that_there_is_none_of_is_refused(room: LiveRoom) -> None:
    device = room.device()
    assert device.post("/language", {"language": "xx"}).status == 422
    assert room.facilitator.act("settings", lang="xx").status == 422
    assert not device.cookies


def test_a_room_keeps_its_language_and_a_device_its_own(tmp_path: pathlib.Path) -> None:
    session = begun(tmp_path)
    with served(session, language="ko") as live:
        (device,) = live.people(1)
        device.post("/language", {"language": "en"})
        live.facilitator.act("start")
        port = live.port
    with served(again(tmp_path, session.id), port=port) as live:
        assert ENGLISH("host.moves") in text_of(device.page)
        assert '<html lang="ko">' in live.device().get().body
