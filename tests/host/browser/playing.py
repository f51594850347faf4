"""How people in a browser vote: by touch, by keyboard, and with forms alone."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from tests.patience import PATIENCE

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: A vote is still to be cast.
OPEN = ".dock.vote:not(.voted)"
#: Where the facilitator's page says which part of the class it is.
PART = "#now .strip [aria-current]"


def by_touch(page: Page, picks: Sequence[int] = (0,), why: str = "Why not.") -> None:
    """Taps moves and the button at the bottom."""
    key = ballot(page)
    labels = page.locator(".move > label")
    for pick in picks:
        labels.nth(min(pick, labels.count() - 1)).tap()
    mean_it(page)
    if page.locator("[name=why]").count():
        page.locator("[name=why]").tap()
        page.keyboard.type(why)
    page.locator("button[form=vote]").tap()
    wait_until_taken(page, key)


def by_keyboard(page: Page, picks: Sequence[int] = (0,), why: str = "Why not.") -> None:
    """Tabs to a move, chooses it with the space bar, types a reason and sends it with the enter key."""
    key = ballot(page)
    tab_to(page, "input[name=move]")
    page.keyboard.press("Space")
    if page.locator(".sure:visible input:not(:checked)").count():
        tab_to(page, ".sure input")
        page.keyboard.press("Space")
    tab_to(page, "[name=why]")
    page.keyboard.type(why)
    page.keyboard.press("Enter")
    wait_until_taken(page, key)


def mean_it(page: Page) -> None:
    """Answers the question below a choice that nothing takes back."""
    questions = page.locator(".sure:visible:not(:has(:checked))")
    while questions.count():
        questions.first.click()


def tab_to(page: Page, selector: str, most: int = 150) -> None:
    """Presses the tab key until the focus is on what a selector names."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} cannot be reached by the tab key")


def ballot(page: Page) -> str:
    """What names the decision that is open on a page."""
    return page.locator("#vote [name=ballot]").input_value()


def wait_until_taken(page: Page, key: str) -> None:
    """Waits until a vote is in, or its decision is over."""
    page.wait_for_function(
        "key => { const one = document.querySelector('#vote [name=ballot]');"
        " return !one || one.value !== key || document.querySelector('.dock.voted'); }",
        arg=key,
    )


def play(pages: Sequence[Page], vote: Callable[[Page], None], most: int = 60) -> int:
    """Everybody votes whenever they can, until the verdict or so many votes; how many were cast."""
    votes, end = 0, time.monotonic() + PATIENCE
    while time.monotonic() < end:
        for page in pages:
            if page.locator(OPEN).count() and not page.locator("#verdict").count():
                vote(page)
                votes, end = votes + 1, time.monotonic() + PATIENCE
                if votes >= most:
                    return votes
        if all(page.locator("#verdict").count() for page in pages):
            return votes
        pages[0].wait_for_timeout(100)
    raise AssertionError("the game does not go on")


def join(page: Page, url: str, name: str, *, by_keys: bool) -> None:
    """Joins a room by its page, by touch or by keys alone."""
    page.goto(url)
    if by_keys:
        tab_to(page, "[name=name]")
        page.keyboard.type(name)
        page.keyboard.press("Enter")
    else:
        page.locator("[name=name]").tap()
        page.keyboard.type(name)
        page.locator("form[action$='/join'] button").tap()
    page.wait_for_selector("#happening")


def answer(page: Page, *, by_keys: bool) -> None:
    """Answers all questions that are asked, by touch or by keys alone."""
    page.wait_for_selector("#questions:not(:has(.answered))")
    fields = page.locator("#questions :is(input:not([type=hidden]), select, textarea)")
    for place in range(fields.count()):
        field = fields.nth(place)
        if by_keys:
            tab_to(page, f"#questions #{field.get_attribute('id')}")
        else:
            field.tap()
        kind = field.evaluate("one => one.tagName + (one.type || '')")
        if kind.startswith("SELECT"):
            # The list that a browser opens is its own: what is chosen there is chosen by a key.
            page.keyboard.press("Escape")
            field.focus()
            page.keyboard.press("ArrowDown")
        else:
            page.keyboard.type("50" if kind == "INPUTnumber" else "We would ask first.")
    if by_keys:
        tab_to(page, "#questions button")
        page.keyboard.press("Enter")
    else:
        page.locator("#questions button").tap()
    page.wait_for_selector("#questions .answered")


def further(facilitator: Page) -> None:
    """Presses the button that the facilitator's page offers for going on to the next part of the class."""
    part = facilitator.locator(PART).inner_text()
    facilitator.click("#now .do form[action$='/part'] button")
    facilitator.wait_for_function(f"was => document.querySelector('{PART}').innerText !== was", arg=part)
