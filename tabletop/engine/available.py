"""Whether the compiled machine can be had here: it needs the extra `fast`."""

from __future__ import annotations

import functools
import importlib.util


@functools.cache
def has_compiled() -> bool:
    """Whether Numba and NumPy are installed."""
    return all(importlib.util.find_spec(name) is not None for name in ("numba", "numpy"))
