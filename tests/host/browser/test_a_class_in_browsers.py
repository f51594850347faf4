"""A class in real browsers: votes, messages, lost connections, and a turn without JavaScript."""

from __future__ import annotations

import urllib.parse
from typing import TYPE_CHECKING, Any

import pytest

from tests.host.browser.playing import OPEN, by_touch, mean_it, play

if TYPE_CHECKING:
    from playwright.sync_api import Page

NAMES = ("Ada", "Bo", "Cleo", "Dag", "Eva", "Finn")


def test_a_turn_is_played_without_javascript(room: Any) -> None:
    phones = [room.page(java_script_enabled=False) for _ in range(2)]
    for phone, name in zip(phones, NAMES, strict=False):
        phone.goto(room.url)
        phone.fill("[name=name]", name)
        phone.click("form[action$='/join'] button")
        phone.wait_for_selector("#happening")
    facilitator = room.page(java_script_enabled=False)
    facilitator.goto(f"{room.url}/open?key={room.key}")
    facilitator.click("form button")
    facilitator.click("form[action$='/start'] button")
    began = None
    for _ in range(30):
        for phone in phones:
            phone.goto(room.url)
            when = phone.locator("h1").inner_text().split("·")[0]
            began = began or when
            if when != began:
                return
            if phone.locator(OPEN).count():
                phone.locator("[name=move]").first.check()
                mean_it(phone)
                phone.fill("[name=why]", "Because of the river.")
                phone.click("button[form=vote]")
                phone.wait_for_selector("#happening")
    pytest.fail("the first turn did not end")


def test_nothing_is_asked_of_another_host(room: Any) -> None:
    phone = room.phone("Ada")
    facilitator = room.facilitator()
    projector = room.projector(facilitator)
    room.begin(facilitator)
    phone.wait_for_selector(OPEN)
    projector.wait_for_selector("#stage")
    hosts = {urllib.parse.urlsplit(url).netloc for url in room.requested if not url.startswith("data:")}
    assert hosts == {urllib.parse.urlsplit(room.address).netloc}
    assert room.faults == []


def test_the_first_page_is_small_on_the_wire(open_room: Any) -> None:
    room = open_room("summit-2018")
    page = room.page()
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    page.goto(room.url)
    page.fill("[name=name]", "Ada")
    page.click("form[action$='/join'] button")
    page.wait_for_selector("#happening")
    page.wait_for_timeout(500)
    assert 0 < sum(received) <= 60_000


def test_a_reason_survives_a_reload_and_a_tick_the_vote_of_another(room: Any) -> None:
    first, second, third = (room.phone(name) for name in NAMES[:3])
    room.begin(room.facilitator())
    teammates = [one for one in (first, second, third) if one.locator(OPEN).count() or _can_vote(one)]
    ada, bo = teammates[:2]
    ada.locator(".move > label").nth(1).tap()
    ada.fill("[name=why]", "Half a thought")
    by_touch(bo)
    ada.wait_for_selector(".voters")
    assert ada.locator("[name=move]").nth(1).is_checked()
    assert ada.input_value("[name=why]") == "Half a thought"
    ada.reload()
    assert ada.input_value("[name=why]") == "Half a thought"
    assert ada.locator("[name=move]").nth(1).is_checked()


def test_a_message_stands_above_everything_until_it_was_read(room: Any) -> None:
    ada = room.phone("Ada")
    facilitator = room.facilitator()
    room.begin(facilitator)
    ada.wait_for_selector(OPEN)
    ada.evaluate("() => scrollTo(0, 2_000)")
    facilitator.fill("form[action$='/message'] textarea", "The press is waiting.")
    facilitator.click("form[action$='/message'] button")
    ada.wait_for_selector("#flash:not([hidden])")
    assert "The press is waiting." in ada.inner_text("#flash")
    ada.locator("#flash button").tap()
    ada.reload()
    ada.wait_for_selector("#happening")
    assert not ada.locator("#flash").is_visible()
    assert "The press is waiting." in ada.inner_text(".message")


