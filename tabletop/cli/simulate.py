"""The command `simulate`: many games played by bots, and what came of them."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import plain_errors
from tabletop.cli.game_options import assumed, first_seed, with_game_options
from tabletop.cli.option_types import HomePath, Whole

if TYPE_CHECKING:
    from tabletop.analysis.simulate import Result


@click.command()
@click.argument("scenario")
@click.option("--games", type=Whole(1, 10**12), default=2000, show_default=True, metavar="N", help="How many games.")
@first_seed
@click.option(
    "--out",
    type=HomePath(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the figures to FILE.json, or as tidy rows to FILE.csv or FILE.parquet; '-' prints the JSON.",
)
@click.option(
    "--jobs",
    type=Whole(1, 1024),
    metavar="N",
    help="How many threads, processes or local workers; by default one for each core.",
)
@click.option(
    "--cluster",
    "address",
    metavar="ADDRESS",
    help="Play on the Dask cluster with its scheduler at ADDRESS, as in tcp://10.0.0.5:8786; 'local' starts one here.",
)
@with_game_options
def simulate(
    scenario: str,
    games: int,
    seed: int,
    out: str | None,
    jobs: int | None,
    address: str | None,
    players: dict[str, str],
    assumptions: tuple[str, ...],
) -> None:
    """Let bots play SCENARIO (an id or a path) many times, and say what came of it.

    Shares, means and points come with 95% intervals. The figures depend on the scenario, players, assumptions, seed and
    number of games alone, and not on how many cores or machines share the work.

    With the extra 'fast' (pip install 'tabletop[fast]') built-in players play on the compiled machine, a thread for
    each core. Without it, and with players of your own, games are played in Python, a process for each core.

    \b
    --out writes by the file's ending:
      .json     everything: outcomes, meters, scores, players, assumptions
      .csv      a row for each figure: kind, id, statistic, value
      .parquet  the same rows (pip install 'tabletop[parquet]')

    --cluster needs pip install 'tabletop[cluster]' here, and the same tabletop on every machine of the cluster, with
    the extra 'fast' if it is to be quick. The scenario travels with the job; a player of your own must be there.
    Workers may come, go and crash: what they had in hand is played again by others. A file from a cluster is the same
    as one from here but for decisions_per_second, which is null: how busy a cluster is says nothing about the job.

    Ctrl-C ends early with the figures of the games played so far (exit status 130); once more ends at once. So does a
    player of your own that fails (exit status 1).
    """
    from tabletop.analysis.cluster import LOCAL, ClusterError, require
    from tabletop.analysis.figure_files import check, write
    from tabletop.analysis.job import Job
    from tabletop.analysis.simulate import run
    from tabletop.analysis.tables import show
    from tabletop.scenario.problems import printable
    from tabletop.session.pack_cache import load_quickly
    from tabletop.storage.output import STANDARD

    with plain_errors():
        try:
            if address is not None:
                if jobs and address != LOCAL:
                    raise ValueError("--jobs is for this machine: the cluster has the workers that it has")
                require()
            noun = load_quickly(scenario)
            job = Job(noun, assumed(noun, assumptions), players, seed, games)
            if out is not None:
                check(out)
            result = run(job, jobs, address, lambda line: click.echo(line, err=True))
            if result.stopped:
                _tell_of_stop(result.figures["games"], games)
            if out is not None:
                write(result.figures, out)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        except ClusterError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise click.ClickException(f"cannot write {printable(str(out))}: {error.strerror or error}") from None
    show(result.figures, noun, aside=out == STANDARD)
    if result.failure:
        raise click.ClickException(f"{result.failure}; these are the figures of the {_games(result)} before it")
    if result.stopped:
        sys.exit(130)


def _games(result: Result) -> str:
    games = result.figures["games"]
    return f"{games:,} games" if games > 1 else "game"


def _tell_of_stop(played: int, asked: int) -> None:
    """Says how many games were played; ends the program where there were none."""
    if not played:
        click.echo(f"Stopped before any of {asked:,} games was over.", err=True)
        sys.exit(130)
    click.echo(f"Stopped after {played:,} of {asked:,} games; these are the figures so far.", err=True)
