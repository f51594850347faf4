"""Players: cast by name, bound by the rules, and knowing no more than their seat."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import pytest

import tabletop
from tabletop.players import PlayerFailed, UnknownPlayer, cast, decide
from tabletop.players.player_factory import default_players

Town = Callable[..., tabletop.Scenario]


def test_a_seat_that_nobody_names_is_played_by_its_first_doctrine(summit: tabletop.Scenario) -> None:
    names = default_players(summit)
    assert (names["washington"], names["pyongyang"], names["seoul"]) == ("prepare", "calculating", "mediator")


@pytest.mark.parametrize(
    ("names", "words"),
    [
        ({"washingtn": "random"}, "did you mean 'washington'"),
        ({"washington": "prepar"}, "did you mean 'prepare'"),
        ({"tokyo": "rush"}, "tokyo has no player 'rush'"),
        ({"washington": "nowhere.py:Bot"}, "there is no file"),
        ({"washington": "json:Bot"}, "cannot be used"),
    ],
)
def test_an_unknown_player_is_refused_in_words(summit: tabletop.Scenario, names: dict[str, str], words: str) -> None:
    with pytest.raises(UnknownPlayer, match=words):
        cast(tabletop.Game(summit), names)


def test_a_player_of_your_own_sees_a_view_and_answers_with_one_of_its_actions(
    town: Town, tmp_path: pathlib.Path
) -> None:
    file = tmp_path / "mine.py"
    file.write_text(
        "class Last:\n    move = 'mine alone'\n\n    def choose(self, view, dice):\n        return view.actions[-1]\n",
        encoding="utf-8",
    )
    game = tabletop.Game(town())
    state = game.start(1)
    assert decide(cast(game, {"mayor": f"{file}:Last"})["mayor"], game, state, "mayor").id == "pass"


def test_a_player_that_breaks_the_rules_is_found_out(town: Town, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "cheat.py"
    file.write_text("class Cheat:\n    def choose(self, view, dice):\n        return 'win'\n", encoding="utf-8")
    game = tabletop.Game(town())
    with pytest.raises(PlayerFailed, match=r"returns one of view\.actions"):
        decide(cast(game, {"mayor": f"{file}:Cheat"})["mayor"], game, game.start(1), "mayor")


@pytest.mark.parametrize("seat", ["washington", "seoul", "tokyo", "beijing", "moscow"])
def test_a_doctrine_decides_alike_whatever_pyongyang_intends(summit: tabletop.Scenario, seat: str) -> None:
    game = tabletop.Game(summit)
    players = cast(game, {})
    bots = {d.id: cast(game, {seat: d.id})[seat] for d in summit.doctrines if d.seat == seat}
    for seed in range(6):
        state = game.start(seed)
        while not state.finished:
            if seat in state.acting:
                others = [game.suppose(state, intention=one) for one in summit.hidden[0].values]
                for bot in bots.values():
                    assert len({decide(bot, game, other, seat) for other in others}) == 1
            acting = state.acting[0]
            state = game.apply(state, acting, decide(players[acting], game, state, acting))


def test_every_doctrine_of_every_seat_plays_to_an_end(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    for doctrine in summit.doctrines:
        players = cast(game, {doctrine.seat: doctrine.id})
        state = game.start(5)
        while not state.finished:
            seat = state.acting[0]
            action = decide(players[seat], game, state, seat)
            assert action.move in game.program.legal(state.core, game.program.seat_number(seat))
            state = game.apply(state, seat, action)
