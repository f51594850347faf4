"""The screen: shows rows on a console, page by page where a person reads along."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

from rich.console import Console
from rich.text import Text

from tabletop.terminal.marks import Marks, marks_for
from tabletop.terminal.prompts import is_interactive, read
from tabletop.terminal.rows import WIDEST

_LEAST_WIDE, _LEAST_HIGH = 60, 16


class Screen:
    """Where rows go. For a person it clears between screens and waits for Enter; in a pipe it only writes."""

    def __init__(self, console: Console) -> None:
        self.console = console
        with contextlib.suppress(AttributeError, ValueError, OSError):  # a letter that cannot be shown becomes a ?
            console.file.reconfigure(errors="replace")  # type: ignore[attr-defined]
        self.marks: Marks = marks_for(console)
        self.interactive = is_interactive() and console.is_terminal

    @property
    def width(self) -> int:
        """Columns to draw in; one is left free, since some terminals wrap a line that fills the last."""
        return max(_LEAST_WIDE, min(self.console.width - 1, WIDEST))

    @property
    def height(self) -> int:
        """Rows that a screen has."""
        return max(_LEAST_HIGH, self.console.height) if self.interactive else 10_000

    def clear(self) -> None:
        """An empty screen, for a person."""
        if self.interactive:
            self.console.clear()

    def write(self, rows: Sequence[Text]) -> None:
        """The rows, one line each."""
        for row in rows:
            self.console.print(row, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def say(self, words: str) -> None:
        """A line of plain words."""
        self.console.print(words, soft_wrap=True, markup=False, highlight=False, emoji=False)

    def ask(self, prompt: str = "> ") -> str:
        """What the person types. Raises Leave."""
        return read(self.console, prompt)

    def pages(self, rows: Sequence[Text], command: Callable[[str], bool], last: str = "Enter goes on") -> None:
        """The rows, as many at a time as fit, with Enter between; what else is typed goes to `command`.

        `command` says whether it showed something, so that the page is shown again.
        """
        if not self.interactive:
            self.write([*rows, Text()])
            return
        parts = self._parts(rows)
        for number, part in enumerate(parts, 1):
            more = f"Enter: more ({number} of {len(parts)})" if number < len(parts) else last
            while True:
                self.clear()
                self.write(part)
                if not command(self.ask(f"\n {more}> ")):
                    break

    def _parts(self, rows: Sequence[Text]) -> list[list[Text]]:
        room = self.height - 3
        parts: list[list[Text]] = []
        rest = list(rows)
        while rest:
            cut = _good_cut(rest, room)
            parts.append(rest[:cut])
            rest = rest[cut:]
            while rest and not rest[0].plain.strip():
                rest.pop(0)
        return parts or [[]]


def _good_cut(rows: list[Text], room: int) -> int:
    """Where to break: at the last empty line that leaves the page mostly full, else where it is full."""
    if len(rows) <= room:
        return len(rows)
    empty = [at for at in range(room * 3 // 5, room + 1) if not rows[at].plain.strip()]
    return empty[-1] if empty else room
