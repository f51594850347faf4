"""Reads untrusted files: devices, pipes and files that are too large are refused with a plain error message."""

from __future__ import annotations

import errno
import os
import pathlib
import stat
import sys


def read_bounded(path: pathlib.Path, most: int) -> bytes:
    """The content of a regular file of at most `most` bytes.

    Raises OSError, with a plain `strerror` for a device, a pipe, or a file that is too large.
    """
    # Opening a pipe without a writer would block; a terminal might become the controlling terminal.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
    if os.path.isdir(path):
        raise OSError(errno.EISDIR, "it is a folder", str(path))
    with open(os.open(path, flags), "rb") as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "it is no ordinary file", str(path))
        content = file.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes", str(path))
    return content


def read_input(most: int) -> bytes:
    """Reads standard input, at most `most` bytes. Raises OSError if there is more, or if it cannot be read."""
    if sys.stdin is None:
        raise OSError(errno.EBADF, "there is no standard input")
    content = sys.stdin.buffer.read(most + 1)
    if len(content) > most:
        raise OSError(errno.EFBIG, f"it is larger than {most:,} bytes")
    return content


def in_utf8(content: bytes) -> bytes:
    """Converts UTF-16 with a byte order mark, as some shells write it, to UTF-8."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace").encode()
    return content
