"""Type-ahead: what was typed before a question could be read was not meant as an answer to it."""

from __future__ import annotations

import contextlib
import os
import select
import sys

# Nobody types more than this ahead; a program that does is read from in parts.
_MOST = 1_000_000


def drop() -> list[str]:
    """Throws away what was typed at the terminal so far; the lines of it that say something."""
    if not sys.stdin.isatty():
        return []
    if sys.platform == "win32":
        typed = _typed_on_windows()
    else:
        typed = _typed_on_unix(sys.stdin.fileno())
    return [line.strip() for line in typed.replace("\r", "\n").split("\n") if line.strip()]


def _typed_on_unix(number: int) -> str:
    import termios

    found = b""
    with contextlib.suppress(OSError, ValueError):
        while len(found) < _MOST and select.select([number], [], [], 0)[0]:
            part = os.read(number, 65536)
            found += part
            if not part:
                break
    with contextlib.suppress(termios.error, OSError):
        termios.tcflush(number, termios.TCIFLUSH)  # a line that was begun
    return found.decode("utf-8", "replace")


def _typed_on_windows() -> str:
    import msvcrt  # pragma: no cover

    found = ""
    while len(found) < _MOST and msvcrt.kbhit():  # type: ignore[attr-defined]  # pragma: no cover
        found += msvcrt.getwch()  # type: ignore[attr-defined]  # pragma: no cover
    return found
