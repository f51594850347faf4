"""Whether the compiled machine is available: it needs the extra `fast`."""

from __future__ import annotations

import functools
import importlib.util
import os


def is_installed() -> bool:
    """Whether Numba and NumPy are installed. Fast: it does not import them, as `has_compiled` does."""
    return all(importlib.util.find_spec(name) is not None for name in ("numba", "numpy"))


def has_compiled() -> bool:
    """Whether the compiled machine is available."""
    return not why_plain()


def why_plain() -> str:
    """Why games are played in plain Python, as the end of a sentence; "" if the compiled machine is available."""
    return _why_not_loaded() if is_installed() else "pip install 'tabletop[fast]' compiles the game"


@functools.cache
def _why_not_loaded() -> str:
    if os.environ.get("NUMBA_DISABLE_JIT", "0") not in ("", "0"):
        return "NUMBA_DISABLE_JIT is set"
    try:
        import numba
        import numpy  # noqa: F401

        return "Numba is told not to compile" if numba.config.DISABLE_JIT else ""
    except Exception as error:  # incompatible libraries may raise anything
        words = " ".join(str(error).split()) or type(error).__name__
        return f"Numba is installed and does not load ({words[:200]})"
