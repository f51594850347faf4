"""The bench: every figure is there, in words and as JSON. How fast anything is is not for tests to say.

TABLETOP_BENCH=1 also takes the figures of processes of their own.
"""

from __future__ import annotations

import itertools
import json
import os
import pathlib
from collections import defaultdict

import attrs
import pytest
import yaml
from click.testing import CliRunner

import tabletop
from tabletop.bench.cold_start import EDITED_PACK, first_result, peak_memory
from tabletop.bench.figures import Bench, Found, Line, Section
from tabletop.bench.plain_game import noughts_and_crosses
from tabletop.bench.ratios import Ratio, changes, kind_of
from tabletop.bench.sections import SECTIONS, measured, this_machine
from tabletop.bench.table import change_rows, ratio_rows, table
from tabletop.bench.window import WINDOW, WINDOW_COSTS
from tabletop.cli import main
from tabletop.engine.compiled.support import has_compiled

FIGURES = pathlib.Path(__file__).parent.parent / "benchmarks" / "figures.yaml"


def no_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is measured in processes of its own takes none, and a millisecond."""
    compiled = () if has_compiled() else ("compile_formulas", "load_machine")
    edited = {line.key: 1.0 for line in EDITED_PACK.lines if line.key not in compiled}
    monkeypatch.setattr("tabletop.bench.cold_start.first_result", lambda *_: edited)
    monkeypatch.setattr("tabletop.bench.sections.peak_memory", lambda *_: 1)
    monkeypatch.setattr("tabletop.bench.start.first_output", lambda *_: {"wall": 1.0, "cpu": 1.0})
    monkeypatch.setattr("tabletop.bench.classroom._measured", a_class_at_once)
    sections = (WINDOW, WINDOW_COSTS)
    window = {line.name(column): 1.0 for one in sections for line in one.lines for column in one.columns}
    monkeypatch.setattr("tabletop.bench.window.measure_window", lambda *_: window)


async def a_class_at_once(_: float) -> dict[str, float]:
    return defaultdict(lambda: 1.0)


def test_every_figure_is_there_and_the_table_fits_80_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    if not os.environ.get("TABLETOP_BENCH"):
        no_processes(monkeypatch)
    # The best of several runs is for those who want to know.
    monkeypatch.setattr("tabletop.bench.cold_start._RUNS", 1)
    monkeypatch.setattr("tabletop.bench.window._OPENED", 1)
    bench = measured(seconds=0.02 if os.environ.get("TABLETOP_BENCH") else 0.002)
    all_are_there(bench.found)
    it_fits(bench.found)
    every_rate_and_time_has_a_ratio(bench)


def all_are_there(found: Found) -> None:
    needs_extra = ("compiled", "openspiel", "load_machine")
    for section in SECTIONS:
        for line, column in itertools.product(section.lines, section.columns):
            name = line.name(column)
            if column == "cold" or name == "any_listed_action_doctrines" or any(word in name for word in needs_extra):
                continue
            assert found[section.key][name] > 0, name
    assert ("compiled_all_cores_random" in found["decisions_per_second"]) == has_compiled()
    assert ("load_machine_warm" in found["edited_pack_ms"]) == has_compiled()


def every_rate_and_time_has_a_ratio(bench: Bench) -> None:
    for section, figures in bench.found.items():
        for name in figures:
            assert (name in bench.ratios.get(section, {})) == bool(kind_of(section, name)), name
    rows = ratio_rows(bench, SECTIONS)
    assert any("public_api_random" in row for row in rows)
    assert bench.counter.why_not or bench.instructions["decisions_per_second"]["public_api_random"] > 1000


def it_fits(found: Found) -> None:
    without = {
        section: {name: figure for name, figure in figures.items() if "compiled" not in name}
        for section, figures in found.items()
    }
    cold = found | {"edited_pack_ms": found["edited_pack_ms"] | {"first_result_cold": 123_456}}
    for figures in (found, without, cold):
        shown = table(figures, SECTIONS, this_machine()).splitlines()
        assert max(map(len, shown[2:])) <= 80
    assert "needs pygame-ce" not in table(found, SECTIONS, this_machine())
    assert "needs pygame-ce" in table(found | {"window_ms": {}}, SECTIONS, this_machine())
    missing = table(without, SECTIONS, this_machine())
    assert "pip install 'tabletop[fast]'" in missing
    assert "compiled machine, one core" not in missing
    assert "empty cache" in table(cold, SECTIONS, this_machine())
    assert "empty cache" not in table(found, SECTIONS, this_machine())


def test_the_help_explains_every_part_of_the_json() -> None:
    words = CliRunner().invoke(main, ["bench", "--help"]).output
    assert [section.key for section in SECTIONS if section.key not in words] == []
    assert {"machine", "versions"} == set(this_machine())


def test_the_command_prints_figures_for_people_and_for_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    quick = tuple(
        attrs.evolve(section, lines=tuple(attrs.evolve(line, measure=lambda *_: 7) for line in section.lines))
        for section in SECTIONS
    )
    monkeypatch.setattr("tabletop.bench.sections.SECTIONS", quick)
    told = json.loads(CliRunner().invoke(main, ["bench", "--json"]).output)
    assert set(told) == {"machine", "versions", "ratios", "instructions", *(section.key for section in SECTIONS)}
    assert told["instructions"]["counted"]
    assert told["decisions_per_second"]["public_api_random"] == 7
    assert told["besides"]["peak_rss_mb"] == 7
    assert "Decisions a second" in CliRunner().invoke(main, ["bench"]).output


def test_a_figure_may_build_on_those_before_it() -> None:
    section = Section(
        "own",
        "Own",
        {"": ""},
        (
            Line("first", "first", lambda bench, column: bench.once("six", lambda: 6)),
            Line("second", "second", lambda bench, column: bench.found["own"]["first"] * bench.once("six", lambda: 0)),
            Line("none", "not to be had", lambda bench, column: None),
        ),
    )
    assert Bench(0.01).measure([section]) == {"own": {"first": 6, "second": 36}}


def test_a_pack_that_fails_in_its_process_has_no_figures(tmp_path: pathlib.Path) -> None:
    assert first_result(str(tmp_path)) == {}
    assert peak_memory(str(tmp_path), 1) is None


def test_noughts_and_crosses_takes_five_to_nine_moves() -> None:
    assert {noughts_and_crosses(number) for number in range(500)} == {5, 6, 7, 8, 9}


def a_run(**figures: list[float]) -> dict[str, object]:
    """A run as JSON, with rates of decisions by name."""
    return {"ratios": {"decisions_per_second": {name: Ratio.of(runs).row() for name, runs in figures.items()}}}


def test_only_what_changed_beyond_noise_is_told() -> None:
    old = a_run(steady=[1.0, 1.01, 0.99], noisy=[1.0, 1.4, 0.7], faster=[1.0, 1.02, 0.98], slower=[1, 1, 1], gone=[1])
    new = a_run(steady=[1.02, 1.03, 1.01], noisy=[1.3, 1.6, 1.0], faster=[2.0, 2.1, 1.9], slower=[0.8, 0.8, 0.8])
    found, both = changes(old, new)
    assert [(one.name, one.is_better) for one in found] == [("faster", True), ("slower", False)]
    assert both == 4
    assert change_rows(found, both)[0] == "Changed beyond noise: 2 of 4 figures that both runs have"


def test_less_time_is_better_and_one_run_is_trusted_less() -> None:
    old = {"ratios": {"start_ms": {"check_cpu": Ratio.of([100]).row(), "help_cpu": Ratio.of([100]).row()}}}
    new = {"ratios": {"start_ms": {"check_cpu": Ratio.of([60]).row(), "help_cpu": Ratio.of([90]).row()}}}
    ((check,), _) = changes(old, new)
    assert (check.name, check.is_better) == ("check_cpu", True)


def test_a_run_is_compared_with_one_that_was_kept(tmp_path: pathlib.Path) -> None:
    kept = tmp_path / "old.json"
    once = ["bench", "--only", "yardsticks", "--seconds", "0.01"]
    kept.write_text(CliRunner().invoke(main, [*once, "--json"]).stdout, encoding="utf-8")
    told = CliRunner().invoke(main, [*once, "--compare", str(kept)])
    assert told.exit_code == 0
    assert "Changed beyond noise" in told.output
    assert "cannot be measured" not in told.output


@pytest.mark.parametrize("content", ["", "{}", "[1]", "{", "ratios: 7", "ratios: {a: {b: 1}}", "&a [*a]"])
def test_what_no_bench_has_written_is_refused_in_a_line(content: str, tmp_path: pathlib.Path) -> None:
    (tmp_path / "old.json").write_text(content, encoding="utf-8")
    told = CliRunner().invoke(main, ["bench", "--compare", str(tmp_path / "old.json")])
    assert (told.exit_code, "cannot be compared" in told.output) == (2, True)


def test_the_figures_by_version_can_be_compared_with() -> None:
    listed = yaml.safe_load(FIGURES.read_text(encoding="utf-8"))["versions"]
    assert listed[-1]["version"] == tabletop.__version__
    for one in listed:
        assert changes(one, one) == ([], sum(map(len, one["ratios"].values())))
