"""Wording: numbers and changes in a few words, and whether they are good for the seat that looks."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.engine.log import Entry
from tabletop.presentation.perspective import Perspective
from tabletop.window.text import Run

#: The role of a colour, and the mark beside it, of what is good, bad or neither for the seat that looks.
ROLES = {1: "good", -1: "bad", 0: "ink"}
MARKS = {1: " ✓", -1: " ✗", 0: ""}


def signed(amount: int) -> str:
    """A change with its sign.

    >>> signed(3), signed(-2)
    ('+3', '−2')
    """
    return f"+{amount}" if amount > 0 else f"−{-amount}" if amount < 0 else "±0"


def arrow(way: int) -> str:
    """Up, down, or not to be known."""
    return "▲" if way > 0 else "▼" if way < 0 else "◆"


def change_words(perspective: Perspective, entry: Entry) -> list[Run]:
    """A change of the log, as text."""
    names = perspective.names
    name = names.short(entry.target)
    if names.is_named(entry.target):
        before, after = names.value(entry.target, entry.before), names.value(entry.target, entry.after)
        return [Run(f"{name}: ", "text"), Run(f"{before} → {after}", "bold")]
    sign = names.good(entry.target, entry.amount, perspective.seat)
    return [
        Run(f"{arrow(entry.amount)} {signed(entry.amount)}{MARKS[sign]} ", "bold", ROLES[sign]),
        Run(name, "text"),
    ]


def joined(parts: Sequence[str], between: str = " · ") -> str:
    """The parts that say something, in one line."""
    return between.join(part for part in parts if part)
