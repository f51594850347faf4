"""The `simulate` job: many games on all cores, one report."""

from __future__ import annotations

import csv
import json
import os
import pathlib
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from typing import Any, TypeAlias

import attrs
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from tabletop.analysis.playouts import Playouts
from tabletop.analysis.tally import Tally, report_of
from tabletop.engine.game import Game
from tabletop.players.casting import named_players
from tabletop.scenario import Scenario
from tabletop.scenario.loading import load

Figures: TypeAlias = dict[str, Any]
CHUNK = 50
FEW_GAMES = 300


@attrs.frozen
class Job:
    """What is to be played: the pack by id or path, assumptions that differ, players by seat, first seed, games."""

    pack: str
    assumptions: Mapping[str, int | bool]
    players: Mapping[str, str]
    seed: int
    games: int


def run(job: Job, scenario: Scenario, jobs: int | None = None) -> Figures:
    """Plays the job and sums it up. Interrupted, it sums up what was played.

    The result does not depend on how many processes share the work. Raises UnknownPlayer and UnknownAssumption.
    """
    game = Game(scenario, job.assumptions)
    playouts = Playouts(game, job.players, job.seed)
    total, started = Tally(), time.perf_counter()
    workers = 1 if job.games < FEW_GAMES else jobs or os.cpu_count() or 1
    tallies = playouts.in_chunks(job.games, CHUNK) if workers == 1 else _in_processes(job, workers)
    with _progress() as progress:
        task = progress.add_task(f"{scenario.id}", total=job.games)
        try:
            for tally in tallies:
                total.merge(tally)
                progress.advance(task, tally.games)
        except KeyboardInterrupt:
            progress.console.print(f"Stopped after {total.games} of {job.games} games; these are the figures so far.")
    seconds = time.perf_counter() - started
    return _figures(job, scenario, game, total, seconds)


def _progress() -> Progress:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)


_playouts: Playouts | None = None


def _prepare(job: Job) -> None:
    global _playouts
    _playouts = Playouts(Game(load(job.pack), job.assumptions), job.players, job.seed)


def _chunk(first: int, games: int) -> Tally:
    assert _playouts is not None
    return _playouts.tally(first, games)


def _in_processes(job: Job, workers: int) -> Iterator[Tally]:
    firsts = iter(range(0, job.games, CHUNK))
    with ProcessPoolExecutor(workers, initializer=_prepare, initargs=(job,)) as pool:
        waiting: set[Future[Tally]] = set()
        try:
            while True:
                for first in firsts:
                    waiting.add(pool.submit(_chunk, first, min(CHUNK, job.games - first)))
                    if len(waiting) >= 3 * workers:
                        break
                if not waiting:
                    return
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _figures(job: Job, scenario: Scenario, game: Game, total: Tally, seconds: float) -> Figures:
    return {
        "scenario": scenario.id,
        "version": scenario.version,
        "digest": scenario.digest,
        "seed": job.seed,
        "games": total.games,
        "assumptions": game.assumptions,
        "players": named_players(scenario, job.players),
        **report_of(total, game.program),
        "decisions": total.decisions,
        "decisions_per_second": round(total.decisions / seconds) if seconds else 0,
    }


# Writing


def writer_for(out: str) -> Callable[[Figures, pathlib.Path], None]:
    """How a file of this name is written. Raises ValueError for an ending that is not known, or not installed."""
    ending = pathlib.Path(out).suffix.lower()
    if ending == ".parquet":
        try:
            import pyarrow  # noqa: F401
        except ImportError:
            raise ValueError("writing .parquet needs an extra: pip install 'tabletop[parquet]'") from None
    writers = {".json": _write_json, ".csv": _write_csv, ".parquet": _write_parquet}
    if ending not in writers:
        raise ValueError(f"'{out}' must end in {', '.join(writers)}")
    return writers[ending]


def write(figures: Figures, out: str) -> None:
    """Writes the figures in the form that the file's ending names. Raises ValueError and OSError."""
    writer_for(out)(figures, pathlib.Path(out))


def rows(figures: Figures) -> list[dict[str, Any]]:
    """The figures as tidy rows: of what kind, of which id, which statistic, its value."""
    found = []
    for kind in ("outcomes", "meters"):
        for name, statistics in figures[kind].items():
            found += [{"kind": kind, "id": name, "statistic": key, "value": value} for key, value in statistics.items()]
    for seat, mean in figures["scores"].items():
        low, high = figures["score_intervals"][seat]
        for key, value in (("mean", mean), ("low", low), ("high", high)):
            found.append({"kind": "scores", "id": seat, "statistic": key, "value": value})
    common = {key: figures[key] for key in ("scenario", "version", "seed", "games")}
    return [{**common, **row} for row in found]


def _write_json(figures: Figures, path: pathlib.Path) -> None:
    path.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def _write_csv(figures: Figures, path: pathlib.Path) -> None:
    table = rows(figures)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, table[0])
        writer.writeheader()
        writer.writerows(table)


def _write_parquet(figures: Figures, path: pathlib.Path) -> None:
    import pyarrow
    import pyarrow.parquet

    table = rows(figures)
    for row in table:
        row["value"] = float(row["value"])
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(table), path)


# Showing


def show(figures: Figures, scenario: Scenario) -> None:
    """Prints the figures for people."""
    console = Console()
    cast = ", ".join(f"{seat} {name}" for seat, name in figures["players"].items())
    console.print(f"[bold]{scenario.title}[/bold], {figures['games']} games; {cast}", highlight=False)
    console.print(_outcome_table(figures, scenario))
    console.print(_meter_table(figures, scenario))
    console.print(f"{figures['decisions_per_second']:,} decisions a second", highlight=False)


def _outcome_table(figures: Figures, scenario: Scenario) -> Table:
    titles = {ending.id: ending.title for ending in scenario.endings}
    table = Table("ending", "", "share", "95% interval", box=None, pad_edge=False)
    for name, share in figures["outcomes"].items():
        if share["share"]:
            interval = f"{share['low']:.1%} to {share['high']:.1%}"
            table.add_row(name, titles[name], f"{share['share']:.1%}", interval)
    return table


def _meter_table(figures: Figures, scenario: Scenario) -> Table:
    names = {meter.id: meter.name for meter in scenario.meters}
    table = Table("at the end", "mean", "p10", "p50", "p90", box=None, pad_edge=False)
    for meter, figure in figures["meters"].items():
        table.add_row(names[meter], f"{figure['mean']:.1f}", *(f"{figure[key]:.0f}" for key in ("p10", "p50", "p90")))
    for seat, mean in figures["scores"].items():
        low, high = figures["score_intervals"][seat]
        table.add_row(f"points, {seat}", f"{mean:.1f}", "", f"{low:.1f} to {high:.1f}", "")
    return table
