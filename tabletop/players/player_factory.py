"""Creates the player of a seat from its name, such as `random`, a doctrine, `search:2s` or `file.py:Class`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, TypeAlias

from tabletop.engine.game import Game
from tabletop.engine.program import Action
from tabletop.engine.state import State
from tabletop.engine.views import View
from tabletop.players.custom_player import CustomPlayer
from tabletop.players.dice import Dice
from tabletop.players.doctrine_player import DoctrinePlayer
from tabletop.players.errors import PlayerFailed, UnknownPlayer
from tabletop.players.protocol import MachinePlayer, Player
from tabletop.players.random_player import RandomPlayer
from tabletop.scenario import Scenario
from tabletop.scenario.numerals import count
from tabletop.scenario.problems import nearest, quoted

AnyPlayer: TypeAlias = Player | MachinePlayer

#: Upper limits of seconds and playouts a move for the search player.
MOST_PLAYOUTS = 1_000_000
MOST_SECONDS = 3600.0
_SECONDS = re.compile(r"\d{0,4}\.?\d{1,6}s")


def default_players(scenario: Scenario) -> dict[str, str]:
    """The default player of each seat: its first doctrine, or `random` if it has none."""
    chosen = {seat.id: "random" for seat in scenario.seats}
    for doctrine in reversed(scenario.doctrines):
        chosen[doctrine.seat] = doctrine.id
    return chosen


def named_players(scenario: Scenario, names: Mapping[str, str]) -> dict[str, str]:
    """The player name of every seat: the one given, or that for `all`, or the seat's default."""
    chosen = default_players(scenario)
    if "all" in names:
        chosen = dict.fromkeys(chosen, names["all"])
    chosen.update({seat: name for seat, name in names.items() if seat in chosen})
    return chosen


def cast(game: Game, names: Mapping[str, str]) -> dict[str, AnyPlayer]:
    """Creates a player for every seat: the named ones, and the default for the others. `all` names every other seat.

    Raises UnknownPlayer for an unknown seat or player.
    """
    chosen = named_players(game.scenario, names)
    for seat in names:
        if seat != "all" and seat not in chosen:
            near = nearest(seat, chosen)
            hint = f"; did you mean '{near}'?" if near else ""
            message = f"there is no seat {quoted(seat)} (there are {', '.join(chosen)}){hint}"
            kind = "no-seat-near" if near else "no-seat-known"
            raise UnknownPlayer(message, kind, name=seat, known=", ".join(chosen), near=near or "")
    casting = {seat: _player(game, seat, name) for seat, name in chosen.items()}
    for player in casting.values():
        if isinstance(player, CustomPlayer):  # they load in parallel
            player.wait()
    return casting


def is_code(game: Game, seat: str, name: str) -> bool:
    """Whether a player name stands for custom code, which runs when the player is created."""
    built_in = name in ("random", "search") or name.startswith("search:")
    return ":" in name and not built_in and (seat, name) not in game.program.doctrines


def players_for(scenario: Scenario, seat: str) -> tuple[str, ...]:
    """The names of the built-in players and doctrines for a seat, its default first."""
    own = [doctrine.id for doctrine in scenario.doctrines if doctrine.seat == seat]
    return (*own, "random", "search")


def _player(game: Game, seat: str, name: str) -> AnyPlayer:
    if name == "random":
        return RandomPlayer()
    if name == "search" or name.startswith("search:"):
        return _search_player(name)
    doctrine = game.program.doctrines.get((seat, name))
    if doctrine is not None:
        return DoctrinePlayer(doctrine)
    if ":" in name:
        return CustomPlayer(name)
    known = players_for(game.scenario, seat)
    near = nearest(name, known)
    hint = f"; did you mean '{near}'?" if near else ""
    message = f"{seat} has no player {quoted(name)} (there are {', '.join(known)}, or file.py:Class){hint}"
    kind = "no-player-near" if near else "no-player"
    raise UnknownPlayer(message, kind, seat=seat, name=name, known=", ".join(known), near=near or "")


def _search_player(name: str) -> AnyPlayer:
    """`search`, `search:envoy`, `search:2s` (seconds a move), `search:envoy:900` (playouts a move)."""
    from tabletop.players.search import STRENGTHS, SearchPlayer

    given: dict[str, Any] = {}
    for word in name.split(":")[1:]:
        if word in STRENGTHS:
            given["strength"] = word
        elif 1 <= (count(word) or 0) <= MOST_PLAYOUTS:
            given["playouts"] = count(word)
        elif _SECONDS.fullmatch(word) and 0 < float(word[:-1]) <= MOST_SECONDS:
            given["seconds"] = float(word[:-1])
        else:
            near = nearest(word, STRENGTHS)
            hint = f"; did you mean '{near}'?" if near else ""
            known = f"{', '.join(STRENGTHS)}, playouts a move such as 2000, or seconds such as 1s, up to an hour"
            message = f"{quoted(word)} is no strength of 'search' ({known}){hint}"
            kind = "no-strength-near" if near else "no-strength"
            raise UnknownPlayer(message, kind, name=word, known=", ".join(STRENGTHS), near=near or "")
    return SearchPlayer(**given)


def decide(player: AnyPlayer, game: Game, state: State, seat: str) -> Action:
    """The action that a player chooses for a seat. Raises PlayerFailed."""
    number = game.program.seat_number(seat)
    if isinstance(player, MachinePlayer):
        notes = state.history.notes() if player.reads_log else None
        return game.program.actions[player.move(game.program, state.core, number, notes)]
    return chosen_by(player, game.view(state, seat), Dice.of(state.core, number))


def chosen_by(player: Player, view: View, dice: Dice) -> Action:
    """The choice of a custom player from a view. Raises PlayerFailed if it crashes or chooses an illegal action."""
    try:
        action = player.choose(view, dice)
        is_legal = action in view.actions
    except PlayerFailed:
        raise
    except (Exception, SystemExit) as error:  # custom code may raise anything
        why = f"{type(error).__name__}: {error}"
        raise PlayerFailed(
            f"the player of {view.seat} failed: {why}", "player-failed", seat=view.seat, why=why
        ) from error
    if not is_legal:
        message = f"the player of {view.seat} chose {action!r}, and choose() returns one of view.actions"
        raise PlayerFailed(message, "player-chose-badly", seat=view.seat, action=repr(action))
    return action
