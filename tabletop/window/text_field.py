"""A text field of one line: caret, selection, clipboard, undo, input methods."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from tabletop.presentation.words import Words
from tabletop.window import caret_positions, clipboard
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.caret_positions import FieldLine
from tabletop.window.controls import Control
from tabletop.window.keys import Press
from tabletop.window.palette import Ground, mixed
from tabletop.window.parts import Space
from tabletop.window.pen import Pen
from tabletop.window.text import Run, runs
from tabletop.window.text_editing import Edit, Step
from tabletop.window.theme import BODY, GAP, ROUND, SMALL_GAP

_WAYS = {pygame.K_LEFT: -1, pygame.K_RIGHT: 1, pygame.K_BACKSPACE: -1, pygame.K_DELETE: 1}
_CARET = 2.5


class TextField(Control):
    """A line of text; `on_change` is called with every change, `on_enter` with Enter.

    `most` is its maximum length; a number field (`is_number`) accepts digits of any script as 0 to 9. Its tooltip says
    what was dropped of the last typed or pasted text.
    """

    radius = ROUND
    has_lines = False

    def __init__(
        self,
        name: str,
        text: str,
        on_change: Callable[[str], object],
        *,
        on_enter: Callable[[str], object] | None = None,
        hint: str = "",
        most: int = 60,
        is_number: bool = False,
        tip: str = "",
        grow: float = 0.0,
    ) -> None:
        super().__init__(name, Space(), None, tip=tip, grow=grow)
        self._on_change, self._on_enter = on_change, on_enter
        self._hint, self._own_tip = hint, tip
        self.edit = Edit(text, most, self.has_lines, is_number)
        self.lines: list[FieldLine] = []
        self._pixels = 1
        self._scale = 1.0

    @property
    def takes_text(self) -> bool:
        return True

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 160.0, 420.0

    def height(self, pen: Pen, width: float) -> float:
        return pen.units(pen.set(runs("0", "text"), BODY).height) + 2 * SMALL_GAP

    # Input

    def press(self) -> bool:
        if self._on_enter is not None:
            self._on_enter(self.edit.text)
            return True
        return False

    def key(self, press: Press) -> bool:
        """Handles the keys of text editing; while an input method is composing, it gets all keys."""
        if self.edit.composition:
            return True
        if press.command and not press.moves:
            return self._order(press)
        if press.key in (pygame.K_BACKSPACE, pygame.K_DELETE):
            return self._changed(lambda: self.edit.delete(self._step(press), _WAYS[press.key]))
        if press.key in (pygame.K_LEFT, pygame.K_RIGHT):
            self.edit.move(self._step(press), _WAYS[press.key], selects=press.shift)
            return True
        if press.key in (pygame.K_HOME, pygame.K_END):
            self._to_end(1 if press.key == pygame.K_END else -1, press)
            return True
        return press.key == pygame.K_SPACE and press.is_plain  # arrives as typed text

    def _step(self, press: Press) -> Step:
        return "word" if press.command or press.alt else "letter"

    def _to_end(self, way: int, press: Press) -> None:
        self.edit.move("all", way, selects=press.shift)

    def _order(self, press: Press) -> bool:
        """Ctrl or Cmd with a letter."""
        edit = self.edit
        if press.sign == "a":
            edit.select_all()
        elif press.sign in ("c", "x"):
            if edit.selected:
                clipboard.put(edit.selected)
                if press.sign == "x":
                    self._changed(lambda: edit.delete("letter", -1))
        elif press.sign == "v":
            self._changed(lambda: edit.insert(clipboard.text()))
        elif press.sign == "z" and not press.shift:
            self._changed(edit.undo)
        elif press.sign in ("y", "z"):
            self._changed(edit.redo)
        else:
            return False
        return True

    def typed(self, text: str) -> bool:
        return self._changed(lambda: self.edit.insert(text))

    def composed(self, text: str, caret: int) -> bool:
        self.edit.compose(text, caret)
        return True

    def _changed(self, change: Callable[[], object]) -> bool:
        """Makes a change and calls `on_change`; returns True, as the key was used."""
        before = self.edit.text
        change()
        if self.edit.text != before:
            self._on_change(self.edit.text)
        return True

    # The mouse

    def grabbed(self, x: float, y: float, box: Box, clicks: int) -> None:
        place = self._place_at(x, y, box)
        if clicks == 1:
            self.edit.go(place)
        elif clicks == 2:
            self.edit.select_word(place)
        else:
            self.edit.select_all()
        self.edit.is_dragged = clicks == 1

    def pointed(self, x: float, y: float, box: Box) -> None:
        if self.edit.is_dragged:
            self.edit.go(self._place_at(x, y, box), selects=True)

    def _place_at(self, x: float, y: float, box: Box) -> int:
        """The text position under a point on the screen."""
        if not self.lines:
            return 0
        inner = box.inset(GAP, SMALL_GAP)
        high = inner.height / len(self.lines) if len(self.lines) == 1 else self._high
        line = self.lines[max(0, min(int((y - inner.y) / max(1.0, high)), len(self.lines) - 1))]
        return line.start + caret_positions.offset_at(line.text, self._pixels, (x - inner.x) * self._scale)

    @property
    def _high(self) -> float:
        """The drawn height of a line in units."""
        return max(1, round(self._pixels * BODY.leading)) / self._scale

    # Drawing

    def draw(self, canvas: Canvas) -> None:
        known = canvas.attention.edits.setdefault(self.name, self.edit)
        if known is not self.edit:
            known.adopt(self.edit.text)
            known.most, known.has_lines, known.is_number = self.edit.most, self.has_lines, self.edit.is_number
            self.edit = known
        if canvas.attention.focused != self.name and known.composition:
            known.compose("", 0)
        left_out = known.left_out
        self.tip = said_of(canvas.words, known) if left_out else self._own_tip
        super().draw(canvas)

    def paint(self, canvas: Canvas) -> None:
        ground = canvas.theme.ground("raised")
        edge = mixed(ground.edge, ground.warn if self.edit.left_out else ground.accent, self.glow(canvas))
        canvas.framed(self.box, ground.fill, edge, self.radius, 2)
        inner = self.box.inset(GAP, SMALL_GAP)
        self._pixels, self._scale = canvas.pen.pixels(BODY), canvas.pen.scale
        self.lines = self._laid(int(inner.width * self._scale))
        with canvas.on(ground):
            if not self.edit.shown:
                hint = canvas.pen.set(runs(self._hint, "text"), BODY, inner.width, self._hint_lines)
                canvas.text(hint, inner, ground.soft)
            for at, line in enumerate(self.lines):
                box = Box(inner.x, inner.y + at * self._high, inner.width, self._high)
                self._line(canvas, ground, line, box)
            if canvas.attention.focused == self.name:
                self._caret(canvas, ground, inner)

    _hint_lines: int | None = 1

    def _laid(self, room: int) -> list[FieldLine]:
        edit, text = self.edit, self.edit.shown
        first, last = caret_positions.window_on(text, self._pixels, room, edit.first, edit.shown_caret)
        edit.first = first
        return [FieldLine(text[first:last], first, last)]

    def _line(self, canvas: Canvas, ground: Ground, line: FieldLine, box: Box) -> None:
        edit = self.edit
        if canvas.attention.focused == self.name and not edit.composition and edit.start < edit.end:
            for left, right in self._spans(line, edit.start, edit.end):
                marked = Box(box.x + left, box.y + 1, right - left, box.height - 2)
                canvas.fill(marked, mixed(ground.fill, ground.accent, 0.3))
        # Trailing spaces may exceed the field and are invisible.
        if shown := line.text.rstrip(" "):
            canvas.text(canvas.pen.set((Run(shown, "text"),), BODY), box, ground.ink)
        if edit.composition:
            for left, right in self._spans(line, edit.start, edit.start + len(edit.composition)):
                canvas.fill(Box(box.x + left, box.bottom - 4, right - left, 2), ground.accent)

    def _spans(self, line: FieldLine, start: int, end: int) -> list[tuple[float, float]]:
        """The horizontal extents, in units, of a range of the text within a line."""
        start, end = max(start, line.start), min(end, line.end)
        if start >= end:
            return []
        ends = [
            caret_positions.place_of(line.text, self._pixels, one - line.start) / self._scale for one in (start, end)
        ]
        return [(min(ends), max(ends))]

    def _caret(self, canvas: Canvas, ground: Ground, inner: Box) -> None:
        at = self.line_of(self.edit.shown_caret)
        line = self.lines[at]
        x = caret_positions.place_of(line.text, self._pixels, self.edit.shown_caret - line.start) / self._scale
        box = Box(inner.x + min(x, inner.width) - _CARET / 2, inner.y + at * self._high + 3, _CARET, self._high - 6)
        canvas.fill(box, ground.accent)
        canvas.attention.caret = canvas.placed(box)

    def line_of(self, place: int) -> int:
        """The line of a caret position."""
        return next((at for at, line in enumerate(self.lines) if line.holds(place)), len(self.lines) - 1)


def said_of(words: Words, edit: Edit) -> str:
    """What of the last insertion was dropped, and why; "" for nothing."""
    left = edit.left_out
    if left is None:
        return ""
    return words(f"common.left_out_{left.why}", count=left.count, most=edit.most)
