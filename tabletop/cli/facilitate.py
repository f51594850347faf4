"""The command `facilitate`: the console from which a facilitator runs a game."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import plain_errors
from tabletop.cli.game_options import begun, with_game_options
from tabletop.cli.language import LANGUAGE, words_of
from tabletop.cli.option_types import SEED
from tabletop.cli.sessions import COPY, PLACE, begin_copy, close, opened
from tabletop.storage.shipped_data import DEFAULT_SCENARIO

if TYPE_CHECKING:
    from tabletop.session import Session


@click.command()
@click.argument("session", required=False)
@click.option(
    "--new",
    "scenario",
    is_flag=False,
    flag_value=DEFAULT_SCENARIO,
    metavar="[SCENARIO]",
    help="Begin a new game of SCENARIO (an id or a path); by default the flagship.",
)
@click.option("--seat", "seats", multiple=True, help="A seat that people play; 'all' for every one. Only with --new.")
@click.option("--seed", type=SEED, metavar="N", help="Fixes chance: the same seed and decisions give the same game.")
@click.option(
    "--schedule", metavar="FILE", help="Take up a schedule of injects: a file, or the name of one that ships."
)
@click.option("--name", default="facilitator", show_default=True, help="Your name, as the journal has it.")
@LANGUAGE
@COPY
@PLACE
@with_game_options
def facilitate(
    session: str | None,
    scenario: str | None,
    seats: tuple[str, ...],
    seed: int | None,
    schedule: str | None,
    name: str,
    language: str | None,
    copy: str | None,
    place: str | None,
    players: dict[str, str],
    assumptions: tuple[str, ...],
) -> None:
    """Run SESSION from the facilitator's console (the beginning of its name will do), or the game played last.

    \b
      tabletop facilitate --new --seat SEAT --seat SEAT --schedule workshop
      tabletop facilitate --new SCENARIO --seat all
      tabletop facilitate

    At the console you decide for seats as a table has voted, let bots decide, bring in cards or write your own, set
    values, overrule the model with a reason, stop the clock, send messages, write notes, take back any number of
    steps, and try other branches. `help` there tells more, and Tab completes. Everything is kept at once, and can be
    taken back.

    Players look at another screen, on which nothing is secret: tabletop resume SESSION --watch

    From a pipe, every line is an order.
    """
    from rich.console import Console

    from tabletop.session import Journal
    from tabletop.terminal.facilitate import facilitate as at_the_console

    if session and scenario:
        raise click.UsageError(f"either go on with '{session}', or begin with --new")
    if scenario is None and (seats or seed is not None or players or assumptions):
        raise click.UsageError("--seat, --seed, --player and --assume are for a new game: add --new")
    with plain_errors():
        going_on: Session
        notes: list[str] = []
        if scenario is not None:
            going_on = begun(scenario, seats, seed, players, assumptions, Journal(place))
        else:
            going_on, notes = opened(Journal(place), session, may_watch=False)
        notes = [*notes, *begin_copy(going_on, copy)]
        try:
            at_the_console(going_on, Console(highlight=False), notes, name, schedule, words_of(language))
        finally:
            close(going_on)
