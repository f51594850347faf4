"""File locks, with a fallback for file systems without locking, such as some network shares.

There a lock file beside the file holds the process id of the owner; it is stale once that process is gone.
"""

from __future__ import annotations

import contextlib
import errno
import os
import pathlib
from collections.abc import Iterator

from filelock import BaseFileLock, FileLock, SoftFileLock, Timeout

#: What a place says that knows no locks.
_NO_LOCKS = {errno.ENOSYS, errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL}
#: Seconds to wait for a turn.
_PATIENCE = 10.0


def acquired(file: pathlib.Path) -> BaseFileLock:
    """A lock that is held until it is released, or the process ends. Raises Timeout where another has it, OSError."""
    # Whoever releases it may be another thread than took it.
    lock = FileLock(file, timeout=0, thread_local=False)
    try:
        lock.acquire()
        return lock
    except Timeout:
        raise
    except NotImplementedError:
        pass
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    soft = SoftFileLock(file.with_suffix(".held"), timeout=0, thread_local=False)
    soft.acquire()
    return soft


def knows_locks(probe: pathlib.Path, may_write: bool) -> bool:
    """Whether files can be locked in a place, tried out on a file that is there for that alone.

    Where there is none and nothing `may_write` one, it is taken to.
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
    """One process after the other, by a file beside one that cannot be locked. Raises TimeoutError or OSError."""
    try:
        with SoftFileLock(f"{file}.turn", timeout=_PATIENCE, thread_local=False):
            yield
    except Timeout:
        raise TimeoutError(errno.ETIMEDOUT, "another program is busy with it") from None
