"""Telling: what changed, in runs of text with the marks and colours of good and bad."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.engine.log import Entry
from tabletop.presentation.names import Names
from tabletop.presentation.story import is_fact, sums
from tabletop.window.text import Run

_ROLES = {1: "good", -1: "bad", 0: None}


def signed(amount: int) -> str:
    """A change as it is written.

    >>> signed(3), signed(-2), signed(0)
    ('+3', '−2', '±0')
    """
    return f"+{amount}" if amount > 0 else f"−{-amount}" if amount else "±0"


def amount_run(names: Names, target: str, amount: int, seat: str) -> Run:
    """Such as "▲ +3", in the colour of what it is to a seat; without one ("") in no colour."""
    sign = names.good(target, amount, seat) if seat in names.seats else 0
    return Run(f"{'▲' if amount > 0 else '▼'}\u00a0{signed(amount)}", "bold", _ROLES[sign])


def change_runs(names: Names, entries: Iterable[Entry], seat: str = "") -> list[Run]:
    """Everything that some entries changed, facts first, then each meter's sum."""
    kept = list(entries)
    facts = {entry.target: entry for entry in kept if entry.kind == "change" and is_fact(names, entry)}
    found: list[Run] = []
    for entry in facts.values():
        found += [Run(f"{names.full(entry.target)}: ", "text"), Run(names.value(entry.target, entry.after), "bold")]
        found.append(Run("   ", "text"))
    for one in sums(names, kept):
        label = names.short(one.target).replace(" ", "\u00a0")
        found += [Run(f"{label}\u00a0", "text"), amount_run(names, one.target, one.amount, seat), Run("   ", "text")]
    return found[:-1]
