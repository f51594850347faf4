"""A scenario as a game of OpenSpiel, `python_tabletop`, with chance explicit.

    pip install 'tabletop[openspiel]'

>>> import pyspiel
>>> from tabletop.adapters import openspiel
>>> game = openspiel.load_game("first-summit", assumptions={"papers_matter": False})
>>> game == pyspiel.load_game("python_tabletop(pack=first-summit,assumptions=papers_matter:false)")
True
>>> state = game.new_initial_state()
>>> state.is_chance_node(), state.action_to_string(state.chance_outcomes()[0][0])
(True, 'hidden purpose: ceremony')
>>> while not state.is_terminal():
...     state.apply_action(state.legal_actions()[0])
>>> len(state.returns())
2

Players are the seats in the scenario's order. Simultaneous choices are made one after another, hidden from the other
seats. The game is general-sum, with returns (points) only at the end. An information state is everything that a seat
has seen and done; an observation is everything that it knows now. Importing this module registers the game;
a process that unpickles a game or state must have imported it too.
"""

from __future__ import annotations

import bisect
import functools
import itertools
import os
import pathlib
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from tabletop.adapters import game_bounds
from tabletop.adapters.assumptions import chosen
from tabletop.adapters.observation_history import NOBODY, ObservationHistory
from tabletop.adapters.observation_vectors import ObservationVectors
from tabletop.adapters.observations import Observations
from tabletop.adapters.resampling import HistoryPool, NoConsistentHistory, Resampling, Sampler, decisions
from tabletop.engine.execution import Note
from tabletop.engine.game import Game
from tabletop.engine.log import Entry, History
from tabletop.engine.state import State, Unresolved
from tabletop.players.determinization import Path
from tabletop.scenario.library import locate
from tabletop.scenario.loading import load
from tabletop.scenario.numerals import python_number
from tabletop.storage.shipped_data import DEFAULT_SCENARIO

try:
    import numpy as np
    import pyspiel
except ImportError as missing:
    raise ImportError("OpenSpiel is not here: pip install 'tabletop[openspiel]'") from missing

NAME = "python_tabletop"

_TYPE = pyspiel.GameType(
    short_name=NAME,
    long_name="Tabletop",
    dynamics=pyspiel.GameType.Dynamics.SEQUENTIAL,
    chance_mode=pyspiel.GameType.ChanceMode.EXPLICIT_STOCHASTIC,
    information=pyspiel.GameType.Information.IMPERFECT_INFORMATION,
    utility=pyspiel.GameType.Utility.GENERAL_SUM,
    reward_model=pyspiel.GameType.RewardModel.TERMINAL,
    max_num_players=100,
    min_num_players=1,
    provides_information_state_string=True,
    provides_information_state_tensor=False,
    provides_observation_string=True,
    provides_observation_tensor=True,
    provides_factored_observation_string=True,
    parameter_specification={"pack": DEFAULT_SCENARIO, "assumptions": ""},
)


def load_game(
    pack: str | os.PathLike[str] = DEFAULT_SCENARIO, assumptions: Mapping[str, int | bool] | str | None = None
) -> Any:
    """The game of a pack, by id or path, under assumptions: by name, or as text such as `critics;sincere_kim:40`.

    Raises UnknownScenario, PackError or UnknownAssumption.
    """
    pack = os.fspath(pack)
    if not isinstance(assumptions, str):
        values = {name: (value, python_number(value)) for name, value in (assumptions or {}).items()}
        numbers = {name: given if number is None else number for name, (given, number) in values.items()}
        assumptions = ";".join(f"{name}:{str(value).lower()}" for name, value in numbers.items())
    # OpenSpiel would end the process or garble the message, so errors are raised here.
    _rules_of(pack, assumptions)
    return pyspiel.load_game(NAME, {"pack": pack, "assumptions": assumptions})


@attrs.frozen
class _Position:
    """The content of a state without the rules, which OpenSpiel would otherwise copy and pickle with it.

    `player` must act; `decided` lists the decisions: seat, number of the move, and how many notes came before.
    """

    player: int
    core: tuple[int, ...]
    notes: tuple[Note | Entry, ...]
    unresolved: Unresolved | None
    decided: tuple[tuple[int, int, int], ...] = ()

    def __deepcopy__(self, memo: object) -> _Position:
        return self


