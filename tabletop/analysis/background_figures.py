"""The figures of a game worked out in a process of their own: whoever waits for them goes on without a stutter.

Playouts keep the interpreter busy between two of them, so that a thread would hold up every frame of a window and every
page of a server. What comes through the pipe are plain values; when the other end goes away, the work ends.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import pickle
import threading
import time
import weakref
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Any

from tabletop.analysis.account import Figure
from tabletop.analysis.game_figures import GameFigures, game_figures
from tabletop.analysis.interrupts import deaf, deafen
from tabletop.analysis.playout_pool import PlayoutPool, Stopped
from tabletop.engine.played_step import PlayedStep

#: Seconds in which a process of which nobody wants anything any more ends.
_PATIENCE = 2.0
#: Seconds between two looks at whether anybody does.
_LOOK = 0.1
_all: weakref.WeakSet[BackgroundFigures] = weakref.WeakSet()


class BackgroundFigures:
    """The figures of a game as they become sharper; `latest` are those so far.

    `failure` says what went wrong in the other process, "" for nothing.
    """

    def __init__(
        self,
        steps: Sequence[PlayedStep],
        wanted: Sequence[tuple[str, Figure]],
        playouts: int | None = None,
        jobs: int | None = None,
    ) -> None:
        """Begins at once. `playouts` is as in `game_figures`, `jobs` how many cores are used, by default all."""
        self.latest = GameFigures()
        self.failure = ""
        context = multiprocessing.get_context("spawn")
        self._here, there = context.Pipe()
        self._process = context.Process(target=_work, args=(there,), name="tabletop figures")
        with deaf():
            self._process.start()
        there.close()
        self._is_done = False
        _all.add(self)
        order = (tuple(steps), list(wanted), playouts, jobs)
        # It is read once the other process has started, which takes seconds on a machine that has much to do.
        threading.Thread(target=self._send, args=(order,), name="tabletop figures", daemon=True).start()

    def _send(self, order: Any) -> None:
        with contextlib.suppress(OSError):  # it has broken down already, or is not wanted any more
            # States that are pickled together share one program.
            self._here.send_bytes(pickle.dumps(order))

    @property
    def is_working(self) -> bool:
        """Whether sharper figures are to come."""
        return not self._is_done

    def wait(self, seconds: float) -> bool:
        """Waits until there is news, as long as that at most; whether there is. Other figures are `latest` then."""
        came = False
        try:
            while not self._is_done and self._here.poll(0 if came else seconds):
                came = True
                self._take(self._here.recv())
        except (EOFError, OSError):  # it is stopped meanwhile, or has broken down
            if not self._is_done:
                self.failure = "the process that works out the figures has ended"
                self.stop()
        return came

    def _take(self, sent: object) -> None:
        if isinstance(sent, GameFigures):
            self.latest = sent
            return
        self.failure = str(sent or "")
        self.stop()

    def stop(self) -> None:
        """Has it stop soon; the figures so far stay."""
        self._is_done = True
        self._here.close()

    def end(self) -> None:
        """Has it stop, and waits until it has."""
        self.stop()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.terminate()


@atexit.register
def _end_all() -> None:
    """Before the program waits for its processes."""
    for one in list(_all):
        one.end()


def _work(there: Connection) -> None:
    """What the other process does: it sends figures, and None or a sentence on what went wrong at last."""
    deafen()
    try:
        steps, wanted, playouts, jobs = pickle.loads(there.recv_bytes())
        looked = time.monotonic()

        def stopped() -> bool:
            nonlocal looked
            if time.monotonic() - looked < _LOOK:
                return False
            looked = time.monotonic()
            return there.poll()

        with PlayoutPool(jobs=jobs) as pool:
            for found in game_figures(steps, pool, wanted, playouts=playouts, stopped=stopped):
                there.send(found)
        there.send(None)
    except (Stopped, EOFError, OSError):
        pass
    except Exception as error:
        with contextlib.suppress(OSError):
            there.send(f"{type(error).__name__}: {error}")
