"""A process with the real window, run as the command line says, that takes orders and tells what it has drawn.

python -m tests.window.at_hand play first-summit --face window --save FOLDER

Of each screen that shows a game it prints the screen's name and where the game stands, whenever that is drawn anew. It
reads `decide` (play the first move that is open) and `close`.
"""

from __future__ import annotations

import os
import sys
import threading
import time

os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
os.environ["PYGAME_HIDE_SUPPORT_PROMPT"] = "1"

import attrs
import pygame

from tabletop.cli import main
from tabletop.window.app import App
from tabletop.window.press_filter import DOUBLE
from tabletop.window.screens.table import Table
from tests.patience import wait_until
from tests.window.next_key import next_key

apps: list[App] = []
draw = App.draw


def draws(app: App) -> None:
    draw(app)
    if app not in apps:
        apps.append(app)
        app.settings = attrs.evolve(app.settings, staging="off")
    session = getattr(app.top, "session", None)
    told = f"{type(app.top).__name__} {session.state.fingerprint if session else '-'}"
    if getattr(app, "told", "") != told:
        app.told = told  # type: ignore[attr-defined]
        print(told, flush=True)


def press(key: int) -> None:
    for kind in (pygame.KEYDOWN, pygame.KEYUP):
        pygame.event.post(pygame.event.Event(kind, key=key, mod=0, unicode="", scancode=0))


def take_orders() -> None:
    for order in sys.stdin:
        if order.strip() == "close":
            pygame.event.post(pygame.event.Event(pygame.QUIT))
            return
        time.sleep(DOUBLE)  # the same key may be pressed again
        app = next(one for one in apps if any(isinstance(screen, Table) for screen in one.screens))
        table = next(screen for screen in app.screens if isinstance(screen, Table))
        told = getattr(app, "told", "")
        press(next_key(app))
        wait_until(lambda: table.last is not None or app.told != told)  # type: ignore[attr-defined] # noqa: B023
        if table.last is not None:  # laid down, and to be handed in
            wait_until(lambda: "turn_over" in [one.name for one in table.scene.controls])  # noqa: B023
            press(next_key(app))


if __name__ == "__main__":
    App.draw = draws  # type: ignore[method-assign]
    threading.Thread(target=take_orders, daemon=True).start()
    main(sys.argv[1:])
