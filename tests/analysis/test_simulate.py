"""Simulation: the same figures however the work is split, and directions that come out of the rules."""

from __future__ import annotations

import csv
import json
import pathlib
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tabletop
from tabletop.analysis.intervals import mean_interval, wilson
from tabletop.analysis.job import Job
from tabletop.analysis.playouts import Playouts
from tabletop.analysis.simulate import run
from tabletop.analysis.tally import Tally, report_of
from tabletop.cli import main

Reports = dict[str, dict[str, Any]]


def simulate(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["simulate", *arguments])


def test_wilson_agrees_with_a_published_example() -> None:
    # Newcombe, Statistics in Medicine 17, 1998, table I: 15 of 148 gives 0.0624 to 0.1605.
    low, high = wilson(15, 148)
    assert (round(low, 4), round(high, 4)) == (0.0624, 0.1605)


def test_the_mean_lies_in_its_interval() -> None:
    mean, low, high = mean_interval(total=30, squares=220, count=5)
    assert (mean, round(low, 2), round(high, 2)) == (6.0, 3.23, 8.77)


def test_tallies_of_parts_add_up_to_the_whole(tutorial: tabletop.Scenario) -> None:
    playouts = Playouts(tabletop.Game(tutorial), {}, seed=3)
    parts = Tally()
    for tally in (playouts.tally(0, 30), playouts.tally(30, 11), playouts.tally(41, 59)):
        parts.merge(tally)
    assert parts == playouts.tally(0, 100)


def test_one_thread_and_two_give_the_same_figures(tutorial: tabletop.Scenario) -> None:
    job = Job(tutorial, games=2500)
    alone, together = run(job, jobs=1).figures, run(job, jobs=2).figures
    for figures in (alone, together):
        del figures["decisions_per_second"]
    assert alone == together


def test_the_figures_are_written_as_json_and_csv(tmp_path: pathlib.Path) -> None:
    for ending in ("json", "csv"):
        out = tmp_path / f"figures.{ending}"
        assert simulate("first-summit", "--games", "40", "--out", str(out)).exit_code == 0
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["games"] == 40
    assert sum(one["share"] for one in figures["outcomes"].values()) == pytest.approx(1)
    assert {"scenario", "version", "seed", "assumptions", "players", "decisions_per_second"} <= set(figures)
    assert all({"mean", "p10", "p50", "p90"} <= set(one) for one in figures["meters"].values())
    rows = list(csv.DictReader((tmp_path / "figures.csv").open(encoding="utf-8")))
    assert {row["kind"] for row in rows} == {"outcomes", "meters", "scores"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["summit-2019"], "did you mean 'summit-2018'"),
        (["summit-2018", "--player", "washington=rsh"], "did you mean 'rush'"),
        (["summit-2018", "--player", "rush"], "SEAT=NAME"),
        (["summit-2018", "--assume", "pressure_work=false"], "did you mean 'pressure_works'"),
        (["summit-2018", "--assume", "nobody"], "no worldview"),
        (["summit-2018", "--assume", "sincere_kim=many"], "whole number"),
        (["summit-2018", "--games", "0"], "--games"),
        (["summit-2018", "--out", "figures.xls"], "must end in"),
    ],
)
def test_bad_usage_is_told_in_words_and_ends_with_status_2(arguments: list[str], words: str) -> None:
    result = simulate(*arguments)
    assert result.exit_code == 2
    assert words in result.output
    assert "Traceback" not in result.output


@pytest.fixture(scope="module")
def reports(summit: tabletop.Scenario) -> Reports:
    """What 300 games of each doctrine for Washington came to, under the article's assumptions."""
    game = tabletop.Game(summit)
    found = {}
    for doctrine in ("prepare", "rush", "engage", "press", "concede"):
        tally = Playouts(game, {"washington": doctrine}).tally(0, 300)
        found[doctrine] = report_of(tally, game.program)
    return found


@pytest.mark.xdist_group("directions")
class TestTheDirectionsOfTheArgument:
    """The flagship's doctrines play out the signs of the article's claims; 300 games show what 2,000 show better."""

    def test_a_rushed_summit_ends_in_a_photograph_or_a_collapse_more_often_than_in_anything_else(
        self, reports: Reports
    ) -> None:
        shares = {name: one["share"] for name, one in reports["rush"]["outcomes"].items()}
        together = shares.pop("photo_opportunity") + shares.pop("collapse")
        prepared = reports["prepare"]["outcomes"]
        assert together > max(shares.values())
        assert together >= 2 * (prepared["photo_opportunity"]["share"] + prepared["collapse"]["share"])

    def test_the_preparer_does_best(self, reports: Reports) -> None:
        scores = sorted(reports, key=lambda doctrine: -reports[doctrine]["scores"]["washington"])
        assert "prepare" in scores[:2]

    def test_the_giver_leaves_beijing_strongest_and_the_alliance_weakest(self, reports: Reports) -> None:
        influence = {name: one["meters"]["chinese_influence"] for name, one in reports.items()}
        cohesion = {name: one["meters"]["alliance_cohesion"] for name, one in reports.items()}
        others = [name for name in reports if name != "concede"]
        assert all(influence["concede"]["low"] > influence[name]["high"] for name in others)
        assert all(cohesion["concede"]["high"] < cohesion[name]["low"] for name in others)

    def test_the_hard_liner_has_fewer_crises_than_the_dealmaker(self, reports: Reports) -> None:
        def crises(name: str) -> float:
            return sum(float(reports[name]["outcomes"][one]["share"]) for one in ("crisis", "war"))

        assert crises("press") < crises("rush")

    def test_under_the_critics_assumptions_engaging_beats_preparing(self, summit: tabletop.Scenario) -> None:
        critics = next(worldview.values for worldview in summit.worldviews if worldview.id == "critics")
        game = tabletop.Game(summit, critics)
        engage, prepare = (
            report_of(Playouts(game, {"washington": doctrine}).tally(0, 300), game.program)["score_intervals"][
                "washington"
            ]
            for doctrine in ("engage", "prepare")
        )
        assert engage[0] > prepare[1]
