"""The `simulate` job: many games on all cores or on a cluster, and one report."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

import attrs

from tabletop.analysis.cluster import cluster, part_of
from tabletop.analysis.figure_files import Figures
from tabletop.analysis.interrupts import Interrupts
from tabletop.analysis.job import Job, Order
from tabletop.analysis.playouts import CHUNK, GameFailed, Playouts
from tabletop.analysis.progress import progress
from tabletop.analysis.tally import Tally, report_of
from tabletop.analysis.worker_pools import SLOW_CHUNK, WorkerPool, cores, processes, threads
from tabletop.engine.compiled import support
from tabletop.engine.game import Game
from tabletop.players.errors import PlayerFailed
from tabletop.players.player_factory import named_players

#: So few games are over on the reference engine before the compiled machine is loaded.
FEW_GAMES = 300


@attrs.frozen
class Result:
    """What came of a job: its figures, whether somebody stopped it, and how a player failed in it, if one did. The
    figures then are those of the games from the first one on that had been played, as if no more had been asked for."""

    figures: Figures
    stopped: bool
    failure: str = ""


def run(
    job: Job, jobs: int | None = None, address: str | None = None, say: Callable[[str], object] = lambda line: None
) -> Result:
    """Plays the job with so many threads, processes or local workers, or on the cluster at an address.

    The figures do not depend on how the work is shared. What is worth knowing meanwhile is told to `say`. Raises
    UnknownPlayer, UnknownAssumption and ClusterError, and PlayerFailed where a player failed before any game was over.
    """
    game = Game(job.scenario, job.assumptions)
    playouts = Playouts(game, job.players, job.seed)
    if playouts.built_in and address is None:
        _say_if_plain(job, say)
    total, failure = Tally(), ""
    with Interrupts() as interrupts, progress() as bar:
        task = bar.add_task("getting ready", total=job.games)
        with _crew(job, playouts, jobs, address) as crew:
            bar.reset(task, description=job.scenario.id)
            started = time.perf_counter()
            try:
                for tally in crew.tallies(job.games, lambda: interrupts.asked):
                    total.merge(tally)
                    bar.advance(task, tally.games)
            except GameFailed as error:
                total.merge(error.so_far)
                failure = f"{error}, in the game with seed {job.seed + total.games}"
            seconds = time.perf_counter() - started
    if failure and not total.games:
        raise PlayerFailed(failure)
    speed = None if address else round(total.decisions / seconds)
    return Result(_figures(job, game, total, speed), not failure and total.games < job.games, failure)


def _say_if_plain(job: Job, say: Callable[[str], object]) -> None:
    """Says why these games are not compiled, if they would be; few games do not wait for Numba to load."""
    if job.games < FEW_GAMES and support.is_installed():
        return
    why = support.why_plain()
    if why:
        say(f"Playing in plain Python, which is slow: {why}.")


def _crew(
    job: Job, playouts: Playouts, jobs: int | None, address: str | None
) -> contextlib.AbstractContextManager[WorkerPool]:
    if address is not None:
        return cluster(Order.of(job), address, jobs, part_of(job.games, playouts.built_in))
    few = job.games < FEW_GAMES and playouts.built_in
    if few:
        playouts = Playouts(playouts.game, job.players, job.seed, compiled=False)
    playouts.prepare()
    parts = -(-job.games // (CHUNK if playouts.compiled else SLOW_CHUNK))
    workers = 1 if few else min(jobs or cores(), parts)
    if playouts.compiled or workers == 1:
        return threads(playouts, workers)
    return processes(Order.of(job), workers)


def _figures(job: Job, game: Game, total: Tally, speed: int | None) -> Figures:
    return {
        "scenario": job.scenario.id,
        "version": job.scenario.version,
        "digest": job.scenario.digest,
        "seed": job.seed,
        "games": total.games,
        "assumptions": game.assumptions,
        "players": named_players(job.scenario, job.players),
        **report_of(total, game.program),
        "decisions": total.decisions,
        "decisions_per_second": speed,
    }
