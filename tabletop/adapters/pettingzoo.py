"""A scenario as an environment of PettingZoo, in which seats act in turn (AEC).

    pip install 'tabletop[pettingzoo]'

>>> from tabletop.adapters import pettingzoo
>>> env = pettingzoo.env("first-summit", assumptions={"papers_matter": False})
>>> env.reset(seed=7)
>>> for agent in env.agent_iter():
...     observation, reward, termination, truncation, info = env.last()
...     over = termination or truncation
...     env.step(None if over else env.action_space(agent).sample(observation["action_mask"]))
>>> env.agents
[]

An agent is a seat, by its id. `action_names` has the names of its actions by number, `observation_names` those of its
observations, which are exactly what the seat may know. Simultaneous choices are made one after another, hidden from the
other seats. Rewards are 0 until the game is over, then points. An environment can be copied and pickled during a game.
"""

from __future__ import annotations

import operator
import os
import random
import secrets
from collections.abc import Mapping
from typing import Any

from tabletop.adapters.assumptions import chosen
from tabletop.adapters.observation_vectors import ObservationVectors
from tabletop.adapters.observations import Observations
from tabletop.engine.game import Game
from tabletop.engine.state import State
from tabletop.engine.views import acting_as_seen
from tabletop.scenario.loading import load
from tabletop.scenario.pack import Scenario
from tabletop.storage.shipped_data import DEFAULT_SCENARIO

try:
    import numpy as np
    from gymnasium import spaces
    from pettingzoo import AECEnv
    from pettingzoo.utils import wrappers
except ImportError as missing:
    raise ImportError("PettingZoo is not here: pip install 'tabletop[pettingzoo]'") from missing


def env(
    pack: str | os.PathLike[str] | Scenario = DEFAULT_SCENARIO,
    assumptions: Mapping[str, int | bool] | str | None = None,
    render_mode: str | None = None,
    scaled: bool = False,
) -> Any:
    """The environment with PettingZoo's usual wrappers.

    A call out of order is refused, and an illegal move ends the game with the minimum points of the scenario. `pack` is
    a shipped scenario's id, a path or a loaded scenario; `assumptions` are given by name, or as text: a worldview,
    `name:value`, or several with `;` between. `scaled` rewards are scaled to 0..1 over the seat's range of points.
    """
    raw = raw_env(pack, assumptions, render_mode, scaled)
    fewest = 0.0 if scaled else float(min(low for low, _ in raw.observations.points))
    return wrappers.OrderEnforcingWrapper(
        wrappers.AssertOutOfBoundsWrapper(wrappers.TerminateIllegalWrapper(raw, illegal_reward=fewest))
    )


