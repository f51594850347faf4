"""Clock face: how much time a phase has left, for every screen that shows a session, with its warnings heard once."""

from __future__ import annotations

import math

from tabletop.presentation.clock_reading import minutes
from tabletop.session import Clock, Runner, Session
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.game_runners import runner_of
from tabletop.window.layout import Element
from tabletop.window.pen import Pen
from tabletop.window.text import runs
from tabletop.window.theme import HAIR, NUMBER, ROUND, SMALL_GAP, TIGHT, Style


class Timer:
    """The clock of a session as screens show it."""

    def __init__(self, runner: Runner) -> None:
        self.runner, self.session = runner, runner.session

    @property
    def clock(self) -> Clock:
        """The clock itself."""
        return self.runner.clock

    @property
    def is_set(self) -> bool:
        """Whether the present phase has a time."""
        return self.clock.setting is not None

    @property
    def wakes_in(self) -> float | None:
        """Seconds until its figures change; None while it stands or there is none."""
        left = self.clock.left
        if left is None or self.session.paused or self.runner.waiting.for_what == "nothing":
            return None
        return left - math.floor(left) + 0.01


def timer_of(session: Session) -> Timer:
    """The clock of a session, whichever screens show it."""
    return Timer(runner_of(session))


class ClockFace(Element):
    """The time left in large figures over a bar that runs out. Its icon says whether it runs, stands or is over."""

    def __init__(self, timer: Timer, style: Style = NUMBER, *, grow: float = 0.0) -> None:
        self._timer, self._style, self.grow = timer, style, grow

    def widths(self, pen: Pen) -> tuple[float, float]:
        figures = pen.units(pen.set(runs("−00:00", self._style.face), self._style).width)
        wide = figures + pen.em(self._style) + SMALL_GAP + 2 * TIGHT
        return wide, wide

    def height(self, pen: Pen, width: float) -> float:
        return self._line(pen) + 2 * HAIR + TIGHT

    def _line(self, pen: Pen) -> float:
        """How high the figures are, in whole pixels as they are drawn."""
        return pen.units(pen.set(runs("0:00", self._style.face), self._style).height)

    def draw(self, canvas: Canvas) -> None:
        clock = self._timer.clock
        left, setting = clock.left, clock.setting
        if left is None or setting is None:
            return
        is_near = any(left <= warning for warning in setting.warnings)
        role = "bad" if left <= 0 else "warn" if is_near else "ink"
        paused = self._timer.session.paused
        icon = "pause" if paused else "warning" if left <= 0 else "hourglass-medium" if is_near else "clock"
        side = canvas.pen.em(self._style)
        high = self._line(canvas.pen)
        colour = canvas.ground.role(role)
        with canvas.inside(self.box):
            canvas.icon(icon, Box(self.box.x + TIGHT, self.box.y + (high - side) / 2, side, side), colour)
            figures = canvas.pen.set(runs(minutes(left), self._style.face), self._style)
            place = Box(self.box.x + side, self.box.y, self.box.width - side - TIGHT, high)
            canvas.text(figures, place, colour, 1.0)
            bar = Box(self.box.x + TIGHT, self.box.bottom - TIGHT - HAIR, self.box.width - 2 * TIGHT, TIGHT)
            canvas.rounded(bar, canvas.ground.edge, ROUND)
            share = max(0.0, min(1.0, left / setting.seconds)) if setting.seconds else 0.0
            if share * bar.width >= HAIR:
                canvas.rounded(Box(bar.x, bar.y, bar.width * share, bar.height), colour, ROUND)


def clock_face(session: Session, style: Style = NUMBER) -> Element | None:
    """The face of a session's clock; None where the phase has no time."""
    timer = timer_of(session)
    return ClockFace(timer, style) if timer.is_set else None
