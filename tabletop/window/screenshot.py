"""Screenshot: any screen as a picture, without a display."""

from __future__ import annotations

import pathlib

import pygame

from tabletop.window.app import App
from tabletop.window.registry import Example, show_example
from tabletop.window.settings import Settings


def still(name: str, size: tuple[int, int], settings: Settings, example: Example) -> App:
    """An app that shows the example of a screen, drawn once, with everything at rest.

    Raises KeyError for a screen that there is none of, and what the loading of a scenario raises.
    """
    import attrs

    app = App(size, settings=attrs.evolve(settings, motion=False, sound=0))
    show_example(app, name, example)
    app.advance(0.0)
    app.draw()
    return app


def picture(name: str, size: tuple[int, int], settings: Settings, example: Example, out: pathlib.Path) -> None:
    """Writes the picture of a screen to a PNG file. Raises OSError if it cannot be written."""
    surface = still(name, size, settings, example).surface
    try:
        pygame.image.save(surface, str(out))
    except pygame.error as error:
        raise OSError(str(error)) from error
