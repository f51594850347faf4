"""Games played by the printed kit alone come to the same states as the engine, given the same throws and decisions."""

from __future__ import annotations

import json
import os
import random

import pytest

import tabletop
from tabletop.engine.game import Game
from tabletop.engine.state import State
from tabletop.presentation.paper.kit import kit_of
from tabletop.presentation.plain import to_plain
from tabletop.presentation.words import Words
from tests.report.kit.paper_table import Decided, PaperTable, Thrown

GAMES = 20 if "TABLETOP_GAMES" in os.environ else 6


def played_by_engine(game: Game, seed: int) -> tuple[State, list[Thrown], list[Decided]]:
    """A game with random moves, every throw of chance and every decision of it."""
    rng = random.Random(seed)
    thrown: list[Thrown] = []
    decided: list[Decided] = []

    def resolved(state: State) -> State:
        while state.unresolved is not None:
            node = state.unresolved.node
            outcome = rng.choices(node.outcomes, [float(one.probability) for one in node.outcomes])[0]
            odds = {one.id: one.probability for one in node.outcomes}
            thrown.append(Thrown(node.kind, node.subject, outcome.id, odds))
            state = game.resolve(state, outcome.id)
        return state

    state = resolved(game.start_explicit())
    while not state.finished:
        seat = state.acting[0]
        action = rng.choice(game.actions(state, seat))
        places = game.program.places
        values = {one: state.core[places[one]] for one in COUNTERS[game.scenario.id]}
        values |= {"(turn)": state.turn, "(phase)": state.phase}  # type: ignore[dict-item]
        decided.append(Decided(seat, action.id, action.kind, dict(action.parameters), state.card or "", values))
        state = resolved(game.apply(state, seat, action))
    return state, thrown, decided


COUNTERS: dict[str, list[str]] = {}


@pytest.mark.parametrize("pack", ["first-summit", "summit-2018"])
@pytest.mark.parametrize("worldview", ["", "critics"])
def test_a_table_with_the_printed_kit_alone_comes_to_the_same_states(pack: str, worldview: str) -> None:
    scenario = tabletop.load(pack)
    values = {one.id: one.values for one in scenario.worldviews}
    if worldview and worldview not in values:
        pytest.skip("the pack has no such worldview")
    game = Game(scenario, values[worldview] if worldview else {})
    kit = json.loads(json.dumps(to_plain(kit_of(game, Words("en")))))
    COUNTERS[pack] = [one["id"] for one in kit["counters"]]
    for seed in range(GAMES):
        state, thrown, decided = played_by_engine(game, seed)
        table = PaperTable(kit, thrown, decided)
        table.play()
        assert (table.ending, table.thrown, table.decided) == (state.outcome, [], [])
        assert table.values == {id: state.core[game.program.places[id]] for id in table.values}
        assert {seat: table.points(seat) for seat in state.scores} == dict(state.scores)
