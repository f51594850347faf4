"""The command `play`: a game in the window or in a terminal."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import plain_errors, refuse_together, tell
from tabletop.cli.game_options import begun, with_game_options
from tabletop.cli.language import LANGUAGE, words_of
from tabletop.cli.option_types import SEED, HomePath, OneOf
from tabletop.cli.sessions import COPY, begin_copy, close
from tabletop.cli.window import in_window
from tabletop.storage.shipped_data import DEFAULT_SCENARIO

if TYPE_CHECKING:
    from tabletop.session import Session


@click.command()
@click.argument("scenario", default=DEFAULT_SCENARIO)
@click.option("--face", type=OneOf(["window", "terminal"]), help="Where to play; a window if there is a display.")
@click.option("--seat", "seats", multiple=True, help="A seat that you play, or 'all'; by default the solo seat.")
@click.option("--seed", type=SEED, metavar="N", help="Fixes chance: the same seed and decisions give the same game.")
@click.option(
    "--auto", is_flag=True, help="Let bots play every seat to the end, and print the story; --save keeps the game."
)
@click.option("--save", "place", type=HomePath(), metavar="PLACE", help="The folder or file to keep the game in.")
@click.option("--projector", is_flag=True, help="Open a second window with what everybody may see, in large type.")
@LANGUAGE
@COPY
@with_game_options
def play(
    scenario: str,
    face: str | None,
    seats: tuple[str, ...],
    seed: int | None,
    auto: bool,
    place: str | None,
    projector: bool,
    language: str | None,
    copy: str | None,
    players: dict[str, str],
    assumptions: tuple[str, ...],
) -> None:
    """Play SCENARIO (an id or a path); by default the flagship.

    Without any choice it opens the title screen; with one it goes straight to the table. It is saved after every
    decision: leave when you like, and come back with 'tabletop resume'.
    """
    from tabletop.session import Journal

    context = click.get_current_context()
    if auto:
        unheard = {
            "--seat": seats,
            "--copy": copy if _was_typed(context, "copy") else None,
            "--projector": projector,
            "--face window": face == "window",
        }
        refuse_together("--auto", unheard, "bots play every seat in the terminal, for nobody to look on")
    if projector:
        refuse_together("--projector", {"--face terminal": face == "terminal"}, "it is a window")
    beside = ("face", "place", "projector", "language")
    chosen = [name for name in context.params if name not in beside and _was_given(context, name)]
    with plain_errors():
        if not chosen and in_window(face, None, Journal(place), projector):
            return
        journal = None if auto and place is None else Journal(place)
        session = begun(scenario, seats, seed, players, assumptions, journal, auto)
        notes = begin_copy(session, None if auto else copy)
        try:
            if auto or not chosen or not in_window(face, session, Journal(place), projector):
                _in_terminal(session, notes, language)
            if auto and place is not None:
                tell(f"It is kept: tabletop review --save {shlex.quote(place)} {session.id}", err=True)
        finally:
            close(session)


def _in_terminal(session: Session, notes: list[str], language: str | None) -> None:
    from rich.console import Console

    if not session.humans and session.was_kept is None:
        from tabletop.terminal.auto import auto

        auto(session, Console(highlight=False), words_of(language))
        return
    from tabletop.terminal.play import play as play_in_terminal

    play_in_terminal(session, Console(highlight=False), notes, words_of(language))


def _was_typed(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def _was_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT
