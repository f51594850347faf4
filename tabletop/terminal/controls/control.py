"""A control: one thing that a facilitator can do at the console, how it is typed, and what is said of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

import attrs

from tabletop.presentation.words import Words
from tabletop.terminal.command_lines import CommandError, Order
from tabletop.terminal.keyboard import Fit

#: The console that a control is done at.
At = TypeVar("At")


def _nothing(console: object, typed: str) -> Iterable[Fit]:
    return ()


@attrs.frozen(kw_only=True)
class Control(Generic[At]):
    """A word, how it is used, the group it stands in, and what it may go on with.

    What it does is said in `controls.does_…` of the catalogue, and where it `has_more`, more in `controls.more_…`.
    `fits` gives, for what is typed behind the word, whole arguments that begin so, each with a word about it. One that
    `takes_text` takes the rest of the line as it was typed.
    """

    word: str
    run: Callable[[At, Order], None]
    usage: str = ""
    has_more: bool = False
    group: str = ""
    also: tuple[str, ...] = ()
    fits: Callable[[At, str], Iterable[Fit]] = _nothing
    takes_text: bool = False

    def does(self, words: Words) -> str:
        """What it does, in a line."""
        return words(f"controls.does_{self.word}")

    def more(self, words: Words, **places: object) -> str:
        """What else there is to know, "" for nothing; `places` are examples out of the game."""
        return words(f"controls.more_{self.word}", **places) if self.has_more else ""

    def misfit(self, order: Order) -> CommandError | None:
        """Why it cannot be done as it is typed: there are words in the line that it has no use for. None where it
        can."""
        if self.takes_text:
            return None
        if order.words and not self.usage.replace("[quietly]", "").replace("[because REASON]", "").strip():
            return CommandError("console.stands_alone", word=self.word, words=order.words[:40])
        if not order.shown and "quietly" not in self.usage:
            return CommandError("console.not_quietly", word=self.word)
        if order.why and "REASON" not in self.usage:
            return CommandError("console.no_reason", word=self.word)
        return None

    @property
    def typed(self) -> str:
        """How it is typed."""
        return f"{self.word} {self.usage}".strip()
