"""Scenarios as environments of PettingZoo, under PettingZoo's own tests."""

from __future__ import annotations

import copy
import pathlib
import pickle
import random
from collections.abc import Callable
from typing import Any

import pytest

import tabletop

pytest.importorskip("pettingzoo")

import numpy as np
from pettingzoo.test import api_test, render_test, seed_test

from tabletop.adapters import pettingzoo

PACKS = ["first-summit", "summit-2018"]


def play(env: Any, steps: int, seed: int = 0) -> list[tuple[str, float]]:
    """Plays legal moves at random; what each agent was, and had gained, at each step."""
    dice = random.Random(seed)
    seen = []
    for _ in range(steps):
        if not env.agents:
            break
        observation, reward, termination, truncation, _ = env.last()
        seen.append((env.agent_selection, reward))
        open_moves = [number for number, may in enumerate(observation["action_mask"]) if may]
        env.step(None if termination or truncation else dice.choice(open_moves))
    return seen


def begun(pack: str | tabletop.Scenario, steps: int, seed: int = 3, **kwargs: Any) -> Any:
    env = pettingzoo.env(pack, **kwargs)
    env.reset(seed=seed)
    play(env, steps)
    return env


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.filterwarnings("ignore")
def test_pettingzoo_finds_nothing_amiss(pack: str) -> None:
    api_test(pettingzoo.env(pack), num_cycles=1000)
    seed_test(lambda: pettingzoo.env(pack), num_cycles=500)
    render_test(lambda render_mode: pettingzoo.env(pack, render_mode=render_mode))


@pytest.mark.parametrize("pack", PACKS)
def test_a_game_is_that_of_the_seed_and_its_points_are_the_rewards(pack: str) -> None:
    env = pettingzoo.env(pack)
    env.reset(seed=11)
    assert env.unwrapped.position == tabletop.Game(tabletop.load(pack)).start(11)
    gained = dict.fromkeys(env.agents, 0.0)
    for agent, reward in play(env, 10_000):
        gained[agent] += reward
    assert gained == dict(env.unwrapped.position.scores)


def test_scaled_rewards_lie_between_0_and_1() -> None:
    env = pettingzoo.env("first-summit", scaled=True)
    env.reset(seed=2)
    rewards = [reward for _, reward in play(env, 1000)]
    assert max(rewards) > 0
    assert all(0 <= reward <= 1 for reward in rewards)


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("steps", [1, 30, 5000])
@pytest.mark.parametrize("keep", [copy.deepcopy, lambda env: pickle.loads(pickle.dumps(env))])
def test_a_kept_environment_goes_on_as_it_would_have(pack: str, steps: int, keep: Callable[[Any], Any]) -> None:
    scenario = tabletop.load(pack)
    name = scenario.assumptions[0].id
    env = begun(scenario, steps, assumptions={name: False})
    for agent in env.possible_agents:
        env.action_space(agent).seed(9)
    kept = keep(env)
    assert kept.unwrapped.position == env.unwrapped.position
    assert kept.unwrapped.position.log == env.unwrapped.position.log
    assert kept.unwrapped.game.assumptions == env.unwrapped.game.assumptions
    assert kept.agents == env.agents
    if env.agents:
        agent = env.agent_selection
        assert kept.agent_selection == agent
        assert (kept.observe(agent)["action_mask"] == env.observe(agent)["action_mask"]).all()
        assert kept.action_space(agent).sample() == env.action_space(agent).sample()
    assert play(kept, 60) == play(env, 60)
    assert kept.unwrapped.position.fingerprint == env.unwrapped.position.fingerprint
    kept.reset()
    env.reset()
    assert kept.unwrapped.position == env.unwrapped.position


def test_a_copy_leaves_the_original_as_it_was() -> None:
    env = begun("summit-2018", 20)
    before = env.unwrapped.position.fingerprint
    play(copy.deepcopy(env), 20)
    assert env.unwrapped.position.fingerprint == before


