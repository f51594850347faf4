"""Two players in one seat: each plays the same games, against everybody's first doctrine.

python tests/benchmarks/thinking.py washington search:1s leave_and_return
python tests/benchmarks/thinking.py pyongyang search:1s hard_bargainer
python tests/benchmarks/thinking.py pyongyang search:statesman search:attache
"""

from __future__ import annotations

import concurrent.futures

import click

import tabletop
from tabletop.analysis.intervals import mean_interval
from tabletop.analysis.playouts import Playouts


def points(pack: str, seat: str, player: str, first: int, games: int) -> list[int]:
    """The points of the seat in games with seeds from `first` on."""
    game = tabletop.Game(tabletop.load(pack))
    place = game.program.score_place + game.program.seat_number(seat)
    playouts = Playouts(game, {seat: player}, compiled=False)
    return [int(playouts.finished(first + number)[place]) for number in range(games)]


def told(name: str, values: list[int]) -> str:
    """A mean with its 95% interval."""
    mean, low, high = mean_interval(sum(values), sum(value * value for value in values), len(values))
    return f"{name}: {mean:.1f} ({low:.1f} to {high:.1f})"


@click.command()
@click.argument("seat")
@click.argument("player")
@click.argument("other")
@click.option("--pack", default="summit-2018", show_default=True)
@click.option("--games", default=200, show_default=True)
@click.option("--jobs", default=2, show_default=True)
def main(seat: str, player: str, other: str, pack: str, games: int, jobs: int) -> None:
    """Plays games with PLAYER and with OTHER in SEAT, and compares their points game by game."""
    chunk = 5
    firsts = range(0, games, chunk)
    with concurrent.futures.ProcessPoolExecutor(jobs) as pool:
        rows: list[list[int]] = []
        for name in (player, other):
            tasks = [pool.submit(points, pack, seat, name, first, min(chunk, games - first)) for first in firsts]
            rows.append([each for task in tasks for each in task.result()])
            click.echo(told(name, rows[-1]))
    ahead = [one - two for one, two in zip(*rows, strict=True)]
    click.echo(told("ahead, game by game", ahead))
    click.echo(f"better in {sum(one > 0 for one in ahead)} of {games} games, alike in {ahead.count(0)}")


if __name__ == "__main__":
    main()
