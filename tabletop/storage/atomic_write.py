"""Atomic file writes: a reader sees the old file or the whole new one, also after a kill or a power cut."""

from __future__ import annotations

import contextlib
import errno
import itertools
import os
import pathlib
import platform
import re
import stat
import zlib
from collections.abc import Iterator

_PRIVATE, _USUAL = 0o600, 0o666
_number = itertools.count(1)


def write_whole(path: pathlib.Path, content: bytes, *, private: bool = False) -> None:
    """Replaces or creates a file with this content. Raises OSError, and then nothing has changed.

    A `private` file is readable only by its owner; any other keeps the mode of the file that it replaces.
    """
    with replacing(path, private=private) as unfinished:
        unfinished.write_bytes(content)


@contextlib.contextmanager
def replacing(path: pathlib.Path, *, private: bool = False) -> Iterator[pathlib.Path]:
    """Yields a new empty file that replaces `path` at the end; after an error nothing has changed.

    Follows links. Raises OSError, also if the path is not a regular file.
    """
    path = pathlib.Path(os.path.realpath(path))
    before = _mode_of(path)
    clear_unfinished(path)
    unfinished = path.with_name(f".{path.name[:100]}.{_host()}-{os.getpid()}-{next(_number)}.part")
    os.close(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE if private else _USUAL))
    try:
        if before is not None and not private:
            with contextlib.suppress(OSError):  # some file systems have no modes
                unfinished.chmod(before)
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        with contextlib.suppress(OSError):
            unfinished.unlink()
        raise
    sync_folder(path.parent)


def sync_folder(folder: pathlib.Path) -> None:
    """Flushes a folder's entries to disk (fsync); not needed on Windows."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_private_folder(folder: pathlib.Path) -> None:
    """Creates a folder and missing parents, private to its owner. Raises OSError."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    for one in reversed(missing):
        one.mkdir(mode=0o700, exist_ok=True)
        sync_folder(one.parent)
    if not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(folder))


def clear_unfinished(path: pathlib.Path) -> None:
    """Deletes temporary files of killed processes beside `path`."""
    left = re.compile(re.escape(f".{path.name[:100]}.{_host()}-") + r"(\d+)-\d+\.part")
    with contextlib.suppress(OSError):
        for entry in os.scandir(path.parent):
            found = left.fullmatch(entry.name)
            if found is not None and not _is_running(int(found[1])):
                with contextlib.suppress(OSError):
                    os.unlink(entry.path)


def _mode_of(path: pathlib.Path) -> int | None:
    """The mode of an existing file, None if missing. Raises OSError for anything but a file."""
    try:
        found = path.stat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(found.st_mode):
        kind = errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL
        raise OSError(kind, "it is a folder" if kind == errno.EISDIR else "it is no ordinary file", str(path))
    return stat.S_IMODE(found.st_mode)


def _host() -> str:
    """The host name, since a folder may be shared between machines."""
    return f"{zlib.crc32(platform.node().encode('utf-8', 'replace')):08x}"


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return process == os.getpid()
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return True
