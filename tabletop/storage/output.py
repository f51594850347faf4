"""Writes command output to a file (atomically, following links), standard output, a pipe or a device."""

from __future__ import annotations

import os
import pathlib
import re
import stat
import sys
import tempfile

from tabletop.storage.atomic_write import write_whole
from tabletop.storage.paths import written

#: Stands for standard output in place of a file name.
STANDARD = "-"

_OPEN = re.compile(r"/dev/std(?:out|err)|(?:/dev|/proc/self)/fd/(\d{1,9})")


def write_out(content: bytes, out: str | os.PathLike[str], private: bool = False) -> None:
    """Writes to a target named by a user: `-` is standard output, `~` their home.

    A regular file is replaced atomically and keeps its permissions; a new `private` file is readable only by its owner.
    For a link, its target is written and the link stays. Other targets, such as pipes and devices, are written into.
    Raises OSError.
    """
    if os.fspath(out) == STANDARD:
        if sys.stdout is None:
            raise OSError(None, "standard output is closed")
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    path = written(out)
    there = _there(path)
    if there is not None and stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(None, "it is a folder")
    if there is not None and (not stat.S_ISREG(there.st_mode) or _descriptor(path) is not None):
        _write_into(path, content)
        return
    _replace(path.resolve(), content, there, private)


def check_writable(out: str | os.PathLike[str]) -> None:
    """Raises OSError in advance where `write_out` would raise it, if that can be predicted."""
    if os.fspath(out) == STANDARD:
        return
    path = written(out)
    there = _there(path)
    if there is not None and stat.S_ISDIR(there.st_mode):
        raise IsADirectoryError(None, "it is a folder")
    if there is not None and not os.access(path, os.W_OK):
        raise PermissionError(None, "it is there, and may not be changed")
    folder = path.resolve().parent
    if there is None and not folder.is_dir():
        raise FileNotFoundError(None, f"there is no folder {folder}")
    if there is None:
        with tempfile.TemporaryFile(dir=folder):
            pass


def is_stream(out: str | os.PathLike[str]) -> bool:
    """Whether a target is standard output, a pipe or a device, whose name has no meaningful extension."""
    if os.fspath(out) == STANDARD:
        return True
    path = written(out)
    there = _there(path)
    return (
        there is not None
        and not stat.S_ISDIR(there.st_mode)
        and (not stat.S_ISREG(there.st_mode) or _descriptor(path) is not None)
    )


def _there(path: pathlib.Path) -> os.stat_result | None:
    """The status of the path's target, or None if it does not exist; follows all links, also those in /proc."""
    try:
        return path.stat()
    except FileNotFoundError:
        return None


def _descriptor(path: pathlib.Path) -> int | None:
    """The file descriptor of a path such as /dev/stdout or /dev/fd/3; None for any other path. Its file may be shared
    with other processes, so it is written into, not replaced."""
    found = _OPEN.fullmatch(os.path.abspath(path))
    if found is None:
        return None
    return {"stdout": 1, "stderr": 2}.get(found[0].rpartition("/")[2]) or int(found[1])


def _write_into(path: pathlib.Path, content: bytes) -> None:
    number = _descriptor(path)
    if number is not None:
        if sys.stdout is not None:
            sys.stdout.flush()
        with os.fdopen(os.dup(number), "wb") as file:
            file.write(content)
        return
    handle = os.open(path, os.O_WRONLY | os.O_APPEND | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOCTTY", 0))
    with os.fdopen(handle, "wb") as file:
        file.write(content)


def _replace(path: pathlib.Path, content: bytes, there: os.stat_result | None, private: bool) -> None:
    try:
        # An existing file keeps its mode.
        write_whole(path, content, private=private and there is None)
    except PermissionError:
        # In a folder without write permission, an existing file may still be writable.
        if there is None:
            raise
        path.write_bytes(content)
