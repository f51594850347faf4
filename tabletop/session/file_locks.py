"""File locks, with a fallback for file systems without locking, such as some network shares.

Without locking, a lock file holds the process id of its owner; it is stale once that process is gone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from filelock import BaseFileLock

#: Error codes of file systems without locking.
_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
#: Timeout for a lock in seconds.
_PATIENCE = 10.0


class LockHeld(Exception):
    """Another process has the lock."""


# The library is imported when a file is locked: a game that nobody keeps locks none.


def acquired(file: pathlib.Path) -> BaseFileLock:
    """Acquires a lock until its release or the end of the process. Raises LockHeld if another process has it,
    OSError."""
    from filelock import FileLock, SoftFileLock, Timeout

    # It may be released by another thread.
    lock = FileLock(file, timeout=0, thread_local=False)
    try:
        lock.acquire()
        return lock
    except Timeout:
        raise LockHeld from None
    except NotImplementedError:
        pass
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    soft = SoftFileLock(file.with_suffix(".held"), timeout=0, thread_local=False)
    try:
        soft.acquire()
    except Timeout:
        raise LockHeld from None
    return soft


def knows_locks(probe: pathlib.Path, may_write: bool) -> bool:
    """Whether a file system supports locks, tested with a probe file.

    Without a probe file, and if none `may_write` one, True is assumed.
    """
    try:
        import fcntl
    except ImportError:
        return True
    with contextlib.suppress(OSError):
        handle = os.open(probe, os.O_RDWR | (os.O_CREAT if may_write else 0), 0o600)
        try:
            fcntl.lockf(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            return error.errno not in _NO_LOCKS
        finally:
            os.close(handle)
    return True


@contextlib.contextmanager
def turn(file: pathlib.Path) -> Iterator[None]:
    """Mutual exclusion of processes by a lock file, where files cannot be locked. Raises TimeoutError or OSError."""
    from filelock import SoftFileLock, Timeout

    try:
        with SoftFileLock(f"{file}.turn", timeout=_PATIENCE, thread_local=False):
            yield
    except Timeout:
        raise TimeoutError(errno.ETIMEDOUT, "another program is busy with it") from None
