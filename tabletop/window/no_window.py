"""NoWindow: the error of a window that cannot be opened here."""

from __future__ import annotations


class NoWindow(Exception):
    """A window cannot be opened here; says why, in words for the player."""
