"""Exceptions about players, worded for users."""

from __future__ import annotations


class UnknownPlayer(ValueError):
    """An unknown seat or player."""


class PlayerFailed(Exception):
    """A bot that could not decide, or chose what is not legal; in words for the people at the table."""
