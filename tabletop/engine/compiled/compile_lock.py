"""A lock: kernels may run in several threads, but nothing is compiled while one runs.

New machine code may share a memory page with old code, and a page cannot be written and executed at the same time.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator

_changed = threading.Condition()
_running = 0
_compiling = threading.RLock()


@contextlib.contextmanager
def running() -> Iterator[None]:
    """Held while compiled code runs. Waits for a running compilation."""
    global _running
    with _compiling, _changed:
        _running += 1
    try:
        yield
    finally:
        with _changed:
            _running -= 1
            _changed.notify_all()


@contextlib.contextmanager
def compiling() -> Iterator[None]:
    """Held during a compilation. Waits for running code; new code waits for it."""
    with _compiling:
        with _changed:
            _changed.wait_for(lambda: _running == 0)
        yield
