"""Start: the ways into the window from the command line, and what to say where it cannot be opened."""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TYPE_CHECKING

from tabletop.window.no_window import NoWindow

if TYPE_CHECKING:
    from tabletop.session import Journal, Session

__all__ = ["NoWindow", "check_library", "picture_of", "play_in_window"]

os.environ.setdefault("PYGAME_HIDE_SUPPORT_PROMPT", "1")


def check_library() -> None:
    """Raises NoWindow if what is installed as pygame is not pygame-ce."""
    try:
        import pygame
    except ImportError as error:
        raise NoWindow(f"the window needs pygame-ce, which is not to be had here ({error})") from None
    if not getattr(pygame, "IS_CE", False):
        raise NoWindow(
            "the window needs pygame-ce, but the older pygame is installed in its place; put it right with "
            "'python -m pip uninstall -y pygame pygame-ce' and then 'python -m pip install pygame-ce'"
        )


def play_in_window(
    session: Session | None = None,
    journal: Journal | None = None,
    projects: bool = False,
    opened: Callable[[], object] = lambda: None,
) -> None:
    """Opens the window at the title screen, or at the table of a session, until the player closes it.

    `journal` has the saved games; by default the user's own. With `projects` a second window shows what is public; a
    session that is only watched is shown so in the first. `opened` is called once there is a window. Raises NoWindow.
    """
    check_library()
    from tabletop.window.app import App
    from tabletop.window.loop import run
    from tabletop.window.screens.projector import Projector
    from tabletop.window.screens.table import Table
    from tabletop.window.screens.title import Title

    def make(size: tuple[int, int]) -> App:
        opened()
        app = App(size, journal=journal)
        app.push(Title(app))
        if session is not None and session.watching and projects:
            app.push(Projector(app, session))
        elif session is not None:
            app.push(Table(app, session))
        app.projects = projects and not (session is not None and session.watching)
        app.has_music = True
        app.settle()
        return app

    run(make)


def picture_of(
    screen: str,
    size: tuple[int, int],
    text_size: int,
    theme: str,
    language: str,
    scenario: str,
    seed: int,
) -> bytes:
    """The picture of a screen's example as PNG. Raises NoWindow, and KeyError for an unknown screen."""
    check_library()
    from tabletop.window.registry import Example
    from tabletop.window.screenshot import picture
    from tabletop.window.settings import Settings

    settings = Settings(text_size=text_size, theme=theme, language=language)
    return picture(screen, size, settings, Example(scenario, seed))
