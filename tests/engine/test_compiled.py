"""The compiled machine: the same rules as the reference engine, game by game."""

from __future__ import annotations

import ctypes
import functools
import os
import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import tabletop
from tabletop.analysis.measuring import play
from tabletop.analysis.playouts import Playouts
from tabletop.engine.state import State

pytest.importorskip("numba")

#: Games that both engines play: of the summit, and of the tutorial.
SUMMITS, TUTORIALS = (300, 1000) if "TABLETOP_GAMES" in os.environ else (60, 250)
CASTS: list[dict[str, str]] = [{}, {"all": "random"}, {"washington": "rush"}, {"washington": "concede"}]


@pytest.mark.parametrize("players", CASTS, ids=str)
def test_both_engines_play_the_same_games_of_the_summit(summit: tabletop.Scenario, players: dict[str, str]) -> None:
    check(Playouts(tabletop.Game(summit), players), SUMMITS)


@pytest.mark.parametrize("players", CASTS[:2], ids=str)
def test_both_engines_play_the_same_games_of_the_tutorial(tutorial: tabletop.Scenario, players: dict[str, str]) -> None:
    check(Playouts(tabletop.Game(tutorial), players), TUTORIALS)


def test_both_engines_play_the_same_games_under_the_critics_assumptions(summit: tabletop.Scenario) -> None:
    critics = next(worldview.values for worldview in summit.worldviews if worldview.id == "critics")
    check(Playouts(tabletop.Game(summit, critics), {"washington": "engage"}), SUMMITS // 3)


def test_seeds_may_be_any_whole_number(tutorial: tabletop.Scenario) -> None:
    for seed in (-5, 2**63 - 2, 2**64 + 7):
        check(Playouts(tabletop.Game(tutorial), {}, seed=seed), 5)


def check(playouts: Playouts, games: int) -> None:
    ends = playouts.batch.final_states(playouts.seed, games).tolist()
    for number, end in enumerate(ends):
        theirs = State(program=playouts.program, core=tuple(end))
        ours = State(program=playouts.program, core=tuple(playouts.finished(number)))
        assert theirs.fingerprint == ours.fingerprint
        assert theirs.scores == ours.scores


def test_tallies_are_the_same_on_both_engines(tutorial: tabletop.Scenario) -> None:
    game = tabletop.Game(tutorial)
    for players in ({}, {"all": "random"}):
        assert Playouts(game, players).tally(3, 200) == Playouts(game, players, compiled=False).tally(3, 200)


def test_a_measure_taken_in_the_middle_of_a_game_is_the_same_on_both_engines(
    summit: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch
) -> None:
    game = tabletop.Game(summit)
    scope = game.program.scope
    measures = [scope.integer("alliance_cohesion * 2 - tension % 7").node, scope.condition("leverage < 60").node]
    until = scope.condition("calendar == announced").node
    compiled = play(game, {"washington": "rush"}, 0, 150, measures, until)
    monkeypatch.setattr("tabletop.analysis.playouts.has_compiled", lambda: False)
    assert play(game, {"washington": "rush"}, 0, 150, measures, until) == compiled
    assert sum(compiled[0].values()) > 100


def test_threads_share_a_batch_and_change_nothing(summit: tabletop.Scenario) -> None:
    playouts = Playouts(tabletop.Game(summit), {"all": "random"})
    playouts.batch  # noqa: B018
    with ThreadPoolExecutor(4) as threads:
        parts = list(threads.map(lambda first: playouts.tally(first, 50), range(0, 400, 50)))
    whole = playouts.tally(0, 400)
    for part in parts[1:]:
        parts[0].merge(part)
    assert parts[0] == whole


def test_formulas_round_down_and_branch_as_python_does() -> None:
    from tabletop.engine.compiled.llvm_formulas import compile_to_machine_code

    nodes = [
        ("//", ("place", 0), ("num", 7)),
        ("%", ("place", 0), ("num", 7)),
        ("if", ("<", ("place", 0), ("num", 0)), ("num", 1), ("num", 2)),
    ]
    meanings = (lambda x: x // 7, lambda x: x % 7, lambda x: 1 if x < 0 else 2)
    for formula, expected in zip(compile_to_machine_code(nodes, {}, {}), meanings, strict=True):
        for number in (-15, -14, -1, 0, 6, 7, 10**9):
            assert called(formula, number) == expected(number)


def test_a_formula_is_translated_once_and_stays_where_it_is() -> None:
    from tabletop.engine.compiled.llvm_formulas import compile_to_machine_code

    def more(number: int) -> Any:
        return compile_to_machine_code([("+", ("place", 0), ("num", number))], {}, {})[0]

    kept = more(1000)
    for number in range(40):
        more(number)
    assert more(1000) is kept
    assert called(kept, 5) == 1005


def called(formula: Any, number: int) -> int:
    """What the machine code of a formula gives for a state of one number."""
    function = ctypes.CFUNCTYPE(ctypes.c_int64, ctypes.POINTER(ctypes.c_int64))(formula.address)
    return function((ctypes.c_int64 * 1)(number))


@pytest.mark.parametrize("name", ["final_states", "figures", "take_snapshots", "play_out", "play_rows_on"])
def test_memory_that_a_kernel_points_into_is_not_freed_while_it_runs(name: str) -> None:
    from numba.core.compiler import run_frontend
    from numba.core.postproc import PostProcessor

    from tabletop.engine.compiled import kernels

    ir = run_frontend(getattr(kernels, name))
    PostProcessor(ir).run(emit_dels=True)
    for block in ir.blocks.values():
        told = [str(statement) for statement in block.body]
        freed = [at for at, line in enumerate(told) if line in ("del core", "del own_run", "del room")]
        used = [at for at, line in enumerate(told) if re.search(r"call \S+\(.*\b(s|play), ", line)]
        assert not freed or told[-1].startswith("return")
        assert not freed or max(used, default=-1) < min(freed)


def test_threads_that_come_to_a_kernel_at_once_get_the_same_one(monkeypatch: pytest.MonkeyPatch) -> None:
    from tabletop.engine.compiled import native

    made: list[str] = []
    taken = native._kernel

    @functools.cache
    def slowly(name: str) -> object:
        made.append(name)
        time.sleep(0.05)
        return taken(name)

    game = tabletop.Game(tabletop.load("first-summit"))
    batch = Playouts(game, {}).batch
    whole = batch.final_states(0, 5).tolist()
    monkeypatch.setattr(native, "_kernel", slowly)
    with ThreadPoolExecutor(4) as threads:
        parts = list(threads.map(lambda _: batch.final_states(0, 5).tolist(), range(4)))
    assert made == ["final_states"]
    assert parts == [whole] * 4
