"""Background jobs in threads, with progress and cancellation; results are delivered between frames."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

import attrs


class Cancelled(Exception):
    """The player did not want to wait."""


@attrs.define(eq=False)
class Job:
    """A piece of work in a thread of its own.

    The work is a function that is called with the job; it should call `tell` now and then, which raises Cancelled when
    it has been cancelled. `share` is how much of it is done, from 0 to 1, None if nobody knows; `words` what it is at.
    """

    name: str
    owner: object = None
    share: float | None = None
    words: str = ""
    is_cancelled: bool = False
    _post: Callable[[Callable[[], None]], None] = attrs.field(alias="post", default=lambda call: call())

    def tell(self, share: float | None = None, words: str = "") -> None:
        """Says how far the work is. Raises Cancelled if it is not wanted any more."""
        if self.is_cancelled:
            raise Cancelled
        if (share, words) != (self.share, self.words):
            self.share, self.words = share, words
            self._post(lambda: None)

    def cancel(self) -> None:
        """Asks the work to stop; what it may still deliver is dropped."""
        self.is_cancelled = True


class Work:
    """The jobs under way. Their results come back between two frames, when `deliver` is called."""

    def __init__(self) -> None:
        self.jobs: list[Job] = []
        self._calls: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def start(
        self,
        name: str,
        work: Callable[[Job], Any],
        done: Callable[[Any], object],
        failed: Callable[[Exception], object],
        owner: object = None,
    ) -> Job:
        """Starts a job; `done` is called with its result, or `failed` with what went wrong. Neither if cancelled."""
        job = Job(name, owner, post=self._post)
        self.jobs.append(job)

        def run() -> None:
            try:
                result = work(job)
            except Cancelled:
                job.is_cancelled = True
                self._post(lambda: self._end(job, lambda: None))
            except Exception as error:
                caught = error
                self._post(lambda: self._end(job, lambda: failed(caught)))
            else:
                self._post(lambda: self._end(job, lambda: done(result)))

        threading.Thread(target=run, name=f"tabletop {name}", daemon=True).start()
        return job

    def _post(self, call: Callable[[], None]) -> None:
        self._calls.put(call)

    def _end(self, job: Job, then: Callable[[], object]) -> None:
        self.jobs.remove(job)
        if not job.is_cancelled:
            then()

    def deliver(self) -> bool:
        """Hands over what has come back since the last time; True if anything had."""
        came = False
        while True:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return came
            call()
            came = True

    def cancel(self, owner: object = None) -> bool:
        """Cancels the jobs of an owner, or all; True if there was one that was not cancelled yet."""
        running = [job for job in self.jobs if not job.is_cancelled and owner in (None, job.owner)]
        for job in running:
            job.cancel()
        return bool(running)
