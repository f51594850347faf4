"""Everything that a seat has seen and done in a game so far, line by line (perfect recall)."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

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

    def lines(self, notes: Sequence[Note | Entry], seat: str, public: bool = True) -> Iterator[str]:
        """What the seat learns from each note: "" for nothing, or without `public` for what everybody learns."""
        for note in notes:
            line = self._line(note, seat)
            yield line if public or line != self._line(note, NOBODY) else ""

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
