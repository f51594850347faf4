"""The streams of the command line: one may be closed, a pipe whose reader has left, or a file on a full disk."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable
from typing import Any


def prepare() -> None:
    """Puts something in the place of each stream that was closed, and sees to it that every letter can be written."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        _open(number, name)
    for stream in (sys.stdout, sys.stderr):
        if getattr(stream, "errors", "") == "strict":
            with contextlib.suppress(AttributeError, ValueError, OSError):
                stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    for name in ("COLUMNS", "LINES"):  # what says nothing of a terminal is as nothing said
        if not os.environ.get(name, "1").strip("0").isdecimal():
            del os.environ[name]


def _open(number: int, name: str) -> None:
    """A file that is opened later would be taken for a stream that was closed, and written into."""
    try:
        os.fstat(number)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)
    if getattr(sys, name) is None:
        mode = "r" if name == "stdin" else "w"
        setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115


def finished(command: Callable[[], Any]) -> int:
    """Runs a command to the last byte of its output; its exit status.

    A reader that has gone away is told nothing, as there is nobody; of a full disk a line is said.
    """
    try:
        try:
            command()
            status = 0
        except SystemExit as leaving:
            status = leaving.code if isinstance(leaving.code, int) else int(leaving.code is not None)
        sys.stdout.flush()
    except BrokenPipeError:
        status = 1
    except OSError as error:
        status = 1
        with contextlib.suppress(OSError):
            os.write(2, f"Error: cannot write the output: {error.strerror or error}\n".encode())
    _drop_what_is_left()
    return status


def _drop_what_is_left() -> None:
    """Discards buffered output that cannot be written, so that Python's own flush at exit does not fail."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            with contextlib.suppress(OSError, ValueError):
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, stream.fileno())
                os.close(nowhere)
