"""How the pages look: nothing is cut off at any size, and axe finds no fault with any of them, in light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.host.browser.playing import OPEN, by_touch, play

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

CUT_OFF = """() => [...document.querySelectorAll("main, .meters, .paper, .face, .foot, .head, .note, .joining")]
  .filter((one) => {
    const box = one.getBoundingClientRect();
    const isLarger = one.scrollHeight > one.clientHeight + 2 || one.scrollWidth > one.clientWidth + 2;
    return isLarger || box.bottom > innerHeight + 1 || box.right > innerWidth + 1;
  })
  .map((one) => `${one.className} ${one.scrollWidth}/${one.clientWidth} ${one.scrollHeight}/${one.clientHeight}`)"""


def axe(page: Page) -> list[str]:
    """What axe finds fault with: each rule with the first element that breaks it."""
    library = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe to look at pages with")
    found = library.Axe().run(page).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} {one['nodes'][0]['failureSummary'][:200]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_with_any_page(room: Any, scheme: str) -> None:
    stranger = room.page(color_scheme=scheme, reduced_motion="reduce")
    stranger.goto(room.address)
    faults = {"enter": axe(stranger)}
    stranger.goto(room.url)
    faults["join"] = axe(stranger)
    stranger.goto(f"{room.url}/open")
    faults["open"] = axe(stranger)
    phones = [room.phone(name, color_scheme=scheme, reduced_motion="reduce") for name in ("Ada", "Bo", "Cleo")]
    faults["waiting"] = axe(phones[0])
    facilitator = room.facilitator(color_scheme=scheme, reduced_motion="reduce")
    faults["facilitator before"] = axe(facilitator)
    projector = room.projector(facilitator, color_scheme=scheme, reduced_motion="reduce")
    faults["projector before"] = axe(projector)
    room.begin(facilitator)
    phones[0].wait_for_selector(OPEN)
    unfold(phones[0])
    faults["card"] = axe(phones[0])
    play(phones, by_touch, most=3)
    faults["voted"] = axe(phones[0])
    faults["projector"] = axe(projector)
    unfold(facilitator)
    faults["facilitator"] = axe(facilitator)
    play(phones, by_touch)
    faults["verdict"] = axe(phones[0])
    faults["projector after"] = axe(projector)
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


@pytest.mark.parametrize("size", [(1280, 720), (800, 600)], ids=["1280x720", "800x600"])
@pytest.mark.parametrize("scenario", ["first-summit", "summit-2018"])
def test_nothing_is_cut_off_on_the_projector(open_room: Any, scenario: str, size: tuple[int, int]) -> None:
    room = open_room(scenario)
    phone = room.phone("Ada")
    facilitator = room.facilitator()
    projector = room.projector(facilitator, *size, reduced_motion="reduce")
    cut = {"joining": cut_off(projector)}
    room.begin(facilitator)
    projector.wait_for_selector("#card")
    cut["card"] = cut_off(projector)
    phone.wait_for_selector(OPEN)
    play([phone], by_touch, most=2)
    projector.wait_for_selector(".reveal")
    cut["reveal"] = cut_off(projector)
    assert {place: found for place, found in cut.items() if found} == {}


def cut_off(page: Page) -> list[str]:
    """The parts of the screen whose content is larger than they are, or which stand beyond its edge."""
    found: list[str] = page.evaluate(CUT_OFF)
    return found
