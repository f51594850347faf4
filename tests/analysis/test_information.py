"""What it is worth to know: the same player told the truth, with its signs, and without them; and spreads by seat."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

import tabletop
from tabletop.analysis.information import information, told, withheld
from tabletop.analysis.spreads import spreads
from tabletop.analysis.survey import Survey
from tests.analysis.small_packs import action, doctrine, gold, pack


@pytest.fixture
def coin(tmp_path: pathlib.Path) -> tabletop.Scenario:
    """A coin lies heads or tails; a bet on heads wins or loses 10. A sign comes first, right nine times in ten."""
    sections: dict[str, Any] = {
        "hidden": [
            {"id": "coin", "name": "Coin", "values": ["heads", "tails"], "prior": [50, 50], "known_to": ["bank"]}
        ],
        "variables": [{"id": "sign", "range": [0, 2], "start": 0, "known_to": ["ann"]}],
        "seats": [
            {"id": "ann", "name": "Ann", "objectives": [{"id": "rich", "text": "Gold", "points": "gold"}]},
            {"id": "bank", "name": "Bank"},
        ],
        "tables": [
            {
                "id": "glimpse",
                "title": "Glimpse",
                "known_to": ["ann"],
                "outcomes": [
                    _sign("looks_heads", "90 if coin == heads else 10", 1),
                    _sign("looks_tails", "90 if coin == tails else 10", 2),
                ],
            }
        ],
        "rules": [
            {"id": "look", "title": "A look", "at": "choose", "effects": [{"roll": "glimpse", "why": "It shows."}]}
        ],
        "actions": [
            action("bet", gold("10 if coin == heads else 0 - 10")) | {"reveals": ["coin"]},
            action("keep", gold(0)),
        ],
        "doctrines": [doctrine("better", "bet"), doctrine("keeper", "keep")],
    }
    folder = tmp_path / "coin"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(json.dumps(pack(**sections)), encoding="utf-8")
    return tabletop.load(folder)


def _sign(name: str, weight: str, value: int) -> dict[str, Any]:
    return {
        "id": name,
        "text": name,
        "weight": weight,
        "effects": [{"set": "sign", "to": value, "why": "It glints."}],
    }


def test_who_is_told_knows_the_truth_and_who_is_kept_from_signs_sees_none(coin: tabletop.Scenario) -> None:
    assert told(coin, "ann").hidden[0].known_to == ("bank", "ann")
    blind = withheld(coin, "ann")
    assert blind.variables[0].known_to == ("bank",)
    assert blind.tables[0].known_to == ("bank",)
    assert withheld(coin, "bank") == coin


def test_the_truth_is_worth_more_than_its_signs_and_these_more_than_nothing(coin: tabletop.Scenario) -> None:
    line = information(coin, "ann", 60, player="search:envoy:60")
    # Told, Ann wins 10 in half of the games; with the sign, 0.9 * 10 - 0.1 * 10 in half of them; without, nothing.
    assert line["told"]["value"] == pytest.approx(5, abs=1.5)
    assert line["signs"]["value"] == pytest.approx(4, abs=1.8)
    assert line["withheld"]["value"] == pytest.approx(0, abs=2.6)
    assert line["worth_of_truth"]["value"] >= 0
    assert line["worth_of_signs"]["value"] > 1


def test_a_spread_is_what_deciding_well_gains_over_random_play(coin: tabletop.Scenario) -> None:
    ann, bank = spreads(Survey(tabletop.Game(coin), 40, 0), map, searched=10)
    assert ann["best"] in ("better", "keeper")
    assert ann["search"] is not None
    assert ann["doctrine"] is not None
    best = max(ann["search"]["value"], ann["doctrine"]["value"])
    assert ann["spread"] == pytest.approx(best - ann["random"]["value"])
    assert (bank["doctrine"], bank["best"]) == (None, "")


def test_signs_of_the_flagship_are_those_that_the_intention_leads_to(summit: tabletop.Scenario) -> None:
    kept = withheld(summit, "washington")
    gone = {one.id for one, was in zip(kept.variables, summit.variables, strict=True) if one != was}
    assert {"signs_good", "signs_bad"} <= gone
    assert "limits_set" not in gone
    tables = {one.id for one, was in zip(kept.tables, summit.tables, strict=True) if one != was}
    assert {"reading", "readout"} <= tables
    assert "incident" not in tables
