"""Looking at pages in a browser: what axe finds fault with, and what is wider than its screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

WIDER = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"

#: What a page is made of: whose it is, its sections, cards and buttons, each by its name.
PARTS = """() => [...document.querySelectorAll("section[id], article[id], .dock, .notice, details[class], form")]
  .map((one) => document.body.className + " " + (one.id || one.getAttribute("action") || one.className))"""


def axe(page: Page) -> list[str]:
    """What axe finds fault with in light and in dark: each rule with the first element that breaks it."""
    library = pytest.importorskip("axe_playwright_python.sync_playwright", reason="no axe to look at pages with")
    found = library.Axe().run(page).response["violations"]
    page.evaluate("() => { document.documentElement.dataset.theme = 'dark'; }")
    # Only colours depend on the theme.
    found += library.Axe().run(page, options={"runOnly": ["color-contrast"]}).response["violations"]
    page.evaluate("() => { delete document.documentElement.dataset.theme; }")
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]} {one['nodes'][0]['failureSummary'][:200]}" for one in found]


@attrs.define
class Inspection:
    """Looks at the pages of a class as they come. Each is held against its screen's width at every size; axe has every
    page that has a part which none before it had, once in each theme."""

    faults: dict[str, list[str]] = attrs.field(factory=dict)
    looked_at: int = 0
    _seen: set[str] = attrs.field(factory=set)
    _wide: set[tuple[str, int]] = attrs.field(factory=set)

    def look(self, page: Page) -> None:
        """Looks at a page, if it has anything new."""
        parts = set(page.evaluate(PARTS))
        width = page.viewport_size["width"] if page.viewport_size else 0
        if not {(part, width) for part in parts} <= self._wide:
            self._wide |= {(part, width) for part in parts}
            if page.evaluate(WIDER) > 0:
                self.faults[f"wider than {width}: {page.url}"] = sorted(parts)
        new = parts - self._seen
        if new:
            self._seen |= parts
            self.looked_at += 1
            found = axe(page)
            if found:
                self.faults[f"{page.url} with {', '.join(sorted(new))}"] = found
