"""The command `bench`: the project's speed on this machine."""

from __future__ import annotations

import click

from tabletop.cli.option_types import Seconds


@click.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@click.option("--cold", is_flag=True, help="Also measure on an empty cache, where the machine is compiled first.")
@click.option(
    "--seconds",
    type=Seconds(0.01, 600),
    default=1,
    show_default=True,
    help="How long to measure each rate: the best of runs of a quarter second.",
)
def bench(as_json: bool, cold: bool, seconds: float) -> None:
    """Print the project's speed figures on this machine, beside yardsticks run in the same process.

    It takes about two minutes, and wants a machine that does nothing else: what runs on one core is measured in
    that core's own time, all else by the clock. OpenSpiel's games are there once it is installed
    (pip install 'tabletop[openspiel]').

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
    What cannot be had on a machine is left out.
    """
    import json

    from tabletop.bench.sections import SECTIONS, measure, this_machine
    from tabletop.bench.table import table

    machine, found = this_machine(), measure(seconds, cold)
    click.echo(json.dumps(machine | found, indent=2) if as_json else table(found, SECTIONS, machine))
