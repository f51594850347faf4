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


def test_what_is_sure_comes_about_as_it_was_forecast_also_after_what_the_same_action_changes_first(
    summit: tabletop.Scenario,
) -> None:
    game, compared = tabletop.Game(summit), 0
    meters = {meter.id: meter.range for meter in summit.meters}
    for seed in range(3):
        state, dice = game.start(seed=seed), random.Random(seed)
        while not state.finished and state.stage == "weeks":
            seat = state.acting[0]
            moves = game.actions(state, seat)
            wanted = [one for one in moves if one.id in ("delay", "announce")]
            action = dice.choice(wanted or [one for one in moves if one.id != "attend"] or moves)
            told, since, is_open = forecast(state, seat, action), len(state.log), state.phase == "calendar"
            state = game.apply(state, seat, action)
            for one in told:
                if is_open and one.likely == "will" and one.amount and one.target in meters:
                    came = next(e for e in state.log[since:] if (e.target, e.why) == (one.target, one.effect.why))
                    assert came.amount == one.amount or came.after in meters[one.target], (str(action), one.target)
                    compared += action.id == "delay" and one.target == "tension"
    assert compared
