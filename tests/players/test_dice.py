"""The dice of players: alike for the same decision of the same game, fair, and no way back to the seed."""

from __future__ import annotations

from collections import Counter

import pytest

import tabletop
from tabletop.engine.layout import DECISIONS
from tabletop.players import Dice
from tabletop.players.dice import key_of

SEED = 0x9E3779B97F4A7C15
PINNED = [851, 765, 22, 461, 731, 34, 163, 514]


def dice(seed: int, seat: int = 0, decisions: int = 0) -> Dice:
    core = list(tabletop.Game(tabletop.load("first-summit")).opening(seed))
    core[DECISIONS] = decisions
    return Dice.of(core, seat)


def thrown(of: Dice, count: int = 8) -> list[int]:
    return [of.below(1000) for _ in range(count)]


def test_a_bot_replays_alike_on_every_machine() -> None:
    assert thrown(dice(SEED)) == thrown(dice(SEED)) == PINNED


def test_other_games_decisions_and_seats_throw_otherwise() -> None:
    rows = [thrown(dice(SEED)), thrown(dice(SEED + 1)), thrown(dice(SEED, seat=1)), thrown(dice(SEED, decisions=1))]
    assert len({tuple(row) for row in rows}) == 4


def test_dice_are_fair() -> None:
    of = dice(1)
    counts = Counter(of.below(6) for _ in range(6000))
    assert sorted(counts) == list(range(6))
    assert sum((count - 1000) ** 2 / 1000 for count in counts.values()) < 25  # one in ten thousand would be above


def test_nothing_that_dice_hold_is_the_seed_or_the_number_of_the_decision() -> None:
    core = list(tabletop.Game(tabletop.load("first-summit")).opening(SEED))
    core[DECISIONS] = 123_457
    of = Dice.of(core, 1)
    held = {name: getattr(of, name) for name in Dice.__slots__}
    assert set(held) == {"_thrown", "key"}
    assert held["_thrown"] == 0
    key = held["key"]
    assert len(key) == 32
    for secret in (SEED & 0xFFFFFFFF, SEED >> 32, SEED, 123_457):
        for order in ("little", "big"):
            assert secret.to_bytes(8, order)[: 4 if order == "little" else 8].strip(b"\0") not in key  # type: ignore[arg-type]
    assert not hasattr(of, "__dict__")
    assert all(not getattr(method, "__closure__", None) for method in vars(Dice).values())


def test_one_bit_of_the_seed_changes_about_half_of_the_key() -> None:
    one, other = (
        int.from_bytes(key_of(tabletop.Game(tabletop.load("first-summit")).opening(seed), 0), "big")
        for seed in (SEED, SEED ^ 1)
    )
    assert 80 < (one ^ other).bit_count() < 176


@pytest.mark.parametrize(
    ("bound", "error"), [(0, ValueError), (-1, ValueError), (2**64 + 1, ValueError), (1.5, TypeError)]
)
def test_dice_with_no_sides_cannot_be_thrown(bound: int, error: type[Exception]) -> None:
    with pytest.raises(error):
        dice(1).below(bound)
    with pytest.raises(IndexError):
        dice(1).choice([])


def test_dice_of_any_size_can_be_thrown() -> None:
    numpy = pytest.importorskip("numpy")
    assert 0 <= dice(1).below(2**64) < 2**64
    assert dice(1).below(numpy.int64(6)) == dice(1).below(6)
    assert dice(1).choice(numpy.arange(5)) in range(5)
