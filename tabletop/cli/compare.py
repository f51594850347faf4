"""The command `compare`: two versions of a pack, by the same games."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import plain_errors, writing
from tabletop.cli.game_options import bot_limit, first_seed
from tabletop.cli.option_types import HomePath, Whole, pairs

if TYPE_CHECKING:
    from rich.console import Console

    from tabletop.analysis.pack_comparison import Comparison

_HEADS = {
    "ending": "Endings, of 100 games",
    "points": "Points",
    "meter": "Meters at the end",
    "card": "Cards that came up, of 100 games",
    "action": "Actions taken, of 100 games",
}
_SHARES = ("ending", "card", "action")
#: So many cards and actions are listed; the file has all.
_MOST_LINES = 12


@click.command()
@click.argument("pack")
@click.argument("old")
@click.option(
    "--games", type=Whole(10, 10**7), default=20_000, show_default=True, metavar="N", help="Games of each version."
)
@first_seed
@bot_limit
@click.option(
    "--player",
    "players",
    multiple=True,
    metavar="SEAT=NAME",
    callback=pairs,
    help="Who plays a seat in both: random, a doctrine, or a player of your own; by default its first doctrine.",
)
@click.option(
    "--json",
    "json_file",
    type=HomePath(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write every difference as JSON; '-' prints it.",
)
def compare(pack: str, old: str, games: int, seed: int, players: dict[str, str], json_file: str | None) -> None:
    """Say what changed between OLD and PACK (ids or paths), by playing both with the same seeds.

    Endings, points, meters, cards and actions are told where they differ, each with a 95% interval: first after 200
    games, then sharper. Nothing is said of what did not change, or of what may be chance: two versions that play alike
    give no line, in 99 of 100 comparisons at least.
    """
    import json

    import attrs
    from rich.console import Console

    from tabletop.analysis.pack_comparison import compare as compared
    from tabletop.scenario.loading import load
    from tabletop.storage.output import STANDARD

    quiet = json_file == STANDARD
    found: Comparison | None = None
    with plain_errors():
        try:
            for found in compared(load(pack), load(old), players, seed, games):
                if not quiet:
                    show(found, Console(), is_last=found.games == games)
        except KeyboardInterrupt:
            click.echo("Stopped.", err=True)
            sys.exit(130)
        if json_file is not None and found is not None:
            with writing(json_file) as write:
                write(f"{json.dumps(attrs.asdict(found), indent=2)}\n".encode())


def show(found: Comparison, console: Console, *, is_last: bool = True) -> None:
    """Prints what is known so far."""
    from rich.table import Column, Table
    from rich.text import Text

    from tabletop.scenario.text_sanitizing import shown

    console.print(Text(f"After {found.games:,} games of each:", style="bold"))
    for kind, head in _HEADS.items():
        own = [one for one in found.differences if one.kind == kind]
        if not own:
            continue
        scale = 100 if kind in _SHARES else 1
        right = {"justify": "right"}
        columns = [Column(Text(f"  {head}")), *(Column(name, **right) for name in ("was", "is", "change", "95%"))]  # type: ignore[arg-type]
        table = Table(*columns, box=None, pad_edge=False)
        for one in own[:_MOST_LINES]:
            table.add_row(
                Text(f"  {shown(one.name)}"),
                _number(one.before, scale),
                _number(one.after, scale),
                _number(one.difference, scale, signed=True),
                f"{_number(one.low, scale, signed=True)} to {_number(one.high, scale, signed=True)}",
            )
        console.print(table)
        if len(own) > _MOST_LINES:
            console.print(Text(f"  and {len(own) - _MOST_LINES} more (--json has all)", style="dim"))
    if not found.differences:
        console.print("  nothing that differs by more than chance")
    if is_last and found.never:
        console.print(Text(f"Endings that never came: {', '.join(shown(one) for one in found.never)}"))


def _number(value: float | None, scale: int, *, signed: bool = False) -> str:
    """A figure with one decimal, or a dash for what is not there."""
    if value is None:
        return "–"
    return f"{value * scale:{'+' if signed else ''}.1f}".replace("-", "−")
