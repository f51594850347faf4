"""A classroom in real browsers: a room that is really served, and phones, a projector and a facilitator."""

from __future__ import annotations

import contextlib
import pathlib
import shutil
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from tests.host.live_room import HOST, LiveRoom, begun, found, served
from tests.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


@attrs.define(eq=False)
class Classroom:
    """A room of a running server, and the browsers that are in it."""

    browser: Browser
    address: str
    code: str
    key: str
    live: LiveRoom
    opened: list[BrowserContext] = attrs.field(factory=list)
    requested: list[str] = attrs.field(factory=list)
    faults: list[str] = attrs.field(factory=list)

    @property
    def url(self) -> str:
        """The room's address."""
        return f"{self.address}/{self.code}"

    def page(self, width: int = 390, height: int = 844, *, touch: bool = True, **options: Any) -> Page:
        """A page of a device of its own."""
        context = self.browser.new_context(viewport={"width": width, "height": height}, has_touch=touch, **options)
        context.set_default_timeout(1000 * PATIENCE)
        self.opened.append(context)
        page = context.new_page()
        page.on("request", lambda request: self.requested.append(request.url))
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        return page

    def phone(self, name: str, width: int = 390, height: int = 844, **options: Any) -> Page:
        """Somebody who has joined."""
        page = self.page(width, height, **options)
        page.goto(self.url)
        page.fill("[name=name]", name)
        page.click("form[action$='/join'] button")
        page.wait_for_selector("#happening")
        return page

    def facilitator(self, width: int = 1366, height: int = 768, **options: Any) -> Page:
        """The facilitator's page, which can be opened once."""
        page = self.page(width, height, touch=False, **options)
        page.goto(f"{self.url}/open?key={self.key}")
        page.click("form button")
        page.wait_for_selector("#people")
        return page

    def projector(self, facilitator: Page, width: int = 1280, height: int = 720, **options: Any) -> Page:
        """The room's screen, opened with a key from the facilitator's page."""
        facilitator.click("form[action$='/open-projector'] button")
        facilitator.wait_for_selector(".code")
        key = facilitator.inner_text(".code").strip()
        facilitator.goto(f"{self.url}/facilitator")
        page = self.page(width, height, touch=False, **options)
        page.goto(f"{self.url}/open?key={key}")
        page.click("form button")
        page.wait_for_url("**/table")
        return page

    def begin(self, facilitator: Page) -> None:
        """Begins the game."""
        facilitator.click("form[action$='/start'] button")
        facilitator.wait_for_selector("form[action$='/end-phase'] button")

    def close(self) -> None:
        """Closes every browser window."""
        for context in self.opened:
            context.close()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real browser; without one these tests are skipped."""
    playwright = pytest.importorskip("playwright.sync_api", reason="no playwright to drive a browser with")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium on this machine")
    with playwright.sync_playwright() as driver:
        found = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


@pytest.fixture
def open_room(browser: Browser, tmp_path: pathlib.Path) -> Iterator[Callable[..., Classroom]]:
    """Opens rooms: a scenario's by its id."""
    with contextlib.ExitStack() as opened:

        def open_one(scenario: str = "first-summit", *, seed: int = 7) -> Classroom:
            place = tmp_path / f"{scenario}-{seed}"
            live = opened.enter_context(served(begun(place, scenario, seed)))
            key = found(r'class="code">([^<]+)<', live.facilitator.act("open-facilitator").body)
            room = Classroom(browser, f"http://{HOST}:{live.port}", live.room.code, key, live)
            opened.callback(room.close)
            return room

        yield open_one


@pytest.fixture
def room(open_room: Callable[..., Classroom]) -> Classroom:
    """A room of the first lesson."""
    return open_room()
