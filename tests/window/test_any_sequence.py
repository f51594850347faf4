"""Whatever is clicked, pressed, typed and resized, on any screen: nothing breaks, the title is in reach, and what was
played is kept as it was played.

TABLETOP_SEQUENCES=500 tries that many sequences instead of a few, TABLETOP_FIRST=250 from that one on.
"""

from __future__ import annotations

import os
import pathlib
import random
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

import pygame
import pytest

from tabletop.session import Journal, Session, open_session
from tabletop.session.opening import verify
from tabletop.storage.cache import cache_root
from tabletop.window.app import App
from tabletop.window.projector_window import session_of
from tabletop.window.registry import Example, entries, show_example
from tabletop.window.screens.hand_over import HandOver
from tabletop.window.screens.title import Title
from tabletop.window.settings import Settings
from tests.window.driver import KEYS, Player

SEQUENCES = int(os.environ.get("TABLETOP_SEQUENCES", "1"))
FIRST = int(os.environ.get("TABLETOP_FIRST", "0"))
DEEDS = 40
SIZES = [(1280, 720)] * 3 + [(1920, 1080), (1024, 768), (800, 600), (640, 400), (2560, 1080), (600, 1000), (3840, 2160)]
TYPED = ("a", "12", "~/x", "Ünï 문재인", "no such thing at all, and rather long", "-5", "summit-2018", " ")
CONTROL = ("+", "-", "0", "=")
#: Examples of screens that people come to with a game of their own, in which most is to be done.
PLAYED = (
    "table",
    "table-question",
    "table-negotiation",
    "facilitate",
    "hand-over",
    "ending",
    "new-game",
    "load",
    "tutorial",
)


class Watched(Player):
    """A player of whom it is known after every frame where the game stands that they see."""

    def __init__(self, app: App, note: Callable[[App], object]) -> None:
        self.note = note
        super().__init__(app)

    def frame(self, seconds: float = 0.05) -> Player:
        super().frame(seconds)
        self.note(self.app)
        return self


