"""The language of a room's pages, and of a device that has chosen its own."""

from __future__ import annotations

import pathlib
import re
from collections.abc import Iterator

import pytest

import tabletop
import tabletop.host
from tabletop.presentation.words import Words, catalogue
from tests.hangul_pack import latin_words
from tests.host.live_room import Device, LiveRoom, again, begun, found, served, text_of

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


def test_what_is_refused_is_said_in_the_language_of_the_device_that_asked(room: LiveRoom) -> None:
    first, second = room.people(2)
    room.facilitator.act("start")
    assert second.post("/language", {"language": "en"}).status == 303
    for device, words in ((first, KOREAN), (second, ENGLISH)):
        refused = device.post("/vote", {**form_of(device), "ballot": "gone", "move": "pass"})
        assert refused.status == 409
        kinds = [words(f"room-refusals.{kind}") for kind in ("vote_over", "nothing_to_vote")]
        assert any(sentence in text_of(refused.body) for sentence in kinds)
    stranger = room.device()
    assert KOREAN("room-refusals.not_in_the_room") in text_of(stranger.get("/log").body)


def form_of(device: Device) -> dict[str, str]:
    """The hidden field that every form of a device's page has."""
    return {"form": found(r'name="form" value="(\w+)"', device.page)}


def test_every_refusal_of_the_host_is_in_the_catalogue_and_every_entry_is_raised() -> None:
    source = "".join(path.read_text() for path in pathlib.Path(tabletop.host.__file__).parent.rglob("*.py"))
    raised = set(re.findall(r'(?:Refused|NotFound|NotAllowed|TooMany)\(\s*"([a-z-]+)"', source))
    raised |= {
        f"long-{what}" for what in re.findall(r'(?:one_line|few_lines)\([^()]*(?:\([^()]*\))?[^()]*"(\w+)"\)', source)
    }
    raised |= {"too-often", "wrong-codes", "wrong-keys", "no-such-page", "no-such-request", "did-not-work"}
    for language in ("en", "ko"):
        entries = {key.split(".")[1] for key in catalogue(language) if key.startswith("room-refusals.")}
        assert {key.replace("_", "-") for key in entries} == raised


@pytest.mark.parametrize("scenario", ["first-summit", "summit-2018"])
def test_a_room_tells_a_pack_in_korean_and_a_device_in_english_the_same_game(
    scenario: str, tmp_path: pathlib.Path
) -> None:
    with served(begun(tmp_path, scenario), language="ko") as live:
        first, second = live.people(2)
        live.facilitator.act("start")
        second.post("/language", {"language": "en"})
        own = {*latin_words(text_of(first.page)), *latin_words(text_of(live.facilitator.get("/table").body))}
        assert own <= {"English", "Person"}
        assert tabletop.load(scenario).title in text_of(second.page)