class _Rules:
    """A pack with its assumptions, and data shared by all states of the game."""

    def __init__(self, pack: str, assumptions: str) -> None:
        self.pack, self.assumptions = pack, assumptions
        scenario = load(pack)
        self.game = Game(scenario, chosen(scenario, assumptions))
        self.program = self.game.program
        self.observations = Observations(self.program)
        self.vectors = ObservationVectors(self.observations)
        self.numbering = self.observations.numbering
        self.recall = ObservationHistory(self.program)
        self.resampling = Resampling(self.program)
        self.opening = self.position(self.game.start_explicit(), ())

    def __deepcopy__(self, memo: object) -> _Rules:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return _unchanged, (self.pack, self.assumptions, self.program.digest)

    def info(self) -> Any:
        points = self.observations.points
        fewest, most = min(low for low, _ in points), max(high for _, high in points)
        return pyspiel.GameInfo(
            num_distinct_actions=self.numbering.most,
            max_chance_outcomes=game_bounds.chance_outcomes(self.program),
            num_players=len(self.program.scenario.seats),
            min_utility=float(fewest),
            # OpenSpiel requires a difference, even if all points are equal.
            max_utility=float(max(most, fewest + 1)),
            utility_sum=None,
            max_game_length=game_bounds.decisions(self.program),
        )

    def position(self, state: State, decided: tuple[tuple[int, int, int], ...]) -> _Position:
        if state.finished:
            player = pyspiel.PlayerId.TERMINAL
        elif state.unresolved is not None:
            player = pyspiel.PlayerId.CHANCE
        else:
            player = self.program.seat_number(state.acting[0])
        return _Position(int(player), tuple(state.core), state.history.notes(), state.unresolved, decided)

    def state(self, at: _Position) -> State:
        history = History(None, at.notes)
        return State(program=self.program, core=at.core, history=history, explicit=True, unresolved=at.unresolved)

    def after(self, at: _Position, action: int) -> _Position:
        state = self.state(at)
        if at.unresolved is not None:
            return self.position(self.game.resolve(state, at.unresolved.indices.index(action)), at.decided)
        move = self.program.actions[self.numbering.moves[at.player][action]]
        state = self.game.apply(state, self.observations.seats[at.player], move)
        return self.position(state, (*at.decided, (at.player, action, len(at.notes))))

    def history(self, at: _Position, seat: int, public: bool, private: bool) -> list[str]:
        """What a seat has seen and done, in order."""
        lines = self.recall.lines(at.notes, self.observations.seats[seat] if private else NOBODY, public)
        found: list[str] = []
        told = 0
        for who, number, before in at.decided if private else ():
            if who == seat:
                found += filter(None, lines[told:before])
                found.append(f"you: {self.numbering.label(seat, number)}")
                told = before
        found += filter(None, lines[told:])
        return found


def _rules_of(pack: str, assumptions: str) -> _Rules:
    if set(pack) & set("(),=\n"):
        raise ValueError(f"OpenSpiel cannot name a pack with brackets, commas or = in its path: {pack}")
    folder = locate(pack)
    files = sorted(folder.rglob("*")) if folder.is_dir() else [folder]
    return _loaded(pack, assumptions, tuple((file, file.stat().st_mtime_ns) for file in files))


def _unchanged(pack: str, assumptions: str, digest: str) -> _Rules:
    rules = _rules_of(pack, assumptions)
    if rules.program.digest != digest:
        raise ValueError(f"the pack '{pack}' has been changed since this state was kept")
    return rules


# Keyed by file times too, so that an edited pack is read again.
@functools.lru_cache(maxsize=16)
def _loaded(pack: str, assumptions: str, files: tuple[tuple[pathlib.Path, int], ...]) -> _Rules:
    return _Rules(pack, assumptions)


