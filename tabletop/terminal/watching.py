"""Watching: a session that is played elsewhere, as everybody in the room may see it; for a projector."""

from __future__ import annotations

import time

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from tabletop.engine.views import public_log
from tabletop.session import Session
from tabletop.session.clock import WatchedClock
from tabletop.session.course import Step
from tabletop.session.facilitation import notes as notes_in
from tabletop.session.opening import watched
from tabletop.terminal.happenings import told
from tabletop.terminal.public import public_rows
from tabletop.terminal.rows import folded, ruled
from tabletop.terminal.scene import Scene, public_scene
from tabletop.terminal.screen import Screen
from tabletop.terminal.status import short_when

#: Seconds between two looks at the journal.
PAUSE = 0.5


def watch(session: Session, console: Console, notes: list[str] | None = None) -> None:
    """Shows a session as it goes on, until Ctrl-C; in a pipe, tells what happens until it ends.

    What only some seats may know is not shown.
    """
    screen = Screen(console)
    try:
        if screen.interactive:
            _Projector(session, screen).run()
        else:
            _Story(session, screen).run(notes or [])
    except KeyboardInterrupt:
        screen.say("")


class _Projector:
    """One screen that is drawn anew whenever something was done or a second has gone by."""

    def __init__(self, session: Session, screen: Screen) -> None:
        self.session = session
        self.screen = screen
        self.clock = WatchedClock(session)
        self.notice = ""

    def run(self) -> None:
        """Until Ctrl-C: a facilitator may step back even from the verdict."""
        with Live(console=self.screen.console, screen=True, auto_refresh=False, vertical_overflow="crop") as live:
            while True:
                scene = public_scene(self.session, self.screen.marks, self.screen.width, self.screen.height)
                rows = public_rows(scene, self.clock, self.notice)
                live.update(Group(*(_one_line(row) for row in rows)), refresh=True)
                time.sleep(PAUSE)
                self._follow()

    def _follow(self) -> None:
        before = self.session.course.at
        if watched(self.session) and self.session.course.at is not before:
            at = self.session.course.at
            is_quiet = at.kind == "overrule" and not at.body["shown"]
            self.notice = "" if is_quiet else _taken_back(self.session, before.number)


def _one_line(row: Text) -> Text:
    row.no_wrap = True
    row.overflow = "crop"
    return row


def _taken_back(session: Session, before: int) -> str:
    """That the game does not simply go on from where it stood, if it does not."""
    if any(step.number == before for step in session.course.at.line()):
        return ""
    done = "The model was overruled" if session.course.at.kind == "overrule" else "The game was taken back"
    return f"{done}: it goes on in {short_when(session)}."


class _Story:
    """The story line by line, as a pipe has it."""

    def __init__(self, session: Session, screen: Screen) -> None:
        self.session = session
        self.screen = screen
        self.told = 0
        self.shown: set[int] = set()
        self.paused = False

    def run(self, notes: list[str]) -> None:
        """Until the game is over."""
        screen = self.screen
        screen.write([row for note in notes for row in folded(note, screen.width, " ")])
        title = f"Watching {self.session.scenario.title} {screen.marks.dash} Ctrl-C ends it"
        screen.write([ruled(screen.marks, screen.width, title, heavy=True)])
        while True:
            before = self.session.course.at
            self._tell()
            if self.session.state.finished:
                return
            while not watched(self.session):
                time.sleep(PAUSE)
            self._tell_of_going_back(before)

    def _scene(self) -> Scene:
        return public_scene(self.session, self.screen.marks, self.screen.width, self.screen.height)

    def _tell(self) -> None:
        """What is new."""
        scene = self._scene()
        self.screen.write(told(scene, scene.view.log[self.told :], cards=True))
        self.told = len(scene.view.log)
        for note in notes_in(self.session, "note"):
            if note.shown and note.number not in self.shown:
                self.shown.add(note.number)
                self.screen.write([Text(), *folded(note.text, self.screen.width, f" {self.screen.marks.lead} ")])
        if self.session.paused != self.paused:
            self.paused = self.session.paused
            self.screen.say(" The game is paused." if self.paused else " The game goes on.")

    def _tell_of_going_back(self, before: Step) -> None:
        words = _taken_back(self.session, before.number)
        if words:
            self.screen.write([Text(), *folded(words, self.screen.width, " ")])
            here = self.session.course.at.line()
            common = [step for step in before.line() if step in here][-1]
            self.told = len(public_log(self.session.position_at(common).state))
