"""Straight code: made from the machine's own functions, it plays the same games as the machine."""

from __future__ import annotations

import pathlib

import pytest

import tabletop
from tabletop.analysis.playouts import Playouts

pytest.importorskip("numba")

from tabletop.engine import philox
from tabletop.engine.compiled import straight_code
from tabletop.engine.compiled.flow_graphs import NotSimple, flow_graph
from tabletop.engine.compiled.specialiser import TooLarge
from tabletop.engine.compiled.specialiser import straight_code as source_of
from tabletop.engine.layout import STRAIGHT_APPLY
from tabletop.engine.program import Program
from tabletop.storage.cache import Cache


@pytest.fixture
def nothing_kept(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(tmp_path / "cache")
    monkeypatch.setattr(straight_code, "_cache", lambda: cache)
    monkeypatch.setattr(straight_code, "_known", {})


@pytest.mark.usefixtures("nothing_kept")
def test_a_game_is_the_same_with_straight_code_and_without(
    tutorial: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = tabletop.Game(tutorial)
    made = straight_code.machine_code
    monkeypatch.setattr(straight_code, "machine_code", lambda source: made(source, level=0))
    before = {str(cast): Playouts(game, cast).batch.final_states(0, 300).tolist() for cast in ({}, {"all": "random"})}
    assert straight_code.keep(game.program)
    monkeypatch.setattr(straight_code, "_known", {})
    for cast in ({}, {"all": "random"}):
        batch = Playouts(game, cast).batch
        assert batch.final_states(0, 300).tolist() == before[str(cast)]
        assert batch._loaded.code[STRAIGHT_APPLY]


@pytest.mark.usefixtures("nothing_kept")
def test_a_program_too_large_for_straight_code_is_left_to_the_machine(
    tutorial: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabletop.engine.compiled.specialiser._MOST_BLOCKS", 100)
    program = tabletop.Game(tutorial).program
    with pytest.raises(TooLarge):
        source_of(program)
    assert not straight_code.keep(program)


@pytest.mark.usefixtures("nothing_kept")
def test_straight_code_is_made_only_of_what_is_played_much(
    tutorial: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[Program] = []
    monkeypatch.setattr(straight_code, "_started", started.append)
    playouts = Playouts(tabletop.Game(tutorial), {})
    playouts.batch.final_states(0, 1)
    assert not started
    monkeypatch.setattr(straight_code, "WORTH_SECONDS", 0.0)
    playouts.batch.final_states(0, 1)
    playouts.batch.final_states(0, 1)
    assert started == [playouts.program]


def test_what_a_graph_cannot_express_is_refused() -> None:
    def with_a_list(a: int) -> int:
        return [a][0]

    with pytest.raises(NotSimple):
        flow_graph(with_a_list, {})
    assert flow_graph(philox.philox, {}).parameters == ("low", "high", "key")
