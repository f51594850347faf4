"""Coach: short notes above the real table that point at parts of it and wait for what the player does."""

from __future__ import annotations

import fnmatch
from typing import TYPE_CHECKING

import attrs
import pygame

from tabletop.scenario.presentation import Lesson, LessonStep
from tabletop.session import Session
from tabletop.session.lesson import Moment, next_step, waits
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.controls import Button
from tabletop.window.frames import Frame, Panel
from tabletop.window.keys import Press
from tabletop.window.layout import Column, Element, Flow, Row
from tabletop.window.overlay import Layer
from tabletop.window.parts import Icon, Text
from tabletop.window.pen import Pen
from tabletop.window.scene import DrawnControl, DrawnText, Scene
from tabletop.window.theme import CARD, GAP, HEADING, MONO, ROUND, SLOW, SMALL_GAP, STRONG, TIGHT, WIDE

if TYPE_CHECKING:
    from tabletop.window.app import App

_WIDTH = 580.0
_SKIP, _LEAVE, _FOLD = pygame.K_F2, pygame.K_F3, pygame.K_F4
_READ = pygame.K_RETURN
_NO_LESSON = Lesson(steps=(LessonStep(id="none", title=""),))


def attach(app: App, session: Session) -> Coach | None:
    """Has the coach go along with a session, from the step at which it was left, where its pack brings a lesson."""
    if session.scenario.presentation.lesson is None:
        return None
    coach = Coach(app, session)
    app.layer = coach
    app.redraw()
    return coach


def spotlight(scene: Scene, step: LessonStep) -> Box | None:
    """What a step points at, as it was drawn: a box around all of it that can be seen; None if nothing of it can."""
    for names in step.points_at:
        boxes = [
            drawn.box.common(drawn.clip)
            for drawn in scene.controls
            if any(fnmatch.fnmatchcase(drawn.name, name) for name in names.split())
        ]
        seen = [box for box in boxes if box.area > 0]
        if seen:
            x, y = min(box.x for box in seen), min(box.y for box in seen)
            return Box(x, y, max(box.right for box in seen) - x, max(box.bottom for box in seen) - y)
    return None


