"""Screenshot: any screen as a picture, without a display."""

from __future__ import annotations

import io

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


def picture(name: str, size: tuple[int, int], settings: Settings, example: Example) -> bytes:
    """The picture of a screen as PNG. Raises what `still` does."""
    surface, png = still(name, size, settings, example).surface, io.BytesIO()
    pygame.image.save(surface, png, ".png")
    return png.getvalue()
