"""The lock by which one process at a time plays a session."""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import os
import pathlib

from tabletop.session.errors import NotKept, SessionBusy
from tabletop.session.file_locks import LockHeld, acquired
from tabletop.session.save_location import FOLDER
from tabletop.storage.atomic_write import make_private_folder
from tabletop.storage.paths import NOWHERE


class SessionLock:
    """The exclusive right to play a session, until its release or the end of the process."""

    def __init__(self, journal: pathlib.Path, id: str) -> None:
        """Raises SessionBusy if another process has it, and NotKept if the lock file cannot be written."""
        folder = journal.parent / FOLDER
        if journal.parent == NOWHERE:
            message = "the game cannot be saved: nobody says where your home is; name a place with --save"
            raise NotKept(message, "", "no-home")
        # An id may be invalid as a file name, such as "con" on Windows.
        name = hashlib.blake2b(f"{journal.name}\n{id}".encode("utf-8", "replace"), digest_size=8).hexdigest()
        self._note = folder / f"{name}.txt"
        try:
            make_private_folder(folder)
            self._lock = acquired(folder / f"{name}.lock")
        except LockHeld:
            raise SessionBusy(id, self._holder(), journal) from None
        except OSError as error:
            why = error.strerror or str(error)
            message = f"the game cannot be saved in {journal} ({why})"
            raise NotKept(message, "", "cannot-save", path=journal, why=why) from error
        # Names the holder in SessionBusy; omitted on a full disk.
        with contextlib.suppress(OSError):
            since = f"{datetime.datetime.now().astimezone():%H:%M}"
            self._note.write_text(f" (by process {os.getpid()}, since {since})", encoding="utf-8")

    def _holder(self) -> str:
        try:
            return self._note.read_text(encoding="utf-8")[:80]
        except (OSError, ValueError):
            return ""

    def release(self) -> None:
        """Releases the lock."""
        with contextlib.suppress(OSError):
            self._note.unlink(missing_ok=True)
        self._lock.release()
