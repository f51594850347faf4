"""Seeds of games: fresh random ones, and whether one is guessable. A seed reveals all secrets of its game."""

from __future__ import annotations

import secrets

_BITS = 64
#: Seeds with a smaller absolute value can be found by brute force; they were typed, as fresh seeds are never so small.
_CAN_BE_TRIED = 1 << 48


def fresh_seed() -> int:
    """A random 64-bit seed that nobody can guess."""
    seed = secrets.randbits(_BITS)
    return fresh_seed() if is_open(seed) else seed


def is_open(seed: int) -> bool:
    """Whether a seed is small enough to be guessed, such as a typed one.

    >>> is_open(7), is_open(-7), is_open(0x9E3779B97F4A7C15)
    (True, True, False)
    """
    forward = seed % (1 << _BITS)
    return min(forward, (1 << _BITS) - forward) < _CAN_BE_TRIED
