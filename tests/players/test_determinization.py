"""What search draws for the unknown is what Bayes' rule, worked out exactly, makes of what the seat knows."""

from __future__ import annotations

import pathlib
import random
from collections import Counter
from collections.abc import Callable

import pytest

import tabletop
from tabletop.engine.state import State
from tabletop.players.determinization import Determinization, evidence_of
from tabletop.players.search import SearchPlayer
from tests.packs.unknowns import PACKS, Pack, loaded, posteriors

# All of scipy.stats takes a second to import.
special = pytest.importorskip("scipy.special")

DRAWS = 400


def drawn(state: State, seat: int, count: int) -> Counter[tuple[int, ...]]:
    """Positions that search begins from, each by a player with a seed of its own."""
    p, notes = state.program, state.history.notes()
    found: Counter[tuple[int, ...]] = Counter()
    for seed in range(count):
        perspective = SearchPlayer(seed=seed)._situation(p, state.core, seat, notes)
        found.update(map(tuple, perspective.positions(1, seat)[0]))
    return found


@pytest.mark.parametrize("pack", PACKS)
def test_every_information_state_has_the_posterior_of_bayes_rule(
    pack: Callable[[], Pack], tmp_path: pathlib.Path
) -> None:
    game = tabletop.Game(loaded(tmp_path, pack()))
    for seat in range(2):
        cases = posteriors(game, game.program.seat_ids[seat], 2)
        assert any(len(shares) > 1 for _, shares in cases) or seat == 1
        for state, shares in cases:
            evidence = evidence_of(game.program, state.core, state.history.notes(), seat)
            assert evidence is not None
            search = Determinization(game.program, seat, evidence, most=500)
            found: Counter[tuple[int, ...]] = Counter()
            for one in search.possible():
                found[one.core] += one.weight  # type: ignore[assignment]
            assert search.is_exact
            assert dict(found) == pytest.approx(shares)


@pytest.mark.parametrize("pack", PACKS)
def test_what_search_draws_fits_the_posterior(pack: Callable[[], Pack], tmp_path: pathlib.Path) -> None:
    game = tabletop.Game(loaded(tmp_path, pack()))
    cases = [(state, shares) for state, shares in posteriors(game, "ann", 3) if len(shares) > 1]
    state, shares = max(cases, key=lambda case: (len(case[1]), case[0].turn))
    found = drawn(state, 0, DRAWS)
    assert set(found) <= set(shares)
    # Rare ones count together, so that the test of fit holds.
    common = [core for core, share in shares.items() if share * DRAWS >= 5]
    rest = 1 - sum(shares[core] for core in common)
    observed = [found[core] for core in common]
    expected = [shares[core] * DRAWS for core in common]
    if rest * DRAWS >= 5:
        observed.append(DRAWS - sum(observed))
        expected.append(rest * DRAWS)
    else:
        expected = [one * sum(observed) / sum(expected) for one in expected]
    assert len(observed) > 1
    chi_squared = sum((seen - due) ** 2 / due for seen, due in zip(observed, expected, strict=True))
    assert special.chdtrc(len(observed) - 1, chi_squared) > 0.001


def test_positions_that_are_thinned_are_as_likely_on_average(tmp_path: pathlib.Path) -> None:
    game = tabletop.Game(loaded(tmp_path, PACKS[3]()))
    state, shares = max(posteriors(game, "ann", 3), key=lambda case: len(case[1]))
    evidence = evidence_of(game.program, state.core, state.history.notes(), 0)
    assert evidence is not None
    place, mean, runs = game.program.places["plots"], 0.0, 300
    for seed in range(runs):
        search = Determinization(game.program, 0, evidence, most=4, seed=seed)
        found = search.possible()
        assert not search.is_exact
        mean += sum(one.weight * one.core[place] for one in found) / runs
    assert mean == pytest.approx(sum(share * core[place] for core, share in shares.items()), abs=0.15)


def test_states_with_equal_views_give_equal_thoughts_bit_for_bit(tmp_path: pathlib.Path) -> None:
    for pack in PACKS:
        game = tabletop.Game(loaded(tmp_path / pack.__name__, pack()))
        by_view: dict[object, list[State]] = {}
        for seed in range(60):
            dice, state = random.Random(seed % 6), game.start(seed)
            while not state.finished:
                if "ann" in state.acting:
                    view = game.view(state, "ann")
                    key = (view.log, tuple(view.facts.items()), tuple(view.meters.items()), view.picked)
                    by_view.setdefault(key, []).append(state)
                acting = state.acting[0]
                state = game.apply(state, acting, dice.choice(game.actions(state, acting)))
        groups = [states for states in by_view.values() if len({tuple(state.core[3:]) for state in states}) > 1]
        assert groups
        for states in groups[:4]:
            thoughts = [SearchPlayer("envoy", playouts=60).think(state, "ann") for state in states[:4]]
            assert all(thought == thoughts[0] for thought in thoughts)


def test_the_seed_of_a_game_does_not_go_into_thoughts(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    state = game.start(7)
    other = list(state.core)
    other[:3] = [123456789, 987654321, 77]
    player, notes = SearchPlayer("envoy", playouts=60), state.history.notes()
    one, two = (player._situation(game.program, core, 0, notes) for core in (state.core, other))
    assert one == two
