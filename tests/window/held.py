"""A key held for seconds in a real window: python -m tests.window.held FOLDER SCREEN SECONDS KEY...

It opens a screen's example in a window on the display at hand, once for each key and time, and has the X server hold
the key. Prints a JSON line for each: how many commands people gave, and what is on the screen afterwards.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import threading
import time
from collections.abc import Iterator

os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import pygame

from tabletop.session import Journal, Session
from tabletop.window import fonts
from tabletop.window.app import App
from tabletop.window.loop import run
from tabletop.window.registry import Example, show_example
from tabletop.window.screens.title import Title
from tabletop.window.settings import Settings

TAP = 0.05


def sessions_of(app: App) -> Iterator[Session]:
    """The sessions of all screens, each once."""
    found = {id(one): one for one in (getattr(screen, "session", None) for screen in app.screens) if one is not None}
    yield from found.values()


def commands_of(app: App) -> int:
    """How many commands people have given: decisions of bots and their dice are no doing of a key."""
    given = 0
    for session in sessions_of(app):
        bots = set(session.players.values())
        given += sum(1 for one in session.commands if one.who not in bots)
    return given


def xdotool(*words: str) -> None:
    subprocess.run(["xdotool", *words], check=True, stdout=subprocess.DEVNULL)


def rest(app: App, frames: int = 30) -> None:
    """Waits until the loop has gone round so often without anything to draw, however busy the machine is."""
    quiet, seen = 0, app.now
    while quiet < frames:
        time.sleep(0.02)
        if app.now != seen:
            quiet = 0 if app.is_dirty or app.is_moving else quiet + 1
            seen = app.now


def hold(folder: pathlib.Path, screen: str, key: str, seconds: float) -> dict[str, object]:
    """Shows a screen, holds a key, and says what came of it."""
    apps: list[App] = []

    def make(size: tuple[int, int]) -> App:
        app = App(
            size, settings=Settings(sound=0), settings_file=folder / "window.json", journal=Journal(folder / "saves")
        )
        app.push(Title(app))
        if screen != "title":
            show_example(app, screen, Example())
        apps.append(app)
        return app

    found: dict[str, object] = {}

    def hand() -> None:
        while not apps or apps[0].is_dirty:
            time.sleep(0.02)
        time.sleep(0.5)
        app = apps[0]
        before = commands_of(app)
        window = subprocess.run(
            ["xdotool", "search", "--pid", str(os.getpid())], check=True, capture_output=True, text=True
        ).stdout.split()
        xdotool("windowfocus", "--sync", window[-1])
        while not pygame.key.get_focused():
            time.sleep(0.02)
        rest(app)
        xdotool("keydown", key)
        time.sleep(seconds)
        xdotool("keyup", key)
        rest(app)
        screens = [type(one).__name__ for one in app.screens]
        found.update(key=key, seconds=seconds, commands=commands_of(app) - before, screens=screens)
        pygame.event.post(pygame.event.Event(pygame.QUIT))

    hands = threading.Thread(target=hand, daemon=True)
    hands.start()
    run(make)
    hands.join(5)
    fonts.font.cache_clear()  # the next window has fonts of its own
    return found


if __name__ == "__main__":
    place, name, long, *keys = sys.argv[1:]
    for at, pressed in enumerate(keys):
        for time_down in (TAP, float(long)):
            own = pathlib.Path(place, f"{at}-{time_down}")
            own.mkdir(parents=True)
            print(json.dumps(hold(own, name, pressed, time_down)), flush=True)
