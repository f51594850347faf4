"""The Screen base class: builds elements, passes keys and mouse to controls, moves the focus."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, ClassVar

import pygame

from tabletop.window.animation import Motion
from tabletop.window.boxes import Box
from tabletop.window.canvas import Canvas
from tabletop.window.focus import DOWN, LEFT, RIGHT, UP, Attention, after, towards
from tabletop.window.keys import Press
from tabletop.window.layout import Element
from tabletop.window.look import Look, default_look, look_of
from tabletop.window.pen import Pen
from tabletop.window.scene import DrawnControl, DrawnScroll, Reacting, Scene
from tabletop.window.tooltips import draw_tip

if TYPE_CHECKING:
    from tabletop.scenario import Scenario
    from tabletop.window.app import App
    from tabletop.window.background_work import Job

_ARROWS = {pygame.K_LEFT: LEFT, pygame.K_RIGHT: RIGHT, pygame.K_UP: UP, pygame.K_DOWN: DOWN}
_PRESSES = (pygame.K_RETURN, pygame.K_SPACE)
_WHEEL = 90.0


class Screen:
    """A page of the window. A subclass says in `build` what stands on it; `refresh` has it built anew.

    An overlay is drawn over the screen below it, which stays visible and does not react.
    """

    is_overlay: ClassVar[bool] = False
    #: Whether nothing is decided here, and any press goes on.
    is_passing: ClassVar[bool] = False

    def __init__(self, app: App) -> None:
        self.app = app
        self.words = app.words
        self.attention = Attention()
        self.scene = Scene()
        self.motion = Motion(app.settings.motion)
        self._tree: Element | None = None
        self._caret: Box | None = None

    # For subclasses

    def build(self) -> Element:
        """The elements of the screen as things stand now. It must be quick: it is called after every change."""
        raise NotImplementedError

    def backdrop(self, canvas: Canvas) -> None:
        """Draws what is behind the elements; by default the bare table."""
        if not self.is_overlay:
            canvas.fill(canvas.box, canvas.ground.fill)

    @property
    def scenario(self) -> Scenario | None:
        """The scenario that the screen is about; None where it is about that of the screen below."""
        session = getattr(self, "session", None)
        return session.scenario if session is not None else None

    @property
    def look(self) -> Look:
        """How the things of the scenario look that this screen, or else the nearest below it, is about."""
        screens = self.app.screens
        below = screens[: screens.index(self)] if self in screens else screens
        about = next((one.scenario for one in [self, *reversed(below)] if one.scenario is not None), None)
        return look_of(about) if about is not None else default_look()

    @property
    def first(self) -> str:
        """The name of the control that has the focus at first, or how it begins, before a "*"; "" for the first of
        all."""
        return ""

    def opened(self) -> None:
        """Called when the screen comes up, and when it comes up again from below another."""

    def closed(self) -> None:
        """Called when the screen goes for good, also when the window is closed."""

    def escape(self) -> None:
        """What Escape does where nothing is under way: by default back to the screen below."""
        self.app.close(self)

    def key(self, press: Press) -> bool:
        """Takes a key that no control took; True if it was for the screen."""
        return False

    @property
    def moment(self) -> object:
        """What can be decided here now, to be compared: a press counts only for the moment that it was made in."""
        return None

    @property
    def music(self) -> str:
        """The bed of music below this screen; "" for that of the screen below."""
        return ""

    def wakes_in(self) -> float | None:
        """Seconds until the screen wants to be drawn although nothing happens, as a clock does; None for never."""
        return None

    def woken(self) -> None:
        """Called between two frames when it is time for what `wakes_in` said, here or on a screen with it."""

    def start_work(
        self,
        name: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
    ) -> Job:
        """Has something done beside the window; see `work.Job`. Escape and the end of the screen cancel it."""
        self.refresh()
        return self.app.work.start(name, work, done, failed, self)

    def refresh(self) -> None:
        """Has the screen built and drawn again before the next frame."""
        self._tree = None
        self.app.redraw()

    # Drawing

    def draw(self, surface: pygame.Surface, pen: Pen) -> None:
        """Draws the screen as it is now, and records what it drew in `scene`."""
        if self._tree is None:
            self.words = self.app.words
            self._tree = self.build()
            self._tree.place(pen, Box(0, 0, surface.get_width() / pen.scale, surface.get_height() / pen.scale))
        self._draw(surface, pen, self._tree)
        if self._keep_focus():
            self._draw(surface, pen, self._tree)
        if self._keep_caret():
            self._draw(surface, pen, self._tree)
        self.motion.frame_drawn()

    def _draw(self, surface: pygame.Surface, pen: Pen, tree: Element) -> None:
        self.scene.clear()
        canvas = Canvas(surface, pen, self.scene, self.motion, self.attention, self.words, self.look)
        self.backdrop(canvas)
        tree.draw(canvas)
        if not self.app.screens or self.app.top is self:
            draw_tip(canvas)

    def forget_layout(self) -> None:
        """Has everything placed again: the window, the text size or the language is another."""
        self._tree = None

    def _keep_focus(self) -> bool:
        """Moves the focus where it can be seen; True if the screen must be drawn again."""
        controls = self.scene.controls
        if not controls:
            self.attention.focused = ""
            return False
        if self.scene.named(self.attention.focused) is None:
            first = self.scene.first_named(self.first) if self.first else None
            self.attention.focused = (first or controls[0]).name
            return True
        return False

    def _keep_caret(self) -> bool:
        """Scrolls to where something is being written, when that has moved; True if it must be drawn again."""
        caret, before = self.attention.caret, self._caret
        self._caret = caret
        drawn = self.scene.named(self.attention.focused)
        if caret is None or caret == before or drawn is None or not drawn.control.takes_text or not drawn.scroll:
            return False
        view = next(one for one in self.scene.scrolls if one.name == drawn.scroll).box
        beyond = min(0.0, caret.y - view.y - 12) or max(0.0, caret.bottom - view.bottom + 12)
        if beyond and caret.height < view.height:
            self._scroll(drawn.scroll, beyond)
            self._caret = caret.moved(0, -beyond)
            return True
        return False

    # Input

    def point_at(self, x: float, y: float) -> None:
        """The pointer came to a place."""
        pressed = self._pressed()
        if pressed is not None:
            pressed.control.pointed(x, y, pressed.box)
        under = self.scene.at(x, y)
        name = under.name if under else ""
        if name != self.attention.hovered or self.attention.by_keyboard:
            self.attention.hovered = name
            self.attention.by_keyboard = False
            self.attention.since = self.motion.now
            self.app.redraw()

    def _pressed(self) -> DrawnControl | None:
        return self.scene.named(self.attention.pressed) if self.attention.pressed else None

    def button_down(self, x: float, y: float, clicks: int = 1) -> None:
        """The left button went down, for the second time where `clicks` is 2."""
        self.point_at(x, y)
        under = self.scene.at(x, y)
        self.attention.pressed = under.name if under else ""
        if under is not None:
            self.attention.focused = under.name
            under.control.grabbed(x, y, under.box, clicks)
        self.app.redraw()

    def button_up(self, x: float, y: float) -> None:
        """The left button came up: what it went down on is pressed if the pointer is still on it."""
        pressed, self.attention.pressed = self._pressed(), ""
        under = self.scene.at(x, y)
        self.app.redraw()
        if pressed is not None and under is not None and under.name == pressed.name and not under.control.takes_text:
            self._press(under.control)

    def wheel(self, x: float, y: float, steps: float) -> None:
        """The wheel was turned, up for positive steps."""
        view = self.scene.scroll_at(x, y)
        if view is not None:
            self._scroll(view.name, -steps * _WHEEL)

    def _scroll(self, name: str, down: float) -> None:
        self.attention.offsets[name] = max(0.0, self.attention.offsets.get(name, 0.0) + down)
        self.app.redraw()

    def typed(self, text: str) -> None:
        """Text was typed."""
        focused = self.scene.named(self.attention.focused)
        if focused is not None and focused.control.typed(text):
            self.refresh()

    def composed(self, text: str, caret: int) -> None:
        """An input method is putting letters together; "" when it is done or gives up."""
        focused = self.scene.named(self.attention.focused)
        if focused is not None and focused.control.composed(text, caret):
            self.refresh()

    @property
    def takes_text(self) -> bool:
        """Whether the focus is on something to type into."""
        focused = self.scene.named(self.attention.focused)
        return focused is not None and focused.control.takes_text

    def key_down(self, press: Press) -> None:
        """A key went down: it is for the focused control, then for the screen, then moves the focus or is a letter."""
        self._use_keyboard()
        focused = self.scene.named(self.attention.focused)
        if focused is not None and focused.control.key(press):
            self.refresh()
        elif press.is_held and not press.moves:
            return
        elif not self.takes_text and self.key(press):
            self.refresh()
        elif press.is_plain:
            self._plain_key(press, focused)

    def _plain_key(self, press: Press, focused: DrawnControl | None) -> None:
        if press.key == pygame.K_TAB:
            self.focus(after(self.scene.controls, self.attention.focused, -1 if press.shift else 1))
        elif press.key in _ARROWS:
            self._move(press.key)
        elif press.key in (pygame.K_PAGEUP, pygame.K_PAGEDOWN):
            self._page(-1 if press.key == pygame.K_PAGEUP else 1)
        elif press.key in _PRESSES and focused is not None:
            self._press(focused.control)
        elif press.key == pygame.K_ESCAPE:
            self.escape()
        elif not self.takes_text:
            self._letter(press.letter)

    def key_up(self, key: int) -> None:
        """A key came up; `key` is what `Press.key` was."""

    def _use_keyboard(self) -> None:
        if not self.attention.by_keyboard:
            self.attention.by_keyboard = True
            self.attention.since = self.motion.now
            self.app.redraw()

    def _letter(self, letter: str) -> None:
        for drawn in self.scene.controls:
            if letter and drawn.control.letter == letter:
                self.focus(drawn.name)
                self._press(drawn.control)
                return

    def _press(self, control: Reacting) -> None:
        self.app.sounds.play("press" if control.press() else "refused")
        self.refresh()

    def _move(self, key: int) -> None:
        here = self.attention.focused
        there = towards(self.scene.controls, here, _ARROWS[key])
        if there != here:
            self.focus(there)
        elif key in (pygame.K_UP, pygame.K_DOWN):
            for view in self._views():
                self._scroll(view.name, _WHEEL if key == pygame.K_DOWN else -_WHEEL)

    def _page(self, step: int) -> None:
        for view in self._views():
            self._scroll(view.name, step * view.box.height * 0.85)

    def _views(self) -> list[DrawnScroll]:
        """The view that keys scroll: that of the focus, else the first."""
        drawn = self.scene.named(self.attention.focused)
        views = [view for view in self.scene.scrolls if view.most > 0]
        own = [view for view in views if drawn is not None and view.name == drawn.scroll]
        return (own or views)[:1]

    def focus(self, name: str) -> None:
        """Gives a control the focus, and scrolls it into view."""
        self.attention.focused = name
        self.attention.since = self.motion.now
        self.app.redraw()
        drawn = self.scene.named(name)
        if drawn is None or not drawn.scroll:
            return
        view = next(one for one in self.scene.scrolls if one.name == drawn.scroll)
        if drawn.box.y < view.box.y:
            self._scroll(view.name, drawn.box.y - view.box.y - 12)
        elif drawn.box.bottom > view.box.bottom:
            self._scroll(view.name, min(drawn.box.bottom - view.box.bottom + 12, drawn.box.y - view.box.y))
