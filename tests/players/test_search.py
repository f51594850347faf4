"""The player that searches: it knows what its seat knows, plays any seat, and says why.

`TABLETOP_THOUGHTS=100` plays more games, and looks at more positions.
"""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

import tabletop
from tabletop.engine.bots import RANDOM
from tabletop.engine.information_state import masked_core, secret_places
from tabletop.players import UnknownPlayer, cast, decide
from tabletop.players.search import STRENGTHS, SearchPlayer

QUICK = 60
#: How much is played here; everything is in proportion.
THOUGHTS = int(os.environ.get("TABLETOP_THOUGHTS", "30"))


@pytest.fixture(scope="module")
def game(summit: tabletop.Scenario) -> tabletop.Game:
    return tabletop.Game(summit)


def positions(game: tabletop.Game, count: int) -> list[tabletop.State]:
    dice = random.Random(5)
    found = []
    while len(found) < count:
        state = game.start(dice.randrange(10**6))
        for _ in range(dice.randrange(5, 120)):
            if state.finished:
                break
            seat = dice.choice(state.acting)
            state = game.apply(state, seat, dice.choice(game.actions(state, seat)))
        if not state.finished and "washington" in state.acting:
            found.append(state)
    return found


def test_where_views_are_equal_and_the_truth_is_not_it_moves_alike(game: tabletop.Game) -> None:
    for state in positions(game, max(4, THOUGHTS // 8)):
        choices = set()
        for intention in ("ready", "probing", "stalling"):
            other = game.suppose(state, intention=intention, cheating=len(intention) % 4)
            assert game.view(other, "washington") == game.view(state, "washington")
            choices.add(str(SearchPlayer(playouts=QUICK).think(other, "washington").choice))
        assert len(choices) == 1


def test_what_a_seat_knows_of_a_state_does_not_depend_on_what_it_does_not(game: tabletop.Game) -> None:
    secret = secret_places(game.program, 0)
    for state in positions(game, 12):
        other = game.suppose(state, intention="ready", cheating=3)
        assert masked_core(game.program, state.core, 0, secret) == masked_core(game.program, other.core, 0, secret)


def test_it_plays_every_seat_of_both_packs_to_the_end(summit: tabletop.Scenario, tutorial: tabletop.Scenario) -> None:
    for scenario in (summit, tutorial):
        game = tabletop.Game(scenario)
        searching, quick = cast(game, {"all": "search:15"}), cast(game, {})
        state, asked = game.start(1), Counter[str]()
        while not state.finished:
            seat = state.acting[0]
            # Of a long game it searches for some of the decisions of a seat only.
            searches = scenario is tutorial or asked[seat] % (5 if THOUGHTS >= 100 else 12) == 0
            player = (searching if searches else quick)[seat]
            state = game.apply(state, seat, decide(player, game, state, seat))
            asked[seat] += 1
        assert state.outcome
        assert set(asked) == {seat.id for seat in scenario.seats}


def test_it_says_what_it_expects_and_how_sure_it_is(game: tabletop.Game) -> None:
    thought = SearchPlayer("envoy").think(game.start(3), "washington")
    assert 0 < thought.playouts <= STRENGTHS["envoy"].playouts
    assert thought.choice == thought.prospects[0].action
    assert all(one.low <= one.expected <= one.high for one in thought.prospects)
    assert sum(one.attention for one in thought.prospects) == pytest.approx(1)
    assert sum(thought.beliefs["intention"].values()) == pytest.approx(1)
    with pytest.raises(ValueError, match="need not act"):
        SearchPlayer().think(game.start(3), "tokyo")


def test_who_knows_the_truth_needs_no_belief(game: tabletop.Game) -> None:
    state = game.start(3)
    while "pyongyang" not in state.acting:
        state = game.apply(state, state.acting[0], game.actions(state, state.acting[0])[0])
    assert "intention" not in SearchPlayer(playouts=QUICK).think(state, "pyongyang").beliefs


def test_it_beats_random_play_by_far_in_the_tutorial(tutorial: tabletop.Scenario) -> None:
    game = tabletop.Game(tutorial)
    points = {}
    for name in ("random", "search:200"):
        players = cast(game, {tutorial.player: name})
        points[name] = 0
        for seed in range(max(6, THOUGHTS // 5)):
            state = game.start(seed)
            while not state.finished:
                seat = state.acting[0]
                state = game.apply(state, seat, decide(players[seat], game, state, seat))
            points[name] += state.scores[tutorial.player]
    assert points["search:200"] > points["random"]


def test_the_same_search_runs_in_plain_python(tutorial: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    from tabletop.engine.compiled.playout_tree import Tree
    from tabletop.engine.ismcts import EXPANSION_VISITS, NODES
    from tabletop.players.beliefs import likely_casts

    game = tabletop.Game(tutorial)
    program, state = game.program, game.start(2)
    seat = program.seat_number(state.acting[0])
    doctrines = [at for (name, _), at in program.doctrines.items() if name == state.acting[0]]
    casts = likely_casts(program, 5, seat, 9)
    trees = []
    for compiled in (True, False):
        monkeypatch.setattr("tabletop.engine.compiled.playout_tree.has_compiled", lambda compiled=compiled: compiled)
        tree = Tree(program, [state.core] * 5, casts, seat, 9, nodes=500)
        trees.append(
            tree.play_out(program.legal(state.core, seat), (doctrines or [RANDOM])[0], 0, 3 * EXPANSION_VISITS)
        )
        assert tree._words[NODES] > 0
    assert trees[0] == trees[1]


def test_points_by_the_thousand_million_are_summed_alike_on_both_machines(
    town: Callable[..., tabletop.Scenario], monkeypatch: pytest.MonkeyPatch
) -> None:
    from tabletop.engine.compiled.playout_tree import Tree
    from tabletop.engine.ismcts import SHIFT, spread

    def rich(pack: dict[str, Any]) -> None:
        pack["seats"][0]["objectives"][0]["points"] = "10000000 * calm - 500000000"

    program = tabletop.Game(town(rich)).program
    state = tabletop.Game(town(rich)).start(2)
    spreads = []
    for compiled in (True, False):
        monkeypatch.setattr("tabletop.engine.compiled.playout_tree.has_compiled", lambda compiled=compiled: compiled)
        tree = Tree(program, [state.core], [[RANDOM, RANDOM]], 0, 9, nodes=500)
        tree.play_out(program.legal(state.core, 0), RANDOM, 0, 200)
        assert tree._words[SHIFT] > 0
        spreads.append(spread(tree._words))
    assert spreads[0] == spreads[1] > 10**6


@pytest.mark.parametrize(
    ("name", "words"), [("search:statesmann", "did you mean 'statesman'"), ("search:0", "strength")]
)
def test_a_strength_that_there_is_none_of_is_told_in_words(game: tabletop.Game, name: str, words: str) -> None:
    with pytest.raises(UnknownPlayer, match=words):
        cast(game, {"washington": name})
