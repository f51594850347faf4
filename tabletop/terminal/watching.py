"""Watching: the story of a session that is played elsewhere, as it goes on."""

from __future__ import annotations

import time

from rich.console import Console
from rich.text import Text

from tabletop.engine.views import public_log
from tabletop.session import Session
from tabletop.session.opening import watched
from tabletop.terminal.happenings import told
from tabletop.terminal.rows import folded, ruled
from tabletop.terminal.scene import Scene
from tabletop.terminal.screen import Screen

#: Seconds between two looks at the journal.
PAUSE = 0.5


def watch(session: Session, console: Console, notes: list[str] | None = None) -> None:
    """Tells what happens in a session until it ends or Ctrl-C. What only some seats may know is not told."""
    screen = Screen(console)
    screen.write([row for note in notes or [] for row in folded(note, screen.width, " ")])
    title = f"Watching {session.scenario.title} {screen.marks.dash} Ctrl-C ends it"
    screen.write([ruled(screen.marks, screen.width, title, heavy=True)])
    told_so_far = 0
    try:
        while True:
            told_so_far = _tell(session, screen, told_so_far)
            if session.state.finished:
                return
            while not watched(session):
                time.sleep(PAUSE)
    except KeyboardInterrupt:
        screen.say("")


def _tell(session: Session, screen: Screen, told_so_far: int) -> int:
    """Tells what is new; how much of the log has been told then."""
    log = public_log(session.state)
    if len(log) < told_so_far:
        screen.write([Text(), *folded("The game was taken back a few steps.", screen.width, " ")])
        return len(log)
    seat = session.humans[0] if session.humans else session.scenario.player
    scene = Scene(session, seat, session.view(seat), screen.marks, screen.width, screen.height)
    screen.write(told(scene, log[told_so_far:], cards=True))
    return len(log)
