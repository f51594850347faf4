"""The command `balance`: whether a scenario shows what its claims oblige it to show."""

from __future__ import annotations

import sys

import click

from tabletop.cli.errors import plain_errors, tell, writing
from tabletop.cli.game_options import first_seed
from tabletop.cli.option_types import HomePath, Whole

#: Games of the pack before and after an edit.
EDIT_GAMES = 5_000


@click.command()
@click.argument("scenario")
@click.option(
    "--games", type=Whole(10, 10**7), default=20_000, show_default=True, metavar="N", help="Games for each figure."
)
@first_seed
@click.option(
    "--html",
    type=HomePath(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the report as a page that stands on its own; '-' prints it.",
)
@click.option(
    "--json",
    "json_file",
    type=HomePath(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the report as JSON; '-' prints it.",
)
@click.option(
    "--search",
    "searched",
    type=Whole(0, 10**6),
    default=0,
    show_default=True,
    metavar="N",
    help="Games in which the search player tries each seat, and what it is worth to it to know; seconds a game.",
)
@click.option(
    "--paper", is_flag=True, help="As on paper: without the rules marked 'paper: skip', and what that changes."
)
@click.option("--watch", is_flag=True, help="Run again whenever the pack is edited, until Ctrl-C.")
def balance(
    scenario: str,
    games: int,
    seed: int,
    html: str | None,
    json_file: str | None,
    searched: int,
    paper: bool,
    watch: bool,
) -> None:
    """Say whether SCENARIO (an id or a path) shows what its claims oblige it to show.

    It plays the experiments that the pack declares, and looks at every card, action, assumption and doctrine. What has
    changed since the last run on this machine is told at the end. Status 1 if a direction did not hold. With --watch,
    what an edit changed is told first, as by 'tabletop compare'.
    """
    import json

    from rich.console import Console

    from tabletop.analysis.balance_job import edits, run
    from tabletop.analysis.pack_comparison import compare as compared
    from tabletop.cli.compare import show
    from tabletop.report.balance_page import balance_page
    from tabletop.scenario.problems import PackError
    from tabletop.session.pack_cache import load_quickly
    from tabletop.storage.output import STANDARD, check_writable

    # What is printed for people does not get among what is printed for a program.
    console = Console(stderr=STANDARD in (html, json_file))

    def once() -> bool:
        found = run(scenario, games, seed, console, paper, searched)
        if html is not None:
            with writing(html) as write:
                write(balance_page(found).encode())
        if json_file is not None:
            with writing(json_file) as write:
                write(f"{json.dumps(found, indent=2)}\n".encode())
        return all(line["verdict"] != "not held" for line in found["experiments"])

    if html == json_file == STANDARD:
        raise click.UsageError("--html and --json cannot both be printed: give one of them a file")
    for out in (html, json_file):
        if out is not None:
            with writing(out):
                check_writable(out)
    try:
        with plain_errors():
            held = once()
            if watch:
                click.echo("Watching the pack; Ctrl-C ends it.", err=True)
                before = load_quickly(scenario)
                for _ in edits(scenario):
                    try:
                        after = load_quickly(scenario)
                        *_, changed = compared(after, before, seed=seed, most=min(games, EDIT_GAMES))
                        show(changed, console)
                        before, held = after, once()
                    except PackError as error:  # half an edit: the next will do
                        for problem in error.problems:
                            tell(str(problem), err=True)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    if not held:
        sys.exit(1)
