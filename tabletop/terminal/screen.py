"""The screen: shows rows on a console, page by page where a person reads along."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from rich.console import Console
from rich.text import Text

from tabletop.presentation.words import Words
from tabletop.scenario.text_sanitizing import shown, shown_lines
from tabletop.terminal import type_ahead
from tabletop.terminal.marks import Marks, marks_for
from tabletop.terminal.prompts import as_shown, forget_typed, is_interactive, read
from tabletop.terminal.rows import WIDEST

_LEAST_WIDE, _LEAST_HIGH = 44, 16

#: What a line below a page brings: the page asked for, an empty one to read on, None if it is to be done elsewhere.
Answer: TypeAlias = Callable[[str], Sequence[Text] | None]

#: Has a page written: at once, or otherwise.
Writing: TypeAlias = Callable[[Sequence[Text]], None]


class Screen:
    """Where rows go. For a person it clears between screens and waits for Enter; in a pipe it only writes."""

    def __init__(self, console: Console, words: Words | None = None) -> None:
        self.console = console
        self.words = words or Words()
        with contextlib.suppress(AttributeError, ValueError, OSError):  # a letter that cannot be shown becomes a ?
            console.file.reconfigure(errors="replace")  # type: ignore[attr-defined]
        with contextlib.suppress(AttributeError, ValueError, OSError):  # a byte that is no letter is seen to be there
            sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
        self.marks: Marks = marks_for(console)
        self.kept = True  # whether the game is, for those who are about to leave it
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
            harmless = shown(row.plain)
            if harmless != row.plain:
                row = row.copy()
                row.plain = harmless
            self.console.print(row, no_wrap=True, overflow="ignore", crop=False, soft_wrap=True)

    def say(self, words: str) -> None:
        """A line of plain words."""
        self.console.print(shown_lines(words), soft_wrap=True, markup=False, highlight=False, emoji=False)

    def forget(self) -> None:
        """An empty screen, and nothing left of what was above it: for the next person at the keyboard."""
        if self.interactive:
            forget_typed()
            self.console.clear()
            if not self.console.legacy_windows and not self.console.is_dumb_terminal:
                self.console.file.write("\x1b[3J")
                self.console.file.flush()

    def ask(self, prompt: str = "> ") -> str:
        """What the person types from now on; what was typed before is told and left out. Raises Leave."""
        early = type_ahead.drop() if self.interactive else []
        if early:
            told = as_shown("  /  ".join(early))
            self.say(f"\n {self.words('terminal.typed_early', what=told)}")
        return read(self.console, self.words, prompt, self.kept)

    def pages(
        self,
        rows: Sequence[Text],
        answer: Answer,
        last: str = "",
        write: Writing | None = None,
    ) -> bool:
        """The rows, as many at a time as fit, with Enter between; a page that is asked for is shown in between. `write`
        writes a page the first time, where that is to be done in another way than at once.

        False if something was typed that is to be done elsewhere: the rest is not shown then.
        """
        if not self.interactive:
            self.write([*rows, Text()])
            return True
        parts = self.parts(rows)
        at, seen = 0, -1
        while at < len(parts):
            first_time = write if at > seen else None
            seen = at
            line = self._ask_below(parts, at, last or self.words("terminal.enter_on"), first_time)
            page = answer(line) if line else []
            if page is not None and not page:
                at += 1
            elif page is None or not self.show(page, answer, self.words("terminal.enter_back")):
                return False
        return True

    def show(self, rows: Sequence[Text], answer: Answer, last: str) -> bool:
        """A page that was asked for. The next one that is asked for takes its place, so that Enter is back at once."""
        if not self.interactive:
            self.write([*rows, Text()])
            return True
        parts = self.parts(rows)
        at = 0
        while at < len(parts):
            line = self._ask_below(parts, at, last)
            page = answer(line) if line else []
            if page is None:
                return False
            if not page:
                at += 1
            else:
                parts, at = self.parts(page), 0
        return True

    def _ask_below(
        self,
        parts: Sequence[Sequence[Text]],
        at: int,
        last: str,
        write: Writing | None = None,
    ) -> str:
        has_more = at + 1 < len(parts)
        more = self.words("terminal.enter_more", page=at + 1, pages=len(parts)) if has_more else last
        self.clear()
        (write or self.write)(parts[at])
        return self.ask(f"\n {more}> ")

    def parts(self, rows: Sequence[Text]) -> list[list[Text]]:
        """The rows in parts that fit, each broken off at an empty line where that can be."""
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
