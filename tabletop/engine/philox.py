"""Philox-2x32-7, a counter-based random number generator: each draw is a pure function of a counter and a key.

J. K. Salmon and others, "Parallel random numbers: as easy as 1, 2, 3", SC11, 2011; seven rounds pass BigCrush. Written
in integer operations that mean the same for Python's integers and for 64-bit machine words.
"""

from __future__ import annotations

_MULTIPLIER = 0xD256D193
_WORD = 0xFFFFFFFF
#: What is added to the key in each of the seven rounds.
_WEYL = tuple(0x9E3779B9 * number & _WORD for number in range(7))
_NARROW = 1 << 31


def philox(low: int, high: int, key: int) -> int:
    """A number from 0 to 2**32 - 1, uniform over counters; all three arguments are 32-bit words."""
    for weyl in _WEYL:
        product = low * _MULTIPLIER
        # Only the lower word of `high` and of the sum matters; masking once is faster than three times.
        low = (product >> 32 ^ key + weyl ^ high) & _WORD
        high = product
    return low


def below(bound: int, low: int, high: int, key: int) -> int:
    """A number from 0 to bound - 1, for a bound below 2**62; the bias is under bound / 2**32."""
    word = philox(low, high, key)
    if bound < _NARROW:
        return (word * bound) >> 32
    # The product in two parts, as it may not fit into 64 bits.
    upper, lower = word * (bound >> 31), word * (bound & (_NARROW - 1))
    return (upper >> 1) + ((((upper & 1) << 31) + lower) >> 32)
