"""Scenarios as games of OpenSpiel, under OpenSpiel's own tests and algorithms."""

from __future__ import annotations

import copy
import pathlib
import pickle
import random
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import tabletop

pytest.importorskip("pyspiel")

import numpy as np
import pyspiel
from absl import flags
from open_spiel.python import rl_environment
from open_spiel.python.algorithms import external_sampling_mccfr, generate_playthrough, ismcts, mcts
from open_spiel.python.tests import games_sim_test

from tabletop.adapters import game_bounds, openspiel
from tests.packs.unknowns import PACKS as PACKS_OF_UNKNOWNS
from tests.packs.unknowns import loaded, posteriors

PACKS = ["first-summit", "summit-2018"]


def step(state: Any, dice: random.Random) -> None:
    if state.is_chance_node():
        outcomes, chances = zip(*state.chance_outcomes(), strict=True)
        state.apply_action(dice.choices(outcomes, chances)[0])
    else:
        state.apply_action(dice.choice(state.legal_actions()))


def played(pack: str, moves: int, seed: int = 1, **assumptions: int | bool) -> Any:
    state, dice = openspiel.load_game(pack, assumptions).new_initial_state(), random.Random(seed)
    while state.move_number() < moves and not state.is_terminal():
        step(state, dice)
    return state


# OpenSpiel's own tests


@pytest.mark.parametrize("pack", PACKS)
def test_openspiels_random_simulations_find_nothing_amiss(pack: str) -> None:
    pyspiel.random_sim_test(openspiel.load_game(pack), num_sims=3, serialize=True, verbose=False, mask_test=True)


@pytest.mark.parametrize("pack", PACKS)
def test_openspiels_simulation_of_its_games_finds_nothing_amiss(pack: str) -> None:
    games_sim_test.GamesSimTest().sim_game(openspiel.load_game(pack))


@pytest.mark.parametrize("pack", PACKS)
def test_a_playthrough_comes_out_the_same_when_it_is_replayed(pack: str, tmp_path: pathlib.Path) -> None:
    if not flags.FLAGS.is_parsed():
        flags.FLAGS.mark_as_parsed()
    text = generate_playthrough.playthrough(f"python_tabletop(pack={pack})", None, seed=5)
    (tmp_path / "playthrough.txt").write_text(text, encoding="utf-8")
    original, new = generate_playthrough.replay(str(tmp_path / "playthrough.txt"))
    assert original == new
    assert "IsTerminal() = True" in text


@pytest.mark.parametrize("pack", PACKS)
def test_openspiels_learning_environment_plays_to_the_end(pack: str) -> None:
    env = rl_environment.Environment(openspiel.load_game(pack), enable_legality_check=True)
    env.seed(3)
    dice, step = random.Random(3), env.reset()
    while not step.last():
        player = step.observations["current_player"]
        assert len(step.observations["info_state"][player]) == env.observation_spec()["info_state"][0]
        step = env.step([dice.choice(step.observations["legal_actions"][player])])
    assert step.rewards == env.get_state.returns()


def test_openspiels_tree_search_plays_a_scenario_to_the_end() -> None:
    game = openspiel.load_game("first-summit")
    state, dice = game.new_initial_state(), np.random.RandomState(1)
    bot = mcts.MCTSBot(game, 50.0, 8, mcts.RandomRolloutEvaluator(1, dice), random_state=dice)
    while not state.is_terminal():
        if state.is_chance_node():
            step(state, random.Random(1))
        else:
            state.apply_action(bot.mcts_search(state).best_child().action)
    assert state.returns() == [float(points) for points in state.state.scores.values()]


def test_openspiels_regret_minimization_runs_over_information_states(
    town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path
) -> None:
    town(lambda pack: pack["stages"][0].update(turns=1))
    game = openspiel.load_game(str(tmp_path / "town"))
    solver = external_sampling_mccfr.ExternalSamplingSolver(game, external_sampling_mccfr.AverageType.SIMPLE)
    np.random.seed(0)
    for _ in range(3):
        solver.iteration()
    state = game.new_initial_state()
    while state.is_chance_node():
        state.apply_action(state.legal_actions()[0])
    policy = solver.average_policy().action_probabilities(state)
    assert sum(policy.values()) == pytest.approx(1)


# States


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("moves", [0, 33, 10_000])
@pytest.mark.parametrize(
    "keep", [copy.deepcopy, lambda state: pickle.loads(pickle.dumps(state)), lambda state: state.clone()]
)
def test_a_kept_state_goes_on_as_it_would_have(pack: str, moves: int, keep: Callable[[Any], Any]) -> None:
    name = tabletop.load(pack).assumptions[0].id
    state = played(pack, moves, **{name: False})
    kept = keep(state)
    assert type(kept) is type(state)
    assert kept.state == state.state
    assert kept.get_game() == state.get_game()
    assert kept.state.assumptions[name] is False
    assert kept.history() == state.history()
    for player in range(state.num_players()):
        assert kept.information_state_string(player) == state.information_state_string(player)
    ones, others = random.Random(7), random.Random(7)
    for _ in range(30):
        if state.is_terminal():
            break
        assert kept.legal_actions() == state.legal_actions()
        step(kept, ones)
        step(state, others)
    assert str(kept) == str(state)


