"""Controls that hold a value: toggle, choice, stepper, slider, tabs. Text input is in `text_field`."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pygame

from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button, Control
from tabletop.window.frames import Pad
from tabletop.window.keys import Press
from tabletop.window.layout import Flow, Row
from tabletop.window.palette import mixed
from tabletop.window.parts import Icon, Space, Text
from tabletop.window.theme import BODY, GAP, HAIR, QUICK, SMALL_GAP, STRONG, TIGHT


class Toggle(Control):
    """A labelled switch; a mark shows its state, not only its colour."""

    def __init__(
        self,
        name: str,
        words: str,
        is_on: bool,
        on_change: Callable[[bool], object],
        *,
        letter: str = "",
        tip: str = "",
        why_not: str = "",
    ) -> None:
        row = Row(Text(words, BODY, grow=1), Space(_SWITCH[0], _SWITCH[1]), gap=GAP, align="middle")
        super().__init__(
            name, Pad(row, SMALL_GAP, TIGHT), lambda: on_change(not is_on), letter=letter, tip=tip, why_not=why_not
        )
        self._is_on = is_on

    def paint(self, canvas: Canvas) -> None:
        raised = canvas.theme.ground("raised")
        if self.glow(canvas):
            canvas.framed(self.box, raised.fill, mixed(raised.fill, raised.edge, self.glow(canvas)), self.radius)
        with canvas.on("raised") if self.glow(canvas) else canvas.on(canvas.ground):
            self.child.draw(canvas)
        wide, high = _SWITCH
        track = Box(self.box.right - SMALL_GAP - wide, self.box.centre[1] - high / 2, wide, high)
        ground = canvas.theme.ground("accent" if self._is_on else "table")
        along = canvas.motion.value(f"switch.{self.name}", float(self._is_on), duration=QUICK)
        canvas.framed(track, ground.fill, canvas.ground.soft, high / 2)
        knob = track.x + high / 2 + along * (wide - high)
        canvas.disc(knob, track.centre[1], high / 2 - HAIR, ground.ink)
        mark = Box(knob - 9, track.centre[1] - 9, 18, 18)
        canvas.icon("check" if self._is_on else "x", mark, ground.fill)


_SWITCH = (64.0, 36.0)


class Choice(Flow):
    """One of a few values, as buttons side by side. `options` are (value, words, icon)."""

    def __init__(
        self,
        name: str,
        options: Sequence[tuple[str, str, str]],
        chosen: str,
        on_change: Callable[[str], object],
    ) -> None:
        buttons = [
            Option(f"{name}.{value}", words, icon, value == chosen, lambda value=value: on_change(value))  # type: ignore[misc]
            for value, words, icon in options
        ]
        super().__init__(*buttons, gap=TIGHT)


class Option(Button):
    """One of the values of a choice; the chosen one has a tick."""

    def __init__(self, name: str, words: str, icon: str, is_chosen: bool, on_press: Callable[[], object]) -> None:
        super().__init__(
            name, words, on_press, icon="check" if is_chosen else icon, kind="main" if is_chosen else "plain"
        )


class Tabs(Row):
    """A tab bar. `pages` are (value, words, icon)."""

    def __init__(
        self, name: str, pages: Sequence[tuple[str, str, str]], shown: str, on_change: Callable[[str], object]
    ) -> None:
        tabs = [
            Tab(f"{name}.{value}", words, icon, value == shown, lambda value=value: on_change(value))  # type: ignore[misc]
            for value, words, icon in pages
        ]
        super().__init__(*tabs, gap=HAIR)


class Tab(Control):
    """One tab; the selected one is underlined."""

    def __init__(self, name: str, words: str, icon: str, is_shown: bool, on_press: Callable[[], object]) -> None:
        role = "ink" if is_shown else "soft"
        row = Row(Icon(icon, STRONG, role) if icon else None, Text(words, STRONG, role), gap=TIGHT, align="middle")
        super().__init__(name, Pad(row, GAP, SMALL_GAP), on_press)
        self._is_shown = is_shown

    def paint(self, canvas: Canvas) -> None:
        self.child.draw(canvas)
        if self._is_shown or canvas.attention.is_active(self.name):
            line = Box(self.box.x + TIGHT, self.box.bottom - HAIR, self.box.width - 2 * TIGHT, HAIR)
            canvas.fill(line, canvas.ground.accent if self._is_shown else canvas.ground.edge)


class Slider(Control):
    """An integer between two ends, in steps: dragged, or moved with the left and right arrows, Home and End.

    `words` is its label; `shown` formats the value.
    """

    def __init__(
        self,
        name: str,
        words: str,
        value: int,
        ends: tuple[int, int],
        on_change: Callable[[int], object],
        *,
        step: int = 1,
        shown: Callable[[int], str] = str,
        tip: str = "",
        why_not: str = "",
    ) -> None:
        row = Row(Text(words, BODY, grow=1), Space(_TRACK), Text(shown(value), STRONG), gap=GAP, align="middle")
        super().__init__(name, Pad(row, SMALL_GAP, SMALL_GAP), None, tip=tip, why_not=why_not)
        self._value, self._ends, self._step, self._on_change = value, ends, step, on_change
        self._row = row

    def _set(self, value: float) -> None:
        low, high = self._ends
        stepped = low + round((value - low) / self._step) * self._step
        now = max(low, min(high, stepped))
        if now != self._value and not self.why_not:
            self._value = now
            self._on_change(now)

    def key(self, press: Press) -> bool:
        steps = {pygame.K_LEFT: -self._step, pygame.K_RIGHT: self._step}
        if press.key in steps:
            self._set(self._value + steps[press.key])
        elif press.key in (pygame.K_HOME, pygame.K_END):
            self._set(self._ends[press.key == pygame.K_END])
        else:
            return False
        return True

    def _track(self) -> Box:
        box = self._row.children[1].box
        return Box(box.x, self.box.centre[1] - 4, box.width, 8)

    def pointed(self, x: float, y: float, box: Box) -> None:
        track = self._track().moved(box.x - self.box.x, 0)
        if x >= track.x - GAP:
            low, high = self._ends
            self._set(low + (high - low) * max(0.0, min(1.0, (x - track.x) / track.width)))

    def paint(self, canvas: Canvas) -> None:
        self.child.draw(canvas)
        track = self._track()
        low, high = self._ends
        share = (self._value - low) / max(1, high - low)
        canvas.rounded(track, canvas.ground.edge, 4)
        canvas.rounded(Box(track.x, track.y, max(8.0, track.width * share), 8), canvas.ground.accent, 4)
        x = track.x + track.width * share
        canvas.disc(x, track.centre[1], 14 + 2 * self.glow(canvas), canvas.ground.accent)
        canvas.disc(x, track.centre[1], 7, canvas.ground.fill)


_TRACK = 260.0


class Stepper(Row):
    """A value between two buttons, for a few ordered values. `on_step` is called with -1 or 1."""

    def __init__(
        self, name: str, words: str, shown: str, on_step: Callable[[int], object], *, first: str = "", last: str = ""
    ) -> None:
        """`first` and `last` are the reasons shown at the lower and upper end."""
        super().__init__(
            Text(words, BODY, grow=1),
            Button(f"{name}.less", "", lambda: on_step(-1), icon="minus", why_not=first),
            Text(shown, STRONG),
            Button(f"{name}.more", "", lambda: on_step(1), icon="plus", why_not=last),
            gap=SMALL_GAP,
            align="middle",
        )
