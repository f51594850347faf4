"""Area: a text field of several lines, for a card's text or a note."""

from __future__ import annotations

from collections.abc import Callable

import pygame

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.fields import TextField
from tabletop.window.palette import mixed
from tabletop.window.pen import Pen
from tabletop.window.text import runs
from tabletop.window.theme import BODY, GAP, SMALL_GAP


class TextArea(TextField):
    """Text over several lines, edited at its end. Enter begins a new line; it grows with what is in it."""

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
        self._lines = lines

    def _high(self, pen: Pen, width: float) -> float:
        line = pen.em(BODY) * BODY.leading
        set_text = pen.set(runs(f"{self._text}\u200a", "text"), BODY, width - 2 * GAP)
        return max(self._lines * line, pen.units(set_text.height) + line * self._text.endswith("\n"))

    def widths(self, pen: Pen) -> tuple[float, float]:
        return 220.0, 640.0

    def height(self, pen: Pen, width: float) -> float:
        return self._high(pen, width) + 2 * SMALL_GAP

    def press(self) -> bool:
        self._change((self._text + "\n")[: self._most])
        return True

    def key(self, event: pygame.event.Event) -> bool:
        if event.key in (pygame.K_RETURN, pygame.K_KP_ENTER) and not event.mod & pygame.KMOD_CTRL:
            return self.press()
        return super().key(event)

    def paint(self, canvas: Canvas) -> None:
        ground = canvas.theme.ground("raised")
        edge = mixed(ground.edge, ground.accent, self.glow(canvas))
        canvas.framed(self.box, ground.fill, edge, self.radius, 2)
        inner = self.box.inset(GAP, SMALL_GAP)
        with canvas.on(ground):
            shown = self._text or self._hint
            set_text = canvas.pen.set(runs(shown, "text"), BODY, inner.width)
            canvas.text(set_text, inner, ground.ink if self._text else ground.soft)
            if canvas.attention.focused == self.name:
                line = canvas.pen.units(set_text.line_height)
                at = len(set_text.lines) - 1 if self._text else 0
                last = set_text.lines[-1].width if self._text and set_text.lines else 0
                x = inner.x + canvas.pen.units(last) + 2
                canvas.fill(Box(x, inner.y + at * line + 3, 2.5, line - 6), ground.accent)