class TabletopGame(pyspiel.Game):  # type: ignore[misc]
    """A scenario as OpenSpiel's game; `rules.game` is the engine's own."""

    def __init__(self, params: Mapping[str, Any] | None = None) -> None:
        given = {"pack": DEFAULT_SCENARIO, "assumptions": "", **(params or {})}
        super().__init__(_TYPE, _rules_of(given["pack"], given["assumptions"]).info(), given)

    @functools.cached_property
    def rules(self) -> _Rules:
        """The pack with its assumptions."""
        # Not made in `__init__`, which OpenSpiel's unpickling skips.
        given = self.get_parameters()
        return _rules_of(given["pack"], given["assumptions"])

    def new_initial_state(self) -> TabletopState:
        """The start of a game, before any chance outcome."""
        return TabletopState(self)

    def max_chance_nodes_in_history(self) -> int:
        """The maximum number of chance events in a game."""
        return game_bounds.chances(self.rules.program)

    def make_py_observer(self, iig_obs_type: Any = None, params: Any = None) -> TabletopObserver:
        """An observer of states for a player."""
        if params:
            raise ValueError(f"there are no parameters of observation, such as {params}")
        return TabletopObserver(self.rules, iig_obs_type or pyspiel.IIGObservationType(perfect_recall=False))


class TabletopState(pyspiel.State):  # type: ignore[misc]
    """A position as OpenSpiel's state. `state` is the engine's own."""

    #: While the history of a known position is replayed for OpenSpiel: the player of the present action.
    _retold: int | None = None

    def __init__(self, game: TabletopGame) -> None:
        super().__init__(game)
        self.rules = game.rules
        self.position = game.rules.opening

    @property
    def state(self) -> State:
        """The engine's state."""
        return self.rules.state(self.position)

    def current_player(self) -> int:
        """The seat that must act, or OpenSpiel's constants for chance and the end."""
        return self.position.player if self._retold is None else self._retold

    def _legal_actions(self, player: int) -> list[int]:
        return self.rules.numbering.legal(self.state, player)

    def chance_outcomes(self) -> list[tuple[int, float]]:
        """The chance outcomes: an outcome has the same number whenever its table, deck or hidden variable comes up."""
        waiting = self.position.unresolved
        if waiting is None:
            return []
        shares = (float(one.probability) for one in waiting.node.outcomes)
        return list(zip(waiting.indices, shares, strict=True))

    def _apply_action(self, action: int) -> None:
        if self._retold is None:
            self.position = self.rules.after(self.position, action)

    def _action_to_string(self, player: int, action: int) -> str:
        waiting = self.position.unresolved
        if player >= 0:
            return self.rules.numbering.label(player, action)
        if waiting is None or action not in waiting.indices:
            return f"chance {action}"
        node = waiting.node
        return f"{node.kind} {node.subject}: {node.outcomes[waiting.indices.index(action)].id}"

    def is_terminal(self) -> bool:
        """Whether the game is over."""
        return self.position.player == int(pyspiel.PlayerId.TERMINAL)

    def returns(self) -> list[float]:
        """Points by seat at the end; 0 before."""
        seats = self.rules.observations.seats
        return [float(self.state.scores.get(seat, 0)) for seat in seats]

    def resample_from_infostate(self, player: int, sampler: Sampler) -> TabletopState:
        """A random state with the same information state of the player, by its probability if the others play uniformly
        at random. `sampler` returns numbers from 0 to 1. Raises NoConsistentHistory if none was found in a large
        pack."""
        return _resampled(self, player, sampler)

    def __str__(self) -> str:
        state = self.state
        waits = f" chance={state.chance.kind} {state.chance.subject}" if state.chance is not None else ""
        return f"{self.rules.observations.public_text(state)}{waits} fingerprint={state.fingerprint}"


def _resampled(state: TabletopState, player: int, sampler: Sampler) -> TabletopState:
    if state.position.unresolved is not None:
        return _resampled_at_chance(state, player, sampler)
    position, wanted = state.position, state.information_state_string(player)
    pool = _pool(state, player, position.decided, position.player == player)
    while True:
        drawn = pool.drawn(sampler)
        other = _retold(state.get_game(), drawn.path, drawn.core)
        if other.information_state_string(player) == wanted:
            return other
        # Who else must still act, and other things besides facts, may distinguish histories.
        pool.drop(drawn)


def _pool(state: TabletopState, player: int, decided: Sequence[tuple[int, int, int]], acts: bool) -> HistoryPool:
    position, moves = state.position, state.rules.numbering.moves[player]
    own = [(before, moves[number]) for seat, number, before in decided if seat == player]
    return state.rules.resampling.pool(position.core, position.notes, player, own, acts)


