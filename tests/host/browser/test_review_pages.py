"""A review in a real browser: no fault that axe finds, no wider than its screen, nothing to load, readable on paper."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

import tabletop
from tabletop.presentation.example_figures import example_figures
from tabletop.presentation.weighing import Weighing
from tabletop.presentation.words import Words
from tabletop.report.review_facts import Audience, review_of
from tabletop.report.review_page import review_page
from tabletop.session import Journal
from tests.host.browser.test_how_pages_look import axe, unfold
from tests.host.live_room import HOST, served
from tests.report.made_figures import made_figures
from tests.report.played import a_class, facilitated

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page


#: What reaches beyond the right edge of the screen.
STICKING_OUT = """() => [...document.body.querySelectorAll("*")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
  .map((one) => `${one.tagName} ${one.className.baseVal ?? one.className} ${one.textContent.slice(0, 40)}`)"""


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    """A leader's review with every part, of a short game."""
    session = facilitated(tabletop.load("first-summit"), ["corvane", "ulmar"], seed=3)
    review = review_of(session, Words("en"), Audience(reader="leader"), made_figures(session))
    path = tmp_path_factory.mktemp("review") / "review.html"
    path.write_text(review_page(review), encoding="utf-8")
    return path


def opened(browser: Browser, file: pathlib.Path, width: int, height: int, scheme: str = "light") -> Page:
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
    page.goto(file.as_uri())
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_no_fault_with_a_review(browser: Browser, file: pathlib.Path, scheme: str) -> None:
    page = opened(browser, file, 1366, 768, scheme)
    unfold(page)
    assert axe(page) == []
    page.close()


@pytest.fixture
def looked_back(browser: Browser, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Page]:
    """The facilitator's page on a finished game, with figures that are there at once; everything is unfolded."""
    monkeypatch.setattr("tabletop.host.looking_back.Weighing", lambda look: Weighing.of(look, example_figures(look)))
    scenario = tabletop.load("first-summit")
    session = a_class(scenario, [seat.id for seat in scenario.seats], journal=Journal(tmp_path))
    with served(session) as live:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        address = f"http://{HOST}:{live.port}/{live.room.code}"
        live.facilitator.get("/facilitator")
        context.add_cookies(
            [{"name": name, "value": value, "url": address} for name, value in live.facilitator.cookies.items()]
        )
        page = context.new_page()
        page.goto(f"{address}/facilitator/what-if")
        page.wait_for_selector("details.decision")
        unfold(page)
        yield page
        context.close()


def test_the_page_that_looks_back_has_no_fault_in_either_theme_and_is_no_wider_than_its_screen(
    looked_back: Page,
) -> None:
    assert axe(looked_back) == []
    for width in (320, 390, 1366):
        looked_back.set_viewport_size({"width": width, "height": 800})
        assert looked_back.evaluate(STICKING_OUT) == []


@pytest.mark.parametrize("width", [320, 390, 800, 1366])
def test_a_review_is_no_wider_than_its_screen(browser: Browser, file: pathlib.Path, width: int) -> None:
    page = opened(browser, file, width, 800)
    unfold(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_review_is_read_without_a_script_and_asks_for_nothing(browser: Browser, file: pathlib.Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page, asked = context.new_page(), list[str]()
    page.on("request", lambda request: asked.append(request.url))
    page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert page.locator("#questions-title").is_visible()
    context.close()


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_what_is_folded_on_a_screen_is_on_paper_and_no_row_is_cut(
    browser: Browser, file: pathlib.Path, paper: str
) -> None:
    pymupdf = pytest.importorskip("pymupdf", reason="no pymupdf to read a paper with")
    page = opened(browser, file, 1366, 768)
    folded = page.locator("details:not([open]) li").first.text_content() or ""
    made = page.pdf(format=paper, prefer_css_page_size=False)
    page.close()
    with pymupdf.open(stream=made) as pages:
        told = "".join("".join(one.get_text().split()) for one in pages)
        for one in pages:
            for word in one.get_text("words"):
                assert one.rect.contains(pymupdf.Rect(word[:4])), word[4]
    assert "".join(folded.split())[:40] in told
