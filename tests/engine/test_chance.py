"""Chance made explicit: every outcome can be had, with its probability."""

from __future__ import annotations

import pytest

import tabletop


def test_the_first_node_is_the_hidden_truth_with_its_prior(summit: tabletop.Scenario) -> None:
    state = tabletop.Game(summit).start_explicit()
    assert state.chance is not None
    assert (state.chance.kind, state.chance.subject) == ("hidden", "intention")
    assert {one.id: int(one.probability * 100) for one in state.chance.outcomes}["ready"] == 15
    assert state.acting == ()


@pytest.mark.parametrize("seed", range(5))
def test_a_game_replayed_over_its_chance_nodes_comes_out_alike(summit: tabletop.Scenario, seed: int) -> None:
    game = tabletop.Game(summit)
    sampled, explicit = game.start(seed), game.start_explicit()
    target = sampled
    for step in range(120):
        explicit = resolved_like(game, explicit, target)
        assert explicit.core[3:15] == target.core[3:15], step
        assert (explicit.meters, explicit.variables, explicit.hidden) == (
            target.meters,
            target.variables,
            target.hidden,
        )
        if target.finished:
            return
        seat = target.acting[step % len(target.acting)]
        actions = game.actions(target, seat)
        action = actions[(step * 7 + seed) % len(actions)]
        target, explicit = game.apply(target, seat, action), game.apply(explicit, seat, action)


def resolved_like(game: tabletop.Game, state: tabletop.State, target: tabletop.State) -> tabletop.State:
    """Resolves chance so that the log becomes that of the target, which was sampled."""
    if state.chance is None:
        return state
    assert sum(one.probability for one in state.chance.outcomes) == 1
    for outcome in state.chance.outcomes:
        if state.chance.kind == "hidden" and target.hidden[state.chance.subject] != outcome.id:
            continue
        after = resolved_like(game, game.resolve(state, outcome.id), target)
        if after.chance is None and after.log == target.log:
            return after
    return state


def test_an_outcome_that_is_not_there_is_refused(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    with pytest.raises(ValueError, match="none of the outcomes"):
        game.resolve(game.start_explicit(), "angry")
    with pytest.raises(ValueError, match="no chance to resolve"):
        game.resolve(game.start(1), 0)


def test_no_action_is_taken_while_chance_waits(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    with pytest.raises(tabletop.IllegalAction, match="chance must be resolved first"):
        game.apply(game.start_explicit(), "washington", "hold_off")
