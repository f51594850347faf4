"""Threads or processes that play the parts of a job on this machine."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait

import attrs

from tabletop.analysis.interrupts import deaf, deafen
from tabletop.analysis.job import Order, play
from tabletop.analysis.playouts import CHUNK, Playouts
from tabletop.analysis.tally import Tally

#: The Python engine plays some hundreds of games a second, custom players far fewer.
SLOW_CHUNK = 10
_BLINK = 0.1


@attrs.frozen
class WorkerPool:
    """Workers: a function that submits a part (first game, number of games), the size of a part, and how many may be
    pending at once."""

    hand_out: Callable[[int, int], Future[Tally]]
    part: int
    most_out: int

    def tallies(self, games: int, stopped: Callable[[], bool]) -> Iterator[Tally]:
        """Yields the tallies of the parts in the order of the games, so that the results so far are always a prefix.
        Ends early if `stopped`."""
        out: deque[Future[Tally]] = deque()
        firsts = iter(range(0, games, self.part))
        while True:
            while len(out) < self.most_out and not stopped():
                first = next(firsts, None)
                if first is None:
                    break
                out.append(self.hand_out(first, min(self.part, games - first)))
            while out and not out[0].done() and not stopped():
                wait([out[0]], timeout=_BLINK)
            if not out or not out[0].done():
                return
            yield out.popleft().result()


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextlib.contextmanager
def threads(playouts: Playouts, jobs: int) -> Iterator[WorkerPool]:
    """Threads, for compiled games, which run in parallel."""
    part = CHUNK if playouts.compiled else SLOW_CHUNK
    pool = ThreadPoolExecutor(jobs)
    try:
        yield WorkerPool(lambda first, games: pool.submit(playouts.tally, first, games), part, 3 * jobs)
    finally:
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def processes(order: Order, jobs: int) -> Iterator[WorkerPool]:
    """Processes, for games in Python, which would block each other in threads."""
    others = set(multiprocessing.active_children())
    # Forking a process with threads may deadlock; spawning works alike on every system.
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=deafen)

    def hand_out(first: int, games: int) -> Future[Tally]:
        with deaf():
            return pool.submit(play, order, first, games)

    try:
        yield WorkerPool(hand_out, SLOW_CHUNK, 3 * jobs)
    finally:
        # A custom player may take minutes for a game that is no longer needed.
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - others:
            process.terminate()
