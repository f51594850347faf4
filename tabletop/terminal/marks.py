"""Marks: the signs that the terminal draws with, and plain ones for terminals that have no others."""

from __future__ import annotations

import attrs
from rich.console import Console

from tabletop.presentation.spans import signed


@attrs.frozen(kw_only=True)
class Marks:
    """Signs for changes, bars and steps. Good and bad are signs of their own, so that colour is never needed."""

    good: str = "✓"
    bad: str = "✗"
    same: str = "·"
    up: str = "▲"
    down: str = "▼"
    maybe: str = "?"
    full: str = "█"
    empty: str = "░"
    step: str = "■"
    no_step: str = "□"
    coin: str = "●"
    spent: str = "○"
    line: str = "─"
    heavy: str = "━"
    to: str = "→"
    dot: str = "·"
    lead: str = "▸"
    dash: str = "—"
    minus: str = "−"
    zero: str = "±0"
    more: str = "… "
    until: str = "…"
    heights: str = "▁▂▃▄▅▆▇█"

    def judged(self, sign: int) -> str:
        """The sign of a change that is good (1), bad (-1) or neither (0)."""
        return self.good if sign > 0 else self.bad if sign < 0 else self.same

    def arrow(self, amount: int) -> str:
        """Up or down."""
        return self.up if amount > 0 else self.down if amount < 0 else self.same

    def signed(self, amount: int) -> str:
        """A change with its sign."""
        return signed(amount).replace("−", self.minus) if amount else self.zero

    def spark(self, values: list[int], low: int, high: int) -> str:
        """The values as a row of heights."""
        top = len(self.heights) - 1
        return "".join(self.heights[(value - low) * top // max(1, high - low)] for value in values)


PLAIN = Marks(
    good="*",
    bad="!",
    same=".",
    up="^",
    down="v",
    full="#",
    empty=".",
    step="#",
    no_step=".",
    coin="o",
    spent=".",
    line="-",
    heavy="=",
    to="->",
    dot="|",
    lead=">",
    dash="-",
    minus="-",
    zero="0",
    more="",
    until=" to ",
    heights="_.:-=+*#",
)

#: The colour of a change that is good, bad or neither.
COLOURS = {1: "green", -1: "red", 0: ""}


def marks_for(console: Console) -> Marks:
    """The signs that a console can show."""
    try:
        "✓█▁→●".encode(console.encoding)
    except (UnicodeEncodeError, LookupError):
        return PLAIN
    return Marks()
