"""Entries of the log in groups: each a move, card or rule with the changes that it brought about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

if TYPE_CHECKING:
    from tabletop.engine.log import Entry

_HEADS = frozenset(["action", "card", "ruling", "turn", "stage", "ending", "quiet"])


@attrs.define
class Happening:
    """One thing that happened: the entry with which it `begins`, and the `entries` that came of it, in order.

    What a standing rule or something earlier brings about begins with its first entry, which is one of `entries`.
    """

    begins: Entry
    entries: list[Entry] = attrs.field(factory=list)

    @property
    def is_headed(self) -> bool:
        """Whether it begins with a move, card, ruling, turn, stage or ending."""
        return self.begins.kind in _HEADS

    @property
    def said(self) -> list[Entry]:
        """What was said of it, and how chance fell."""
        return [entry for entry in self.entries if entry.kind != "change"]

    @property
    def changes(self) -> list[Entry]:
        """What it changed."""
        return [entry for entry in self.entries if entry.kind == "change"]


def grouped(entries: Sequence[Entry]) -> list[Happening]:
    """The things that happened, in order."""
    found: list[Happening] = []
    for entry in entries:
        if entry.kind in _HEADS:
            found.append(Happening(entry))
            continue
        last = found[-1] if found else None
        if last is None or not _belongs_to(last.begins, entry):
            last = Happening(entry)
            found.append(last)
        last.entries.append(entry)
    return found


def happenings(entries: Sequence[Entry]) -> list[Happening]:
    """The things that happened, in order; turns and stages that begin behind the last of them are left out."""
    found = grouped(entries)
    while found and found[-1].begins.kind in ("turn", "stage"):
        found.pop()
    return found


def _belongs_to(first: Entry, entry: Entry) -> bool:
    """Whether an entry came of the same thing as that with which a happening begins."""
    if (first.turn, first.phase) != (entry.turn, entry.phase):
        return False
    if first.kind == "ruling" and entry.noun == "ruling":
        return False  # what a facilitator sets is a ruling by itself
    return entry.kind == "roll" or _key(first) == _key(entry)


def _key(entry: Entry) -> tuple[str, ...]:
    """By what a later entry is known to belong to it."""
    if entry.decision and entry.seat:
        return entry.seat, entry.decision
    return (entry.card,) if entry.card and not entry.decision else (entry.noun, entry.rule, entry.decision)
