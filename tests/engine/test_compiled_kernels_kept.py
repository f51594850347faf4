"""Games and states can be copied and pickled in the middle of play, and go on as before."""

from __future__ import annotations

import copy
import pathlib
import pickle
import subprocess
import sys
from collections.abc import Callable

import attrs
import pytest

import tabletop


def after(game: tabletop.Game, state: tabletop.State, decisions: int) -> tabletop.State:
    for step in range(decisions):
        if state.finished:
            break
        if state.chance is not None:
            state = game.resolve(state, step % len(state.chance.outcomes))
            continue
        seat = state.acting[-1]
        actions = game.actions(state, seat)
        state = game.apply(state, seat, actions[step % len(actions)])
    return state


@pytest.mark.parametrize("pack", ["summit", "tutorial"])
@pytest.mark.parametrize("keep", [copy.copy, copy.deepcopy, lambda thing: pickle.loads(pickle.dumps(thing))])
def test_a_kept_game_and_state_go_on_as_before(
    pack: str, keep: Callable[[object], tuple[tabletop.Game, tabletop.State]], request: pytest.FixtureRequest
) -> None:
    scenario = request.getfixturevalue(pack)
    game = tabletop.Game(scenario, {scenario.assumptions[0].id: 0})
    for state in (after(game, game.start(5), 17), after(game, game.start_explicit(), 25)):
        kept_game, kept = keep((game, state))
        assert kept_game.assumptions == game.assumptions
        assert kept_game.scenario == scenario
        assert kept == state
        assert kept.log == state.log
        assert kept.chance == state.chance
        assert [kept_game.actions(kept, seat) for seat in kept.acting] == [game.actions(state, s) for s in state.acting]
        assert after(kept_game, kept, 40).fingerprint == after(game, state, 40).fingerprint


def test_unpickled_states_share_the_program_in_use(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    first, second = (pickle.loads(pickle.dumps(game.start(seed))) for seed in (1, 2))
    assert first.program is second.program is game.program


def test_a_scenario_changed_by_code_is_not_taken_for_the_one_it_came_from(tutorial: tabletop.Scenario) -> None:
    renamed = attrs.evolve(tutorial, title="Another")
    states = [tabletop.Game(scenario).start(1) for scenario in (tutorial, renamed)]
    kept = [pickle.loads(pickle.dumps(state)) for state in states]
    assert [state.program.scenario.title for state in kept] == [tutorial.title, "Another"]


def test_another_process_can_go_on_with_a_pack_that_it_does_not_have(
    town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path
) -> None:
    game = tabletop.Game(town())
    state = after(game, game.start(3), 4)
    (tmp_path / "town" / "scenario.yaml").unlink()
    (tmp_path / "kept").write_bytes(pickle.dumps((game, state)))
    script = (
        "import pickle, sys; game, state = pickle.load(open(sys.argv[1], 'rb')); seat = state.acting[0];"
        "print(game.apply(state, seat, game.actions(state, seat)[0]).fingerprint)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "kept")], capture_output=True, text=True, check=True
    )
    seat = state.acting[0]
    assert told.stdout.strip() == game.apply(state, seat, game.actions(state, seat)[0]).fingerprint
