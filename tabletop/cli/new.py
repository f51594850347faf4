"""The command `new`: the first version of a pack, from six questions."""

from __future__ import annotations

import pathlib
import sys

import click

from tabletop.cli.errors import harmless, tell
from tabletop.cli.option_types import HomePath, Whole


@click.command()
@click.argument("name", type=HomePath())
@click.option("--title", help="What the scenario is called.")
@click.option("--question", help="What the game asks of its players.")
@click.option("--seats", metavar="A,B", help="Who plays, with commas; the first is the seat of a solo player.")
@click.option("--meters", metavar="A,B", help="What everybody watches, with commas.")
@click.option("--turn", metavar="WORD", help="What a turn is called, such as week.")
@click.option("--turns", type=Whole(1, 40), metavar="N", help="How many turns a game has.")
@click.option("--truth", metavar="NAME=A,B", help="What nobody knows at first, and its two values; '' for nothing.")
@click.option("--blank", is_flag=True, help="The smallest pack that plays, explained line by line; asks nothing.")
def new(
    name: str,
    title: str | None,
    question: str | None,
    seats: str | None,
    meters: str | None,
    turn: str | None,
    turns: int | None,
    truth: str | None,
    blank: bool,
) -> None:
    """Write a pack into the folder NAME that passes every check and plays, for you to make your own.

    At a terminal it asks six questions, each with an answer to take by Enter; options answer them beforehand.
    """
    from tabletop.scenario.loading import check
    from tabletop.scenario.new_pack import Outline, OutlineError, new_pack

    folder = pathlib.Path(name)
    default = Outline(title=folder.name.replace("-", " ").replace("_", " ").title() or "My Scenario")
    asks = not blank and sys.stdin is not None and sys.stdin.isatty()
    try:
        name_of_truth, values = _truth(_answer(asks, truth, "What nobody knows at first", _truth_words(default)))
        outline = Outline(
            title=_answer(asks, title, "Title", default.title),
            question=_answer(asks, question, "The question it asks", default.question),
            seats=_listed(_answer(asks, seats, "Seats, with commas; the first is yours", ", ".join(default.seats))),
            meters=_listed(_answer(asks, meters, "What everybody watches, with commas", ", ".join(default.meters))),
            turn=_answer(asks, turn, "A turn is called", default.turn),
            turns=turns or default.turns,
            truth=name_of_truth,
            truths=values,
        )
        file = new_pack(outline, folder, blank)
    except OutlineError as error:
        raise click.UsageError(harmless(str(error))) from None
    except OSError as error:
        raise click.ClickException(harmless(f"cannot write {folder}: {error.strerror or error}")) from None
    for problem in check(folder):
        tell(str(problem), err=True)
    tell(f"Written to {file}. Play it: tabletop play {folder}")
    tell(f"After each change: tabletop check {folder}. How all of it is written: scenarios/WRITING.md")


def _answer(asks: bool, given: str | None, question: str, default: str) -> str:
    if given is not None:
        return given
    return str(click.prompt(question, default=default)) if asks else default


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(",") if part.strip())


def _truth_words(outline: object) -> str:
    from tabletop.scenario.new_pack import Outline

    assert isinstance(outline, Outline)
    return f"{outline.truth} = {', '.join(outline.truths)}"


def _truth(text: str) -> tuple[str, tuple[str, str]]:
    """The name of what is hidden and its values. Raises click.UsageError for anything but a name and two values."""
    from tabletop.scenario.problems import quoted

    if not text.strip():
        return "", ("", "")
    name, _, after = text.partition("=")
    values = _listed(after)
    if not name.strip() or len(values) != 2:
        raise click.UsageError(f"{quoted(text)} is no NAME=A,B, such as Their intention=sincere,stalling")
    return name.strip(), (values[0], values[1])
