"""The registry of screens by name, each with an example for pictures and tests.

A module of `tabletop.window.screens` registers its screens in a dictionary ENTRIES, and nowhere else.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable
from typing import Protocol

import attrs

from tabletop.presentation.words import Words
from tabletop.storage.shipped_data import DEFAULT_SCENARIO
from tabletop.window import screens
from tabletop.window.shown import Shown


class Pushes(Protocol):
    """What shows screens: an App."""

    words: Words

    def push(self, screen: Shown) -> None: ...


@attrs.frozen
class Example:
    """The inputs of an example: equal inputs give the same picture."""

    scenario: str = DEFAULT_SCENARIO
    seed: int = 7
    language: str = ""


@attrs.frozen
class Entry:
    """How a screen is opened by name, given the App and what it is about, and an example of it, given the App and the
    `Example`.

    An example that is an overlay is shown above `below`, another entry's example.
    """

    open: Callable[..., Shown]
    example: Callable[..., Shown]
    below: str = "title"


@functools.cache
def entries() -> dict[str, Entry]:
    """All screens, sorted by name."""
    found: dict[str, Entry] = {}
    for module in pkgutil.iter_modules(screens.__path__):
        found.update(getattr(importlib.import_module(f"{screens.__name__}.{module.name}"), "ENTRIES", {}))
    return dict(sorted(found.items()))


def entry(name: str) -> Entry:
    """A screen by its name. Raises KeyError, with all names, for an unknown one."""
    found = entries()
    if name not in found:
        raise KeyError(f"there is no screen '{name}' (there are {', '.join(found)})")
    return found[name]


def show_example(app: Pushes, name: str, example: Example) -> Shown:
    """Opens the example of a screen in an App, above the screens below it."""
    own, example = entry(name), attrs.evolve(example, language=app.words.language)
    screen = own.example(app, example)
    if screen.is_overlay:
        app.push(entry(own.below).example(app, example))
    app.push(screen)
    return screen
