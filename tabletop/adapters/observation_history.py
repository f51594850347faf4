"""Everything that a seat has seen and done in a game so far, line by line (perfect recall)."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from tabletop.engine.execution import Note
from tabletop.engine.log import Entry, entry_of
from tabletop.engine.program import Program

#: An observer without a seat, who learns what everybody learns.
NOBODY = ""


class ObservationHistory:
    """What notes tell the seats of a scenario, as lines. Lines are cached, since most notes of a game stay the same."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self._line = functools.lru_cache(maxsize=1 << 16)(self._fresh_line)
        self._told: dict[tuple[str, bool], tuple[Sequence[Note | Entry], list[str]]] = {}

    def lines(self, notes: tuple[Note | Entry, ...], seat: str, public: bool = True) -> list[str]:
        """What the seat learns from each note: "" for nothing, or without `public` for what everybody learns.

        The lines of a game that goes on are those of before, and of what is new.
        """
        before, lines = self._told.get((seat, public), ((), []))
        if notes[: len(before)] != before:
            before, lines = (), []
        lines = [*lines, *(self._shown(note, seat, public) for note in notes[len(before) :])]
        self._told[seat, public] = notes, lines
        return lines

    def _shown(self, note: Note | Entry, seat: str, public: bool) -> str:
        line = self._line(note, seat)
        return line if public or line != self._line(note, NOBODY) else ""

    def _fresh_line(self, note: Note | Entry, seat: str) -> str:
        entry = entry_of(self.program, note).seen_by(seat)
        return "" if entry is None else _told(entry)


def _told(entry: Entry) -> str:
    what = f"{entry.target} {entry.before}>{entry.after}" if entry.kind == "change" else f"{entry.kind} {entry.text}"
    if entry.kind == "ruling" and entry.intervention is not None:
        done = entry.intervention
        what = " ".join(filter(None, ("ruling", done.kind, done.noun, done.subject, done.outcome, done.instead)))
    cause = " ".join(filter(None, (entry.noun, entry.rule, entry.outcome, entry.card, entry.seat, entry.decision)))
    return f"{entry.turn} {entry.phase or entry.stage}: {what}" + (f" ({cause})" if cause else "")
