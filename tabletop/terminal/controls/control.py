"""A control: one thing that a facilitator can do at the console, how it is typed, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import attrs

from tabletop.terminal.command_lines import Order
from tabletop.terminal.keyboard import Fit

#: The console that a control is done at.
At = TypeVar("At")


def _nothing(console: object, typed: str) -> Iterable[Fit]:
    return ()


@attrs.frozen(kw_only=True)
class Control(Generic[At]):
    """A word, how it is used, what it does in a line, what else there is to know, and what it may go on with.

    `fits` gives, for what is typed behind the word, whole arguments that begin so, each with a word about it. One that
    `takes_text` takes the rest of the line as it was typed.
    """

    word: str
    does: str
    run: Callable[[At, Order], None]
    usage: str = ""
    more: str = ""
    group: str = ""
    also: tuple[str, ...] = ()
    fits: Callable[[At, str], Iterable[Fit]] = _nothing
    takes_text: bool = False

    def misfit(self, order: Order) -> str:
        """Why it cannot be done as it is typed: there are words in the line that it has no use for. "" where it can."""
        if self.takes_text:
            return ""
        if order.words and not self.usage.replace("[quietly]", "").replace("[because REASON]", "").strip():
            return f"`{self.word}` stands alone: '{order.words[:40]}' says nothing to it."
        if not order.shown and "quietly" not in self.usage:
            return f"`{self.word}` cannot be done quietly."
        if order.why and "REASON" not in self.usage:
            return f"`{self.word}` takes no reason: `note …` writes one down."
        return ""

    @property
    def typed(self) -> str:
        """How it is typed."""
        return f"{self.word} {self.usage}".strip()
