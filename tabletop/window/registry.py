"""The registry of screens by name, each with an example for pictures and tests.

A module of `tabletop.window.screens` registers its screens in a dictionary ENTRIES; nothing else needs to know of them.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import attrs

from tabletop.storage.shipped_data import DEFAULT_SCENARIO
from tabletop.window import screens

if TYPE_CHECKING:
    from tabletop.window.app import App
    from tabletop.window.screen import Screen


@attrs.frozen
class Example:
    """What an example is made from: the same gives the same picture."""

    scenario: str = DEFAULT_SCENARIO
    seed: int = 7


@attrs.frozen
class Entry:
    """How a screen is opened by its name, and an example of it that shows what it can hold.

    An example that is an overlay is shown above `below`, another entry's example.
    """

    open: Callable[..., Screen]
    example: Callable[[App, Example], Screen]
    below: str = "title"


@functools.cache
def entries() -> dict[str, Entry]:
    """All screens by name, in order of name."""
    found: dict[str, Entry] = {}
    for module in pkgutil.iter_modules(screens.__path__):
        found.update(getattr(importlib.import_module(f"{screens.__name__}.{module.name}"), "ENTRIES", {}))
    return dict(sorted(found.items()))


def entry(name: str) -> Entry:
    """A screen by its name. Raises KeyError, naming all there are, if there is none."""
    found = entries()
    if name not in found:
        raise KeyError(f"there is no screen '{name}' (there are {', '.join(found)})")
    return found[name]


def show_example(app: App, name: str, example: Example) -> Screen:
    """Puts the example of a screen up in an app, above what it stands on."""
    own = entry(name)
    screen = own.example(app, example)
    if screen.is_overlay:
        app.push(entry(own.below).example(app, example))
    app.push(screen)
    return screen