@pytest.mark.parametrize("keep", [copy.deepcopy, lambda game: pickle.loads(pickle.dumps(game))])
def test_a_kept_game_is_the_same_game(keep: Callable[[Any], Any]) -> None:
    game = openspiel.load_game("first-summit", {"papers_matter": False, "open_chance": 20})
    kept = keep(game)
    assert kept == game
    assert str(kept.new_initial_state()) == str(game.new_initial_state())
    assert kept.rules.game.assumptions == game.rules.game.assumptions == {"papers_matter": False, "open_chance": 20}


def test_a_state_of_a_pack_that_has_been_edited_since_is_refused(
    town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path
) -> None:
    town()
    kept = pickle.dumps(openspiel.load_game(str(tmp_path / "town")).new_initial_state())
    town(lambda pack: pack["stages"][0].update(turns=8))
    with pytest.raises(ValueError, match="has been changed"):
        pickle.loads(kept)


@pytest.mark.parametrize("pack", PACKS)
def test_bounds_hold_and_are_not_far_off(pack: str) -> None:
    game = openspiel.load_game(pack)
    for seed in range(10):
        state = played(pack, 10_000, seed)
        chances = sum(player.player < 0 for player in state.full_history())
        decisions = state.state.decisions
        assert game.max_game_length() / 8 < decisions <= game.max_game_length()
        assert chances <= game.max_chance_nodes_in_history()
        assert all(game.min_utility() <= points <= game.max_utility() for points in state.returns())
    assert game.max_chance_outcomes() == game_bounds.chance_outcomes(game.rules.program)


def test_chances_are_those_of_the_engine_and_make_up_the_whole() -> None:
    state, dice, found = played("summit-2018", 0), random.Random(2), 0
    while not state.is_terminal():
        if state.is_chance_node():
            outcomes = state.chance_outcomes()
            assert sum(chance for _, chance in outcomes) == pytest.approx(1, abs=1e-12)
            assert len(outcomes) == len(state.state.chance.outcomes)
            found += 1
        step(state, dice)
    assert found > 10


# What players know


def test_seats_that_choose_together_do_not_see_each_others_choices(
    town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path
) -> None:
    town()
    game = openspiel.load_game(str(tmp_path / "town"))
    seen = set()
    for choices in (["build", "pass"], ["talk", "pass"], ["pass"]):
        state = game.new_initial_state()
        while state.is_chance_node():
            state.apply_action(state.legal_actions()[0])
        for choice in choices:
            state.apply_action(state.string_to_action(choice))
        assert state.current_player() == 1
        seen.add((state.information_state_string(1), state.observation_string(1), tuple(state.observation_tensor(1))))
    assert len(seen) == 1


def test_a_seat_remembers_what_it_has_done_and_seen(
    town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path
) -> None:
    town()
    game = openspiel.load_game(str(tmp_path / "town"))
    known = set()
    for choice in ("build", "pass"):
        state = game.new_initial_state()
        while state.is_chance_node():
            state.apply_action(state.legal_actions()[0])
        state.apply_action(state.string_to_action(choice))
        assert f"you: {choice}" in state.information_state_string(0).splitlines()
        known.add(state.information_state_string(0))
    assert len(known) == 2


@pytest.mark.parametrize("pack", PACKS)
def test_a_hidden_truth_shows_only_to_those_who_know_it(pack: str) -> None:
    game = openspiel.load_game(pack)
    hidden = game.rules.game.scenario.hidden[0]
    seen: dict[int, set[tuple[str, str, tuple[float, ...]]]] = {player: set() for player in range(game.num_players())}
    for outcome in range(len(hidden.values)):
        state = game.new_initial_state()
        state.apply_action(outcome)
        while state.is_chance_node():
            state.apply_action(state.legal_actions()[0])
        for player, told in seen.items():
            tensor = tuple(state.observation_tensor(player))
            told.add((state.information_state_string(player), state.observation_string(player), tensor))
    for player, seat in enumerate(game.rules.observations.seats):
        assert len(seen[player]) == (len(hidden.values) if seat in hidden.known_to else 1)


# States drawn anew from what a player has seen


