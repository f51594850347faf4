"""Held keys: on no screen does a key that is held decide more than a press of it does, nor does a second click.

TABLETOP_HELD=5 also opens every screen in a real window under Xvfb and has Enter, Space and a letter held for as many
seconds on each. It takes twenty minutes, and needs Xvfb and xdotool.
"""

from __future__ import annotations

import json
import os
import pathlib
import shutil
import subprocess
import sys
from collections.abc import Iterator

import pygame
import pytest

import tabletop
from tabletop.session import Journal, Session
from tabletop.window.registry import Example, entries, show_example
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tests.patience import PATIENCE
from tests.sampled import some
from tests.window.driver import Player, drive, new_app
from tests.window.held import commands_of

SECONDS = float(os.environ.get("TABLETOP_HELD", "0"))
#: The screens on which there is most to be decided.
TELLING = ("table", "table-question", "facilitate-cards", "hand-over", "ending")
KEYS = {"enter": (pygame.K_RETURN, "\r"), "space": (pygame.K_SPACE, " "), "letter": (0, "")}


def letter_of(player: Player) -> str:
    """The letter of what the player most likely wants on a screen."""
    letters = [one.control.letter for one in player.screen.scene.controls if one.control.letter]
    return next((one for one in ("1", "d", "g", "b", "s") if one in letters), (letters or ["x"])[0])


def pressed(folder: pathlib.Path, name: str, key: str, times: int) -> tuple[int, list[str]]:
    """What comes of a key that goes down once and is then repeated."""
    app = new_app(folder)
    app.push(Title(app))
    if name != "title":
        show_example(app, name, Example())
    player = drive(app)
    player.frame(1.0)
    before = commands_of(app)
    code, written = KEYS[key]
    if key == "letter":
        written = letter_of(player)
        code = ord(written)
    for _ in range(times):
        player.post(pygame.KEYDOWN, key=code, unicode=written, mod=0, scancode=0)
        if app.top.takes_text and key == "letter":
            player.post(pygame.TEXTINPUT, text=written)
        player.frame(0.15)
    player.post(pygame.KEYUP, key=code, unicode="", mod=0, scancode=0)
    player.frame(1.0)
    found = commands_of(app) - before, [type(one).__name__ for one in app.screens]
    app.leave()
    return found


@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for at, name in enumerate(TELLING) for key in some(KEYS, len(KEYS), at % len(KEYS))],
)
def test_a_key_that_is_held_decides_no_more_than_a_press_of_it(name: str, key: str, tmp_path: pathlib.Path) -> None:
    once, screens = pressed(tmp_path / "once", name, key, 1)
    held, then = pressed(tmp_path / "held", name, key, 8)
    assert held == once
    if name != "hand-over":  # which is taken by holding a key
        assert then == screens


@pytest.fixture
def table(tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(Title(app))
    session = Session(tabletop.load("first-summit"), seed=1, humans=("corvane",), journal=Journal(tmp_path))
    shown = Table(app, session)
    shown.skip_briefing()
    app.push(shown)
    return drive(app).frame(1.0)


def test_the_second_of_a_double_click_does_not_decide_the_next_week(table: Player) -> None:
    session = table.screen.session  # type: ignore[attr-defined]
    pos, another = table._pixel("play.1"), table._pixel("play.2")
    for _ in range(2):
        table.post(pygame.MOUSEBUTTONDOWN, pos=pos, button=1)
        table.post(pygame.MOUSEBUTTONUP, pos=pos, button=1)
    assert commands_of(table.app) == 1
    # The chosen card stays where it lay; a second click on it, however late, is no other choice.
    for place in (pos, another):
        table.frame(0.5).post(pygame.MOUSEBUTTONDOWN, pos=place, button=1)
        table.post(pygame.MOUSEBUTTONUP, pos=place, button=1)
    assert commands_of(table.app) == 1
    table.frame(0.5).click("turn_over")
    assert len(session.commands) >= 2


def test_a_button_that_went_down_on_another_week_decides_nothing(table: Player) -> None:
    session = table.screen.session  # type: ignore[attr-defined]
    table.post(pygame.MOUSEBUTTONDOWN, pos=table._pixel("play.1"), button=1)
    session.decide("corvane", session.game.actions(session.state, "corvane")[0])
    table.screen.refresh()
    table.frame(0.5)
    before = len(session.commands)
    if "play.1" in table.names:
        table.post(pygame.MOUSEBUTTONUP, pos=table._pixel("play.1"), button=1)
    assert len(session.commands) == before


# In a real window


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """An X server of its own."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"],
        pass_fds=[write],
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    with os.fdopen(read) as told:
        number = told.readline().strip()
    yield f":{number}"
    server.terminate()
    server.wait()


@pytest.mark.skipif(not SECONDS, reason="TABLETOP_HELD=5 holds keys in a real window, for twenty minutes")
@pytest.mark.skipif(not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="it needs Xvfb and xdotool")
@pytest.mark.parametrize("name", entries())
def test_in_a_real_window_too(name: str, display: str, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path / "seen")
    app.push(Title(app))
    if name != "title":
        show_example(app, name, Example())
    letter = letter_of(drive(app))
    app.leave()
    known = {key: value for key, value in os.environ.items() if not key.startswith("SDL_")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.window.held", str(tmp_path), name, str(SECONDS), "Return", "space", letter],
        env={**known, "DISPLAY": display},
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE + 6 * (SECONDS + 15),
    )
    assert done.returncode == 0, done.stderr
    found = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    assert len(found) == 6
    for once, held in zip(found[::2], found[1::2], strict=True):
        assert held["commands"] == once["commands"], (once, held)
        if name != "hand-over":
            assert held["screens"] == once["screens"], (once, held)