class Restless:
    """Somebody who does anything at any time; always the same for the same seed, as far as threads let it."""

    def __init__(self, seed: int, folder: pathlib.Path, examples: list[Session]) -> None:
        self.examples = examples
        self.dice, self.folder = random.Random(seed), folder
        self.done: list[str] = []
        self.sessions: dict[str, str] = {}
        names = list(entries())
        self.start = names[seed % len(names)] if seed % 2 else PLAYED[seed // 2 % len(PLAYED)]
        self.app = self.opened()
        scenario = self.dice.choice(["summit-2018", "summit-2018", "first-summit"])
        if self.start != "title":  # which is there already
            show_example(self.app, self.start, Example(scenario, seed))
        self.player = self.look()

    def opened(self) -> App:
        settings = Settings(
            motion=self.dice.random() < 0.5,
            sound=0,
            text_size=self.dice.choice([100, 100, 150, 200]),
            language=self.dice.choice(["en", "en", "ko"]),
        )
        app = App(
            self.dice.choice(SIZES),
            settings=settings,
            settings_file=self.folder / "window.json",
            journal=Journal(self.folder),
        )
        app.push(Title(app))
        return app

    def look(self) -> Player:
        return Watched(self.app, self.note)

    def act(self) -> None:
        deeds: list[tuple[int, Callable[[], object]]] = [
            (40, self.click),
            (6, self.click_anywhere),
            (4, self.drag),
            (30, self.letter),
            (20, self.key),
            (3, self.control),
            (4, self.type),
            (4, self.wheel),
            (4, self.resize),
            (6, self.wait),
        ]
        weights, ways = zip(*deeds, strict=True)
        self.dice.choices(ways, weights)[0]()
        if not self.app.is_running:
            self.close()
            self.app = self.opened()
            self.player = self.look()

    def close(self) -> None:
        self.app.leave()
        for session in self.examples:  # which no table has that would close them
            session.close()
        self.app.journal.close()

    def note(self, app: App) -> None:
        """What has been acknowledged of the game on the table."""
        session = session_of(app)
        if session is not None and session.is_kept and session.commands and not session.watching:
            self.sessions[session.id] = session.state.fingerprint

    def say(self, what: str) -> None:
        self.done.append(f"{type(self.app.top).__name__}: {what}")

    def click(self) -> None:
        seen = [one for one in self.app.top.scene.controls if one.box.common(one.clip).area > 0]
        if seen:
            name = self.dice.choice(seen).name
            self.say(f"click {name}")
            self.player.click(name)

    def somewhere(self) -> tuple[int, int]:
        width, height = self.app.surface.get_size()
        return self.dice.randrange(-5, width + 5), self.dice.randrange(-5, height + 5)

    def click_anywhere(self) -> None:
        pos, button = self.somewhere(), self.dice.choice([1, 1, 2, 3])
        self.say(f"click at {pos} with {button}")
        self.player.post(pygame.MOUSEBUTTONDOWN, pos=pos, button=button)
        self.player.post(pygame.MOUSEBUTTONUP, pos=pos, button=button)

    def drag(self) -> None:
        there, here = self.somewhere(), self.somewhere()
        self.say(f"drag {there} to {here}")
        self.player.post(pygame.MOUSEBUTTONDOWN, pos=there, button=1)
        self.player.post(pygame.MOUSEMOTION, pos=here, rel=(1, 1), buttons=(1, 0, 0))
        if self.dice.random() < 0.8:
            self.player.post(pygame.MOUSEBUTTONUP, pos=here, button=1)

    def letter(self) -> None:
        letters = [one.control.letter for one in self.app.top.scene.controls if one.control.letter]
        letter = self.dice.choice(letters or ["x"]) if self.dice.random() < 0.8 else self.dice.choice("w?fq1059hz")
        self.say(f"press {letter}")
        self.player.press(letter)

    def key(self) -> None:
        key = self.dice.choice(list(KEYS))
        mod = self.dice.choice([0, 0, 0, pygame.KMOD_SHIFT, pygame.KMOD_ALT])
        self.say(f"press {key} ({mod})")
        self.player.press(key, mod=mod)

    def control(self) -> None:
        key = self.dice.choice(CONTROL)
        self.say(f"press Ctrl {key}")
        self.player.press(key, mod=pygame.KMOD_CTRL)

    def type(self) -> None:
        text = self.dice.choice(TYPED)
        self.say(f"type {text}")
        fields = [one.name for one in self.app.top.scene.controls if one.control.takes_text]
        if fields:
            self.player.tab_to(self.dice.choice(fields))
        self.player.type(text)

    def wheel(self) -> None:
        pos, steps = self.somewhere(), self.dice.choice([-9, -1, 1, 9])
        self.say(f"wheel {steps} at {pos}")
        self.player.wheel(pos, steps)

    def resize(self) -> None:
        size = self.dice.choice(SIZES)
        self.say(f"resize to {size}")
        self.app.resize(size)
        self.player.frame()

    def wait(self) -> None:
        seconds = self.dice.choice([0.02, 0.3, 1.0, 5.0])
        self.say(f"wait {seconds}")
        self.player.frame(seconds).frame(0.02)

    def go_to_title(self) -> None:
        """As a player would who has had enough: Escape, and where that asks or pauses, the way to the title."""
        self.app.resize((1280, 720))
        self.player.frame()
        for _ in range(60):
            if isinstance(self.app.top, Title):
                return
            names = self.player.names
            if isinstance(self.app.top, HandOver):
                self.player.frame(2.0)
            out = next((way for way in ("title", "leave", "drop") if self.app.top.is_overlay and way in names), "")
            self.say(f"way out: {out or 'escape'}")
            if out:
                self.player.tab_to(out).press("enter")
            else:
                self.player.press("escape")
        raise AssertionError(f"no way to the title from {[type(one).__name__ for one in self.app.screens]}")


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> Iterator[pathlib.Path]:
    """A place without a disk, where there is one, in which all that is written stays."""
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        cache = cache_root()
        for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"):
            monkeypatch.setenv(name, folder)
        # Bots that search need the compiled kernels, which are no part of what is kept.
        monkeypatch.setenv("XDG_CACHE_HOME", str(cache.parent) if cache else folder)
        yield pathlib.Path(folder)


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEQUENCES))
def test_whatever_is_done_on_any_screen_the_game_is_kept_and_the_title_in_reach(
    seed: int, quick: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples: list[Session] = []

    def kept(*given: Any, **named: Any) -> Session:
        examples.append(Session(*given, **{**named, "journal": Journal(quick)}))
        return examples[-1]

    # Games of examples are kept as those that are begun in the window.
    monkeypatch.setattr("tabletop.window.examples.Session", kept)
    restless = Restless(seed, quick, examples)
    try:
        for _ in range(DEEDS):
            restless.act()
        restless.go_to_title()
    except BaseException as error:
        error.add_note("\n".join([f"seed {seed}, from {restless.start}:", *restless.done[-12:]]))
        raise
    finally:
        restless.close()
    expect_sound(quick, restless.sessions)


def expect_sound(folder: pathlib.Path, sessions: dict[str, str]) -> None:
    """Every journal leads where it led, and goes on where the player left it."""
    journal = Journal(folder)
    found, faults = journal.sessions()
    assert faults == []
    for one in found:
        assert all(check.agrees for check in verify(journal, one.heading.id)), one.heading.id
    for id, fingerprint in sessions.items():
        if id in {one.heading.id for one in found}:  # else the player deleted it
            session, _ = open_session(journal, id)
            assert session.state.fingerprint == fingerprint
            session.close()
