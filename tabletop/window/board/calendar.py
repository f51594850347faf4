"""Calendar: the turns of a stage as sheets of paper: those gone by, today, the day that is set, and what is due."""

from __future__ import annotations

from collections.abc import Callable

from tabletop.presentation.calendar import Calendar
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Control
from tabletop.window.layout import Element
from tabletop.window.parts import Space
from tabletop.window.pen import Pen
from tabletop.window.text import runs
from tabletop.window.theme import HAIR, SLOW, SMALL, Style

_DAY = Style("bold", 20, 1.2)
_TODAY = Style("bold", 26, 1.15)
_LEAST = 34.0


class CalendarSheets(Control):
    """A row of sheets. Today's is larger, with its date under it."""

    def __init__(self, shown: Calendar, on_press: Callable[[], object]) -> None:
        super().__init__("calendar", Space(), on_press, tip=shown.tip)
        self._shown, self._date, self.grow = shown, shown.label, 1.0

    def parts(self) -> tuple[Element, ...]:
        return ()

    def widths(self, pen: Pen) -> tuple[float, float]:
        date = pen.units(pen.set(runs(self._date, SMALL.face), SMALL).width)
        return max(_LEAST * 5 * pen.theme.text_size / 100, date), 60.0 * len(self._shown.turns)

    def height(self, pen: Pen, width: float) -> float:
        return 58 * pen.theme.text_size / 100 + pen.em(SMALL) * SMALL.leading

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box

    def _window(self, canvas: Canvas) -> tuple[int, int, float]:
        """The first and last turn for which there is room, and how far apart they stand."""
        grown = canvas.theme.text_size / 100
        turns, today = len(self._shown.turns), max(1, self._shown.today)
        most = max(3, int(self.box.width / (_LEAST * grown)))
        first = max(1, min(today - most // 2, turns - most + 1))
        last = min(turns, first + most - 1)
        return first, last, min(64 * grown, self.box.width / (last - first + 1))

    def paint(self, canvas: Canvas) -> None:
        grown = canvas.theme.text_size / 100
        first, last, step = self._window(canvas)
        line = canvas.pen.em(SMALL) * SMALL.leading
        base = self.box.bottom - line - HAIR
        left = self.box.x + (self.box.width - step * (last - first + 1)) / 2
        for turn in range(first, last + 1):
            is_today = turn == self._shown.today
            high = (54 if is_today else 40) * grown
            wide = min(step - 4, (50 if is_today else 40) * grown)
            sheet = Box(left + (turn - first + 0.5) * step - wide / 2, base - high, wide, high)
            self._draw_sheet(canvas, sheet, turn)
        if self._shown.today:
            self._tear(canvas, left, step, first, base)
            self._draw_date(canvas, left + (self._shown.today - first + 0.5) * step, base + HAIR)

    def _draw_sheet(self, canvas: Canvas, sheet: Box, turn: int) -> None:
        today = self._shown.today
        ground = canvas.theme.ground("paper" if turn >= today else "raised")
        shown = self._shown.turns[turn - 1]
        is_day = shown.is_set
        binding = ground.bad if is_day else ground.accent if turn == today else ground.soft
        canvas.framed(sheet, ground.fill, ground.edge, 5)
        band = Box(sheet.x + 1.5, sheet.y + 1.5, sheet.width - 3, sheet.height * 0.18)
        canvas.fill(band, binding)
        with canvas.on(ground):
            style = _TODAY if turn == today else _DAY
            set_text = canvas.pen.set(runs(str(turn), "bold"), style)
            if canvas.pen.units(set_text.width) > sheet.width - 2:
                style = SMALL
                set_text = canvas.pen.set(runs(str(turn), "bold"), style)
            high = canvas.pen.units(set_text.height)
            place = Box(sheet.x, band.bottom + (sheet.bottom - band.bottom - high) / 2, sheet.width, high)
            canvas.text(set_text, place, ground.bad if is_day else ground.soft if turn < today else ground.ink, 0.5)
        if is_day:
            side = sheet.width * 0.62
            with canvas.on("table"):
                flag = Box(sheet.centre[0] - side / 2, sheet.y - side + 2, side, side)
                canvas.icon("flag", flag, canvas.ground.bad)
        if shown.is_due:
            aside = sheet.width * 0.36 if is_day else 0.0
            canvas.disc(sheet.centre[0] + aside, sheet.y - 8, 4.5, canvas.theme.ground("table").accent)

    def _draw_date(self, canvas: Canvas, x: float, y: float) -> None:
        set_text = canvas.pen.set(runs(self._date, "bold"), SMALL)
        wide = canvas.pen.units(set_text.width)
        place = min(max(self.box.x, x - wide / 2), self.box.right - wide)
        canvas.text(set_text, Box(place, y, wide, canvas.pen.units(set_text.height)), canvas.ground.ink)

    def _tear(self, canvas: Canvas, left: float, step: float, first: int, base: float) -> None:
        """The sheet of the turn that has ended comes off."""
        today = self._shown.today
        gone = canvas.motion.value(f"torn.{today}", 1.0, start=0.0 if today > first else 1.0, duration=SLOW)
        if gone >= 1 or today <= first:
            return
        grown = canvas.theme.text_size / 100
        wide, high = min(step - 4, 50 * grown), 54 * grown
        sheet = Box(left + (today - first - 0.5) * step - wide / 2, base - high, wide, high)
        ground = canvas.theme.ground("paper")
        with canvas.shifted(14 * gone, 90 * gone * gone), canvas.sprite(sheet, alpha=1 - gone):
            canvas.framed(sheet, ground.fill, ground.edge, 5)
            canvas.fill(Box(sheet.x + 1.5, sheet.y + 1.5, sheet.width - 3, sheet.height * 0.18), ground.accent)
