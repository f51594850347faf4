"""Packs made at random: they are sound, their games end, and together they use everything that the format has."""

from __future__ import annotations

import statistics
from collections import Counter

import pytest

import tabletop
from tabletop.analysis.playouts import Playouts
from tabletop.engine import machine
from tabletop.engine.execution import (
    CARD_DEALT,
    CHANGED,
    ENDED,
    MOVED,
    NOTHING_DEALT,
    ROLLED,
    STAGE_BEGAN,
    TOLD,
    TURN_BEGAN,
)
from tabletop.engine.layout import OUTCOME, TURN
from tabletop.scenario.turns import MOST_TURNS
from tests.packs.census import census, every_construct
from tests.packs.generated import EVERY_CONSTRUCT, PACKS, TRIED, generated_pack, write_pack

# The packs are made once, by one worker.
pytestmark = pytest.mark.xdist_group("generated")


@pytest.fixture(scope="module")
def scenarios(tmp_path_factory: pytest.TempPathFactory) -> list[tabletop.Scenario]:
    """All generated packs, loaded; one that has a mistake raises PackError."""
    folder = tmp_path_factory.mktemp("generated")
    packs = map(generated_pack, TRIED)
    return [tabletop.load(write_pack(pack, folder / pack["id"])) for pack in packs]


@pytest.fixture(scope="module")
def games(scenarios: list[tabletop.Scenario]) -> list[tabletop.Game]:
    """A game of each pack, every other one under a worldview where there is one."""
    views = [scenario.worldviews[: number % 2] for number, scenario in enumerate(scenarios)]
    return [
        tabletop.Game(scenario, dict(view[0].values) if view else {})
        for scenario, view in zip(scenarios, views, strict=True)
    ]


@pytest.fixture(scope="module")
def ends(games: list[tabletop.Game]) -> list[list[list[int]]]:
    """The last states of each game played three times by random players, and three times by doctrines."""
    casts: tuple[dict[str, str], ...] = ({"all": "random"}, {})
    return [[Playouts(game, names).finished(number) for names in casts for number in range(3)] for game in games]


def test_a_seed_always_makes_the_same_pack() -> None:
    for seed in range(0, PACKS, 10):
        assert generated_pack(seed) == generated_pack(seed)
    assert len({repr(generated_pack(seed)) for seed in range(20)}) == 20


def test_every_generated_pack_is_sound(scenarios: list[tabletop.Scenario]) -> None:
    assert len(scenarios) == len(TRIED)
    assert len({scenario.digest for scenario in scenarios}) == len(TRIED)


def test_every_game_of_random_players_and_of_doctrines_comes_to_its_verdict(
    games: list[tabletop.Game], ends: list[list[list[int]]]
) -> None:
    for game, states in zip(games, ends, strict=True):
        for state in states:
            assert 0 <= state[OUTCOME] < len(game.scenario.endings)
            assert 1 <= state[TURN] <= MOST_TURNS


def test_most_games_are_short_and_a_few_last_to_the_last_turn_there_is(ends: list[list[list[int]]]) -> None:
    turns = [state[TURN] for states in ends for state in states]
    assert 3 <= statistics.median(turns) <= 10
    longest = [all(state[TURN] == MOST_TURNS for state in states) for states in ends]
    assert 0.015 <= statistics.mean(longest) <= 0.1
    assert statistics.quantiles(turns, n=10)[-1] <= 20


def test_together_the_packs_use_everything_that_the_format_has(scenarios: list[tabletop.Scenario]) -> None:
    used: Counter[str] = Counter()
    for seed, scenario in zip(TRIED, scenarios, strict=True):
        if seed in EVERY_CONSTRUCT:
            used.update(census(scenario))
    missing = every_construct() - used.keys()
    assert not missing, f"no generated pack uses {', '.join(sorted(missing))}"


def test_everything_that_can_happen_in_a_game_happens_in_one_of_them(games: list[tabletop.Game]) -> None:
    noted: Counter[int] = Counter()
    for game in games:
        p, r = game.program.code, game.program.run()
        players = Playouts(game, {"all": "random"}).players
        s = game.opening(7)
        machine.begin(p, s, r)
        while s[OUTCOME] < 0:
            seat = machine.next_to_act(p, s)
            machine.apply(p, s, r, seat, players[seat].move(game.program, s, seat))
        noted.update({note[0] for note in r.notes})
    kinds = {CHANGED, MOVED, CARD_DEALT, NOTHING_DEALT, ROLLED, TOLD, TURN_BEGAN, STAGE_BEGAN, ENDED}
    assert set(noted) == kinds
    assert noted[NOTHING_DEALT] >= len(games) / 20
