"""Ctrl-C during a job: the job stops after the current part."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from multiprocessing import resource_tracker
from typing import Any


class Interrupts:
    """A context in which the first Ctrl-C sets `asked`; the second one interrupts as usual."""

    def __init__(self) -> None:
        self.asked = False
        self._before: Any = None
        # Only the main thread receives signals.
        self._hears = threading.current_thread() is threading.main_thread()

    def __enter__(self) -> Interrupts:
        if self._hears:
            self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        if self._hears:
            signal.signal(signal.SIGINT, self._before)

    def _ask(self, *_: object) -> None:
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


@contextlib.contextmanager
def deaf() -> Iterator[None]:
    """A context in which started processes and threads ignore Ctrl-C, which a terminal sends to all its processes.

    A Ctrl-C during it takes effect afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    # Python starts the resource tracker with the first process, and unblocks the signal then.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def deafen() -> None:
    """Ignores Ctrl-C in the present process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
