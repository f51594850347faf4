"""A window that is closed in the middle of something: a process with the real loop, and a hand that closes it then.

python -m tests.window.closed FOLDER thought|animation|save|killed-in-save

Of the game it prints where it stands, whenever that was acknowledged.
"""

from __future__ import annotations

import os
import pathlib
import sys
import threading
import time
from collections.abc import Callable
from typing import Any

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import pygame

import tabletop
from tabletop.session import Journal, Session
from tabletop.session.journal import Journal as Kept
from tabletop.window.app import App
from tabletop.window.loop import run
from tabletop.window.press_filter import DOUBLE
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tabletop.window.settings import Settings
from tests.patience import wait_until
from tests.window.next_key import next_key

#: How long a bot thinks, and a disk takes: much longer than it takes to close a window.
LONG = 600.0 if "thought" in sys.argv else 3.0
BEGINS_WITH = 3
#: Where the bot, which has a process of its own, leaves word that it thinks.
THINKING = "TABLETOP_TEST_THINKING"


class Ponderous:
    """A bot that has not made up its mind by the time that anybody would wait for it."""

    def choose(self, view: Any, dice: Any) -> Any:
        pathlib.Path(os.environ[THINKING]).touch()
        time.sleep(LONG)
        return view.actions[0]


saving, hold = threading.Event(), threading.Event()


def until(done: Callable[[], object]) -> None:
    try:
        wait_until(done, step=0.002)
    except AssertionError as late:
        os.write(2, f"{late}\n".encode())
        os._exit(3)


def slowly(append: Callable[..., None]) -> Callable[..., None]:
    """A disk that takes its time, while it is held."""

    def appends(journal: Kept, *given: Any) -> None:
        if hold.is_set():
            saving.set()
            time.sleep(LONG / 2)
        append(journal, *given)
        if hold.is_set():
            time.sleep(LONG / 2)

    return appends


def press(key: int) -> None:
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        pygame.event.post(pygame.event.Event(kind, key=key, mod=0, unicode="", scancode=0))


def main(folder: str, moment: str) -> None:
    apps: list[App] = []
    bots = {"ulmar": f"{pathlib.Path(__file__).resolve()}:Ponderous"} if moment == "thought" else {}
    session = Session(
        tabletop.load("first-summit"),
        seed=3,
        pack="first-summit",
        humans=("corvane",),
        players=bots,
        journal=Journal(folder),
    )

    def tell() -> None:
        print(len(session.commands), session.state.fingerprint, flush=True)

    def make(size: tuple[int, int]) -> App:
        app = App(
            size,
            settings=Settings(sound=0, staging="off"),
            settings_file=pathlib.Path(folder, "w.json"),
            journal=Journal(folder),
        )
        app.push(Title(app))
        app.push(Table(app, session))
        apps.append(app)
        return app

    def decide() -> None:
        """Makes one more decision, by keys."""
        made = len(session.commands)
        while len(session.commands) == made:
            press(next_key(apps[0]))
            time.sleep(0.1)

    def hand() -> None:
        until(lambda: apps and apps[0].is_running and not apps[0].is_dirty)
        if moment == "thought":
            while not pathlib.Path(os.environ[THINKING]).exists():
                press(next_key(apps[0]))
                time.sleep(0.1)
            tell()
        elif moment == "animation":
            for _ in range(BEGINS_WITH):
                decide()
            until(lambda: apps[0].is_moving)
        else:
            for _ in range(BEGINS_WITH):
                decide()
            tell()
            time.sleep(2 * DOUBLE)  # the same key may be pressed again
            hold.set()
            press(next_key(apps[0]))
            until(saving.is_set)
            if moment == "killed-in-save":
                os.kill(os.getpid(), 9)
        pygame.event.post(pygame.event.Event(pygame.QUIT))

    Journal.append = slowly(Journal.append)  # type: ignore[method-assign]
    threading.Thread(target=hand, daemon=True).start()
    run(make)
    tell()


if __name__ == "__main__":
    main(*sys.argv[1:])
