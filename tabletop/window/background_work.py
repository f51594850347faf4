"""Background jobs in threads, with progress and cancellation; results are delivered between frames."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable
from typing import Any

import attrs


class Cancelled(Exception):
    """The job was cancelled."""


@attrs.define(eq=False)
class Job:
    """A background job in a separate thread.

    Its function is called with the job; it should call `tell` regularly, which raises Cancelled after a cancellation.
    `share` is its progress from 0 to 1, None if unknown; `words` describes the present step.
    """

    name: str
    owner: object = None
    share: float | None = None
    words: str = ""
    is_cancelled: bool = False
    _post: Callable[[Callable[[], None]], None] = attrs.field(alias="post", default=lambda call: call())

    def tell(self, share: float | None = None, words: str = "") -> None:
        """Reports progress. Raises Cancelled after a cancellation."""
        if self.is_cancelled:
            raise Cancelled
        if (share, words) != (self.share, self.words):
            self.share, self.words = share, words
            self._post(lambda: None)

    def cancel(self) -> None:
        """Asks the job to stop; a later result is dropped."""
        self.is_cancelled = True


class Work:
    """The running jobs. Results are delivered between frames by `deliver`."""

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
        """Starts a job; calls `done` with its result or `failed` with its error; neither after a cancellation."""
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
        """Delivers finished results; True if there were any."""
        came = False
        while True:
            try:
                call = self._calls.get_nowait()
            except queue.Empty:
                return came
            call()
            came = True

    def cancel(self, owner: object = None) -> bool:
        """Cancels the jobs of an owner, or all; True if any was still running."""
        running = [job for job in self.jobs if not job.is_cancelled and owner in (None, job.owner)]
        for job in running:
            job.cancel()
        return bool(running)
