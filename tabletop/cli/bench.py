"""The command `bench`: the project's speed on this machine."""

from __future__ import annotations

import pathlib
from typing import Any

import click

from tabletop.cli.option_types import HomePath, Seconds

_MOST_BYTES = 2_000_000


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@click.option("--cold", is_flag=True, help="Also measure on an empty cache, where the machine is compiled first.")
@click.option(
    "--only", multiple=True, metavar="SECTION", help="Measure this part of the JSON alone; may be given several times."
)
@click.option(
    "--compare",
    "old",
    type=HomePath(dir_okay=False),
    metavar="OLD.json",
    help="Say what has changed beyond noise since a run whose --json was kept in OLD.json.",
)
@click.option(
    "--seconds",
    type=Seconds(0.01, 600),
    default=1,
    show_default=True,
    help="How long to measure each rate: the median of runs of a quarter second.",
)
def bench(as_json: bool, cold: bool, only: tuple[str, ...], old: str | None, seconds: float) -> None:
    """Print the project's speed figures on this machine, beside yardsticks run in the same process.

    It takes about two minutes, and wants a machine that does nothing else: what runs on one core is measured in
    that core's own time, all else by the clock. OpenSpiel's games are there once it is installed
    (pip install 'tabletop[openspiel]').

    Every rate and time is also told as a ratio to noughts and crosses in simple Python, run just before and after it:
    that hardly hangs on the machine or what else it does, so that runs can be compared. With --compare, what has
    changed beyond the noise of both runs is listed; with --json it is in "changes".

    \b
    The JSON has machine and versions in words, and figures by section and name:
      decisions_per_second  decisions of the flagship a second, of random
                            players and of doctrines: through the public API
                            (any_listed_action, public_api), on the reference
                            engine, and compiled; compiled_scaling is all cores
                            as a multiple of one
      yardsticks            random moves a second of games that others wrote;
                            public_api_times and compiled_times are our own
                            decisions as a multiple of these
      start_ms              milliseconds by the clock and of a core from a command
                            to its first output, of a pack that was played
                            before and has not changed
      edited_pack_ms        milliseconds from the start of a process to the
                            first result of a pack that was just edited, step by
                            step, with a warm cache and (--cold) an empty one
      sessions              milliseconds to open a long game, and to write a
                            command down
      window_ms             milliseconds by the clock (wall) and of a core's work
                            (cpu) to the window's first frame, and from a key, a
                            pointer's move or a decision to a changed frame;
                            without a display unless SDL_VIDEODRIVER names one
      window_costs          share of a core while the window is idle, and its
                            memory (MB)
      classroom_ms          milliseconds over real HTTP, server and phones on this
                            machine, for classes of 30, 200 and 600: until each
                            who joins has a page, until each vote is on the disk
                            (p95), and from the last to every screen
      classroom_trouble_ms  what a phone that has stopped reading delays the
                            others by, and how long 500 take to be back after
                            the server was killed
      besides               playouts a second of a search, and the memory (MB)
                            that a simulation takes
      ratios                of the figures above, by section and name, to the
                            yardstick: rates as multiples of its moves a second,
                            times as the moves that it makes meanwhile; median
                            of several runs, and low and high: the noise
      instructions          instructions by decision or move; counted says why
                            there are none
    What cannot be had on a machine is left out.
    """
    import json

    from tabletop.bench.ratios import changes
    from tabletop.bench.sections import SECTIONS, measured, this_machine
    from tabletop.bench.table import change_rows, ratio_rows, table
    from tabletop.scenario.problems import quoted

    sections = [section.key for section in SECTIONS]
    for name in only:
        if name not in sections:
            raise click.UsageError(f"--only {quoted(name)} is no part of the figures (there are {', '.join(sections)})")
    before = None if old is None else _kept(old)
    machine, bench = this_machine(), measured(seconds, cold, only)
    told: dict[str, Any] = {**machine, **bench.found, "ratios": bench.ratios}
    counted = bench.counter.why_not or "outside the kernel"
    told["instructions"] = {"counted": counted, **bench.instructions}
    found, both = ([], 0) if before is None else changes(before, told)
    if as_json:
        if before is not None:
            told["changes"] = [{"section": one.section, "name": one.name, "by": one.by} for one in found]
        click.echo(json.dumps(told, indent=2))
        return
    parts = [[table(bench.found, SECTIONS, machine)], ratio_rows(bench, SECTIONS)]
    parts += [] if before is None else [change_rows(found, both)]
    click.echo("\n\n".join("\n".join(part) for part in parts if part))


def _kept(path: str) -> dict[str, Any]:
    """A run that was kept as JSON, or the last one in a list of figures by version. Raises click.UsageError."""
    import yaml

    from tabletop.bench.ratios import changes
    from tabletop.scenario.problems import quoted
    from tabletop.storage.untrusted_files import read_bounded

    try:
        run: Any = yaml.safe_load(read_bounded(pathlib.Path(path), _MOST_BYTES).decode("utf-8"))  # JSON is YAML
        if isinstance(run, dict) and isinstance(run.get("versions"), list) and run["versions"]:
            run = run["versions"][-1]
        changes(run, run)
    except OSError as error:
        raise click.UsageError(f"cannot read {quoted(path)}: {error.strerror or error}") from None
    except (ValueError, RecursionError, yaml.YAMLError) as error:
        why = "it is not JSON" if isinstance(error, yaml.YAMLError | RecursionError) else error
        raise click.UsageError(f"{quoted(path)} cannot be compared with: {why}") from None
    return dict(run)
