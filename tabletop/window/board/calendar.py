"""Calendar: the turns of a stage as sheets of paper: those gone by, today, an announced day, and what is due."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from tabletop.presentation.names import counted
from tabletop.presentation.pending_effects import Due, waiting
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.numerals import whole
from tabletop.window.board.wording import joined, signed
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


@attrs.frozen(kw_only=True)
class Sheets:
    """What a calendar shows: turns by number in their stage."""

    turns: int
    today: int
    announced: int = 0
    due: tuple[int, ...] = ()


def announced_turn(perspective: Perspective) -> int:
    """The turn of the stage for which a day is announced, 0 if there is none.

    It is read from a public count such as `weeks_to_summit`: turns of this stage until the day.
    """
    for noun in perspective.scenario.variables:
        if noun.range is None or not noun.id.startswith(f"{perspective.stage.turn}s_to_"):
            continue
        left = perspective.view.facts.get(noun.id)
        is_set = any(value == "announced" for value in perspective.view.facts.values())
        if isinstance(left, int) and (left > 0 or is_set):
            return perspective.view.stage_turn + left
    return 0


def sheets(perspective: Perspective) -> Sheets:
    """The calendar of the stage that is being played, as the seat knows it."""
    shift = perspective.view.turn - perspective.view.stage_turn
    due = sorted({one.turn - shift for one in waiting(perspective)})
    return Sheets(
        turns=perspective.stage.turns,
        today=perspective.view.stage_turn,
        announced=announced_turn(perspective),
        due=tuple(turn for turn in due if turn <= perspective.stage.turns),
    )


def due_words(perspective: Perspective, words: Words, one: Due) -> str:
    """What falls due, when, and from what."""
    ahead = counted(one.turn - perspective.view.turn, perspective.stage.turn)
    target = one.effect.change or one.effect.set or ""
    by = one.effect.by.source if one.effect.by is not None else ""
    number = whole(by)
    amount = "" if number is None else signed(number)
    what = joined([perspective.names.short(target), amount], " ")
    said = words("table.due", ahead=ahead, what=what, title=one.title)
    return said if one.surely else f"{said} ({words('table.perhaps')})"


def calendar_tip(perspective: Perspective, words: Words) -> str:
    """What the calendar has to say: the date, an announced day, and what is due."""
    lines = [f"{perspective.label} / {perspective.stage.turns}"]
    announced = announced_turn(perspective)
    if announced:
        dates = perspective.stage.dates
        date = dates[announced - 1] if announced <= len(dates) else ""
        lines.append(words("table.announced", when=date or f"{perspective.stage.turn} {announced}"))
    lines += [due_words(perspective, words, one) for one in waiting(perspective)[:6]]
    return "\n".join(lines)


class Calendar(Control):
    """A row of sheets. Today's is larger, with its date under it."""

    def __init__(self, shown: Sheets, date: str, tip: str, on_press: Callable[[], object]) -> None:
        super().__init__("calendar", Space(), on_press, tip=tip)
        self._shown, self._date, self.grow = shown, date, 1.0

    def parts(self) -> tuple[Element, ...]:
        return ()

    def widths(self, pen: Pen) -> tuple[float, float]:
        date = pen.units(pen.set(runs(self._date, SMALL.face), SMALL).width)
        return max(_LEAST * 5 * pen.theme.text_size / 100, date), 60.0 * self._shown.turns

    def height(self, pen: Pen, width: float) -> float:
        return 58 * pen.theme.text_size / 100 + pen.em(SMALL) * SMALL.leading

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box

    def _window(self, canvas: Canvas) -> tuple[int, int, float]:
        """The first and last turn for which there is room, and how far apart they stand."""
        grown = canvas.theme.text_size / 100
        turns, today = self._shown.turns, max(1, self._shown.today)
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
        is_day = turn == self._shown.announced
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
        if turn in self._shown.due and turn > today:
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


def short_calendar(perspective: Perspective, words: Words) -> str:
    """The calendar in a line, where there is no room for sheets."""
    announced = announced_turn(perspective)
    date = f" · {perspective.label.date}" if perspective.label.date else ""
    day = f" → {perspective.stage.turn} {announced}" if announced else ""
    return f"{perspective.label.name}/{perspective.stage.turns}{date}{day}"