class Coach(Layer):
    """The notes of the tutorial, in order. Where the player is in them is kept with the settings."""

    def __init__(self, app: App, session: Session) -> None:
        super().__init__(app)
        self.session = session
        self.lesson = session.scenario.presentation.lesson or _NO_LESSON
        self.at = next((at for at, step in enumerate(self.steps) if step.id == app.settings.lesson_step), 0)
        self._begun = len(session.commands)
        self._had_sheet = False
        self._target: Box | None = None
        self._covered: tuple[Box, ...] = ()
        self._is_folded = False

    # Where it is

    @property
    def steps(self) -> tuple[LessonStep, ...]:
        """All the steps."""
        return self.lesson.steps

    @property
    def step(self) -> LessonStep:
        """The step that is shown."""
        return self.steps[self.at]

    @property
    def is_read(self) -> bool:
        """Whether the step is only read, and left with Enter."""
        return not waits(self.step)

    @property
    def _has_sheet(self) -> bool:
        top = self.app.top
        covered = top.is_overlay or getattr(top, "covers_table", False)
        return covered or getattr(top, "session", None) is not self.session

    @property
    def moment(self) -> Moment:
        """Where the player is in the step."""
        since = self.session.commands[self._begun :]
        return Moment(self.session, since, self._has_sheet, self._had_sheet)

    def is_shown(self) -> bool:
        """While the table of its session is there, and nothing covers it that the step has nothing to do with."""
        if not any(getattr(screen, "session", None) is self.session for screen in self.app.screens):
            self.app.layer = None
            return False
        self._follow()
        if self.app.layer is None:
            return False
        return not self._has_sheet or (self.step.over_sheet and spotlight(self.app.top.scene, self.step) is not None)

    def _follow(self) -> None:
        """Goes on from what has been done by now."""
        self._had_sheet = self._had_sheet or self._has_sheet
        for _ in self.steps:
            step, moment = self.step, self.moment
            is_early = moment.is_finished and step is not self.steps[-1]
            if not is_early and not moment.is_over(step):
                return
            self._go(next_step(self.lesson, self.at, moment))

    def _go(self, at: int) -> None:
        self.at = at
        self._begun = len(self.session.commands)
        self._had_sheet = False
        self._is_folded = False
        if self.app.settings.lesson_step != self.step.id:
            self.app.change(lesson=self.session.id, lesson_step=self.step.id)
        self._tree = None
        self.app.redraw()

    # What it takes

    @property
    def first(self) -> str:
        return "coach.on"

    def takes_point(self, x: float, y: float) -> bool:
        note = self._note()
        return note is not None and note.holds(x, y)

    def takes_key(self, press: Press) -> bool:
        is_own = press.key in (_SKIP, _LEAVE, _FOLD) or (press.key == _READ and self.is_read)
        return is_own and press.is_plain

    def key(self, press: Press) -> bool:
        if press.key == _LEAVE:
            self.leave()
        elif press.key in (_SKIP, _READ):
            self.go_on()
        elif press.key == _FOLD:
            self.fold()
        else:
            return False
        return True

    def fold(self) -> None:
        """Makes the note smaller, or as large as it was."""
        self._is_folded = not self._is_folded

    def go_on(self) -> None:
        """To the next step, whether this one was done or not; from the last one the coach takes its leave."""
        if self.at == len(self.steps) - 1:
            self.leave()
            return
        self._go(next_step(self.lesson, self.at, self.moment))

    def leave(self) -> None:
        """The coach goes, and the game goes on without."""
        self.app.change(lesson="", lesson_step="")
        if self.app.layer is self:
            self.app.layer = None
        self.app.redraw()
        if self in self.app.screens:
            self.app.close(self)

    def escape(self) -> None:
        self.leave()

    # What it looks like

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        below = [screen for screen in self.app.screens if screen is not self]
        scene = below[-1].scene if below else Scene()
        target = spotlight(scene, self.step)
        shown: list[DrawnControl | DrawnText] = [*scene.controls, *(one for one in scene.texts if not one.layer)]
        covered = tuple(drawn.box.common(drawn.clip) for drawn in shown)
        if (target, covered) != (self._target, self._covered):
            self._target, self._covered = target, covered
            self._tree = None
        if self.app.layer is self:
            # While the player is to do something, Enter is for the table.
            self.attention.by_keyboard = self.is_read
        super().draw(surface, pen)

    def backdrop(self, canvas: Canvas) -> None:
        if self._target is None or self.step.quiet:
            return
        lit = self._target.inset(-TIGHT)
        x, y, right, bottom = (
            canvas.motion.value(f"lit.{name}", value, duration=SLOW)
            for name, value in (("x", lit.x), ("y", lit.y), ("right", lit.right), ("bottom", lit.bottom))
        )
        red, green, blue, alpha = canvas.theme.palette.scrim
        whole = canvas.box
        for dark in (
            Box(0, 0, whole.width, y),
            Box(0, bottom, whole.width, whole.height - bottom),
            Box(0, y, x, bottom - y),
            Box(right, y, whole.width - right, bottom - y),
        ):
            if dark.width > 0 and dark.height > 0:
                canvas.veil(dark, (red, green, blue), round(alpha * 0.75))
        canvas.ring(Box(x, y, right - x, bottom - y), canvas.theme.ground("raised").accent, ROUND, 3)

    def _note(self) -> Box | None:
        return self._tree.child.box if isinstance(self._tree, Beside) else None

    def build(self) -> Element:
        said, told = self.words, self.step
        grown = 1 + (self.app.settings.text_size / 100 - 1) * 0.75
        number = Text(said("tutorial.step", at=self.at + 1, of=len(self.steps)), MONO, "accent", wraps=False)
        head = Row(Icon("graduation-cap", HEADING, "accent"), Text(told.title, HEADING, grow=1), number)
        head.align = "middle"
        note = Column(
            head,
            Text(told.text) if told.text and not self._is_folded else None,
            self._wait(),
            Flow(*self._buttons(), gap=TIGHT),
            gap=SMALL_GAP,
        )
        panel = Panel(note, "night", pad=WIDE, pad_down=GAP, radius=CARD, has_shadow=True)
        return Beside(panel, self._target, self._covered, _WIDTH * grown)

    def _wait(self) -> Element | None:
        """What the player is to do."""
        told = self.step
        if self.is_read or not told.do:
            return None
        words = Text(told.do, STRONG, "accent", grow=1)
        return Row(Icon("hourglass-medium", STRONG, "accent"), words, gap=TIGHT, align="middle")

    def _buttons(self) -> list[Element]:
        said, is_read = self.words, self.is_read
        if self.at == len(self.steps) - 1:
            return [Button("coach.on", said("tutorial.finish"), self.go_on, icon="check", key="Enter", kind="main")]
        on = (
            Button("coach.on", said("tutorial.next"), self.go_on, icon="caret-right", key="Enter", kind="main")
            if is_read
            else Button("coach.on", said("tutorial.skip"), self.go_on, key="F2")
        )
        leave = Button("coach.leave", said("tutorial.leave"), self.leave, key="F3", kind="quiet")
        if is_read:
            return [on, leave]
        icon, tip = ("caret-up", "unfold") if self._is_folded else ("caret-down", "fold")
        fold = Button("coach.fold", "", self.fold, icon=icon, key="F4", kind="quiet", tip=said(f"tutorial.{tip}"))
        return [on, leave, fold]


class Beside(Frame):
    """A note on the screen, where it covers nothing of what it points at, and as little as may be of anything else."""

    def __init__(self, child: Element, target: Box | None, covered: tuple[Box, ...], width: float) -> None:
        super().__init__(child)
        self._target, self._covered, self._width = target, covered, width

    def place(self, pen: Pen, box: Box) -> None:
        self.box = box
        inner = box.inset(GAP)
        width = min(self._width, inner.width)
        height = min(self.child.height(pen, width), inner.height)
        best = min(self._places(inner, width, height), key=self._cover)
        self.child.place(pen, best)

    def _places(self, inner: Box, width: float, height: float) -> list[Box]:
        middle = inner.x + (inner.width - width) / 2
        corners = [Box(middle, inner.bottom - height, width, height)]
        if self._target is not None:
            x, y = self._target.centre
            beside = [
                (self._target.right + WIDE, y - height / 2),
                (self._target.x - WIDE - width, y - height / 2),
                (x - width / 2, self._target.bottom + WIDE),
                (x - width / 2, self._target.y - WIDE - height),
            ]
            corners = [Box(left, top, width, height) for left, top in beside] + corners
        corners += [
            Box(left, top, width, height)
            for left in (inner.x, inner.right - width)
            for top in (inner.y, inner.bottom - height)
        ]
        return [_kept(corner, inner) for corner in corners]

    def _cover(self, place: Box) -> float:
        """What it would hide: what it points at above all, a large thing no more than a small one."""
        pointed = 0.0 if self._target is None else place.common(self._target.inset(-TIGHT)).area
        others = sum(place.common(box).area / max(1.0, box.area) for box in self._covered)
        return pointed * 1000 + others


def _kept(box: Box, within: Box) -> Box:
    x = min(max(box.x, within.x), max(within.x, within.right - box.width))
    y = min(max(box.y, within.y), max(within.y, within.bottom - box.height))
    return attrs.evolve(box, x=x, y=y)
