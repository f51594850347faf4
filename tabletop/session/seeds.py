"""Seeds of games: fresh random ones, and whether one is guessable. A seed reveals all secrets of its game."""

from __future__ import annotations

import secrets

_BITS = 64
#: Seeds nearer to 0 than this are found by trying: a person typed them, as no fresh one is among them.
_CAN_BE_TRIED = 1 << 48


def fresh_seed() -> int:
    """A seed that nobody can guess, for a game of which chance is to be a surprise: from all 64 bits."""
    seed = secrets.randbits(_BITS)
    return fresh_seed() if is_open(seed) else seed


def is_open(seed: int) -> bool:
    """Whether a seed is short enough to be guessed, as those that people type are.

    >>> is_open(7), is_open(-7), is_open(0x9E3779B97F4A7C15)
    (True, True, False)
    """
    forward = seed % (1 << _BITS)
    return min(forward, (1 << _BITS) - forward) < _CAN_BE_TRIED


def seed_words(seed: int) -> str:
    """What is said of a game's seed to whoever plays it; "" where it is a secret.

    >>> seed_words(7), seed_words(0x9E3779B97F4A7C15)
    ('seed 7 (typed: can be guessed)', '')
    """
    return f"seed {seed} (typed: can be guessed)" if is_open(seed) else ""
