"""Guessing games: a player that thinks does as well as whoever knows what it knows can, and no better.

`TABLETOP_THOUGHTS=100` plays so many.
"""

from __future__ import annotations

import os
import pathlib
import statistics
from collections import defaultdict
from collections.abc import Mapping

import pytest

import tabletop
from tabletop.analysis.playouts import Playouts
from tabletop.engine.program import Action
from tabletop.engine.state import State
from tabletop.players import decide
from tabletop.players.search import SearchPlayer
from tests.packs.unknowns import guessing_game, loaded

GAMES, PLAYOUTS = int(os.environ.get("TABLETOP_THOUGHTS", "30")), 200

#: Positions that a seat cannot tell apart, and how likely each is where it goes that way.
Alike = list[tuple[State, float]]


def settled(game: tabletop.Game, state: State, weight: float) -> Alike:
    """The positions in which chance has fallen, in every way that it can."""
    if state.chance is None:
        return [(state, weight)]
    return [
        one
        for outcome in state.chance.outcomes
        for one in settled(game, game.resolve(state, outcome.id), weight * float(outcome.probability))
    ]


def told_apart(game: tabletop.Game, positions: Alike) -> list[Alike]:
    """The positions by what ann knows in them."""
    groups: Mapping[object, Alike] = defaultdict(list)
    for state, weight in positions:
        view = game.view(state, "ann")
        groups[view.log, tuple(view.meters.items()), tuple(view.facts.items())].append((state, weight))
    return list(groups.values())


def after(game: tabletop.Game, positions: Alike, action: Action) -> Alike:
    return [one for state, weight in positions for one in settled(game, game.apply(state, "ann", action), weight)]


def best(game: tabletop.Game, positions: Alike) -> float:
    """The most that ann can expect, times how likely it is that she comes here."""
    if positions[0][0].finished:
        return sum(weight * state.scores["ann"] for state, weight in positions)
    return max(
        sum(best(game, group) for group in told_apart(game, after(game, positions, action)))
        for action in game.actions(positions[0][0], "ann")
    )


def expected(game: tabletop.Game, positions: Alike, player: SearchPlayer) -> float:
    """What ann can expect who plays like a player that is asked in every single position."""
    total = 0.0
    for state, weight in positions:
        if state.finished:
            total += weight * state.scores["ann"]
        else:
            action = decide(player, game, state, "ann")
            total += expected(game, after(game, [(state, weight)], action), player)
    return total


def test_guessing_games_are_played_as_well_as_can_be_and_no_better(tmp_path: pathlib.Path) -> None:
    short = []
    for number in range(GAMES):
        game = tabletop.Game(loaded(tmp_path, guessing_game(number)))
        positions = settled(game, game.start_explicit(), 1.0)
        most = sum(best(game, group) for group in told_apart(game, positions))
        came = expected(game, positions, SearchPlayer(playouts=PLAYOUTS))
        assert came <= most + 1e-9, number
        short.append(most - came)
    # Its playouts are few: where two ways are nearly as good, it may take the other.
    assert statistics.mean(short) < (0.5 if GAMES >= 100 else 1)
    assert statistics.median(short) < 0.1


def test_a_coin_that_nobody_sees_is_guessed_at_chance(tmp_path: pathlib.Path) -> None:
    says = [
        {
            "id": f"say_{side}",
            "label": side,
            "seats": ["ann"],
            "phases": ["say"],
            "effects": [
                {"change": "calm", "by": 20, "when": f"truth == {side}", "why": "Right."},
                {"change": "calm", "by": -20, "when": f"truth != {side}", "why": "Wrong."},
            ],
        }
        for side in ("heads", "tails")
    ]
    pack = guessing_game(0) | {
        "hidden": [{"id": "truth", "name": "Coin", "values": ["heads", "tails"], "prior": [50, 50]}],
        "tables": [],
        "actions": says,
        "stages": guessing_game(0)["stages"][1:],
    }
    playouts = Playouts(tabletop.Game(loaded(tmp_path, pack)), {"ann": "search:100"})
    place = playouts.program.score_place
    right = sum(playouts.finished(number)[place] == 70 for number in range(400))
    # 200 of 400, give or take three standard deviations.
    assert right == pytest.approx(200, abs=30)
