"""Holding a session: one process plays it at a time; when that one ends, however it ends, the next may."""

from __future__ import annotations

import contextlib
import os
import pathlib

from filelock import FileLock, Timeout

from tabletop.session.commands import now
from tabletop.session.journal import NotKept, SessionBusy


class Hold:
    """The right to go on with a session, until it is released or the process ends."""

    def __init__(self, journal: pathlib.Path, id: str) -> None:
        """Raises SessionBusy while somebody else has it, and NotKept where nothing can be written."""
        folder = journal.parent / ".open"
        self._note = folder / f"{id}.txt"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock = FileLock(folder / f"{id}.lock", timeout=0)
            self._lock.acquire()
        except Timeout:
            raise SessionBusy(id, self._holder()) from None
        except OSError as error:
            raise NotKept(f"the game cannot be saved in {journal} ({error.strerror or error})") from error
        # For whoever comes second; on a full disk they are told without it.
        with contextlib.suppress(OSError):
            self._note.write_text(f" (by process {os.getpid()}, since {now()[11:16]} UTC)", encoding="utf-8")

    def _holder(self) -> str:
        try:
            return self._note.read_text(encoding="utf-8")[:80]
        except (OSError, ValueError):
            return ""

    def release(self) -> None:
        """Lets others have it."""
        with contextlib.suppress(OSError):
            self._note.unlink(missing_ok=True)
        self._lock.release()
