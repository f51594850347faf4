"""Interval estimates at 95%."""

from __future__ import annotations

import math

Z95 = 1.959963984540054


def wilson(successes: int, trials: int) -> tuple[float, float]:
    """The Wilson score interval for a share (E. B. Wilson, JASA 22, 1927); (0, 1) where nothing was tried."""
    if trials == 0:
        return 0.0, 1.0
    share = successes / trials
    spread = Z95 * math.sqrt(share * (1 - share) / trials + Z95**2 / (4 * trials**2))
    centre = share + Z95**2 / (2 * trials)
    scale = 1 + Z95**2 / trials
    # At the ends the formula is exact, but rounding may leave a speck beyond them.
    return max(0.0, (centre - spread) / scale), min(1.0, (centre + spread) / scale)


def mean_interval(total: int, squares: int, count: int) -> tuple[float, float, float]:
    """Mean and its normal interval from the sum, the sum of squares and the count of whole numbers."""
    if count == 0:
        return 0.0, 0.0, 0.0
    mean = total / count
    if count == 1:
        return mean, mean, mean
    variance = (squares - total * total / count) / (count - 1)
    half = Z95 * math.sqrt(max(0.0, variance) / count)
    return mean, mean - half, mean + half
