"""What is tried on every screen takes minutes: by default on some of them, and with TABLETOP_EVERY_LOOK on all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

Thing = TypeVar("Thing")

IS_EVERY = bool(os.environ.get("TABLETOP_EVERY_LOOK"))


def some(things: Iterable[Thing], of: int, first: int = 0) -> list[Thing]:
    """One of every so many things, from the given place on; tests that differ in it try different ones."""
    return list(things) if IS_EVERY else list(things)[first::of]
