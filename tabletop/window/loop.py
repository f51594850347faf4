"""The main loop: opens the pygame window, passes events to the app, draws 60 times a second at most."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import pygame

from tabletop.window.boxes import Box
from tabletop.window.no_window import NoWindow
from tabletop.window.projector_window import Second

if TYPE_CHECKING:
    from tabletop.window.app import App

_LEAST = (640, 400)
# What SDL falls back upon: a picture in memory.
_SHOWING_NOTHING = ("dummy", "offscreen", "evdummy")


def run(make: Callable[[tuple[int, int]], App]) -> None:
    """Opens a window, lets `make` set up an app of its size in pixels, and runs it until the player closes it.

    Raises NoWindow if there is no display.
    """
    # Sharp on Windows screens of more than 100%.
    os.environ.setdefault("SDL_WINDOWS_DPI_AWARENESS", "permonitorv2")
    # The choices of an input method are shown where it has no window of its own for them.
    os.environ.setdefault("SDL_IME_SHOW_UI", "1")
    # Finished frames need no graphics card; on Linux going by way of one costs a hundred megabytes.
    if sys.platform.startswith("linux"):
        os.environ.setdefault("SDL_FRAMEBUFFER_ACCELERATION", "0")
    try:
        with _driver():
            pygame.display.init()
        _check_driver()
        window = pygame.Window("tabletop", _first_size(), resizable=True, allow_high_dpi=True)
    except pygame.error as error:
        why = str(error) if any(_asked()) else _no_display()
        raise NoWindow(f"no window can be opened here ({why})") from None
    try:
        with contextlib.suppress(pygame.error):
            window.minimum_size = _LEAST
        surface = window.get_surface()
        app = make(surface.get_size())
        _Loop(app, window).run()
        app.leave()
    finally:
        window.destroy()
        pygame.quit()


@contextlib.contextmanager
def _driver() -> Iterator[None]:
    """On Linux, has SDL try the display that there is and no other: libwayland complains where it finds nothing."""
    has_wayland, has_x11 = bool(os.environ.get("WAYLAND_DISPLAY")), bool(os.environ.get("DISPLAY"))
    if not sys.platform.startswith("linux") or has_wayland or any(_asked()):
        yield
        return
    os.environ["SDL_VIDEODRIVER"] = "x11" if has_x11 else "kmsdrm"
    try:
        yield
    finally:
        del os.environ["SDL_VIDEODRIVER"]


def _asked() -> tuple[str, ...]:
    """The drivers that were asked for by name."""
    return tuple(os.environ.get(name, "") for name in ("SDL_VIDEODRIVER", "SDL_VIDEO_DRIVER"))


def _check_driver() -> None:
    """Raises NoWindow where what is drawn would be shown to nobody, unless that was asked for by name."""
    driver = pygame.display.get_driver()
    if driver in _SHOWING_NOTHING and driver not in _asked():
        pygame.display.quit()
        raise NoWindow(f"no window can be opened here ({_no_display()})")


def _no_display() -> str:
    display = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY")
    return f"the display '{display}' does not answer" if display else "there is no display"


def _first_size() -> tuple[int, int]:
    """As large as the desktop has room for beside other windows, in the shape that the screens are made for."""
    desktops = pygame.display.get_desktop_sizes()
    width, height = desktops[0] if desktops else (1280, 720)
    share = min(width * 0.88 / 16, height * 0.85 / 9)
    if share < 80:
        return min(1280, width), min(720, height)
    return int(share * 16), int(share * 9)


class _Loop:
    def __init__(self, app: App, window: pygame.Window) -> None:
        self._app, self._window = app, window
        self._clock = pygame.time.Clock()
        self._is_full = False
        self._types = False
        self._caret: Box | None = None
        self._second: Second | None = None
        self._has_pointer = False
        pygame.key.set_repeat(350, 45)
        pygame.key.stop_text_input()

    def run(self) -> None:
        # While bots think in a thread, the window must get its turn soon.
        sys.setswitchinterval(0.001)
        app = self._app
        while app.is_running:
            # Looking sixty times a second takes a quarter of the time that SDL's own waiting does.
            self._clock.tick(60)
            self._take_events()
            app.advance()
            self._project()
            self._follow_settings()
            if app.is_late:
                # What was pressed before the picture changes was not meant for the next one.
                self._take_events()
            if app.is_dirty or app.is_moving:
                self._frame()
        if self._second is not None:
            self._second.close()

    def _take_events(self) -> None:
        for event in pygame.event.get():
            is_other = self._second is not None and self._second.takes(event)
            if not is_other and self._is_meant(event):
                self._app.handle(event)

    def _is_meant(self, event: pygame.event.Event) -> bool:
        """Whether the player did it: the system reports the pointer once when the window opens under it."""
        if event.type == pygame.MOUSEMOTION and not self._has_pointer:
            self._has_pointer = True
            return False
        return True

    def _project(self) -> None:
        """Opens and closes the projector's window as the app wants it, and lets it follow the table."""
        if self._app.projects and self._second is None:
            try:
                self._second = Second(self._app)
            except pygame.error:
                self._app.projects = False
        elif not self._app.projects and self._second is not None:
            self._second.close()
            self._second = None
        if self._second is not None:
            self._second.step()

    def _frame(self) -> None:
        surface = self._window.get_surface()
        if surface is not self._app.surface or surface.get_size() != self._app.surface.get_size():
            self._app.resize(surface.get_size(), surface)
        self._app.pixels_per_point = surface.get_width() / max(1, self._window.size[0])
        self._app.draw()
        self._window.flip()

    def _follow_settings(self) -> None:
        if self._app.settings.full_screen != self._is_full:
            self._is_full = self._app.settings.full_screen
            if self._is_full:
                self._window.set_fullscreen(True)
            else:
                self._window.set_windowed()
            self._app.redraw()
        self._follow_field()

    def _follow_field(self) -> None:
        """Lets the system write into a field that has the focus, and its input method show its choices beside it."""
        types = bool(self._app.screens) and self._app.top.takes_text
        if types != self._types:
            self._types = types
            (pygame.key.start_text_input if types else pygame.key.stop_text_input)()
        caret = self._app.top.attention.caret if types else None
        if caret is not None and caret != self._caret:
            self._caret = caret
            points = self._app.pen.scale / self._app.pixels_per_point
            place = (round(part * points) for part in (caret.x, caret.y, caret.width, caret.height))
            pygame.key.set_text_input_rect(pygame.Rect(*place))
