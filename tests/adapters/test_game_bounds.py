"""Bounds that follow from a pack: sound for whatever may happen, and no wider than they need be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import tabletop
from tabletop.adapters import game_bounds
from tabletop.scenario.turns import MOST_TURNS

Town = Callable[..., tabletop.Scenario]


def test_points_lie_within_the_ranges_that_objectives_read(town: Town) -> None:
    program = tabletop.Game(town()).program
    assert game_bounds.points(program) == ((0, 100), (0, 100))


def test_a_game_is_as_long_as_its_stages_and_picks(town: Town) -> None:
    program = tabletop.Game(town()).program
    assert game_bounds.turns(program) == 4
    assert game_bounds.decisions(program) == 4 * (2 + 1)
    assert game_bounds.chances(program) == 1 + 4
    assert game_bounds.chance_outcomes(program) == 2


def test_stages_that_come_round_again_last_as_long_as_the_rules_allow(town: Town) -> None:
    def back(pack: dict[str, Any]) -> None:
        pack["actions"][0]["effects"].append({"enter": "summer"})

    program = tabletop.Game(town(back)).program
    assert game_bounds.turns(program) == MOST_TURNS
    assert game_bounds.decisions(program) == MOST_TURNS * 3


def test_rolls_that_follow_on_rolls_and_those_put_off_are_counted(town: Town) -> None:
    def with_rolls(pack: dict[str, Any]) -> None:
        rain = {"id": "rain", "weight": 1, "effects": [{"roll": "wind", "why": "Clouds."}]}
        wind = {"id": "gale", "weight": 1, "effects": [{"change": "calm", "by": -1, "why": "Tiles fall."}]}
        pack["tables"] = [
            {"id": "sky", "title": "Sky", "outcomes": [rain, {"id": "sun", "weight": 1}]},
            {"id": "wind", "title": "Wind", "outcomes": [wind, {"id": "lull", "weight": 1}]},
        ]
        pack["actions"][0]["effects"].append({"roll": "sky", "why": "They look up."})
        pack["cards"][0]["effects"].append({"roll": "wind", "after": 2, "why": "It turns."})

    program = tabletop.Game(town(with_rolls)).program
    dealt, put_off, acted = 1, 3, (2 + 1) * 2
    assert game_bounds.chances(program) == 1 + 4 * (dealt + put_off + acted)
