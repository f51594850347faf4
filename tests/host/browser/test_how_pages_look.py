"""How the pages look: nothing is cut off at any size, and axe finds no fault with any of them, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.host.browser.looking import WIDER, axe
from tests.host.browser.playing import OPEN, answer, by_touch, play

if TYPE_CHECKING:
    from playwright.sync_api import Page

CUT_OFF = """() => [...document.querySelectorAll("main, .meters, .paper, .face, .foot, .head, .note, .joining")]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const isLarger = one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
    return isLarger || box.bottom > innerHeight + 1 || box.right > innerWidth + 1;
  })
  .map((one) => `${one.className} ${one.scrollWidth}/${one.clientWidth} ${one.scrollHeight}/${one.clientHeight}`)"""


#: Gives the screen the letters that a facilitator may choose for it.
LETTERS = """(letters) => {
  document.querySelector(".letters-large")?.remove();
  if (letters === "large") {
    document.getElementById("head")?.insertAdjacentHTML("beforebegin", "<div class='letters-large' hidden></div>");
  }
  document.dispatchEvent(new Event("shown"));
}"""


def test_axe_finds_no_fault_with_any_page_in_either_theme(room: Any) -> None:
    stranger = room.page(reduced_motion="reduce")
    faults = {}
    for place in (room.address, room.url, f"{room.url}/open", f"{room.address}/help"):
        stranger.goto(place)
        faults[place] = axe(stranger)
    phones = [room.phone(name, reduced_motion="reduce") for name in ("Ada", "Bo", "Cleo")]
    facilitator = room.facilitator(reduced_motion="reduce")
    faults["facilitator before"] = axe(facilitator)
    projector = room.projector(facilitator, reduced_motion="reduce")
    faults["projector before"] = axe(projector)
    facilitator.click("form:has([name=asking][value=before]) button")
    phones[0].wait_for_selector("#questions")
    faults["asked"] = axe(phones[0])
    answer(phones[0], by_keys=False)
    faults["answered"] = axe(phones[0])
    facilitator.click("form:has([name=summary]) button")
    projector.wait_for_selector(".histogram")
    faults["answers"] = axe(projector)
    facilitator.click("form:has([name=summary][value='']) button")
    room.begin(facilitator)
    phones[0].wait_for_selector(OPEN)
    facilitator.fill("form[action$='/message'] textarea", "The press is waiting.")
    facilitator.click("form[action$='/message'] button")
    phones[0].wait_for_selector("#flash:not([hidden])")
    unfold(phones[0])
    faults["card"] = axe(phones[0])
    for phone in phones:
        phone.wait_for_selector("#flash:not([hidden])")
        phone.click("#flash button")
    play(phones, by_touch, most=5)
    faults["voted"] = axe(phones[0])
    faults["projector"] = axe(projector)
    unfold(facilitator)
    faults["facilitator"] = axe(facilitator)
    play(phones, by_touch)
    faults["verdict"] = axe(phones[0])
    faults["facilitator after"] = axe(facilitator)
    facilitator.click("form[action$='/open-projector'] button")
    facilitator.wait_for_selector(".code")
    faults["key"] = axe(facilitator)
    assert {place: found for place, found in faults.items() if found} == {}


def unfold(page: Page) -> None:
    """Opens everything that is folded."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")


@pytest.mark.parametrize("size", [(320, 568), (390, 844), (1366, 768)], ids=["320x568", "390x844", "1366x768"])
def test_no_page_is_wider_than_its_screen(open_room: Any, size: tuple[int, int]) -> None:
    room = open_room("summit-2018")
    phone = room.phone("Ada", *size)
    facilitator = room.facilitator(*size)
    wide = {"waiting": phone.evaluate(WIDER)}
    room.begin(facilitator)
    phone.wait_for_selector(OPEN)
    for place, page in {"seat": phone, "facilitator": facilitator}.items():
        wide[place] = page.evaluate(WIDER)
        unfold(page)
        wide[f"{place} unfolded"] = page.evaluate(WIDER)
        page.evaluate("() => { document.documentElement.style.fontSize = '200%'; }")
        wide[f"{place} with large letters"] = page.evaluate(WIDER)
    assert {place: by for place, by in wide.items() if by > 0} == {}


@pytest.mark.parametrize("scenario", ["first-summit", "summit-2018"])
def test_nothing_is_cut_off_on_the_projector(open_room: Any, scenario: str) -> None:
    room = open_room(scenario)
    phone = room.phone("Ada")
    facilitator = room.facilitator()
    projector = room.projector(facilitator, reduced_motion="reduce")
    cut = {"joining": cut_off(projector)}
    facilitator.click("form:has([name=asking][value=before]) button")
    answer(phone, by_keys=False)
    facilitator.locator("form:has([name=summary]) button").first.click()
    projector.wait_for_selector(".histogram")
    cut["answers"] = cut_off(projector)
    facilitator.click("form:has([name=summary][value='']) button")
    room.begin(facilitator)
    projector.wait_for_selector("#card")
    cut["card"] = cut_off(projector)
    phone.wait_for_selector(OPEN)
    play([phone], by_touch, most=2)
    projector.wait_for_selector(".reveal")
    cut["reveal"] = cut_off(projector)
    assert {place: found for place, found in cut.items() if found} == {}


def cut_off(page: Page) -> list[str]:
    """The parts of the screen whose content is larger than they are, or which stand beyond its edge, on a large
    projector and a small one, in usual letters and in large ones."""
    found: list[str] = []
    for width, height in ((1920, 1080), (800, 600)):
        page.set_viewport_size({"width": width, "height": height})
        for letters in ("usual", "large"):
            page.evaluate(LETTERS, letters)
            found += [f"{width}x{height} {letters}: {one}" for one in page.evaluate(CUT_OFF)]
    return found
