"""Plays many positions on, on all cores; what comes out does not depend on how many there are."""

from __future__ import annotations

import contextlib
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from typing import TypeAlias

import attrs

from tabletop.analysis.interrupts import deaf, deafen
from tabletop.analysis.start_positions import StartPositions
from tabletop.analysis.worker_pools import cores
from tabletop.engine.compiled.played_on import Column, PlayoutRow, played_on
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.program import Program

#: By row, then by place: the results of playouts.
Results: TypeAlias = list[list[Column]]

_BLINK = 0.1


@attrs.frozen(kw_only=True)
class PlayoutTask:
    """Rows of positions to be played on, each equally often (see `played_on`); `places` are what is measured, `set`
    what is set otherwise in every position, by place."""

    program: Program
    positions: StartPositions
    rows: Sequence[PlayoutRow]
    cast: Sequence[int]
    seed: int
    playouts: int
    places: Sequence[int]
    set: Mapping[int, int] = attrs.field(factory=dict)

    @property
    def size(self) -> int:
        """How many playouts it is."""
        return len(self.rows) * self.playouts


class Stopped(Exception):
    """Whoever asked does not want the answer any more."""


class PlayoutPool:
    """Threads for compiled playouts, processes for those in plain Python, neither for a single core. A context, after
    which it is closed."""

    def __init__(self, jobs: int | None = None, compiled: bool | None = None) -> None:
        """`jobs` is the number of cores to be used, by default all; `compiled` selects the engine, by default the
        compiled one where it is available."""
        self.jobs = jobs or cores()
        self.compiled = has_compiled() if compiled is None else compiled
        self.playouts = 0
        self._pool: Executor | None = None

    def __enter__(self) -> PlayoutPool:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=self.compiled, cancel_futures=True)

    def results(self, tasks: Iterable[PlayoutTask], stopped: Callable[[], bool] | None = None) -> Iterator[Results]:
        """Yields the results of each task, in their order. Raises Stopped soon after `stopped` has become true."""
        stopped = stopped or (lambda: False)
        if self.jobs == 1:
            for task in tasks:
                if stopped():
                    raise Stopped
                self.playouts += task.size
                yield _played(task, self.compiled)
            return
        waiting: deque[Future[Results]] = deque()
        coming = iter(tasks)
        try:
            while True:
                for task in coming:
                    self.playouts += task.size
                    waiting.append(self._submit(task))
                    if len(waiting) >= 3 * self.jobs:
                        break
                if not waiting:
                    return
                while not waiting[0].done():
                    wait([waiting[0]], timeout=_BLINK)
                    if stopped():
                        raise Stopped
                yield waiting.popleft().result()
        finally:
            for future in waiting:
                future.cancel()

    def _submit(self, task: PlayoutTask) -> Future[Results]:
        # Only the main thread hears Ctrl-C; the processes must not.
        with contextlib.nullcontext() if self.compiled else deaf():
            return self._executor().submit(_played, task, self.compiled)

    def _executor(self) -> Executor:
        if self._pool is None:
            if self.compiled:
                self._pool = ThreadPoolExecutor(self.jobs)
            else:
                # Forking a process with threads may deadlock; spawning works alike on every system.
                self._pool = ProcessPoolExecutor(self.jobs, multiprocessing.get_context("spawn"), initializer=deafen)
        return self._pool


def _played(task: PlayoutTask, compiled: bool) -> Results:
    positions = task.positions.set_to(task.set, compiled)
    return played_on(task.program, positions, task.rows, task.cast, task.seed, task.playouts, task.places, compiled)