def _retold(game: TabletopGame, path: Path, core: tuple[int, ...]) -> TabletopState:
    """The state at the end of a path, with OpenSpiel's history, without playing it again."""
    state = TabletopState(game)
    rules, notes = state.rules, list[Note]()
    for step in path.steps():
        if step.seat >= 0:
            state._retold = step.seat
            state.apply_action(rules.numbering.number(step.seat, step.move))
        state._retold = int(pyspiel.PlayerId.CHANCE)
        for outcome in step.chance:
            state.apply_action(outcome)
        notes += step.notes
    state._retold = None
    own = State(program=rules.program, core=core, history=History(None, tuple(notes)), explicit=True)
    state.position = rules.position(own, decisions(path, rules.numbering.number))
    return state


#: Attempts to sample another history that leads to an open chance event.
_TRIES = 1000


def _resampled_at_chance(state: TabletopState, player: int, sampler: Sampler) -> TabletopState:
    """Another history of an open chance event after equally many since the last decision, by rejection sampling."""
    position, wanted = state.position, state.information_state_string(player)
    waiting = position.unresolved
    assert waiting is not None
    for _ in range(_TRIES):
        if waiting.move is None:
            other: TabletopState = state.get_game().new_initial_state()
        else:
            # The decision has been made, without consequences so far.
            pool = _pool(state, player, position.decided[:-1], waiting.seat == player)
            drawn = pool.drawn(sampler)
            other = _retold(state.get_game(), drawn.path, drawn.core)
            if other.current_player() != waiting.seat:
                continue
            legal = other.legal_actions()
            own = position.decided[-1][1]
            other.apply_action(own if waiting.seat == player else legal[int(sampler() * len(legal))])
        for _ in waiting.outcomes:
            if other.is_chance_node():
                outcomes = other.chance_outcomes()
                ends = list(itertools.accumulate(share for _, share in outcomes))
                at = bisect.bisect_right(ends, sampler() * ends[-1])
                other.apply_action(outcomes[min(at, len(outcomes) - 1)][0])
        if other.is_chance_node() and other.information_state_string(player) == wanted:
            return other
    raise NoConsistentHistory(f"no other way to this chance was found in {_TRIES} tries")


class TabletopObserver:
    """Observes a state for a player. With perfect recall there is only text, as no vector holds a whole game."""

    def __init__(self, rules: _Rules, kind: Any) -> None:
        private = pyspiel.PrivateInfoType
        if kind.private_info == private.ALL_PLAYERS:
            raise ValueError("a player sees its own secrets or none, not those of all players")
        self.public = kind.public_info
        self.private = kind.private_info == private.SINGLE_PLAYER
        self.recalls = kind.perfect_recall
        self.tensor: Any = None
        self.dict: dict[str, Any] = {}
        if not self.recalls:
            known = rules.observations
            sizes = {"public": known.public_size} if self.public else {}
            if self.private:
                sizes |= {"private": known.size - known.public_size, "legal": rules.numbering.most}
            self.tensor = np.zeros(sum(sizes.values()), np.float32)
            ends = np.cumsum(list(sizes.values()))[:-1]
            self.dict = dict(zip(sizes, np.split(self.tensor, ends), strict=True))

    def set_from(self, state: TabletopState, player: int) -> None:
        """Writes what the player knows into `tensor`; `dict` names its parts."""
        position = state.state
        if "public" in self.dict:
            self.dict["public"][:] = state.rules.vectors.public(position)
        if "private" in self.dict:
            self.dict["private"][:] = state.rules.vectors.private(position, player)
            self.dict["legal"][:] = 0
            self.dict["legal"][state.rules.numbering.legal(position, player)] = 1

    def string_from(self, state: TabletopState, player: int) -> str:
        """What the player knows as text; with perfect recall, what it has seen and done."""
        known, position = state.rules.observations, state.state
        lines = [known.public_text(position)] if self.public else []
        lines += [known.private_text(position, player)] if self.private else []
        if self.recalls:
            lines += state.rules.history(state.position, player, self.public, self.private)
        return "\n".join(lines)


pyspiel.register_game(_TYPE, TabletopGame)
