"""Cancelling: a bot that thinks in a thread is told that its answer is not wanted any more."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Iterator
from contextvars import ContextVar

_unwanted: ContextVar[threading.Event | None] = ContextVar("unwanted", default=None)


class ThinkingCancelled(Exception):
    """The answer of a bot is not wanted any more."""


@contextlib.contextmanager
def cancelled_by(unwanted: threading.Event) -> Iterator[None]:
    """Whatever thinks in this thread stops soon once `unwanted` is set."""
    before = _unwanted.set(unwanted)
    try:
        yield
    finally:
        _unwanted.reset(before)


def check_cancelled() -> None:
    """To be called now and then by whatever thinks for long. Raises ThinkingCancelled."""
    unwanted = _unwanted.get()
    if unwanted is not None and unwanted.is_set():
        raise ThinkingCancelled
