"""Plays the same games on both engines and compares every last state, to the fingerprint.

python tests/benchmarks/agreement.py --games 100000 summit-2018 first-summit
python tests/benchmarks/agreement.py --games 500 --generated 200 --straight
"""

from __future__ import annotations

import concurrent.futures
import pathlib
import sys
import tempfile
from collections.abc import Iterator

import click

import tabletop
from tabletop.analysis.playouts import Playouts

CHUNK = 1000


def casts_of(scenario: tabletop.Scenario) -> list[dict[str, str]]:
    """Random play, first doctrines, and casts in which every other doctrine has a part."""
    by_seat = {seat.id: [d.id for d in scenario.doctrines if d.seat == seat.id] for seat in scenario.seats}
    most = max(map(len, by_seat.values()))
    mixed = [{seat: names[at % len(names)] for seat, names in by_seat.items() if names} for at in range(1, most)]
    return [{"all": "random"}, {}, *mixed]


def disagreements(pack: str, cast: dict[str, str], first: int, games: int) -> tuple[int, list[int]]:
    """How many games were compared, and the seeds of those whose ends differ."""
    playouts = Playouts(tabletop.Game(tabletop.load(pack)), cast, compiled=False)
    ends = playouts.batch.final_states(first, games)
    differ = [first + at for at, end in enumerate(ends.tolist()) if end != playouts.finished(first + at)]
    return games, differ


def make_straight(pack: str) -> bool:
    """Makes the straight code of a pack, so that it plays the pack's games; whether there is any."""
    from tabletop.engine.compiled.straight_code import keep

    return keep(tabletop.Game(tabletop.load(pack)).program)


def tasks(packs: list[str], games: int) -> Iterator[tuple[str, dict[str, str], int, int]]:
    """The games of each pack shared out over casts, and cut into chunks."""
    for pack in packs:
        casts = casts_of(tabletop.load(pack))
        for at, cast in enumerate(casts):
            share = games // len(casts) + (at < games % len(casts))
            for first in range(0, share, CHUNK):
                yield pack, cast, first, min(CHUNK, share - first)


@click.command()
@click.argument("packs", nargs=-1)
@click.option("--games", default=1000, show_default=True, help="Games of each pack, over all casts.")
@click.option("--generated", default=0, help="So many packs made at random as well.")
@click.option("--straight", is_flag=True, help="With straight code for every pack, made first.")
@click.option("--jobs", default=2, show_default=True)
def main(packs: tuple[str, ...], games: int, generated: int, straight: bool, jobs: int) -> None:
    """Compares the reference engine and the compiled one, game by game."""
    with tempfile.TemporaryDirectory() as folder:
        names = [*packs, *_made(pathlib.Path(folder), generated)]
        compared, differ = 0, 0
        with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
            if straight:
                click.echo(f"straight code of {sum(pool.map(make_straight, names))} packs")
            work = list(tasks(names, games))
            for (pack, cast, *_), (count, seeds) in zip(
                work, pool.map(disagreements, *zip(*work, strict=True)), strict=True
            ):
                compared, differ = compared + count, differ + len(seeds)
                if seeds:
                    click.echo(f"{pack} {cast}: seeds {seeds[:5]} differ")
    click.echo(f"{compared:,} games of {len(names)} packs compared, {differ} differ (Python {sys.version.split()[0]})")
    sys.exit(1 if differ else 0)


def _made(folder: pathlib.Path, count: int) -> list[str]:
    if not count:
        return []
    sys.path.insert(0, str(pathlib.Path(__file__).parents[2]))
    from tests.packs.generated import generated_pack, write_pack

    made = []
    for seed in range(count):
        write_pack(generated_pack(seed), folder / f"pack_{seed}")
        made.append(str(folder / f"pack_{seed}"))
    return made


if __name__ == "__main__":
    main()
