"""Races: what falls behind is out, what is better stays, and what is the same for all does not count."""

from __future__ import annotations

import random
import statistics

import pytest

from tabletop.players.racing import Race


def run(race: Race, ahead: list[float], tries: int, own: int = 10, seed: int = 3) -> Race:
    """Tries with much chance that is the same for all, and a little of each one's own."""
    dice = random.Random(seed)
    shared = [dice.randint(-200, 200) for _ in range(tries)]
    race.add([[one + round(ahead[at]) + dice.randint(-own, own) for one in shared] for at in race.running])
    return race


def test_what_is_clearly_behind_is_out_although_chance_is_far_larger_than_the_difference() -> None:
    race = run(Race(3), [0, 8, -8], 100)
    assert race.leader == 1
    assert race.running == [1]
    assert race.error(1) > 5


def test_what_is_as_good_stays_in_until_the_difference_does_not_matter() -> None:
    race = run(Race(2), [0, 0], 100)
    assert race.running == [0, 1]
    assert not race.is_over
    assert not race.is_better(0, 1, 3)
    assert not race.is_better(1, 0, 3)
    for seed in range(50):
        run(race, [0, 0], 100, seed=seed)
    assert race.running == [0, 1]
    assert race.is_over


def test_a_few_tries_decide_nothing() -> None:
    assert run(Race(2), [0, 100], 10).running == [0, 1]


def test_what_is_out_is_not_better_than_what_is_in() -> None:
    race = run(Race(2), [0, 50], 100)
    assert race.is_better(1, 0, 3)
    assert not race.is_better(0, 1, 0)


def test_means_and_errors_are_those_of_the_points() -> None:
    points = [3, 5, -4, 12, 0]
    race = Race(1)
    race.add([points[:2]])
    race.add([points[2:]])
    assert race.mean(0) == statistics.mean(points)
    assert race.error(0) == pytest.approx(statistics.stdev(points) / 5**0.5)
    assert race.tries(0) == race.all_tries == 5
