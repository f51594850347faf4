"""Simulation: the same figures however the work is split, and directions that come out of the rules."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import pickle
import signal
import subprocess
import sys
import time
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
from tabletop.engine.decision_limit import EndlessGame
from tests.patience import PATIENCE

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


def test_the_figures_read_back_alike_from_json_csv_and_parquet(tmp_path: pathlib.Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    for ending in ("json", "csv", "parquet"):
        out = tmp_path / f"figures.{ending}"
        result = simulate("first-summit", "--games", "40", "--player", "all=random", "--out", str(out))
        assert (result.exit_code, result.stderr) == (0, "")
    figures = json.loads((tmp_path / "figures.json").read_text(encoding="utf-8"))
    assert figures["games"] == 40
    assert sum(one["share"] for one in figures["outcomes"].values()) == pytest.approx(1)
    assert {"scenario", "version", "seed", "assumptions", "players", "decisions_per_second"} <= set(figures)
    assert all({"mean", "low", "high", "p10", "p50", "p90"} <= set(one) for one in figures["meters"].values())
    from_parquet = parquet.read_table(tmp_path / "figures.parquet").to_pylist()
    from_csv = list(csv.DictReader((tmp_path / "figures.csv").open(encoding="utf-8")))
    assert {row["kind"] for row in from_csv} == {"outcomes", "meters", "scores"}
    assert [{key: str(value) for key, value in row.items()} for row in from_parquet] == from_csv
    found = {(row["kind"], row["id"], row["statistic"]): row["value"] for row in from_parquet}
    for meter, statistics in figures["meters"].items():
        assert all(found["meters", meter, key] == value for key, value in statistics.items())
    for seat, mean in figures["scores"].items():
        interval = [found["scores", seat, "low"], found["scores", seat, "high"]]
        assert (found["scores", seat, "mean"], interval) == (mean, figures["score_intervals"][seat])
    assert sorted(path.name for path in tmp_path.iterdir()) == ["figures.csv", "figures.json", "figures.parquet"]


def test_the_tables_show_intervals_for_endings_meters_and_points() -> None:
    shown = simulate("first-summit", "--games", "40").output
    assert shown.count("95% interval") == 3


FIRST = """
class First:
    def choose(self, view, dice):
        return view.actions[0]
"""


def test_players_of_your_own_play_in_processes_with_the_same_figures(
    tmp_path: pathlib.Path, tutorial: tabletop.Scenario
) -> None:
    (tmp_path / "first.py").write_text(FIRST, encoding="utf-8")
    job = Job(tutorial, players={tutorial.player: f"{tmp_path / 'first.py'}:First"}, games=40)
    alone, together = run(job, jobs=1).figures, run(job, jobs=2).figures
    for figures in (alone, together):
        del figures["decisions_per_second"]
    assert alone == together


def test_without_numba_it_says_what_to_install_and_plays_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tabletop.engine.compiled.support.is_installed", lambda: False)
    result = simulate("first-summit", "--games", "40")
    assert result.exit_code == 0
    assert "pip install 'tabletop[fast]'" in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_game_without_an_end_is_told_alike_from_another_process(tutorial: tabletop.Scenario) -> None:
    error = EndlessGame(tabletop.Game(tutorial).program, seed=7, most=100)
    told = pickle.loads(pickle.dumps(error))
    assert (type(told), str(told)) == (EndlessGame, str(error))


def test_a_file_that_cannot_be_written_is_told_before_a_game_is_played(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tabletop.analysis.simulate.run", lambda *_: pytest.fail("it played"))
    result = simulate("first-summit", "--out", str(tmp_path / "nowhere" / "figures.json"))
    assert (result.exit_code, "there is no folder" in result.stderr) == (1, True)


def test_ctrl_c_gives_the_figures_of_the_games_so_far_as_if_no_more_had_been_asked_for(
    tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    merge = Tally.merge

    def interrupted(total: Tally, part: Tally) -> None:
        merge(total, part)
        if total.games == 3000:
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(Tally, "merge", interrupted)
    result = simulate("first-summit", "--games", str(10**9), "--out", str(tmp_path / "stopped.json"))
    stopped = json.loads((tmp_path / "stopped.json").read_text(encoding="utf-8"))
    assert result.exit_code == 130
    assert (
        result.stderr == f"Stopped after {stopped['games']:,} of 1,000,000,000 games; these are the figures so far.\n"
    )
    assert f"{stopped['games']:,} games" in result.stdout
    monkeypatch.undo()
    simulate("first-summit", "--games", str(stopped["games"]), "--out", str(tmp_path / "whole.json"))
    whole = json.loads((tmp_path / "whole.json").read_text(encoding="utf-8"))
    assert {**whole, "decisions_per_second": 0} == {**stopped, "decisions_per_second": 0}


# It leaves a mark for every decision, and is soon slower than anybody's patience.
SLOWER = """
import pathlib, time

class Slower:
    marks = pathlib.Path(__file__).with_suffix(".marks")
    def choose(self, view, dice):
        with self.marks.open("a") as file:
            file.write(".")
        if self.marks.stat().st_size > 4000:
            time.sleep(3600)
        return view.actions[0]
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there is no Ctrl-C to send to a group of processes")
def test_ctrl_c_does_not_wait_for_slow_players_of_your_own(tmp_path: pathlib.Path) -> None:
    (tmp_path / "slow.py").write_text(SLOWER, encoding="utf-8")
    command = ["simulate", "first-summit", "--games", "500", "--jobs", "2", "--out", str(tmp_path / "stopped.csv")]
    with subprocess.Popen(
        [sys.executable, "-m", "tabletop", *command, "--player", f"all={tmp_path / 'slow.py'}:Slower"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        marks = tmp_path / "slow.marks"
        while not marks.exists() or marks.stat().st_size <= 4000:
            assert process.poll() is None
            time.sleep(0.1)
        time.sleep(0.5)
        os.killpg(process.pid, signal.SIGINT)
        told = process.communicate(timeout=PATIENCE)[1]
    assert process.returncode == 130
    assert told.startswith("Stopped after ")
    assert told.count("\n") == 1
    assert (tmp_path / "stopped.csv").exists()


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
        (["summit-2018", "--jobs", "0"], "--jobs"),
        (["summit-2018", "--seed", str(2**70)], "--seed"),
        (["summit-2018", "--cluster", "tcp://127.0.0.1:8786", "--jobs", "2"], "--jobs is for this machine"),
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

    def test_the_hard_liner_keeps_the_weight_of_sanctions_that_the_dealmaker_spends(self, reports: Reports) -> None:
        press, rush = reports["press"]["meters"], reports["rush"]["meters"]
        assert press["leverage"]["low"] > rush["leverage"]["high"]
        assert press["kim_prestige"]["high"] < rush["kim_prestige"]["low"]

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
