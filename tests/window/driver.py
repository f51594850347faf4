"""A player without hands: posts mouse and key events to an app, and sees what was drawn."""

from __future__ import annotations

import itertools
import operator
import os
import pathlib
from collections.abc import Iterable, Iterator
from typing import TypeVar

os.environ.setdefault("SDL_VIDEODRIVER", "dummy")
os.environ.setdefault("SDL_AUDIODRIVER", "dummy")

import pygame

from tabletop.session import Journal
from tabletop.window.app import App
from tabletop.window.boxes import Box
from tabletop.window.press_filter import DOUBLE
from tabletop.window.scene import DrawnControl, DrawnText
from tabletop.window.screen import Screen
from tabletop.window.settings import Settings

Thing = TypeVar("Thing")

SIZES = ((1280, 720), (1920, 1080), (3840, 2160), (1024, 768), (2560, 1080))
KEYS = {
    "enter": pygame.K_RETURN,
    "escape": pygame.K_ESCAPE,
    "tab": pygame.K_TAB,
    "space": pygame.K_SPACE,
    "left": pygame.K_LEFT,
    "right": pygame.K_RIGHT,
    "up": pygame.K_UP,
    "down": pygame.K_DOWN,
    "page up": pygame.K_PAGEUP,
    "page down": pygame.K_PAGEDOWN,
    "home": pygame.K_HOME,
    "end": pygame.K_END,
    "backspace": pygame.K_BACKSPACE,
    "f11": pygame.K_F11,
    "delete": pygame.K_DELETE,
}


def new_app(folder: pathlib.Path, size: tuple[int, int] = (1280, 720), **settings: object) -> App:
    """An app whose settings and saves are in a folder, with nothing on it yet; nothing moves unless it is asked for."""
    chosen = Settings(**{"motion": False, "staging": "off", "sound": 0, **settings})  # type: ignore[arg-type]
    return App(size, settings=chosen, settings_file=folder / "window.json", journal=Journal(folder))


class Player:
    """Plays an app by events alone; every deed ends with a frame."""

    def __init__(self, app: App) -> None:
        self.app = app
        self._last: object = None
        self.frame()

    @property
    def screen(self) -> Screen:
        return self.app.top

    @property
    def texts(self) -> list[str]:
        return [drawn.text for drawn in self.screen.scene.texts]

    @property
    def names(self) -> list[str]:
        return [drawn.name for drawn in self.screen.scene.controls]

    @property
    def focused(self) -> str:
        return self.screen.attention.focused

    def frame(self, seconds: float = 0.05) -> Player:
        """Lets time pass and draws, as the window's loop does."""
        self.app.advance(self.app._now + seconds)
        if self.app.is_running and (self.app.is_dirty or self.app.is_moving):
            self.app.draw()
        return self

    def drawn(self, name: str) -> DrawnControl:
        found = self.screen.scene.named(name)
        assert found is not None, f"'{name}' is not on the screen, but {self.names}"
        return found

    def post(self, kind: int, **given: object) -> Player:
        self.app.handle(pygame.event.Event(kind, **given))
        return self.frame()

    # Mouse

    def _pixel(self, name: str) -> tuple[int, int]:
        drawn = self.drawn(name)
        seen = drawn.box.common(drawn.clip)
        assert seen.area > 0, f"'{name}' is scrolled out of view"
        scale = self.app.pen.scale
        return round(seen.centre[0] * scale), round(seen.centre[1] * scale)

    def hover(self, name: str) -> Player:
        return self.post(pygame.MOUSEMOTION, pos=self._pixel(name), rel=(0, 0), buttons=(0, 0, 0))

    def _wait(self, what: object) -> None:
        """Pauses before the same is pressed again, so that it is no double click."""
        if what == self._last:
            self.frame(DOUBLE)
        self._last = what

    def click(self, name: str) -> Player:
        pos = self._pixel(name)
        self._wait(pos)
        self.post(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0))
        self.post(pygame.MOUSEBUTTONDOWN, pos=pos, button=1)
        return self.post(pygame.MOUSEBUTTONUP, pos=pos, button=1)

    def wheel(self, pos: tuple[int, int], steps: int) -> Player:
        return self.post(pygame.MOUSEWHEEL, x=0, y=steps, pos=pos)

    # Keyboard

    def press(self, *keys: str, mod: int = 0) -> Player:
        """Presses keys by name, or letters."""
        for key in keys:
            code = KEYS.get(key, ord(key[0]))
            self._wait(code)
            self.post(pygame.KEYDOWN, key=code, mod=mod, unicode=key if len(key) == 1 else "", scancode=0)
            self.post(pygame.KEYUP, key=code, mod=mod, unicode="", scancode=0)
        return self

    def type(self, text: str) -> Player:
        """Types faster than frames are drawn."""
        for letter in text:
            self.app.handle(pygame.event.Event(pygame.TEXTINPUT, text=letter))
        return self.frame()

    def tab_to(self, name: str) -> Player:
        """Presses Tab until a control has the focus: as fast as one can, and if it is not found so, frame by frame."""
        for tab in (self._tab_between_frames, lambda: self.press("tab")):
            for _ in range(200):
                if self.focused == name:
                    return self.frame()
                tab()
        raise AssertionError(f"Tab does not come to '{name}'")

    def _tab_between_frames(self) -> None:
        self._last = pygame.K_TAB
        self.app.advance(self.app._now + DOUBLE)
        self.app.handle(pygame.event.Event(pygame.KEYDOWN, key=pygame.K_TAB, mod=0, unicode="", scancode=0))
        self.app.handle(pygame.event.Event(pygame.KEYUP, key=pygame.K_TAB, mod=0, unicode="", scancode=0))


def drive(app: App) -> Player:
    return Player(app)


def faults(screen: Screen, least_contrast: float = 4.5) -> list[str]:
    """What a reader would mind on a screen that was drawn with an audited scene."""
    found = []
    for drawn in screen.scene.texts:
        found += _faults_of(drawn, least_contrast)
    found += _overlaps(screen)
    names = [drawn.name for drawn in screen.scene.controls]
    found += [f"two controls are named '{name}'" for name in {name for name in names if names.count(name) > 1}]
    letters = [drawn.control.letter for drawn in screen.scene.controls if drawn.control.letter]
    found += [f"two controls have the letter '{one}'" for one in set(letters) if letters.count(one) > 1]
    for control in screen.scene.controls:
        if not control.box.within(control.room, 1.5):
            found.append(f"the control '{control.name}' stands out of its room: {control.box} of {control.room}")
    return found


def _faults_of(drawn: DrawnText, least: float) -> list[str]:
    from tabletop.window.palette import contrast

    found = []
    if not drawn.box.within(drawn.room, 1.5):
        found.append(f"'{drawn.text}' stands out of its room: {drawn.box} of {drawn.room}")
    if drawn.is_cut or drawn.is_broken:
        found.append(f"'{drawn.text}' is cut or broken")
    for ground in drawn.behind or {drawn.ground}:
        if contrast(drawn.colour, ground) < least:
            found.append(f"'{drawn.text}' has a contrast of {contrast(drawn.colour, ground)} on {ground}")
            break
    return found


def _overlaps(screen: Screen) -> list[str]:
    """Texts on texts, and controls on controls; a tip may cover what is under it."""
    found = []
    shown = [(drawn, drawn.box.common(drawn.clip)) for drawn in screen.scene.texts]
    texts = list({(drawn.text, seen, drawn.layer) for drawn, seen in shown if seen.area > 0})
    for (one, layer), (other, other_layer) in _crossing(
        [((text, layer), seen.inset(1, 2)) for text, seen, layer in texts]
    ):
        if layer == other_layer:
            found.append(f"'{one}' overlaps '{other}'")
    controls = [(drawn.name, drawn.box.common(drawn.clip)) for drawn in screen.scene.controls]
    for (name, a), (other, b) in _crossing([((name, seen), seen.inset(1)) for name, seen in controls]):
        if not (a.within(b, 1) or b.within(a, 1)):
            found.append(f"the control '{name}' overlaps '{other}'")
    return found


def _crossing(things: Iterable[tuple[Thing, Box]]) -> Iterator[tuple[Thing, Thing]]:
    """Pairs of things whose boxes have more than an edge in common, from left to right."""
    placed = [(box.x, box.right, box.y, box.bottom, thing) for thing, box in things if box.area > 0]
    placed.sort(key=operator.itemgetter(0))
    for at, (_, right, top, bottom, one) in enumerate(placed):
        for left, _, other_top, other_bottom, other in itertools.islice(placed, at + 1, None):
            if left >= right:
                break
            if other_top < bottom and top < other_bottom:
                yield one, other
