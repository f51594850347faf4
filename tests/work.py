"""Work: how many calls something takes, which is the same on a slow and busy machine."""

from __future__ import annotations

import contextlib
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
