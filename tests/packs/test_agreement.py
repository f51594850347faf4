"""Both engines play the same games of packs that together use everything that the format has."""

from __future__ import annotations

import pathlib

import pytest

import tabletop
from tabletop.analysis.playouts import Playouts
from tests.packs.generated import TRIED, generated_pack, write_pack

pytest.importorskip("numba")


@pytest.mark.parametrize("part", range(4))
def test_both_engines_play_the_same_games_of_generated_packs(tmp_path: pathlib.Path, part: int) -> None:
    """`tests/benchmarks/agreement.py` plays as many as one likes."""
    for seed in TRIED[part::4]:
        game = tabletop.Game(tabletop.load(write_pack(generated_pack(seed), tmp_path / f"pack_{seed}")))
        for players in ({}, {"all": "random"}):
            playouts = Playouts(game, players, compiled=False)
            ends = playouts.batch.final_states(0, 4).tolist()
            assert ends == [playouts.finished(number) for number in range(4)], f"pack {seed}, {players}"
