"""A player written by a user: its code runs in a subprocess and gets only its seat's view."""

from __future__ import annotations

import contextlib
import json
import math
import os
import select
import subprocess
import sys
import threading
import time
import weakref
from collections.abc import Iterator
from typing import Any

from tabletop.engine.program import Action
from tabletop.engine.views import View
from tabletop.players.dice import Dice
from tabletop.players.errors import PlayerFailed, UnknownPlayer
from tabletop.players.view_transfer import Sender, pickled
from tabletop.scenario.problems import printable, quoted

#: The environment variable for the time limit of a decision in seconds; 0 for none.
LIMIT = "TABLETOP_BOT_LIMIT"
USUAL_LIMIT = 60.0
_LONGEST_LIMIT = 7 * 24 * 3600.0
#: Extra seconds in which the process should report a timeout itself, before it is killed.
_GRACE = 5.0
#: Seconds that Python may take to start on a busy machine, before the code is loaded.
_STARTING = 60.0
_LONGEST_ANSWER = 100_000
# sys.path is passed on, and the working folder does not come before it.
_START = """
import json, sys
sys.path[:] = json.loads(sys.argv.pop())
from tabletop.players.custom_player_process import serve
serve()
"""


def limit() -> float:
    """The time limit of a decision in seconds. Raises UnknownPlayer if the environment variable is invalid."""
    text = os.environ.get(LIMIT, "").strip()
    try:
        seconds = float(text) if text else USUAL_LIMIT
    except ValueError:
        seconds = math.nan
    if not 0 <= seconds <= _LONGEST_LIMIT:
        message = f"{LIMIT} is {quoted(text)}: it takes seconds a decision, 0 for any time"
        raise UnknownPlayer(message, "no-limit", name=LIMIT, value=quoted(text))
    return seconds


class CustomPlayer:
    """Plays a seat with a user's code: `package.module:Class`, or `file.py:Class`.

    The code runs in a subprocess and gets only its seat's view over a pipe: no state, no seed. Nothing that it does to
    its process affects the game. Threads may share it; it decides one thing at a time.
    """

    def __init__(self, name: str) -> None:
        """Starts to load the code; `wait` raises if it cannot be used."""
        self._name, self._limit = name, limit()
        self._alone = threading.Lock()
        self._number = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""
        self._start()

    def wait(self) -> None:
        """Waits until the code is loaded. Raises UnknownPlayer if that fails."""
        with self._alone:
            try:
                self._loaded()
            except PlayerFailed as error:
                message = f"the player '{self._name}' cannot be used: {error}"
                raise UnknownPlayer(message, "player-unusable", name=self._name, why=error) from None

    def choose(self, view: View, dice: Dice) -> Action:
        """The code's choice. Raises PlayerFailed, with its line, if it crashes or chooses an illegal action."""
        with self._alone:
            try:
                if self._process is None:
                    self._start()
                    self._loaded()
                move = self._asked(view, dice.key)
            except PlayerFailed as error:
                message = f"the player '{self._name}' of {view.seat} failed: {error}"
                raise PlayerFailed(message, "bot-failed", name=self._name, seat=view.seat, why=error) from None
        return view.actions[move]

    def _start(self) -> None:
        command = [sys.executable, "-P", "-c", _START, json.dumps([one for one in sys.path if one])]
        try:
            process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0)
        except OSError as error:
            message = f"no process can be started for the player '{self._name}': {error}"
            raise UnknownPlayer(message, "no-player-process", name=self._name, why=str(error)) from None
        self._process, self._unread, self._number, self._sender = process, b"", 0, Sender()
        self._answers = _Readable(process)
        self._end = weakref.finalize(self, _end, process)
        self._send(json.dumps({"name": self._name, "limit": self._limit}).encode() + b"\n")

    def _loaded(self) -> None:
        if self._process is not None and self._number == 0:
            self._answer()
            self._number = 1

    def _asked(self, view: View, key: bytes) -> int:
        self._send(pickled((self._number, self._sender.sent(view), key)))
        move = self._answer().get("move")
        self._number += 1
        if not isinstance(move, int) or not 0 <= move < len(view.actions):
            raise self._broken("it answered out of turn", "player-out-of-turn")
        return move

    def _send(self, content: bytes) -> None:
        assert self._process is not None
        assert self._process.stdin is not None
        # If it has already ended, reading its answer reports that.
        with contextlib.suppress(BrokenPipeError), self._whole():
            rest = memoryview(content)
            while rest:
                rest = rest[self._process.stdin.write(rest) or 0 :]

    @contextlib.contextmanager
    def _whole(self) -> Iterator[None]:
        """Stops the process if an exchange is interrupted (Ctrl-C), since the pipe is then out of step."""
        try:
            yield
        except BrokenPipeError:
            raise
        except BaseException:
            self._stop()
            raise

    def _answer(self) -> dict[str, Any]:
        """The answer to the last question. Raises PlayerFailed if there is none, or if it reports a failure."""
        with self._whole():
            line = self._line()
        if line is None:
            raise self._how_it_ended()
        try:
            answer = json.loads(line)
        except (ValueError, RecursionError):
            answer = None
        if not isinstance(answer, dict) or answer.get("number") != self._number:
            raise self._broken("it answered out of turn", "player-out-of-turn")
        if "failed" in answer:
            said = printable(str(answer["failed"]))
            raise PlayerFailed(said, "player-said", said=said)
        return answer

    def _line(self) -> bytes | None:
        """The next line; None if the process has ended. Raises PlayerFailed on a timeout."""
        assert self._process is not None
        assert self._process.stdout is not None
        grace = _GRACE if self._number else _STARTING
        until = time.monotonic() + self._limit + grace if self._limit else math.inf
        while b"\n" not in self._unread:
            while not self._answers.within(until - time.monotonic()):
                if time.monotonic() >= until:
                    limit = f"{self._limit:g}"
                    raise self._broken(f"it took longer than {limit} s", "player-late", seconds=limit)
            part = self._process.stdout.read(65536)
            if not part:
                return None
            self._unread += part
            if len(self._unread) > _LONGEST_ANSWER:
                raise self._broken("it answered without an end", "player-endless")
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    def _how_it_ended(self) -> PlayerFailed:
        assert self._process is not None
        try:
            status = self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            return self._broken("it closed what it answers through", "player-closed")
        if status >= 0:
            return self._broken(f"it ended its process (status {status})", "player-ended", status=status)
        return self._broken(f"its process was ended (signal {-status})", "player-killed", signal=-status)

    def _broken(self, how: str, kind: str, **places: object) -> PlayerFailed:
        self._stop()
        return PlayerFailed(how, kind, **places)

    def _stop(self) -> None:
        """Kills the process; the next question starts a new one."""
        self._end()
        self._process = None


class _Readable:
    """Waits for output of a process, with a timeout."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        assert process.stdout is not None
        # Windows cannot wait for such a pipe: there only the process itself enforces the limit.
        self._poll = select.poll() if hasattr(select, "poll") else None
        if self._poll is not None:
            self._poll.register(process.stdout, select.POLLIN)

    def within(self, seconds: float) -> bool:
        """Whether there is output, or its end, within so many seconds, at most a minute."""
        return self._poll is None or bool(self._poll.poll(1000 * max(0.0, min(60.0, seconds))))


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            pipe.close()
