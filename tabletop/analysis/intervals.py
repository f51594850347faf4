"""95% confidence intervals."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence

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


def newcombe(successes: int, trials: int, other_successes: int, other_trials: int) -> tuple[float, float]:
    """The interval of the difference of two independent shares, from the Wilson interval of each.

    Method 10 of R. G. Newcombe, Statistics in Medicine 17 (1998), 873-890.
    """
    share = successes / trials if trials else 0.5
    other = other_successes / other_trials if other_trials else 0.5
    low, high = wilson(successes, trials)
    other_low, other_high = wilson(other_successes, other_trials)
    difference = share - other
    return (
        difference - math.hypot(share - low, other_high - other),
        difference + math.hypot(high - share, other - other_low),
    )


def difference_of_means(
    moments: tuple[int, int, int], other_moments: tuple[int, int, int]
) -> tuple[float, float] | None:
    """Welch's interval, by the normal approximation, of the difference of two independent means of whole numbers.

    Each is given by its sum, sum of squares and count. There is none where either has been counted less than twice.
    """
    means, variance = [], 0.0
    for total, squares, count in (moments, other_moments):
        if count < 2:
            return None
        means.append(total / count)
        variance += max(0.0, (squares - total * total / count) / (count - 1)) / count
    half = Z95 * math.sqrt(variance)
    return means[0] - means[1] - half, means[0] - means[1] + half


def student95(freedom: int) -> float:
    """The 97.5% quantile of Student's t with so many degrees of freedom.

    In closed form for one and two, beyond by the expansion in M. Abramowitz and I. A. Stegun, Handbook of Mathematical
    Functions, 26.7.5, which is right to 0.5% there.

    >>> [round(student95(freedom), 2) for freedom in (1, 2, 3, 10, 1000)]
    [12.71, 4.3, 3.18, 2.23, 1.96]
    """
    if freedom == 1:
        return math.tan(math.pi * 0.475)
    if freedom == 2:
        return 2 * 0.475 * math.sqrt(2 / (1 - (2 * 0.475) ** 2))
    z, n = Z95, freedom
    return (
        z
        + (z**3 + z) / (4 * n)
        + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * n**2)
        + (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / (384 * n**3)
        + (79 * z**9 + 776 * z**7 + 1482 * z**5 - 1920 * z**3 - 945 * z) / (92160 * n**4)
    )


def mean_of_few(values: Sequence[float]) -> tuple[float, float, float]:
    """Mean and its interval by Student's t; of a single value, that alone.

    >>> [round(one, 2) for one in mean_of_few([1, 2, 3])]
    [2.0, -0.48, 4.48]
    """
    count, mean = len(values), statistics.fmean(values)
    if count == 1:
        return mean, mean, mean
    half = student95(count - 1) * statistics.stdev(values) / math.sqrt(count)
    return mean, mean - half, mean + half
