"""The generator gives the published numbers."""

import pytest

from tabletop.engine.philox import below, philox


@pytest.mark.parametrize(
    ("low", "high", "key", "expected"),
    [
        (0, 0, 0, 0x257A3673),
        (0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF, 0xAB302C4D),
        (0x243F6A88, 0x85A308D3, 0x13198A2E, 0xBEDBBE6B),
    ],
)
def test_philox_agrees_with_the_known_answers_of_its_authors(low: int, high: int, key: int, expected: int) -> None:
    assert philox(low, high, key) == expected


def test_numbers_below_a_bound_cover_it_evenly() -> None:
    counts = [0] * 6
    for counter in range(60_000):
        counts[below(6, counter, 0, 7)] += 1
    assert all(9_600 < count < 10_400 for count in counts)
