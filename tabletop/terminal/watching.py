"""Watching: a session that is played elsewhere, as everybody in the room may see it; for a projector."""

from __future__ import annotations

import time

from rich.console import Console, Group
from rich.live import Live
from rich.text import Text

from tabletop.presentation.words import Words
from tabletop.session import Session
from tabletop.session.clock import WatchedClock
from tabletop.session.commands import Overrule
from tabletop.session.facilitator_view import log_after
from tabletop.session.notes import notes as notes_in
from tabletop.session.opening import watched
from tabletop.session.passwords import word_number
from tabletop.session.public_screen import waits_for_the_room
from tabletop.session.step_tree import Step
from tabletop.terminal.public import public_pages
from tabletop.terminal.rows import folded, ruled
from tabletop.terminal.scene import Scene, public_scene, scene_of
from tabletop.terminal.screen import Screen
from tabletop.terminal.status import short_when
from tabletop.terminal.team import PARTS, team_pages
from tabletop.terminal.timeline import told
from tabletop.terminal.watch_keys import WatchKeys

#: Seconds between two looks at the journal.
PAUSE = 0.5
#: Seconds in which a room has read a page.
_READ = 9.0


def watch(
    session: Session,
    console: Console,
    notes: list[str] | None = None,
    seat: str = "",
    words: Words | None = None,
) -> None:
    """Shows a session as it goes on, until Ctrl-C or q; in a pipe, tells what happens until it ends.

    What only some seats may know is not shown, unless it is the screen of a `seat`: then all that this one may know.
    """
    screen = Screen(console, words)
    session.language = screen.words.language
    try:
        if screen.interactive:
            (_Team(session, screen, seat) if seat else _Projector(session, screen)).run()
        else:
            _Story(session, screen, seat).run(notes or [])
    except KeyboardInterrupt:
        screen.say("")


class _Watcher:
    """One screen that is drawn anew whenever something was done, a key was pressed or a second has gone by."""

    def __init__(self, session: Session, screen: Screen) -> None:
        self.session = session
        self.screen = screen
        self.clock = WatchedClock(session)
        self.keys = WatchKeys()
        self.page = 0
        self.over = ""

    def run(self) -> None:
        """Until Ctrl-C: a facilitator may step back even from the verdict."""
        console = self.screen.console
        with self.keys.open(), Live(console=console, screen=True, auto_refresh=False, vertical_overflow="crop") as live:
            while not self.over:
                live.update(Group(*(_one_line(row) for row in self.rows())), refresh=True)
                for key in self.keys.pressed(PAUSE):
                    if key == "leave":
                        return
                    self.press(key)
                self._follow()
        self.screen.say(self.over)

    def rows(self) -> list[Text]:
        """What stands on the screen now."""
        raise NotImplementedError

    def press(self, key: str) -> None:
        """Turns the page."""
        self.page += {"on": 1, "back": -1}.get(key, 0)

    def _follow(self) -> None:
        before = self.session.course.at
        if watched(self.session):
            self.page = 0
            self.changed(before)

    def changed(self, before: Step) -> None:
        """Something was done in the session; `before` is where the game stood."""


class _Projector(_Watcher):
    """The screen that all look at."""

    def __init__(self, session: Session, screen: Screen) -> None:
        super().__init__(session, screen)
        self.notice = ""
        self._new_at = 0.0
        self._turned_at = time.monotonic()

    def rows(self) -> list[Text]:
        scene = public_scene(self.session, self.screen)
        now = time.monotonic()
        pages = public_pages(scene, self.clock, self.notice, now < self._new_at + _READ)
        if len(pages) > 1 and now > self._turned_at + _READ:
            self.press("on")
        return pages[self.page % len(pages)]

    def press(self, key: str) -> None:
        self._turned_at = time.monotonic()
        super().press(key)

    def changed(self, before: Step) -> None:
        at = self.session.course.at
        if at is before:
            return
        self._turned_at = time.monotonic()
        # Where nobody says when the room has read it, what was done stays for as long as it takes to read.
        self._new_at = 0.0 if waits_for_the_room(self.session) else self._turned_at
        is_quiet = isinstance(at.said, Overrule) and not at.said.shown
        self.notice = "" if is_quiet else _taken_back(self.session, self.screen.words, before.number)


class _Team(_Watcher):
    """The screen of one seat."""

    def __init__(self, session: Session, screen: Screen, seat: str) -> None:
        super().__init__(session, screen)
        self.seat = seat
        self.part = "now"
        self._word = word_number(session.commands, seat)

    def rows(self) -> list[Text]:
        scene = scene_of(self.session, self.seat, self.screen)
        pages = team_pages(scene, self.clock, self.part)
        return pages[self.page % len(pages)]

    def press(self, key: str) -> None:
        if key in PARTS:
            self.part, self.page = PARTS[key], 0
        super().press(key)

    def changed(self, before: Step) -> None:
        if self.session.course.at is not before:
            self.part = "now"
        if word_number(self.session.commands, self.seat) != self._word:
            self.over = self.screen.words("terminal.other_word")


def _one_line(row: Text) -> Text:
    row.no_wrap = True
    row.overflow = "crop"
    return row


def _taken_back(session: Session, words: Words, before: int) -> str:
    """That the game does not simply go on from where it stood, if it does not."""
    if any(step.number == before for step in session.course.at.line()):
        return ""
    is_overruled = isinstance(session.course.at.said, Overrule)
    key = "terminal.watch_overruled" if is_overruled else "terminal.watch_taken_back"
    return words(key, when=short_when(session, words))


class _Story:
    """The story line by line, as a pipe has it; that of a seat, or what all may know."""

    def __init__(self, session: Session, screen: Screen, seat: str = "") -> None:
        self.session = session
        self.screen = screen
        self.seat = seat
        self.told = 0
        self.shown: set[int] = set()
        self.paused = False

    def run(self, notes: list[str]) -> None:
        """Until the game is over."""
        screen = self.screen
        screen.write([row for note in notes for row in folded(note, screen.width, " ")])
        title = screen.words("terminal.watching", title=self.session.scenario.title, dash=screen.marks.dash)
        screen.write([ruled(screen.marks, screen.width, title, heavy=True)])
        while True:
            before = self.session.course.at
            self._tell()
            if self.session.is_over:
                return
            while not watched(self.session):
                time.sleep(PAUSE)
            self._tell_of_going_back(before)

    def _scene(self) -> Scene:
        if self.seat:
            return scene_of(self.session, self.seat, self.screen)
        return public_scene(self.session, self.screen)

    def _tell(self) -> None:
        """What is new."""
        scene = self._scene()
        self.screen.write(told(scene, scene.view.log[self.told :], cards=True))
        self.told = len(scene.view.log)
        for note in notes_in(self.session):
            if (note.shown or self.seat in note.to) and note.number not in self.shown:
                self.shown.add(note.number)
                self.screen.write([Text(), *folded(note.text, self.screen.width, f" {self.screen.marks.lead} ")])
        if self.session.paused != self.paused:
            self.paused = self.session.paused
            key = "terminal.watch_paused" if self.paused else "terminal.watch_goes_on"
            self.screen.say(f" {self.screen.words(key)}")

    def _tell_of_going_back(self, before: Step) -> None:
        words = _taken_back(self.session, self.screen.words, before.number)
        if words:
            self.screen.write([Text(), *folded(words, self.screen.width, " ")])
            here = self.session.course.at.line()
            common = [step for step in before.line() if step in here][-1]
            self.told = len(log_after(self.session, common, self.seat))
