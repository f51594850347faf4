"""The App: stack of screens, settings, words, sounds, background work; handles events and draws; opens no window."""

from __future__ import annotations

import pathlib
import time
from typing import Any

import attrs
import pygame

from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.journal import Journal
from tabletop.window import keyboard_layout, raster_cache
from tabletop.window.animation import Motion
from tabletop.window.background_work import Work
from tabletop.window.game_runners import GameRunners
from tabletop.window.keys import Keyboard, Press
from tabletop.window.palette import luminance
from tabletop.window.pen import Pen
from tabletop.window.press_filter import Presses
from tabletop.window.settings import Settings, load_settings, save_settings
from tabletop.window.shown import Shown, ShownLayer
from tabletop.window.sounds import Sounds
from tabletop.window.theme import HEIGHT, SMOOTH, TEXT_SIZES, WIDTH, theme
from tabletop.window.tooltips import tip_due


class App:
    """The application without its window, so that tests can drive it.

    It draws on `surface`. Events go to `handle`, time to `advance`, and `draw` renders a frame if something changed
    (`is_dirty`) or is animated (`is_moving`). `journal` has the saved games, by default the user's own; likewise
    `settings_file`.
    """

    def __init__(
        self,
        size: tuple[int, int],
        *,
        settings: Settings | None = None,
        settings_file: pathlib.Path | None = None,
        journal: Journal | None = None,
    ) -> None:
        self.settings_file = settings_file
        self.settings = load_settings(settings_file) if settings is None else settings
        self.journal = journal or Journal()
        self.words = Words(self.settings.language)
        self.sounds = Sounds(self.settings.sound, self.settings.music)
        self.has_music = False  # whether beds are played: in the window that somebody sits before
        self.work = Work()
        self.screens: list[Shown] = []
        self.layer: ShownLayer | None = None  # a layer above all screens
        self.keyboard = Keyboard()
        self.presses = Presses()
        self.is_running = True
        self.projects = False  # whether the projector's window is open
        self.is_dirty = True
        self.trouble = ""  # why settings could not be saved
        self.pixels_per_point = 1.0
        self.games = GameRunners(lambda name: self.sounds.play(name), self._refresh)
        self._fade = Motion(self.settings.motion)
        self._fades = 0
        self._before: pygame.Surface | None = None
        self._layout: tuple[object, ...] = ()
        self._now = time.monotonic()
        self._due: float | None = None
        self.resize(size)

    # The surface

    def resize(self, size: tuple[int, int], surface: pygame.Surface | None = None) -> None:
        """Switches to a surface of another size: a new one, or a window's."""
        known = getattr(self, "surface", None)
        if surface is None:
            surface = pygame.Surface((max(1, size[0]), max(1, size[1])), 0, 32)
        if known is None or known.get_size() != surface.get_size():
            raster_cache.forget()
            self._before = None
        self.surface = surface
        self.redraw()

    @property
    def pen(self) -> Pen:
        """The pen for the present size, theme and text size."""
        width, height = self.surface.get_size()
        scale = max(0.1, min(width / WIDTH, height / HEIGHT))
        return Pen(theme(self.settings.palette, self.settings.text_size), scale)

    # Screens

    @property
    def top(self) -> Shown:
        """The front screen."""
        return self.screens[-1]

    def push(self, screen: Shown) -> None:
        """Shows a screen above the others."""
        self._turn()
        self.screens.append(screen)
        screen.opened()

    def open(self, name: str, **given: Any) -> None:
        """Shows a screen of the registry by name. Raises KeyError for an unknown name."""
        from tabletop.window.registry import entry

        self.push(entry(name).open(self, **given))

    def replace(self, screen: Shown) -> None:
        """Replaces the front screen."""
        self._turn()
        self._drop()
        self.screens.append(screen)
        screen.opened()

    def close(self, screen: Shown | None = None) -> None:
        """Closes a screen (that in front if none is given) and those above it. The last one cannot be closed."""
        gone = screen or self.top
        if gone not in self.screens or self.screens[0] is gone:
            return
        self._turn()
        while self.screens[-1] is not gone:
            self._drop()
        self._drop()
        self.top.refresh()
        self.top.opened()

    def rest(self) -> None:
        """Takes no press for a moment: a screen has ended on which any press went on, so what is pressed now was meant
        for it. Where another such screen has come up, nothing can go wrong."""
        if not self.top.is_passing:
            self.presses.rest(self._now)

    def home(self) -> None:
        """Closes everything above the first screen."""
        if len(self.screens) > 1:
            self.close(self.screens[1])

    def quit(self) -> None:
        """Closes the window after this frame."""
        self.is_running = False

    def leave(self) -> None:
        """Releases everything: the window has been closed."""
        self.work.cancel()
        for screen in reversed(self.screens):
            screen.closed()

    def settle(self) -> None:
        """Skips fades and animations, for the first frame."""
        self._before = None

    def _turn(self) -> None:
        """Starts a cross-fade from the present frame to the next screen."""
        if self.screens and self.settings.motion:
            self._before = self.surface.copy()
            self._fades += 1
        self.redraw()

    def _drop(self) -> None:
        screen = self.screens.pop()
        self.work.cancel(screen)
        screen.closed()

    def _speak(self) -> None:
        """Has every game that is shown tell its scenario in the language of the window: another window may show the
        same game in another one."""
        for screen in self._everything:
            for name in ("session", "_session"):
                session: Session | None = getattr(screen, name, None)
                if session is not None:
                    session.language = self.words.language

    def _refresh(self) -> None:
        for screen in self.screens:
            screen.refresh()

    # Settings

    def change(self, **changes: Any) -> None:
        """Changes settings, saves them, and redraws everything."""
        self.settings = attrs.evolve(self.settings, **changes)
        self.trouble = save_settings(self.settings, self.settings_file)
        self.words = Words(self.settings.language)
        self._speak()
        self.sounds.volume, self.sounds.music = self.settings.sound, self.settings.music
        self._fade.is_on = self.settings.motion
        for screen in self._everything:
            screen.motion.is_on = self.settings.motion
        self.redraw()

    # Time

    @property
    def now(self) -> float:
        """The time of this frame in seconds."""
        return self._now

    def redraw(self) -> None:
        """Requests a redraw."""
        self.is_dirty = True

    @property
    def visible(self) -> list[Shown]:
        """The visible screens, from back to front."""
        shown: list[Shown] = []
        for screen in reversed(self.screens):
            shown.insert(0, screen)
            if not screen.is_overlay:
                break
        return shown

    @property
    def _everything(self) -> list[Shown]:
        return [*self.screens, self.layer] if self.layer is not None else list(self.screens)

    @property
    def _shown_layer(self) -> ShownLayer | None:
        return self.layer if self.layer is not None and self.screens and self.layer.is_shown() else None

    @property
    def is_moving(self) -> bool:
        """Whether something is animated, so that every frame must be drawn."""
        layer = self._shown_layer
        shown = self.visible if layer is None else [*self.visible, layer]
        return self._before is not None or any(screen.motion.is_moving for screen in shown)

    def advance(self, now: float | None = None) -> None:
        """Advances the time to `now` (in seconds), and delivers results of background work."""
        self._speak()
        due = self._due
        self._now = time.monotonic() if now is None else now
        self._fade.now = self._now
        for screen in self._everything:
            screen.motion.now = self._now
        self.games.tick(self._now)
        if self.has_music and self.screens:
            self.sounds.bed(next((one.music for one in reversed(self.screens) if one.music), ""))
        if due is not None and self._now >= due:
            self._due = None
            for screen in self.visible:
                screen.woken()
            self.redraw()
        if self.work.deliver():
            for screen in [*self.visible, *([self.layer] if self.layer is not None else [])]:
                screen.refresh()

    def _next_due(self) -> float | None:
        """The next time at which something must be drawn without an event: a tooltip, or a clock."""
        layer = self._shown_layer
        fronts = [self.top] if layer is None else [self.top, layer]
        tips = [tip_due(one.scene, one.attention, self._now) for one in fronts]
        waits = [*tips, *(one.wakes_in() for one in self.visible)]
        wait = min((one for one in waits if one is not None), default=None)
        return None if wait is None else self._now + wait

    # Frames

    def draw(self) -> None:
        """Draws the frame, and records in each screen's scene what it drew."""
        self._speak()
        pen = self.pen
        layout = (self.surface.get_size(), pen, self.settings.language)
        if layout != self._layout:
            self._layout = layout
            for screen in self._everything:
                screen.forget_layout()
        self.is_dirty = False
        for screen in self.visible:
            screen.motion.now = self._now
            if screen.is_overlay:
                self._dim(pen)
            screen.draw(self.surface, pen)
        layer = self._shown_layer
        if layer is not None:
            layer.draw(self.surface, pen)
        self._draw_fade()
        self._due = self._next_due()
        if self.screens:
            self.presses.shown(self._moment, self._now)

    def _dim(self, pen: Pen) -> None:
        red, green, blue, alpha = pen.theme.palette.scrim
        sheet = pygame.Surface(self.surface.get_size(), 0, 32)
        sheet.fill((red, green, blue))
        sheet.set_alpha(alpha)
        self.surface.blit(sheet, (0, 0))

    def _draw_fade(self) -> None:
        if self._before is None:
            return
        left = self._fade.value(f"fade.{self._fades}", 0.0, start=1.0, duration=SMOOTH)
        if left <= 0:
            self._before = None
            self._fade.forget()
            return
        self._before.set_alpha(round(255 * left))
        self.surface.blit(self._before, (0, 0))

    # Events

    @property
    def _moment(self) -> object:
        """A value that identifies what is on the screen and can be decided there."""
        return self.top, self.top.moment

    @property
    def is_late(self) -> bool:
        """Whether the next frame offers another decision than the last one."""
        return bool(self.screens) and not self.presses.is_shown(self._moment)

    def handle(self, event: pygame.event.Event) -> None:
        """Handles an event of the window, the mouse or the keyboard."""
        self._speak()
        if event.type in (pygame.QUIT, pygame.WINDOWCLOSE):
            self.quit()
        elif event.type == pygame.KEYDOWN:
            self._key_down(event)
        elif event.type == pygame.KEYUP:
            self.top.key_up(self.keyboard.up(event))
        elif event.type == pygame.TEXTINPUT:
            if self.keyboard.is_for(self._origin):
                self.top.typed(event.text)
        elif event.type == pygame.TEXTEDITING:
            self.top.composed(event.text, event.start)
        elif event.type in (pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEWHEEL):
            self._mouse(event)
        else:
            self._window(event)

    def _window(self, event: pygame.event.Event) -> None:
        if event.type in (pygame.WINDOWEXPOSED, pygame.WINDOWRESTORED, pygame.WINDOWSHOWN):
            self.redraw()
        elif event.type == pygame.WINDOWLEAVE and self.screens:
            self.top.attention.hovered = ""
            self.redraw()
        elif event.type == pygame.WINDOWFOCUSGAINED:
            self.presses.focused(self._now)
        elif event.type == pygame.WINDOWFOCUSLOST:
            self.keyboard.release()
            self.top.composed("", 0)
        elif event.type == pygame.KEYMAPCHANGED:
            keyboard_layout.forget()
            for screen in self._everything:
                screen.refresh()

    def _mouse(self, event: pygame.event.Event) -> None:
        at = pygame.mouse.get_pos() if event.type == pygame.MOUSEWHEEL and not hasattr(event, "pos") else event.pos
        unit = self.pixels_per_point / self.pen.scale
        x, y = at[0] * unit, at[1] * unit
        layer = self._shown_layer
        target: Shown = self.top
        if layer is not None and (layer.takes_point(x, y) or layer.attention.pressed):
            self.top.point_at(-1, -1)
            target = layer
        elif layer is not None:
            layer.point_at(-1, -1)
        if event.type == pygame.MOUSEMOTION:
            target.point_at(x, y)
        elif event.type == pygame.MOUSEWHEEL:
            target.wheel(x, y, getattr(event, "precise_y", event.y))
        elif event.button == 1 and event.type == pygame.MOUSEBUTTONDOWN:
            if not self.presses.is_resting(self._now) and self.presses.counts_at((x, y), self._moment, self._now):
                target.button_down(x, y, self.presses.clicks)
            else:
                self.redraw()
        elif event.button == 1:
            if not self.presses.ends(self._moment):
                target.attention.pressed = ""
            target.button_up(x, y)

    @property
    def _origin(self) -> object:
        """The target of a key that is pressed now (see `Keyboard`)."""
        return self.top, self.top.attention.focused

    def _key_down(self, event: pygame.event.Event) -> None:
        press = self.keyboard.down(event, self._origin, was_down=self.presses.is_new(self._now))
        if press.is_plain and press.key != pygame.K_F11 and self.presses.is_resting(self._now):
            self.redraw()
            return
        if press.is_held and not press.moves:
            # A held key repeats only for its first target, and never decides anything.
            if self.top.takes_text and self.keyboard.is_for(self._origin):
                self.top.key_down(press)
        elif press.moves or self.presses.counts(press.key, self._moment, self._now):
            self._key(press)
        else:
            self.redraw()

    def _key(self, press: Press) -> None:
        if press.key == pygame.K_F11 or (press.alt and press.key == pygame.K_RETURN):
            self.change(full_screen=not self.settings.full_screen)
        elif press.is_order("q"):
            self.quit()
        elif press.is_order("+") or press.is_order("="):
            self._grow(1)
        elif press.is_order("-"):
            self._grow(-1)
        elif press.is_order("0"):
            self.change(text_size=100)
        elif press.key == pygame.K_ESCAPE and self.work.cancel(self.top):
            self.redraw()
        elif (layer := self._shown_layer) is not None and layer.takes_key(press):
            layer.key_down(press)
        else:
            self.top.key_down(press)

    def _grow(self, step: int) -> None:
        at = TEXT_SIZES.index(self.settings.text_size) + step
        self.change(text_size=TEXT_SIZES[max(0, min(at, len(TEXT_SIZES) - 1))])

    @property
    def is_light(self) -> bool:
        """Whether the theme is a light one."""
        return luminance(self.pen.theme.ground("table").fill) > 0.5
