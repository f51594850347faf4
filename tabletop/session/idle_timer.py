"""A timer that calls a function once no command has been written for a while."""

from __future__ import annotations

import threading
from collections.abc import Callable

#: Seconds without a command after which a session counts as idle.
REST = 1.0


class Idle:
    """Calls `do` in a background thread, `rest` seconds after the last `begin`."""

    def __init__(self, do: Callable[[], None], rest: float = REST) -> None:
        self._do, self._rest = do, rest
        self._lock = threading.Lock()
        self._begun, self._due = threading.Event(), False
        self._thread: threading.Thread | None = None

    def begin(self) -> None:
        """Starts the timer, or starts it again from zero."""
        with self._lock:
            self._due = True
            if self._thread is None:
                self._thread = threading.Thread(target=self._wait, name="idle", daemon=True)
                self._thread.start()
        self._begun.set()

    def stop(self) -> None:
        """Stops the timer: `do` is not called until the next `begin`."""
        with self._lock:
            self._due = False
        self._begun.set()

    def _wait(self) -> None:
        while True:
            self._begun.clear()
            if self._begun.wait(self._rest):
                continue
            with self._lock:
                if not self._due:
                    self._thread = None
                    return
                self._due = False
            self._do()
