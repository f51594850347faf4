"""Work: how many calls something takes, which is the same on a slow and busy machine; and that it ends at all."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterator
from types import FrameType
from typing import Any


class Work:
    """What was done so far."""

    calls = 0


@contextlib.contextmanager
def counted(most: int) -> Iterator[Work]:
    """Counts the calls of functions, Python's own among them, and asserts that there were no more than `most`."""
    work, before = Work(), sys.getprofile()

    def count(_: FrameType, event: str, __: Any) -> None:
        if event in ("call", "c_call"):
            work.calls += 1

    sys.setprofile(count)
    try:
        yield work
    finally:
        sys.setprofile(before)
    assert work.calls <= most, f"{work.calls:,} calls, and {most:,} are allowed"


#: Seconds of the processor, many times what anything that ends takes: only what goes on for ever meets them.
FOR_EVER = 60.0


class GoesOnForEver(BaseException):
    """Something that does not end by itself. Nothing that catches errors catches it."""


@contextlib.contextmanager
def ends(about: object = "") -> Iterator[None]:
    """Breaks off what does not end, be it within a regular expression. How busy the machine is does not matter."""
    if not hasattr(signal, "setitimer"):
        yield
        return

    def broken_off(*_: object) -> None:
        raise GoesOnForEver(about)

    before = signal.signal(signal.SIGPROF, broken_off)
    signal.setitimer(signal.ITIMER_PROF, FOR_EVER)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def goes_on() -> None:
    """Within `ends`: something was done, so that what comes next has as long again."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, FOR_EVER)
