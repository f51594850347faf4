"""The subprocess of a custom player: loads the code, asks it for moves, enforces the time limit, reports errors.

The code may end, hang or change this process: the game, with everything that the code must not know, is in another one.
What the code prints goes to standard error. Each answer is a line of JSON.
"""

from __future__ import annotations

import importlib
import importlib.util
import io
import os
import pathlib
import signal
import sys
import threading
import time
import traceback
from json import dumps, loads
from pickle import load as next_of
from types import FrameType, TracebackType
from typing import Any, BinaryIO

from tabletop.engine.views import View
from tabletop.players.dice import Dice
from tabletop.players.view_transfer import Receiver
from tabletop.scenario.problems import printable
from tabletop.storage.paths import written

_PACKAGE = str(pathlib.Path(__file__).resolve().parent.parent)
#: Maximum seconds between two checks of the time limit.
_LOOK = 0.25


class BadPlayer(Exception):
    """An error in a player's code, worded for its author."""


def serve() -> None:
    """Loads the player named in the first line, then answers questions until the input ends."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    try:
        os.fstat(2)
    except OSError:  # without a standard error, the next opened file would become it
        os.dup2(nowhere, 2)
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    if isinstance(sys.stdout, io.TextIOWrapper):  # what a player prints must be out before its process is ended
        sys.stdout.reconfigure(line_buffering=True)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches all processes of a terminal, but is for the game
    order = loads(asked.readline())
    watch = _Watch(answers, order["limit"])
    player: Any = None
    receiver = Receiver()
    with watch.over(0, "loading it") as outcome:
        player = load(order["name"])
        outcome["ready"] = True
    while player is not None:
        try:
            number, sent, key = next_of(asked)
        except EOFError:
            break
        view = receiver.view(sent)
        with watch.over(number, "choose()") as outcome:
            outcome["move"] = _chosen(player, view, Dice(key))


def load(name: str) -> Any:
    """Creates an object of the class named as `package.module:Class` or `file.py:Class`.

    Modules beside the file, and packages in the working folder, can be imported.
    """
    place, _, class_name = name.rpartition(":")
    module = _module_from_file(place) if place.endswith(".py") else _module_from_package(place)
    made = getattr(module, class_name, None)
    if made is None:
        classes = [one for one, value in vars(module).items() if isinstance(value, type) and hasattr(value, "choose")]
        raise BadPlayer(
            f"there is no class '{class_name}' in it" + (f" (there is {', '.join(classes)})" if classes else "")
        )
    player = made()
    if not callable(getattr(player, "choose", None)):
        raise BadPlayer("it has no method 'choose(view, dice)'")
    return player


def _module_from_file(place: str) -> Any:
    path = written(place)
    if not path.is_file():
        raise BadPlayer(f"there is no file {place}")
    path = path.resolve()
    sys.path.insert(0, str(path.parent))
    # Registered by name, as dataclasses and mutually importing modules need.
    name = path.stem if path.stem not in sys.modules else f"{path.stem} of {path.parent}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise BadPlayer(f"{place} is not a Python file")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def _module_from_package(place: str) -> Any:
    sys.path.insert(0, os.getcwd())
    return importlib.import_module(place)


def _chosen(player: Any, view: View, dice: Dice) -> int:
    """The index of the view's action that the player chooses."""
    action = player.choose(view, dice)
    for number, one in enumerate(view.actions):
        if action is one or action == one:
            return number
    raise BadPlayer(f"it chose {printable(repr(action), 120)}, and choose() returns one of view.actions")


class _Watch:
    """A watchdog: reports the code's results, and ends the process on a timeout (limit in seconds, 0 for none) or when
    the game has gone."""

    def __init__(self, answers: BinaryIO, limit: float) -> None:
        self._answers, self._limit = answers, limit
        self._parent, self._code = os.getppid(), threading.get_ident()
        self._alone = threading.Lock()
        self._number, self._doing, self._until = 0, "", 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def over(self, number: int, doing: str) -> _Over:
        """A context that applies the time limit to its body and reports the result."""
        with self._alone:
            self._number, self._doing = number, doing
            self._until = time.monotonic() + self._limit if self._limit else float("inf")
        return _Over(self)

    def answer(self, outcome: dict[str, Any]) -> None:
        """Reports a result."""
        with self._alone:
            self._until = 0.0
            self._write(outcome)

    def _write(self, outcome: dict[str, Any]) -> None:
        try:
            self._answers.write(dumps({"number": self._number, **outcome}).encode() + b"\n")
            self._answers.flush()
        except OSError:  # the game has gone
            os._exit(1)

    def _look(self) -> None:
        while True:
            time.sleep(min(_LOOK, self._limit / 5) if self._limit else _LOOK)
            if os.getppid() != self._parent:
                os._exit(1)
            with self._alone:
                if self._until and time.monotonic() > self._until:
                    where = _line_of(sys._current_frames().get(self._code))
                    self._write({"failed": f"{self._doing} took longer than {self._limit:g} s{where}"})
                    os._exit(1)


class _Over:
    def __init__(self, watch: _Watch) -> None:
        self._watch = watch
        self._outcome: dict[str, Any] = {}

    def __enter__(self) -> dict[str, Any]:
        return self._outcome

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        if error is not None:
            self._outcome = {"failed": _words(error)}
        self._watch.answer(self._outcome)
        return True


def _words(error: BaseException) -> str:
    """An error of the code, with its line, in words."""
    if isinstance(error, BadPlayer):
        return str(error)
    try:
        said = printable(str(error), 200)
    except BaseException:  # its message may be custom code too
        said = ""
    if isinstance(error, SystemExit):
        return f"it left the program (SystemExit: {said}){_line_in(error.__traceback__)}"
    told = f"{type(error).__name__}: {said}" if said else type(error).__name__
    if isinstance(error, SyntaxError):  # its message includes the line
        return told
    return f"{told}{_line_in(error.__traceback__)}"


def _line_in(trace: TracebackType | None) -> str:
    own = [frame for frame in traceback.extract_tb(trace) if _is_own(frame.filename)]
    return f" ({pathlib.Path(own[-1].filename).name}, line {own[-1].lineno})" if own else ""


def _line_of(frame: FrameType | None) -> str:
    while frame is not None and not _is_own(frame.f_code.co_filename):
        frame = frame.f_back
    return "" if frame is None else f" ({pathlib.Path(frame.f_code.co_filename).name}, line {frame.f_lineno})"


def _is_own(file: str) -> bool:
    """Whether a file belongs to the player, not to the program or Python."""
    return not file.startswith((_PACKAGE, "<")) and os.path.dirname(os.__file__) not in file
