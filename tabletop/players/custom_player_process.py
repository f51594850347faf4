"""The subprocess of a custom player: loads the code, asks it for moves, enforces the time limit, reports errors.

Whatever the code does to its process (end it, hang it, print, change its modules) the game stands outside of it, and
so does all that the code must not know. What it prints goes to standard error. Each line of the answer is JSON.
"""

from __future__ import annotations

import importlib
import importlib.util
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
from tabletop.players.protocol import Dice
from tabletop.players.view_transfer import Receiver
from tabletop.scenario.problems import printable
from tabletop.storage.paths import written

_PACKAGE = str(pathlib.Path(__file__).resolve().parent.parent)
#: Seconds between two looks of the watch at the clock, at most.
_LOOK = 0.25


class BadPlayer(Exception):
    """What is wrong with the code of a player; in words for whoever wrote it."""


def serve() -> None:
    """Loads the player that the first line names, and then answers every question until there are no more."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    try:
        os.fstat(2)
    except OSError:  # there is no standard error, and what is opened next would be taken for it
        os.dup2(nowhere, 2)
    asked, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(nowhere, 0)
    os.dup2(2, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # it goes to all that a terminal runs, and is not meant for this
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
    """An object of the class that `package.module:Class` or `file.py:Class` names.

    The neighbours of a file, and packages in the folder in which the program was started, can be imported.
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
    # Code finds its own module by its name: dataclasses do, and so do neighbours that import it in turn.
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
    """Which of the actions of the view the player takes."""
    action = player.choose(view, dice)
    for number, one in enumerate(view.actions):
        if action is one or action == one:
            return number
    raise BadPlayer(f"it chose {printable(repr(action), 120)}, and choose() returns one of view.actions")


class _Watch:
    """Answers for what the code does, and ends the process where that takes longer than the limit in seconds (0: as
    long as it likes), or where nobody is there any more to be answered."""

    def __init__(self, answers: BinaryIO, limit: float) -> None:
        self._answers, self._limit = answers, limit
        self._parent, self._code = os.getppid(), threading.get_ident()
        self._alone = threading.Lock()
        self._number, self._doing, self._until = 0, "", 0.0
        threading.Thread(target=self._look, daemon=True).start()

    def over(self, number: int, doing: str) -> _Over:
        """Watches over what is done within it, and answers when it is done."""
        with self._alone:
            self._number, self._doing = number, doing
            self._until = time.monotonic() + self._limit if self._limit else float("inf")
        return _Over(self)

    def answer(self, outcome: dict[str, Any]) -> None:
        """Says what came of it."""
        with self._alone:
            self._until = 0.0
            self._write(outcome)

    def _write(self, outcome: dict[str, Any]) -> None:
        try:
            self._answers.write(dumps({"number": self._number, **outcome}).encode() + b"\n")
            self._answers.flush()
        except OSError:  # nobody is there any more
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
    """What the code did, and in which of its lines."""
    if isinstance(error, BadPlayer):
        return str(error)
    try:
        said = printable(str(error), 200)
    except BaseException:  # whatever it is, its words may be code too
        said = ""
    if isinstance(error, SystemExit):
        return f"it left the program (SystemExit: {said}){_line_in(error.__traceback__)}"
    told = f"{type(error).__name__}: {said}" if said else type(error).__name__
    if isinstance(error, SyntaxError):  # it says where by itself
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
    """Whether a file is the player's, and not the program's or Python's."""
    return not file.startswith((_PACKAGE, "<")) and os.path.dirname(os.__file__) not in file
