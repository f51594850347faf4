"""A text field of several lines, for a card's text or a note."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from tabletop.window import caret_positions
from tabletop.window.caret_positions import FieldLine
from tabletop.window.keys import Press
from tabletop.window.pen import Pen
from tabletop.window.text_field import TextField
from tabletop.window.theme import BODY, GAP, SMALL_GAP


class TextArea(TextField):
    """A text field of several lines that grows with its text; Enter begins a new line."""

    has_lines = True
    _hint_lines = None

    def __init__(
        self,
        name: str,
        text: str,
        on_change: Callable[[str], object],
        *,
        hint: str = "",
        most: int = 600,
        lines: int = 3,
        grow: float = 0.0,
    ) -> None:
        super().__init__(name, text, on_change, hint=hint, most=most, grow=grow)
        self._least = lines

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 220.0, 640.0

    def height(self, pen: Pen, width: float) -> float:
        room = int((width - 2 * GAP) * pen.scale)
        lines = len(caret_positions.wrapped(self.edit.shown, pen.pixels(BODY), room))
        high = pen.units(max(1, round(pen.pixels(BODY) * BODY.leading)))
        return max(self._least, lines) * high + 2 * SMALL_GAP

    def press(self) -> bool:
        return self.typed("\n")

    def key(self, press: Press) -> bool:
        if super().key(press):
            return True
        if press.key == pygame.K_RETURN and press.is_plain:
            return self.press()
        if press.key in (pygame.K_UP, pygame.K_DOWN) and press.is_plain:
            return self._up_or_down(1 if press.key == pygame.K_DOWN else -1, press.shift)
        return False

    def _to_end(self, way: int, press: Press) -> None:
        if press.command or not self.lines:
            super()._to_end(way, press)
            return
        line = self.lines[self.line_of(self.edit.caret)]
        is_last = line is self.lines[-1] or line.breaks
        end = line.end if is_last else line.end - 1
        self.edit.go(end if way > 0 else line.start, selects=press.shift)

    def _up_or_down(self, way: int, selects: bool) -> bool:
        """Moves the caret one line up or down; False beyond the first or last line, where the focus moves on."""
        edit, at = self.edit, self.line_of(self.edit.caret)
        if not 0 <= at + way < len(self.lines):
            return selects
        here, there = self.lines[at], self.lines[at + way]
        goal = edit.goal
        if goal is None:
            goal = caret_positions.place_of(here.text, self._pixels, edit.caret - here.start)
        place = there.start + caret_positions.offset_at(there.text, self._pixels, goal)
        is_last = there is self.lines[-1] or there.breaks
        edit.go(place if is_last else min(place, there.end - 1), selects=selects)
        edit.goal = goal
        return True

    def _laid(self, room: int) -> list[FieldLine]:
        return caret_positions.wrapped(self.edit.shown, self._pixels, room)
