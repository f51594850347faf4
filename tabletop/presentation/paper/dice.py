"""Chances as ten-sided dice: which numbers mean which outcome, and when to throw again."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

#: Dice at most; with three of them, read as hundreds, tens and ones, a number from 1 to 1000 is thrown.
MOST_DICE = 3


@attrs.frozen(kw_only=True)
class DiceRow:
    """The numbers that mean an outcome, both ends included; `high` below `low` where it cannot come up."""

    low: int
    high: int


@attrs.frozen(kw_only=True)
class Dice:
    """How many ten-sided dice are thrown, the numbers of each outcome, and from which number on they are thrown again
    (0: never). `error` is the greatest difference of a probability from the weights', 0 but for totals above 1000."""

    dice: int
    rows: tuple[DiceRow, ...]
    again_from: int
    error: float

    def outcome(self, number: int) -> int | None:
        """The index of the outcome that a number means; None to throw again."""
        return next((at for at, row in enumerate(self.rows) if row.low <= number <= row.high), None)


def faces(dice: int) -> int:
    """The numbers that so many ten-sided dice can show: 10, 100 or 1000."""
    return int(10**dice)


def dice_for(total: int) -> tuple[int, int]:
    """How many dice are thrown for a number of chances from 1 to 1000, and how many numbers each chance is.

    >>> dice_for(9), dice_for(12), dice_for(60), dice_for(100), dice_for(101)
    ((1, 1), (2, 8), (2, 1), (2, 1), (3, 9))
    """
    dice = next((count for count in range(1, MOST_DICE) if total <= faces(count)), MOST_DICE)
    return dice, faces(dice) // total


def dice_table(weights: Sequence[int]) -> Dice | None:
    """The dice for weights that do not change; None where nothing can come up.

    Up to 1000 chances, each is the same count of numbers, and the numbers left over are thrown again, so that the
    probabilities are exactly those of the weights. Above, the weights are apportioned to 1000 by largest remainders.

    >>> dice_table([6, 3]).rows
    (DiceRow(low=1, high=6), DiceRow(low=7, high=9))
    >>> dice_table([6, 3]).again_from
    10
    """
    weights = [max(0, weight) for weight in weights]
    total = sum(weights)
    if total == 0:
        return None
    if total <= faces(MOST_DICE):
        dice, each = dice_for(total)
        shares = [each * weight for weight in weights]
    else:
        dice, shares = MOST_DICE, apportioned(weights, faces(MOST_DICE))
    rows, before = [], 0
    for share in shares:
        rows.append(DiceRow(low=before + 1, high=before + share))
        before += share
    exact = [weight / total for weight in weights]
    error = max(abs(share / before - right) for share, right in zip(shares, exact, strict=True))
    return Dice(
        dice=dice,
        rows=tuple(rows),
        again_from=before + 1 if before < faces(dice) else 0,
        error=0.0 if total <= faces(MOST_DICE) else error,
    )


def apportioned(weights: Sequence[int], seats: int) -> list[int]:
    """Whole shares of a number of seats in proportion to weights, by largest remainders (Hare quota).

    >>> apportioned([40, 35, 25], 8)
    [3, 3, 2]
    """
    total = sum(weights)
    shares = [weight * seats // total for weight in weights]
    left = sorted(range(len(weights)), key=lambda at: (-(weights[at] * seats % total), at))
    for at in left[: seats - sum(shares)]:
        shares[at] += 1
    return shares
