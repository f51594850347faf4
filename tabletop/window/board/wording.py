"""Marks and colours of what is good or bad for the seat that looks, and parts of a line put together."""

from __future__ import annotations

from collections.abc import Sequence

#: The role of a colour, and the mark beside it, of what is good, bad or neither for the seat that looks.
ROLES = {1: "good", -1: "bad", 0: "ink"}
MARKS = {1: " ✓", -1: " ✗", 0: ""}


def joined(parts: Sequence[str], between: str = " · ") -> str:
    """The parts that say something, in one line."""
    return between.join(part for part in parts if part)
