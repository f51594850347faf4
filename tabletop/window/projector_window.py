"""Second: the projector's window beside the table's, with settings of its own and nothing that is not public."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

import attrs
import pygame

from tabletop.window.app import App
from tabletop.window.settings import default_file, load_settings

if TYPE_CHECKING:
    from tabletop.session import Session

_SIZE = (1280, 720)
_LEAST = (640, 400)


def session_of(app: App) -> Session | None:
    """The session that is on the table: that of the uppermost screen that has one."""
    for screen in reversed(app.screens):
        session: Session | None = getattr(screen, "session", None)
        if session is not None:
            return session
    return None


class Second:
    """A window that follows what is on the table of an app. It takes no decisions."""

    def __init__(self, app: App) -> None:
        """Raises pygame.error where no second window can be opened."""
        self._main = app
        file = (app.settings_file or default_file()).with_name("second-window.json")
        settings = load_settings(file) if file.exists() else attrs.evolve(app.settings, full_screen=False, sound=0)
        self._window = pygame.Window(app.words("projector.window"), _SIZE, resizable=True, allow_high_dpi=True)
        with contextlib.suppress(pygame.error):
            self._window.minimum_size = _LEAST
        self.app = App(
            self._window.get_surface().get_size(), settings=settings, settings_file=file, journal=app.journal
        )
        self._is_full = False
        self._show()
        if settings.full_screen:
            self._follow()

    def _show(self) -> None:
        from tabletop.window.screens.projector import Projector, Waiting

        session = session_of(self._main)
        screen = Waiting(self.app) if session is None else Projector(self.app, session)
        if self.app.screens:
            self.app.replace(screen)
        else:
            self.app.push(screen)
        self.app.settle()

    def takes(self, event: pygame.event.Event) -> bool:
        """Takes an event if it is of this window; False if it is for another."""
        if getattr(event, "window", None) is not self._window:
            return False
        self.app.handle(event)
        if not self.app.is_running:
            self._main.projects = False
        return True

    def step(self) -> None:
        """Follows the table, and draws if anything has changed."""
        if session_of(self._main) is not getattr(self.app.top, "session", None):
            self._show()
        self.app.advance()
        if getattr(self.app.top, "is_stale", False):
            self.app.redraw()
        if self.app.settings.full_screen != self._is_full:
            self._follow()
        if self.app.is_dirty or self.app.is_moving:
            surface = self._window.get_surface()
            if surface is not self.app.surface or surface.get_size() != self.app.surface.get_size():
                self.app.resize(surface.get_size(), surface)
            self.app.pixels_per_point = surface.get_width() / max(1, self._window.size[0])
            self.app.draw()
            self._window.flip()

    def _follow(self) -> None:
        self._is_full = self.app.settings.full_screen
        if self._is_full:
            self._window.set_fullscreen(True)
        else:
            self._window.set_windowed()
        self.app.redraw()

    def close(self) -> None:
        """Closes the window; the session stays where it is."""
        self._window.destroy()
