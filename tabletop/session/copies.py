"""A second copy of a session as a text file in another folder, written by a background thread."""

from __future__ import annotations

import errno
import os
import pathlib
import threading

from tabletop.session import portable
from tabletop.session.commands import Command
from tabletop.session.errors import JournalError
from tabletop.session.record import Record
from tabletop.storage.atomic_write import make_private_folder, write_whole
from tabletop.storage.paths import written

#: How long closing waits for the copy to be complete, in seconds.
PATIENCE = 5.0


class Copy:
    """A session as `portable` text in a folder, such as one on a USB stick; `tabletop sessions import` reads it.

    A background thread writes it, since the place may be slow or missing. `problem` is the present problem, "" for
    none; when the place is back, the whole session is written again.
    """

    def __init__(self, folder: pathlib.Path | str, record: Record) -> None:
        self.folder = written(folder)
        self.problem = ""
        self._told = ""
        self._above: pathlib.Path | None = None
        self._record = record
        self._commands = list(record.commands)
        self._path: pathlib.Path | None = None
        self._sum = ""
        self._written, self._size = 0, -1
        self._news, self._idle = threading.Event(), threading.Event()
        self._news.set()
        threading.Thread(target=self._work, name="second copy", daemon=True).start()

    def add(self, command: Command) -> None:
        """Queues a command for writing."""
        self._commands.append(command)
        self._idle.clear()
        self._news.set()

    def wait(self, seconds: float = PATIENCE) -> str:
        """Waits until everything is written, at most so many seconds; returns the problem, "" for none."""
        if not self._idle.wait(seconds):
            self.problem = f"the second copy in {self.folder} is not complete: the place is slow"
        return self.problem

    def news(self) -> str:
        """The change since the last call, in words: it cannot be written, or can again; "" for no change."""
        problem, told, self._told = self.problem, self._told, self.problem
        if problem == told:
            return ""
        return problem or f"the second copy in {self.folder} is complete again"

    def _work(self) -> None:
        while True:
            self._news.wait()
            self._news.clear()
            try:
                self._write()
                self.problem = ""
            except (OSError, JournalError) as error:
                self._size = -1
                why = getattr(error, "strerror", None) or error
                self.problem = f"the second copy in {self.folder} cannot be written ({why})"
            if not self._news.is_set():
                self._idle.set()

    def _write(self) -> None:
        if self._path is None or self._size < 0 or self._size != _size_of(self._path):
            self._write_whole()
            return
        lines = []
        for command in self._commands[self._written :]:
            line, self._sum = portable.command_line(command, self._sum)
            lines.append(line)
        with self._path.open("ab") as file:
            self._size += file.write("".join(lines).encode())
            _sync(file.fileno())
        self._written += len(lines)

    def _write_whole(self) -> None:
        self._find_folder()
        self._path = path = self._free_path()
        commands = tuple(self._commands)
        text, self._sum = portable.opening_text(self._record.heading, self._record.texts, commands, growing=True)
        content = text.encode()
        write_whole(path, content, private=True)
        self._size, self._written = len(content), len(commands)

    def _find_folder(self) -> None:
        """Creates the folder if needed. Raises OSError if its disk is gone, since the folder would be created on
        another one."""
        if self._above is not None and _disk_of(self._above) == _disk_of(self.folder):
            raise OSError(errno.ENODEV, "the disk that it was on is gone")
        make_private_folder(self.folder)
        self._above = _above_disk_of(self.folder)

    def _free_path(self) -> pathlib.Path:
        """The file for the copy: never one of the same session that was continued elsewhere."""
        known = portable.sums(self._record.heading, self._commands)
        number = 1
        while True:
            end = "" if number == 1 else f"-{number}"
            path = self.folder / f"{self._record.heading.id}{end}{portable.SUFFIX}"
            if not path.exists() or portable.last_sum(path) in known:
                return path
            number += 1


def _size_of(path: pathlib.Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -2


def _disk_of(folder: pathlib.Path) -> int:
    """The device id of the disk of a folder, even if the folder does not exist yet."""
    there = next(one for one in (folder, *folder.absolute().parents) if one.exists())
    return there.stat().st_dev


def _above_disk_of(folder: pathlib.Path) -> pathlib.Path | None:
    """The nearest parent on another disk (above the mount point); None for none."""
    disk = _disk_of(folder)
    return next((one for one in folder.resolve().parents if _disk_of(one) != disk), None)


def _sync(handle: int) -> None:
    os.fsync(handle)
