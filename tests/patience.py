"""How long a test waits for what is bound to come: only what never comes makes it fail, however busy the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

#: Seconds.
PATIENCE = 300.0


def wait_until(is_so: Callable[[], object], pause: Callable[[], object] | None = None, step: float = 0.01) -> None:
    """Waits until something is so, and does something else between two looks at it."""
    end = time.monotonic() + PATIENCE
    while not is_so():
        assert time.monotonic() < end, "what was waited for does not come"
        time.sleep(step)
        if pause is not None:
            pause()