class raw_env(AECEnv):  # type: ignore[misc] # noqa: N801 - PettingZoo's own name
    """The environment without wrappers. `position` is the state of the game, `game` its rules."""

    def __init__(
        self,
        pack: str | os.PathLike[str] | Scenario = DEFAULT_SCENARIO,
        assumptions: Mapping[str, int | bool] | str | None = None,
        render_mode: str | None = None,
        scaled: bool = False,
    ) -> None:
        """Raises UnknownScenario, PackError or UnknownAssumption."""
        super().__init__()
        scenario = pack if isinstance(pack, Scenario) else load(os.fspath(pack))
        self.metadata = {"name": "tabletop_v0", "render_modes": ["human", "ansi"], "is_parallelizable": False}
        self.render_mode = render_mode
        self.scaled = scaled
        self.game = Game(scenario, chosen(scenario, assumptions))
        self.observations = Observations(self.game.program)
        self._vectors = ObservationVectors(self.observations)
        numbering = self.observations.numbering
        self.observation_names = self.observations.names
        self.possible_agents = list(self.observations.seats)
        self._numbers = {agent: number for number, agent in enumerate(self.possible_agents)}
        self.action_spaces = {
            agent: spaces.Discrete(count) for agent, count in zip(self.possible_agents, numbering.counts, strict=True)
        }
        self.action_names = {agent: numbering.labels(number) for agent, number in self._numbers.items()}
        self.observation_spaces = {
            agent: spaces.Dict(
                {
                    "observation": spaces.Box(0.0, 1.0, (self.observations.size,), np.float32),
                    "action_mask": spaces.Box(0, 1, (count,), np.int8),
                }
            )
            for agent, count in zip(self.possible_agents, numbering.counts, strict=True)
        }
        self.state_space = spaces.Box(0.0, 1.0, (self._state_size(),), np.float32)
        self._seeds: random.Random | None = None
        self.position: State

    def observation_space(self, agent: str) -> Any:
        """The agent's observation space: the same object every time."""
        return self.observation_spaces[agent]

    def action_space(self, agent: str) -> Any:
        """The agent's action space: the same object every time."""
        return self.action_spaces[agent]

    def reset(self, seed: int | None = None, options: dict[str, Any] | None = None) -> None:
        """Starts a new game: `seed` is that of `Game.start`. Without one, the seed is derived from the last given one,
        or random if there was none."""
        if seed is not None:
            seed = operator.index(seed)
            self._seeds = random.Random(seed)
        elif self._seeds is None:
            seed = secrets.randbits(64)
        else:
            seed = self._seeds.getrandbits(64)
        self.position = self.game.start(seed)
        self.agents = list(self.possible_agents)
        self.rewards = dict.fromkeys(self.agents, 0.0)
        self._cumulative_rewards = dict.fromkeys(self.agents, 0.0)
        self.terminations = dict.fromkeys(self.agents, False)
        self.truncations = dict.fromkeys(self.agents, False)
        self.infos: dict[str, dict[str, Any]]
        self._legal: Any = None
        self.agent_selection = self.agents[0]
        self._skip_agent_selection: str | None = None
        self.infos = {agent: {"action_mask": self._mask(agent)} for agent in self.agents}
        self._settle()

    def step(self, action: int | None) -> None:
        """The selected agent makes its move. Raises IllegalAction."""
        agent = self.agent_selection
        if self.terminations[agent] or self.truncations[agent]:
            self._was_dead_step(action)
            return
        program = self.game.program
        move = self.observations.numbering.moves[self._numbers[agent]][operator.index(action)]  # type: ignore[arg-type]
        self.position = self.game.apply(self.position, agent, program.actions[move])
        self._cumulative_rewards[agent] = 0.0
        self._clear_rewards()
        self._settle()
        if self.render_mode == "human":
            self.render()

    def _settle(self) -> None:
        """Updates the selected agent, its legal moves, and rewards and terminations at the end."""
        before = self.agent_selection
        if self.position.finished:
            for agent, points in self.position.scores.items():
                self.rewards[agent] = self._reward(agent, points)
            self.terminations = dict.fromkeys(self.agents, True)
            self._accumulate_rewards()
        else:
            self.agent_selection = self.position.acting[0]
        self._legal = self._legal_moves()
        changed = self.agents if self.position.finished else {before, self.agent_selection}
        self.infos = {**self.infos, **{agent: {"action_mask": self._mask(agent)} for agent in changed}}
        if self.position.finished:
            self._deads_step_first()

    def _reward(self, agent: str, points: int) -> float:
        low, high = self.observations.points[self._numbers[agent]]
        if not self.scaled:
            return float(points)
        return (points - low) / (high - low) if high > low else 0.0

    def _mask(self, agent: str) -> Any:
        mask = np.zeros(len(self.observations.numbering.moves[self._numbers[agent]]), np.int8)
        if self._legal is not None and agent == self.agent_selection:
            mask[self._legal] = 1
        return mask

    def _legal_moves(self) -> Any:
        """The numbers of the selected agent's legal moves; None once the game is over."""
        if self.position.finished:
            return None
        return np.array(self.observations.numbering.legal(self.position, self._numbers[self.agent_selection]), np.intp)

    def observe(self, agent: str) -> dict[str, Any]:
        """What the seat knows; only the selected agent has legal moves."""
        vector = self._vectors.vector(self.position, self._numbers[agent])
        return {"observation": vector, "action_mask": self._mask(agent)}

    def _state_size(self) -> int:
        size, public = self.observations.size, self.observations.public_size
        return public + len(self.possible_agents) * (size - public)

    def state(self) -> Any:
        """What all seats together know: public knowledge, then each seat's own."""
        row = self.observations.public_row(self.position)
        for seat in range(len(self.possible_agents)):
            row += self.observations.private_row(self.position, seat)
        return np.array(row, np.float32)

    def render(self) -> str | None:
        """What everybody knows, as text: returned in mode `ansi`, printed in mode `human`."""
        text = _shown(self.position)
        if self.render_mode == "ansi":
            return text
        if self.render_mode == "human":
            print(text)
        return None

    def close(self) -> None:
        """There is nothing to close."""


def _shown(state: State) -> str:
    scenario = state.program.scenario
    lines = [f"{scenario.title} · turn {state.turn} · {state.stage}, {state.phase}"]
    lines += [f"  {meter.name} {state.meters[meter.id]}" for meter in scenario.meters]
    cards = [card.title for card in scenario.cards if card.id == state.card]
    lines += [f"  On the table: {title}" for title in cards]
    if state.finished:
        points = ", ".join(f"{seat} {points}" for seat, points in state.scores.items())
        endings = [ending.title for ending in scenario.endings if ending.id == state.outcome]
        lines += [f"  The end: {title} ({points})" for title in endings]
    else:
        lines.append(f"  To act: {', '.join(acting_as_seen(state, ''))}")
    return "\n".join(lines)
