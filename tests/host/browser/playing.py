"""How people in a browser vote: by touch, by keyboard, and with forms alone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

#: A vote is still to be cast.
OPEN = ".dock.vote:not(.voted)"
SETTLED = f"() => !document.querySelector('{OPEN}') || document.querySelector('#verdict')"


def by_touch(page: Page, picks: Sequence[int] = (0,), why: str = "It keeps our hands free.") -> None:
    """Taps moves and the button at the bottom."""
    key = ballot(page)
    labels = page.locator(".move > label")
    for pick in picks:
        labels.nth(min(pick, labels.count() - 1)).tap()
    if page.locator("[name=why]").count():
        page.locator("[name=why]").tap()
        page.keyboard.type(why)
    page.locator("button[form=vote]").tap()
    wait_until_taken(page, key)


def by_keyboard(page: Page, picks: Sequence[int] = (0,), why: str = "It keeps our hands free.") -> None:
    """Tabs to a move, chooses it with the space bar, types a reason and sends it with the enter key."""
    key = ballot(page)
    tab_to(page, "input[name=move]")
    page.keyboard.press("Space")
    tab_to(page, "[name=why]")
    page.keyboard.type(why)
    page.keyboard.press("Enter")
    wait_until_taken(page, key)


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
    votes = 0
    for _ in range(most * 20):
        for page in pages:
            if page.locator(OPEN).count() and not page.locator("#verdict").count():
                vote(page)
                votes += 1
                if votes >= most:
                    return votes
        if all(page.locator("#verdict").count() for page in pages):
            return votes
        pages[0].wait_for_timeout(100)
    raise AssertionError("the game does not go on")