@pytest.mark.parametrize("pack", PACKS)
def test_an_observation_says_what_the_view_says_and_nothing_else(pack: str) -> None:
    env = begun(pack, 0).unwrapped
    hidden = {noun.id: noun for noun in env.game.scenario.hidden}
    for step in range(60):
        if env.position.finished:
            break
        for agent in env.possible_agents:
            view = env.game.view(env.position, agent)
            seen = dict(zip(env.observation_names, env.observe(agent)["observation"], strict=True))
            for meter in env.game.scenario.meters:
                low, high = meter.range
                assert seen[meter.id] == pytest.approx((view.meters[meter.id] - low) / (high - low))
            shown = {name.split("=")[0] for name, number in seen.items() if number}
            symbols = env.game.program.scope.symbols
            for name, symbol in symbols.items():
                if symbol.members and name in view.facts:
                    assert seen[f"{name}={view.facts[name]}"] == 1
                elif symbol.known_to is not None and agent not in symbol.known_to:
                    assert name not in shown
            others = [name for name, noun in hidden.items() if agent not in noun.known_to]
            for name in others:
                for value in hidden[name].values:
                    otherwise = env.game.suppose(env.position, **{name: value})
                    number = env.possible_agents.index(agent)
                    assert env.observations.row(otherwise, number) == env.observations.row(env.position, number)
        play(env, 1, seed=step)


def test_seats_that_choose_together_do_not_see_each_others_choices(town: Callable[..., tabletop.Scenario]) -> None:
    rows = []
    for action in ("talk", "build"):
        env = pettingzoo.raw_env(town())
        env.reset(seed=1)
        assert env.agent_selection == "mayor"
        env.step(env.action_names["mayor"].index(action))
        if env.agent_selection == "mayor":
            env.step(0)
        assert env.agent_selection == "miller"
        rows.append(env.observe("miller")["observation"].tolist())
    assert rows[0] == rows[1]


def test_a_move_that_is_not_legal_ends_the_game_at_the_price_of_the_fewest_points() -> None:
    env = begun("first-summit", 0)
    mask = env.last()[0]["action_mask"]
    offender = env.agent_selection
    env.step(next(number for number, may in enumerate(mask) if not may))
    assert all(env.terminations.values())
    assert env.rewards[offender] == min(low for low, _ in env.unwrapped.observations.points)


def test_what_is_rendered_tells_no_secret() -> None:
    texts = set()
    env = begun("first-summit", 3, render_mode="ansi")
    for purpose in env.unwrapped.game.scenario.hidden[0].values:
        env.unwrapped.position = env.unwrapped.game.suppose(env.unwrapped.position, purpose=purpose)
        texts.add(env.render())
    assert len(texts) == 1
    assert "Trust in your word" in texts.pop()


def test_it_takes_worldviews_by_name_paths_and_numbers_of_numpy(
    town: Callable[..., tabletop.Scenario], tmp_path: pathlib.Path
) -> None:
    critics = next(one for one in tabletop.load("summit-2018").worldviews if one.id == "critics")
    raw = pettingzoo.env("summit-2018", "critics;sincere_kim:33").unwrapped
    assert raw.game.assumptions == tabletop.Game(raw.game.scenario, {**critics.values, "sincere_kim": 33}).assumptions
    raw = pettingzoo.env("summit-2018", {"sincere_kim": np.int64(40), "pressure_works": np.bool_(False)}).unwrapped
    assert (raw.game.assumptions["sincere_kim"], raw.game.assumptions["pressure_works"]) == (40, False)
    town()
    assert pettingzoo.env(tmp_path / "town").unwrapped.game.scenario.id == "town"
    with pytest.raises(tabletop.UnknownAssumption, match="did you mean 'critics'"):
        pettingzoo.env("summit-2018", "critcs")


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_a_vector_that_is_updated_is_the_one_that_is_built_anew(pack: str) -> None:
    env = pettingzoo.raw_env(pack)
    env.reset(seed=7)
    for agent in env.agent_iter():
        for seat, name in enumerate(env.possible_agents):
            built = np.array(env.observations.row(env.position, seat), np.float32)
            assert np.array_equal(env.observe(name)["observation"], built)
        observation, _, over, _, _ = env.last()
        assert [one for one in env.agents if env.infos[one]["action_mask"].any()] == ([] if over else [agent])
        env.step(None if over else int(np.flatnonzero(observation["action_mask"])[-1]))
