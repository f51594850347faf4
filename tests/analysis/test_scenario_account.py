"""Whole scenarios: the accounts of many games say whether chance, a seat or a turn decides."""

from __future__ import annotations

import pathlib

import pytest

import tabletop
from tabletop.analysis.account import Figure
from tabletop.analysis.playout_pool import PlayoutPool
from tabletop.analysis.scenario_account import ScenarioAccount, scenario_accounts
from tests.analysis import small_packs
from tests.analysis.small_packs import load

ANN = (("ann", Figure("points", "ann")),)


def found_in(game: tabletop.Game, games: int = 30, **players: str) -> ScenarioAccount:
    with PlayoutPool(jobs=1) as pool:
        *_, last = scenario_accounts(game, pool, games, ANN, players=players, playouts=100)
    return last[0]


def shares(account: ScenarioAccount) -> dict[tuple[str | None, str], float]:
    return {(one.kind, one.seat): one.share.mean for one in account.sources}


def test_a_game_of_a_coin_is_decided_by_chance(tmp_path: pathlib.Path) -> None:
    found = found_in(load(tmp_path, small_packs.sure_or_risky("pays_20=50 loses_20=50")), ann="bold")
    # The choice of the coin costs 8, the coin pays or takes 20.
    assert shares(found)["chance", ""] == pytest.approx(400 / 464, abs=0.03)
    assert shares(found)["own", "ann"] == pytest.approx(64 / 464, abs=0.03)
    assert found.games == 30


def test_a_game_of_a_gift_is_decided_by_who_may_give(tmp_path: pathlib.Path) -> None:
    found = found_in(load(tmp_path, small_packs.second_player()), ann="random", bob="random")
    assert set(shares(found)) == {("chance", ""), ("own", "ann"), ("other", "bob")}
    assert shares(found)["chance", ""] == 0
    assert shares(found)["other", "bob"] > shares(found)["own", "ann"]


def test_shares_by_source_and_by_turn_add_up(tutorial: tabletop.Scenario) -> None:
    with PlayoutPool(jobs=1) as pool:
        games = list(scenario_accounts(tabletop.Game(tutorial), pool, 2, playouts=20))
    for one in games[-1]:
        whole = [sum(share.share.mean for share in part) for part in (one.sources, one.turns)]
        assert whole == pytest.approx([1, 1]) or whole == [0, 0]
    assert [one[0].games for one in games] == [1, 2]
