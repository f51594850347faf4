"""A game is played in one process, and everybody looks at it in the window of another."""

from __future__ import annotations

import os
import pathlib
import queue
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator

import pytest

from tabletop.session import Journal
from tests.patience import PATIENCE

ROOT = pathlib.Path(__file__).parents[2]


class Window:
    """The window of a process of its own."""

    def __init__(self, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.window.at_hand", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        self.shown: dict[str, str] = {}  # the game that each screen has drawn last
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def order(self, what: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{what}\n")
        self.process.stdin.flush()

    def until(self, done: Callable[[dict[str, str]], bool]) -> None:
        while not done(self.shown):
            screen, fingerprint = self._lines.get(timeout=PATIENCE).split()
            self.shown[screen] = fingerprint

    def close(self) -> str:
        """Closes the window; what was wrong."""
        self.order("close")
        assert self.process.stderr is not None
        wrong = self.process.stderr.read()
        assert self.process.wait(PATIENCE) == 0, wrong
        return wrong


@pytest.fixture
def window() -> Iterator[Callable[..., Window]]:
    opened: list[Window] = []

    def opens(*arguments: str) -> Window:
        opened.append(Window(*arguments))
        return opened[-1]

    yield opens
    for one in opened:
        one.process.kill()
        one.process.communicate()


def test_the_projector_of_another_process_follows_the_game_that_is_played_in_the_first(
    window: Callable[..., Window], tmp_path: pathlib.Path
) -> None:
    place = ("--face", "window", "--save", str(tmp_path))
    table = window("play", "first-summit", "--seat", "corvane", "--seed", "3", "--projector", *place)
    table.until(lambda shown: "OpeningSheet" in shown and "Projector" in shown)
    table.order("decide")  # it is the opening that goes
    table.until(lambda shown: "Table" in shown)
    start = table.shown["Table"]
    table.order("decide")
    table.until(lambda shown: shown["Table"] != start and shown["Projector"] == shown["Table"])

    other = window("resume", "--projector", *place)
    other.until(lambda shown: shown.get("Projector") == table.shown["Table"])
    for _ in range(3):
        before = table.shown["Table"]
        table.order("decide")
        table.until(lambda shown, before=before: shown["Table"] != before)  # type: ignore[misc]
        table.until(lambda shown: shown["Projector"] == shown["Table"])
        other.until(lambda shown: shown["Projector"] == table.shown["Table"])
    assert "Traceback" not in other.close() + table.close()
    (kept,) = Journal(tmp_path).sessions()[0]
    assert kept.standing.commands > 3
