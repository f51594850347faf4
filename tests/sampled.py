"""What takes minutes to try in every case is tried in some by default, and in all where a variable says so."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TypeVar

Thing = TypeVar("Thing")

#: Has all screens tried in all looks.
LOOKS = "TABLETOP_EVERY_LOOK"
#: Has all broken and hostile packs tried.
BROKEN = "TABLETOP_MUTATIONS"


def some(things: Iterable[Thing], of: int, first: int = 0, *, unless: str = LOOKS) -> list[Thing]:
    """One of so many things, from the given place on; all where the variable `unless` is set."""
    return list(things) if os.environ.get(unless) else list(things)[first::of]
