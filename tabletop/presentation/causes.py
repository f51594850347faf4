"""Happened: entries of the log in groups, each with a move, card or rule and the changes that it brought about."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.engine.log import Entry

_HEADS = frozenset(["action", "card", "ruling", "turn", "stage", "ending", "quiet"])


@attrs.define
class Happening:
    """One thing that happened: the entry with which it `begins`, what was `said` of it, and the `changes` by it.

    What a standing rule or something earlier brings about begins with its first change.
    """

    begins: Entry
    said: list[Entry] = attrs.field(factory=list)
    changes: list[Entry] = attrs.field(factory=list)

    @property
    def key(self) -> tuple[str, ...]:
        """By what a later entry is known to belong to it."""
        return _key(self.begins)


def happenings(entries: Sequence[Entry]) -> list[Happening]:
    """The things that happened, in order; turns and stages that begin behind the last of them are left out."""
    found: list[Happening] = []
    for entry in entries:
        if entry.kind in _HEADS:
            found.append(Happening(entry))
            continue
        last = found[-1] if found else None
        if last is None or last.begins.phase != entry.phase or (last.key != _key(entry) and entry.kind != "roll"):
            last = Happening(entry)
            found.append(last)
        (last.changes if entry.kind == "change" else last.said).append(entry)
    while found and found[-1].begins.kind in ("turn", "stage"):
        found.pop()
    return found


def _key(entry: Entry) -> tuple[str, ...]:
    if entry.decision and entry.seat:
        return entry.seat, entry.decision
    return (entry.card,) if entry.card and not entry.decision else (entry.noun, entry.rule, entry.decision)
