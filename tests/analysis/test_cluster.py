"""A job on a Dask cluster: the same file to the byte, whoever plays its parts and whichever worker is lost."""

from __future__ import annotations

import json
import os
import pathlib
import signal
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from click.testing import CliRunner, Result

import tabletop
from tabletop.analysis.cluster import cluster, part_of
from tabletop.analysis.job import Job, Order, OtherVersion, play
from tabletop.analysis.playouts import Playouts
from tabletop.analysis.tally import Tally
from tabletop.cli import main

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.xdist_group("cluster")

# It takes its own worker down in the middle of a game, as often as there are fuses.
FRAGILE = """
import os, pathlib, signal

class Fragile:
    def choose(self, view, dice):
        if dice.below(20) == 0:
            for fuse in pathlib.Path(__file__).parent.glob("*.fuse"):
                fuse.unlink()
                os.kill(os.getpid(), signal.SIGKILL)
        return dice.choice(view.actions)
"""


def simulate(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["simulate", "first-summit", *map(str, arguments)])


@pytest.fixture(scope="module")
def local() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=50, memory_limit=None
    ) as running:
        yield running


@pytest.mark.parametrize(
    ("games", "built_in", "part"),
    [(1, True, 250), (100_000, True, 1563), (10**9, True, 10_000), (10**9, False, 10)],
)
def test_the_size_of_a_part_follows_from_the_job_alone(games: int, built_in: bool, part: int) -> None:
    assert part_of(games, built_in) == part


def test_files_are_the_same_from_one_worker_from_several_and_from_this_machine(
    local: Any, tmp_path: pathlib.Path
) -> None:
    files = {name: tmp_path / name for name in ("here.json", "one.json", "two.json", "here.csv", "two.csv")}
    games = ("--games", 20_000, "--out")
    assert simulate(*games, files["here.json"]).exit_code == 0
    assert simulate(*games, files["here.csv"]).exit_code == 0
    assert simulate(*games, files["one.json"], "--cluster", "local", "--jobs", 1).exit_code == 0
    assert simulate(*games, files["two.json"], "--cluster", local.scheduler_address).exit_code == 0
    assert simulate(*games, files["two.csv"], "--cluster", local.scheduler_address).exit_code == 0
    assert files["one.json"].read_bytes() == files["two.json"].read_bytes()
    assert files["here.csv"].read_bytes() == files["two.csv"].read_bytes()
    here = json.loads(files["here.json"].read_text(encoding="utf-8"))
    assert here["decisions_per_second"] > 0
    assert {**here, "decisions_per_second": None} == json.loads(files["two.json"].read_text(encoding="utf-8"))


def process_of_a_worker(local: Any) -> int:
    """A worker's process, once there is one: whoever was killed before is being replaced."""
    while True:
        for worker in local.workers.values():
            if worker.pid is not None:
                return int(worker.pid)
        time.sleep(0.05)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_worker_killed_half_way_loses_nothing(local: Any, tutorial: tabletop.Scenario) -> None:
    job = Job(tutorial, games=64 * 250)
    total, killed = Tally(), 0
    with cluster(Order.of(job), local.scheduler_address, None, part_of(job.games, True)) as crew:
        for number, tally in enumerate(crew.tallies(job.games, lambda: False)):
            if number in (3, 12):
                os.kill(process_of_a_worker(local), signal.SIGKILL)
                killed += 1
            total.merge(tally)
    assert killed == 2
    assert total == Playouts(tabletop.Game(tutorial), {}).tally(0, job.games)


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_workers_that_die_in_the_middle_of_a_game_change_no_byte(local: Any, tmp_path: pathlib.Path) -> None:
    (tmp_path / "fragile.py").write_text(FRAGILE, encoding="utf-8")
    for name in ("first", "second"):
        (tmp_path / f"{name}.fuse").touch()
    broken, whole = tmp_path / "broken.json", tmp_path / "whole.json"
    for out in (broken, whole):
        arguments = ("--games", 200, "--player", f"all={tmp_path / 'fragile.py'}:Fragile", "--out", out)
        assert simulate(*arguments, "--cluster", local.scheduler_address).exit_code == 0
        assert not list(tmp_path.glob("*.fuse"))
    assert broken.read_bytes() == whole.read_bytes()


def test_a_pack_by_path_need_not_be_on_the_workers(local: Any, tmp_path: pathlib.Path, town: Any) -> None:
    scenario = town()
    order = Order.of(Job(scenario, games=300))
    (tmp_path / "town" / "scenario.yaml").unlink()
    with cluster(order, local.scheduler_address, None, 100) as crew:
        assert sum(tally.games for tally in crew.tallies(300, lambda: False)) == 300


def test_what_the_workers_lack_is_told_in_one_line(local: Any, tmp_path: pathlib.Path) -> None:
    (tmp_path / "own.py").write_text(FRAGILE, encoding="utf-8")
    order = Order.of(Job(tabletop.load("first-summit"), players={"all": f"{tmp_path / 'own.py'}:Fragile"}))
    (tmp_path / "own.py").unlink()
    with (
        pytest.raises(Exception, match=r"a worker of the cluster says: .* there is no file"),
        cluster(order, local.scheduler_address, None, 10) as crew,
    ):
        list(crew.tallies(20, lambda: False))


def test_a_worker_with_another_tabletop_refuses_the_order(tutorial: tabletop.Scenario) -> None:
    order = Order.of(Job(tutorial))
    with pytest.raises(OtherVersion, match="another tabletop"):
        play(Order("another", order.content, "another"), 0, 1)


@pytest.mark.parametrize("address", ["nowhere", "tcp://127.0.0.1:1", "gopher://127.0.0.1:70"])
def test_a_cluster_that_is_not_there_is_told_in_one_line(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tabletop.analysis.cluster._SECONDS", 1)
    result = simulate("--cluster", address)
    assert result.exit_code == 1
    assert f"no Dask scheduler to be reached at '{address}'" in result.stderr
    assert result.stderr.count("\n") == 1


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = simulate("--cluster", "local")
    assert (result.exit_code, "pip install 'tabletop[cluster]'" in result.stderr) == (2, True)
