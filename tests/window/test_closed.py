"""The window is closed, or its process killed, in the middle of something: Continue is exactly where it was."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys

import pytest

from tabletop.window.screens.title import Title
from tests.patience import PATIENCE
from tests.window.driver import drive, new_app
from tests.window.whole_games import session_of

ROOT = pathlib.Path(__file__).parents[2]


def closed_in(moment: str, folder: pathlib.Path) -> list[tuple[int, str]]:
    """What a window had acknowledged that was closed in the middle of something: how many commands, and where."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.window.closed", str(folder), moment],
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TABLETOP_TEST_THINKING": str(folder / "thinks")},
        check=False,
        timeout=PATIENCE,
    )
    assert done.returncode == (-9 if moment == "killed-in-save" else 0), done.stderr
    return [(int(count), fingerprint) for count, fingerprint in map(str.split, done.stdout.splitlines())]


@pytest.mark.parametrize("moment", ["thought", "animation", "save", "killed-in-save"])
def test_a_window_that_is_closed_in_the_middle_of_something_goes_on_exactly_there(
    moment: str, tmp_path: pathlib.Path
) -> None:
    acknowledged = closed_in(moment, tmp_path)
    app = new_app(tmp_path)
    app.push(Title(app))
    player = drive(app)
    assert player.focused == "continue"
    player.press("enter")
    session = session_of(player)
    assert (len(session.commands), session.state.fingerprint) == acknowledged[-1]
    if moment == "save":
        # The decision that was being written when the window was closed is one that was made.
        assert acknowledged[-1][0] > acknowledged[0][0]
    app.leave()