def test_a_state_drawn_anew_is_one_in_which_the_player_knows_just_what_it_knows() -> None:
    for pack, moves in (("first-summit", (0, 2, 9, 20, 33, 10_000)), ("summit-2018", (9, 40, 90))):
        for number in moves:
            state, dice = played(pack, number, seed=number), random.Random(number)
            for player in range(state.num_players()):
                other = state.resample_from_infostate(player, dice.random)
                assert other.information_state_string(player) == state.information_state_string(player)
                assert other.is_chance_node() == state.is_chance_node()
                # Its history leads to it.
                again = state.get_game().new_initial_state()
                for step in other.full_history():
                    again.apply_action(step.action)
                assert str(again) == str(other)
                for each in range(state.num_players()):
                    assert again.information_state_string(each) == other.information_state_string(each)


def test_states_drawn_anew_are_as_likely_as_bayes_rule_has_it(tmp_path: pathlib.Path) -> None:
    stats = pytest.importorskip("scipy.stats")
    for number, pack in enumerate(PACKS_OF_UNKNOWNS):
        scenario = loaded(tmp_path / str(number), pack())
        game = openspiel.load_game(tmp_path / str(number))
        rules = tabletop.Game(scenario)
        state, shares = max(
            posteriors(rules, "ann", 2), key=lambda case: (len(case[1]), case[0].turn, case[0].fingerprint)
        )
        spiel = game.new_initial_state()
        spiel = next(one for one in every_state(spiel) if one.position.core == tuple(state.core) and same(one, state))
        dice = random.Random(5)
        drawn = Counter(spiel.resample_from_infostate(0, dice.random).position.core for _ in range(600))
        common = [core for core, share in shares.items() if share * 600 >= 5]
        assert set(drawn) <= set(shares)
        assert len(common) > 1
        observed, due = [drawn[core] for core in common], [shares[core] for core in common]
        expected = [one * sum(observed) / sum(due) for one in due]
        assert stats.chisquare(observed, expected).pvalue > 0.001


def every_state(state: Any) -> Iterator[Any]:
    """Every state of the first two turns."""
    yield state
    if not state.is_terminal() and state.state.turn <= 2:
        for action in state.legal_actions():
            yield from every_state(state.child(action))


def same(state: Any, other: tabletop.State) -> bool:
    return state.position.player == 0 and state.state.log == other.log


def test_openspiels_search_for_hidden_information_runs_and_holds_both_sides_of_a_coin_possible(
    tmp_path: pathlib.Path,
) -> None:
    loaded(tmp_path, PACKS_OF_UNKNOWNS[0]())
    game, dice = openspiel.load_game(tmp_path), np.random.RandomState(1)
    bot = ismcts.ISMCTSBot(
        game=game, uct_c=2.0, max_simulations=20, evaluator=mcts.RandomRolloutEvaluator(1, dice), random_state=dice
    )
    choices = set()
    for side in (0, 1):
        state = game.new_initial_state()
        state.apply_action(side)
        policy = dict(bot.get_policy(state))
        assert set(policy) == set(state.legal_actions())
        choices.add(len(policy))
        pool = {state.resample_from_infostate(0, dice.rand).state.hidden["coin"] for _ in range(60)}
        assert pool == {"heads", "tails"}
    assert choices == {2}


# Games


def test_a_game_is_given_by_a_path_and_assumptions_by_numbers_of_numpy(
    town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path
) -> None:
    town()
    assert openspiel.load_game(tmp_path / "town").rules.program.scenario.id == "town"
    given = {"sincere_kim": np.int64(40), "pressure_works": np.bool_(False)}
    assert openspiel.load_game("summit-2018", given).rules.game.assumptions["sincere_kim"] == 40
    assert openspiel.load_game("summit-2018", given).rules.game.assumptions["pressure_works"] is False


def test_assumptions_are_given_by_name_or_by_worldview() -> None:
    scenario = tabletop.load("summit-2018")
    rules = openspiel.load_game("summit-2018", "critics;sincere_kim:33").rules
    critics = next(one for one in scenario.worldviews if one.id == "critics")
    assert rules.game.assumptions == tabletop.Game(scenario, {**critics.values, "sincere_kim": 33}).assumptions


def test_what_cannot_be_loaded_is_said_plainly(tmp_path: pathlib.Path) -> None:
    with pytest.raises(tabletop.UnknownScenario, match="did you mean 'summit-2018'"):
        openspiel.load_game("summit-2081")
    with pytest.raises(tabletop.UnknownAssumption, match="no assumption"):
        openspiel.load_game("first-summit", {"nobody": True})
    with pytest.raises(ValueError, match="neither name:value"):
        openspiel.load_game("first-summit", "nonsense")
    with pytest.raises(ValueError, match="brackets, commas or ="):
        openspiel.load_game(str(tmp_path / "a,b"))


def test_a_pack_that_is_edited_is_read_anew(town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path) -> None:
    town()
    folder = str(tmp_path / "town")
    before = openspiel.load_game(folder).max_game_length()
    town(lambda pack: pack["stages"][0].update(turns=8))
    assert openspiel.load_game(folder).max_game_length() == 2 * before
