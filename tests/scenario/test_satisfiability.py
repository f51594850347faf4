"""What can never be is told only where it is certain: tried against every value, and against games as played."""

from __future__ import annotations

import itertools
import pathlib
import random

import pytest

import tabletop
from tabletop.scenario.expression_language import Scope, Symbol, conjuncts
from tabletop.scenario.loading import load
from tabletop.scenario.reachability import Reachability
from tabletop.scenario.satisfiability import ConditionSolver, evaluate, names_read, negated
from tabletop.scenario.scope import scope_of
from tests.packs.generated import generated_pack, write_pack
from tests.packs.generated_expressions import Phrases

SYMBOLS = {
    "calm": Symbol(id="calm", kind="int", low=0, high=12),
    "debt": Symbol(id="debt", kind="int", low=-3, high=9),
    "open": Symbol(id="open", kind="bool", low=0, high=1),
    "boat": Symbol(id="boat", kind="choice", low=0, high=2, members=("idle", "running", "sunk")),
}


def test_a_condition_never_holds_where_no_values_make_it_true() -> None:
    rng = random.Random(5)
    scope = Scope(symbols=dict(SYMBOLS))
    phrases = Phrases(rng, scope)
    possible = ConditionSolver(SYMBOLS)
    never = 0
    for _ in range(300):
        nodes = [scope.condition(phrases.condition(2)).node for _ in range(rng.randint(1, 2))]
        if rng.random() < 0.3:
            nodes[0] = negated(nodes[0])
        names = sorted({name for node in nodes for name in names_read(node)})
        ways = itertools.product(*(possible.domain(name) for name in names))
        holds = any(all(evaluate(node, dict(zip(names, way, strict=True))) for node in nodes) for way in ways)
        found = possible.example(*nodes)
        assert (found is not None) == holds
        if found:
            assert all(evaluate(node, found) for node in nodes if set(names_read(node)) <= found.keys())
        never += not holds
    assert never > 20


def test_what_would_take_too_long_to_decide_is_held_possible() -> None:
    symbols = {f"n{at}": Symbol(id=f"n{at}", kind="int", low=0, high=1000) for at in range(4)}
    scope = Scope(symbols=dict(symbols))
    source = "n0 * 2 + n1 * 2 + n2 * 2 + n3 * 2 == 7"
    assert ConditionSolver(symbols).satisfiable(scope.condition(source).node)


def test_formulas_are_looked_into() -> None:
    scope = Scope(symbols=dict(SYMBOLS))
    formula = scope.integer("calm + 1")
    scope.symbols["more"] = Symbol(id="more", kind="int", low=1, high=13, formula=formula)
    possible = ConditionSolver(scope.symbols)
    assert not possible.satisfiable(scope.condition("more == 3").node, scope.condition("calm == 3").node)
    assert possible.satisfiable(scope.condition("more == 3").node, scope.condition("calm == 2").node)


def test_the_parts_of_a_condition_stand_as_an_author_would_write_them() -> None:
    assert conjuncts("open == true and (calm > 1 or debt < 2) and 1 < calm < 5") == (
        "open == true",
        "calm > 1 or debt < 2",
        "1 < calm < 5",
    )


@pytest.mark.parametrize("seed", range(0, 120, 4))
def test_no_game_leaves_the_values_that_its_names_can_have(tmp_path: pathlib.Path, seed: int) -> None:
    scenario = load(write_pack(generated_pack(seed), tmp_path / "pack"))
    reach = Reachability(scenario, scope_of(scenario, lambda path, message, suggestion: None))
    game = tabletop.Game(scenario)
    places = {name: place for name, place in game.program.places.items() if name in reach.scope.symbols}
    rng = random.Random(seed)
    for chance in range(3):
        state = game.start(chance)
        for _ in range(150):
            for name, place in places.items():
                assert state.core[place] in reach.possible.domain(name), (name, state.core[place])
            if state.finished:
                break
            seat = state.acting[0]
            state = game.apply(state, seat, rng.choice(game.actions(state, seat)))
