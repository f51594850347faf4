"""The ways into the window: pictures without a display, a plain word where there is none or where the old pygame is."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pygame
import pytest
from click.testing import CliRunner, Result

from tabletop.cli import main
from tabletop.window import start
from tests.patience import PATIENCE


def tabletop(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_a_screen_is_written_as_a_picture_of_the_size_asked_for(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "title.png"
    result = tabletop("screenshot", "title", "--size", "1280x720", "--text-size", "150", "--out", str(out))
    assert (result.exit_code, result.output) == (0, "")
    assert pygame.image.load(str(out)).get_size() == (1280, 720)


@pytest.mark.parametrize(
    ("arguments", "words", "status"),
    [
        (["tilte", "--out", "x.png"], "no screen 'tilte' (there are about", 2),
        (["title", "--size", "big", "--out", "x.png"], "write it as 1920x1080", 2),
        (["title", "--out", "/nowhere/at/all/x.png"], "cannot write /nowhere/at/all/x.png", 1),
        (["title", "--scenario", "sumit-2018", "--out", "x.png"], "did you mean 'summit-2018'", 2),
    ],
)
def test_a_picture_that_cannot_be_made_says_why(arguments: list[str], words: str, status: int) -> None:
    result = tabletop("screenshot", *arguments)
    assert result.exit_code == status
    assert words in result.output
    assert "Traceback" not in result.output


def test_the_older_pygame_is_told_apart_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(pygame, "IS_CE")
    with pytest.raises(start.NoWindow, match="pip uninstall -y pygame pygame-ce"):
        start.check_library()


def test_without_a_display_the_terminal_is_taken_and_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    result = tabletop("play", "first-summit", "--seed", "1", "--save", str(tmp_path))
    assert "There is no display: playing in the terminal." in result.output


def test_a_window_that_was_asked_for_and_cannot_be_opened_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SDL_VIDEODRIVER", "x11")
    monkeypatch.setenv("DISPLAY", ":987")
    program = "from tabletop.cli import run; run()"
    done = subprocess.run(
        [sys.executable, "-c", program, "play", "--face", "window"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert "Error: no window can be opened here" in done.stderr
    assert "Traceback" not in done.stderr


def at_display(display: str, *given: str, place: pathlib.Path) -> subprocess.CompletedProcess[str]:
    """Plays in a process of its own, which a display that does not answer must not hold up."""
    known = {name: value for name, value in os.environ.items() if not name.startswith("SDL_")}
    command = [sys.executable, "-m", "tabletop", "play", "first-summit", "--seed", "1", "--save", str(place), *given]
    return subprocess.run(
        command,
        env={**known, **({"DISPLAY": display} if display else {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
def test_a_display_that_does_not_answer_leads_to_the_terminal_and_says_so(tmp_path: pathlib.Path) -> None:
    done = at_display(":987", place=tmp_path)
    assert done.stderr.splitlines()[0].startswith("No window can be opened here (the display ':987' does not answer).")
    assert "Playing in the terminal" in done.stderr
    assert "Playing in the window" not in done.stderr


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="elsewhere there is always a display")
@pytest.mark.parametrize(("display", "why"), [("", "there is no display"), (":987", "':987' does not answer")])
def test_a_window_that_nobody_would_see_is_refused_in_one_line(display: str, why: str, tmp_path: pathlib.Path) -> None:
    done = at_display(display, "--face", "window", place=tmp_path)
    assert done.returncode == 1
    assert why in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_terminal_never_loads_pygame() -> None:
    program = "import sys, tabletop.cli, tabletop.terminal.play; print('pygame' in sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == "False"
