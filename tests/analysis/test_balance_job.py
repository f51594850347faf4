"""The balance report: made from real games, compared with the last run, told on the terminal and as files."""

from __future__ import annotations

import json
import os
import pathlib

import attrs
import pytest
from click.testing import CliRunner

import tabletop
from tabletop.analysis.balance_job import balance, compare
from tabletop.analysis.survey import Survey
from tabletop.cli import main
from tabletop.storage.cache import Cache


@pytest.fixture(autouse=True)
def own_cache(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tabletop.analysis.balance_job._cache", lambda: Cache(tmp_path / "kept"))


def test_a_report_is_written_as_a_page_and_as_json(tmp_path: pathlib.Path) -> None:
    page, data = tmp_path / "report.html", tmp_path / "report.json"
    result = CliRunner().invoke(
        main, ["balance", "first-summit", "--games", "60", "--html", str(page), "--json", str(data)]
    )
    assert result.exit_code == 0, result.output
    found = json.loads(data.read_text(encoding="utf-8"))
    assert found["games"] == 60
    assert found["matrix"]["rows"]
    assert "<svg" in page.read_text(encoding="utf-8") or not found["experiments"]


@pytest.mark.skipif("TABLETOP_EXPERIMENTS" not in os.environ, reason="TABLETOP_EXPERIMENTS=1 takes ten seconds for it")
def test_every_section_is_filled_for_the_flagship(summit: tabletop.Scenario, monkeypatch: pytest.MonkeyPatch) -> None:
    # Each action is looked at in a few positions; all experiments are played in test_experiments.py.
    monkeypatch.setattr("tabletop.analysis.action_optimality.PATIENCE", 1)
    some = attrs.evolve(summit, experiments=summit.experiments[::20])
    found = balance(some, 20)
    assert {line["id"] for line in found["experiments"]} == {experiment.id for experiment in some.experiments}
    assert len(found["tornado"]) == len(summit.assumptions)
    assert [line["name"] for line in found["outcomes"]] == ["ready", "probing", "stalling"]
    for section in ("cards", "actions", "replies"):
        assert found[section]  # type: ignore[literal-required]
    assert found["worlds"] is not None
    assert found["worlds"]["columns"] == [one.name for one in summit.worldviews]
    assert [line["seat"] for line in found["spreads"]] == [seat.name for seat in summit.seats]
    assert all(line["search"] is None for line in found["spreads"])
    assert found["information"] is None  # nobody asked for games of the search
    assert all(len(line["elsewhere"]) >= 2 for line in found["experiments"])


def test_a_verdict_that_changed_since_the_last_run_is_told(summit: tabletop.Scenario) -> None:
    old = balance(tabletop.load("first-summit"), 10)
    assert compare(old, None) == []
    assert compare(old, old) == []


def test_the_tornado_is_widest_where_an_assumption_decides_most(summit: tabletop.Scenario) -> None:
    lines = Survey(tabletop.Game(summit), 300, 0).tornado()
    widths = {line["id"]: abs(line["points"][0]["value"] - line["points"][1]["value"]) for line in lines}
    assert max(widths, key=lambda name: widths[name]) == "sincere_kim"


def test_an_unknown_scenario_is_told_in_words() -> None:
    result = CliRunner().invoke(main, ["balance", "summit-2019"])
    assert result.exit_code == 2
    assert "did you mean 'summit-2018'" in result.output
