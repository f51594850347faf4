"""Many random numbers at once, the same as `philox.below` gives one by one."""

from __future__ import annotations

from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.philox import below

#: Fewer are drawn one by one, which is as fast.
_FEW = 8
_MULTIPLIER, _WORD = 0xD256D193, 0xFFFFFFFF
_WEYL = tuple(0x9E3779B9 * number & _WORD for number in range(7))


def thrown(bound: int, count: int, high: int, key: int) -> list[int]:
    """`below(bound, number, high, key)` for each number below `count`; `bound` is at most 2**31."""
    if count < _FEW or not has_compiled():
        return [below(bound, number, high, key) for number in range(count)]
    import numpy as np

    # The rounds of philox on arrays; products of two 32-bit words fit into 64 bits.
    low, above = np.arange(count, dtype=np.uint64), np.full(count, high, dtype=np.uint64)
    word = np.uint64(_WORD)
    for weyl in _WEYL:
        product = low * np.uint64(_MULTIPLIER)
        low = (product >> np.uint64(32) ^ np.uint64(key + weyl) ^ above) & word
        above = product
    found: list[int] = (low * np.uint64(bound) >> np.uint64(32)).tolist()
    return found