def test_a_phone_says_that_the_connection_is_lost_and_when_it_is_back(room: Any) -> None:
    ada = room.phone("Ada")
    ada.wait_for_function("() => document.getElementById('lost').hidden")
    ada.context.set_offline(True)
    ada.evaluate("() => dispatchEvent(new Event('offline'))")
    ada.wait_for_selector("#lost:not([hidden])")
    ada.context.set_offline(False)
    ada.wait_for_selector("#lost", state="hidden")


def _can_vote(page: Page) -> bool:
    try:
        page.wait_for_selector(OPEN, timeout=3_000)
    except Exception:
        return False
    return True


def test_what_was_unfolded_stays_so_when_the_page_changes(room: Any) -> None:
    ada = room.phone("Ada")
    facilitator = room.facilitator()
    room.begin(facilitator)
    ada.wait_for_selector(OPEN)
    ada.locator("#g-trust > summary").tap()
    facilitator.fill("form[action$='/message'] textarea", "The press is waiting.")
    facilitator.click("form[action$='/message'] button")
    ada.wait_for_selector(".message")
    assert ada.locator("#g-trust").get_attribute("open") is not None


def test_a_vote_can_be_changed_and_its_person_is_told_who_is_waited_for(room: Any) -> None:
    phones = [room.phone(name) for name in NAMES[:4]]
    room.begin(room.facilitator())
    ada, bo = [phone for phone in phones if _can_vote(phone)][:2]
    by_touch(ada)
    assert "Waiting for" in ada.locator(".dock").inner_text()
    chosen = ada.locator(".dock b").inner_text()
    by_touch_again(ada)
    ada.wait_for_function("was => document.querySelector('.dock b').textContent !== was", arg=chosen)
    assert bo.locator(".voters").count() == 1


def by_touch_again(page: Page) -> None:
    """Changes the vote to the second move."""
    page.locator(".move > label").nth(1).tap()
    page.locator("button[form=vote]").tap()


def test_a_team_sees_nothing_of_the_votes_of_another(room: Any) -> None:
    phones = [room.phone(name) for name in NAMES[:4]]
    room.begin(room.facilitator())
    ada = next(phone for phone in phones if _can_vote(phone))
    others = [phone for phone in phones if not phone.locator(OPEN).count()]
    before = [phone.content() for phone in others]
    by_touch(ada, why="A secret reason")
    phones[0].wait_for_timeout(800)
    assert len(others) == 2
    assert [phone.content() for phone in others] == before


def test_the_whole_log_has_a_page_of_its_own(room: Any) -> None:
    ada = room.phone("Ada")
    room.begin(room.facilitator())
    play([ada], by_touch, most=2)
    ada.goto(f"{room.url}/log")
    assert ada.locator(".told").count() >= 2
    ada.click("a.button")
    ada.wait_for_selector("#happening")


def test_a_vote_that_closed_before_it_was_sent_is_told_with_what_was_written(room: Any) -> None:
    phones = [room.phone(name) for name in NAMES[:3]]
    room.begin(room.facilitator())
    ada, bo = [phone for phone in phones if _can_vote(phone)]
    ada.locator(".move > label").nth(1).tap()
    ada.fill("[name=why]", "Half a thought")
    by_touch(bo)
    assert room.live.facilitator.act("close-ballot", seat="corvane").status == 303
    ada.wait_for_selector("#refusal:not(:empty)")
    told = ada.inner_text("#refusal")
    assert "closed before yours was sent" in told
    assert "Half a thought" in told


def test_a_vote_that_comes_after_the_end_is_told_so_and_its_reason_is_not_lost(room: Any) -> None:
    phones = [room.phone(name) for name in NAMES[:2]]
    room.begin(room.facilitator())
    ada = next(phone for phone in phones if _can_vote(phone))
    # What is sent for a ballot that is over, as where the end and the vote were on their way at once.
    ada.evaluate("() => { document.querySelector('#vote [name=ballot]').value = 'over'; }")
    ada.locator(".move > label").first.tap()
    ada.fill("[name=why]", "Half a thought")
    ada.locator("button[form=vote]").tap()
    ada.wait_for_selector("#refusal:not(:empty)")
    told = ada.inner_text("#refusal")
    assert "That vote is over" in told
    assert "Half a thought" in told
    assert room.faults == [] or all("409" in fault for fault in room.faults)
