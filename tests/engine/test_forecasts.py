"""What an action is expected to do is told of the action, not of the object that stands for it."""

from __future__ import annotations

import random
from types import MappingProxyType

import attrs
import pytest

import tabletop
from tabletop.engine.forecasts import forecast
from tabletop.engine.program import Action


def _copied(action: Action) -> Action:
    """An equal action of which no part is the same object."""
    effects = tuple(attrs.evolve(effect) for effect in action.effects)
    parameters = MappingProxyType(dict(action.parameters))
    return attrs.evolve(action, effects=effects, cost=MappingProxyType(dict(action.cost)), parameters=parameters)


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_an_equal_action_has_the_same_expectations(pack: str) -> None:
    game, rng = tabletop.Game(tabletop.load(pack)), random.Random(3)
    state = game.start(3)
    while not state.finished:
        seat = rng.choice(state.acting)
        actions = game.actions(state, seat)
        for action in actions:
            assert _copied(action) is not action
            assert forecast(state, seat, _copied(action)) == forecast(state, seat, action)
        state = game.apply(state, seat, rng.choice(actions))


def test_a_known_formula_gives_a_number_and_a_secret_one_its_bounds(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    state = game.start(1)
    found = [one for action in game.program.actions for one in forecast(state, "washington", action)]
    assert any(one.amount is not None for one in found)
    assert any(one.amount is None and one.low < one.high for one in found)
    assert {one.likely for one in found} == {"will", "may", "not now"}
