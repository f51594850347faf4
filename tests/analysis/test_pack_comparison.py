"""Two versions of a pack by the same games: what an edit changed is told, and nothing else."""

from __future__ import annotations

import copy
import json
import pathlib
from collections.abc import Callable
from typing import Any

import attrs
import pytest
from click.testing import CliRunner

import tabletop
from tabletop.analysis.pack_comparison import Comparison, compare
from tabletop.cli import main
from tests.conftest import TOWN

Town = Callable[..., tabletop.Scenario]


def last(new: tabletop.Scenario, old: tabletop.Scenario, games: int = 1000, seed: int = 0) -> Comparison:
    *_, found = compare(new, old, {"all": "random"}, seed, games)
    return found


def edited(**changes: Any) -> dict[str, Any]:
    """The town with a first action whose effect is by another amount."""
    actions = copy.deepcopy(TOWN["actions"])
    actions[0]["effects"][0] |= changes
    return {"actions": actions}


def test_a_pack_that_was_not_changed_gives_no_line(tutorial: tabletop.Scenario) -> None:
    same = attrs.evolve(tutorial, summary="Other words, and the same rules.")
    for seed in range(100):
        assert last(same, tutorial, games=20, seed=seed).differences == ()


def test_an_edit_is_told_by_what_it_moves(town: Town) -> None:
    found = last(town(**edited(by=5)), town())
    calm = next(one for one in found.differences if one.kind == "meter" and one.id == "calm")
    assert calm.low > 0
    assert calm.after is not None
    assert calm.before is not None
    assert calm.difference == pytest.approx(calm.after - calm.before)
    assert {one.id for one in found.differences if one.kind == "meter"} == {"calm"}


def test_an_ending_that_moves_by_two_in_a_hundred_is_told(tutorial: tabletop.Scenario) -> None:
    trust, hopes = tutorial.meters
    higher = attrs.evolve(tutorial, meters=(trust, attrs.evolve(hopes, start=hopes.start + 9)))
    *_, found = compare(higher, tutorial, {}, 0, 5_000)
    quarrel = next(one for one in found.differences if one.id == "quarrel")
    assert 0 < quarrel.low < quarrel.difference < 0.03


def test_what_only_one_version_has_is_told(town: Town) -> None:
    extra = {"id": "quiet", "title": "Quiet", "text": "Nothing stirs.", "when": "calm >= 0"}
    found = last(town(endings=[extra, *copy.deepcopy(TOWN["endings"])]), town(), games=200)
    told = {one.id: (one.before, one.after) for one in found.differences if one.kind == "ending"}
    assert told["quiet"] == (None, 1.0)
    assert "Good" in found.never


def test_both_engines_find_the_same(tutorial: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    trust, hopes = tutorial.meters
    later = attrs.evolve(tutorial, meters=(trust, attrs.evolve(hopes, start=hopes.start + 20)))
    compiled = last(later, tutorial, games=60)
    monkeypatch.setattr("tabletop.analysis.playouts.has_compiled", lambda: False)
    plain = last(later, tutorial, games=60)
    of_columns = [one for one in compiled.differences if one.kind not in ("card", "action")]
    assert list(plain.differences) == of_columns
    assert plain.never == compiled.never


def test_the_command_says_it_in_a_table_and_writes_all_of_it(tmp_path: pathlib.Path) -> None:
    out = tmp_path / "found.json"
    run = CliRunner().invoke(main, ["compare", "first-summit", "first-summit", "--games", "200", "--json", str(out)])
    assert run.exit_code == 0, run.output
    assert "nothing that differs by more than chance" in run.output
    assert json.loads(out.read_text())["games"] == 200
