"""The command `print`: the print-and-play kit of a pack, or of a game as it stands."""

from __future__ import annotations

import pathlib
from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import plain_errors, tell, writing
from tabletop.cli.option_types import HomePath, Millimetres, OneOf
from tabletop.cli.sessions import PLACE, close, opened
from tabletop.storage.shipped_data import DEFAULT_SCENARIO

if TYPE_CHECKING:
    from tabletop.engine.game import Game
    from tabletop.engine.state import State
    from tabletop.report.kit.job import Printing
    from tabletop.scenario.injects import Schedule

_PARTS = ("rules", "board", "cards", "sheets", "envelopes", "ballots", "book")
_SIZES = ("poker", "tarot", "sleeve-euro", "sleeve-standard", "sleeve-large")
_FILE = HomePath(dir_okay=False, allow_dash=True)


def _parts(ctx: click.Context, param: click.Parameter, given: str) -> tuple[str, ...]:
    """The parts that were asked for, in the order of a kit."""
    from tabletop.scenario.problems import nearest, quoted

    wanted = [one.strip() for one in given.split(",") if one.strip()]
    for one in wanted:
        if one not in (*_PARTS, "all"):
            near = nearest(one, _PARTS)
            hint = f"; did you mean '{near}'?" if near else ""
            raise click.BadParameter(f"{quoted(one)} is none of {', '.join(_PARTS)}{hint}")
    return _PARTS if not wanted or "all" in wanted else tuple(part for part in _PARTS if part in wanted)


@click.command("print")
@click.argument("what", metavar="[PACK|SESSION]", default=DEFAULT_SCENARIO)
@click.option("--out", type=_FILE, metavar="FILE", help="The PDF.  [default: ID-kit.pdf]")
@click.option("--html", type=_FILE, metavar="FILE", help="A page to print instead; needs no extra.")
@click.option("--json", "json_file", type=_FILE, metavar="FILE", help="The kit as data, for a program.")
@click.option(
    "--parts",
    callback=_parts,
    default="all",
    show_default=True,
    metavar="LIST",
    help=f"Of {', '.join(_PARTS)}, with commas.",
)
@click.option("--paper", type=OneOf(["a4", "letter"]), default="a4", show_default=True, help="The paper.")
@click.option("--size", type=OneOf(_SIZES), help="The cards' size.  [default: the smallest that holds them all]")
@click.option(
    "--layout",
    type=OneOf(["duplex", "gutterfold"]),
    default="duplex",
    show_default=True,
    help="Backs on the other side of the sheet, or beside the fronts, to be folded.",
)
@click.option(
    "--bleed",
    type=Millimetres(0, 5),
    default=3,
    show_default=True,
    metavar="MM",
    help="Ink beyond the cut; 0 puts more cards on a sheet.",
)
@click.option("--grey", is_flag=True, help="For a printer without colours.")
@click.option("--lang", type=OneOf(["en", "ko"]), default="en", show_default=True, help="The program's own language.")
@click.option(
    "--assume",
    "assumptions",
    multiple=True,
    metavar="NAME=VALUE",
    help="Change an assumption, or take a whole worldview by its name, such as 'critics'.",
)
@PLACE
def print_kit(
    what: str,
    out: str | None,
    html: str | None,
    json_file: str | None,
    parts: tuple[str, ...],
    paper: str,
    size: str | None,
    layout: str,
    bleed: float,
    grey: bool,
    lang: str,
    assumptions: tuple[str, ...],
    place: str | None,
) -> None:
    """Print PACK to be played on paper: rules, board, cards with backs, sheets, envelopes, ballots, the facilitator's
    book. A SESSION, one that is kept or an exported file, is printed as it stands, to go on without a screen.

    The PDF needs the extra 'print' (pip install 'tabletop[print]'); --html FILE does without.
    """
    from tabletop.presentation.paper.kit import kit_of
    from tabletop.presentation.words import Words
    from tabletop.report.kit.document import KitOptions
    from tabletop.report.kit.job import Printing

    with plain_errors():
        words = Words(lang)
        game, state = _game(what, assumptions, place)
        game = game.told_in(lang)
        schedules = _schedules(what, game) if state is None else ()
        state = None if state is None else state.told_in(game.program)
        printing = Printing(
            kit=kit_of(game, words, state),
            scenario=game.scenario,
            words=words,
            options=KitOptions(parts=parts, paper=paper, grey=grey),
            schedules=schedules,
            size=size or "",
            layout=layout,
            bleed=bleed,
        )
    if json_file is not None:
        _put(json_file, printing.json())
    if html is not None:
        _put(html, printing.html().encode())
    if out is not None or (html is None and json_file is None):
        _pdf(printing, out or f"{game.scenario.id}-kit.pdf")


def _pdf(printing: Printing, out: str) -> None:
    from tabletop.report.kit.pdf import KitError
    from tabletop.storage.output import STANDARD

    try:
        found = printing.pdf()
    except KitError as error:
        raise click.ClickException(printing.error(error)) from None
    _put(out, found)
    if out != STANDARD:
        tell(printing.words("paper.printed", file=out))
        tell(printing.words("paper.printing_duplex" if printing.layout == "duplex" else "paper.printing_fold"))


def _put(out: str, data: bytes) -> None:
    with writing(out) as write:
        write(data, private=True)


def _game(what: str, assumptions: tuple[str, ...], place: str | None) -> tuple[Game, State | None]:
    """The game of a pack, or that of a session with its position."""
    from tabletop.cli.game_options import assumed
    from tabletop.engine.game import Game
    from tabletop.scenario.library import UnknownScenario, locate
    from tabletop.scenario.loading import load
    from tabletop.session import Journal

    file = pathlib.Path(what)
    if file.is_file() and file.suffix not in (".yaml", ".yml"):
        return _exported(file, assumptions)
    try:
        locate(what)
    except UnknownScenario:
        if assumptions:
            raise click.UsageError("--assume is for a pack: a session has its own") from None
        session, notes = opened(Journal(place), what, watch=True)
        for note in notes:
            tell(note, err=True)
        try:
            return session.game, session.state
        finally:
            close(session)
    scenario = load(what)
    return Game(scenario, assumed(scenario, assumptions)), None


def _exported(file: pathlib.Path, assumptions: tuple[str, ...]) -> tuple[Game, State]:
    """The game of an exported session, as it stands."""
    from tabletop.session import portable
    from tabletop.session.opening import session_of

    if assumptions:
        raise click.UsageError("--assume is for a pack: a session has its own")
    session = session_of(portable.read(file))
    return session.game, session.state


def _schedules(what: str, game: Game) -> list[Schedule]:
    """The schedules of injects that ship with a pack, in the language of the game."""
    from tabletop.scenario.injects import read_schedule, schedules_of
    from tabletop.scenario.library import locate
    from tabletop.scenario.translation import told_schedule

    found = [read_schedule(path, game.scenario)[0] for path in schedules_of(pathlib.Path(locate(what)))]
    return [told_schedule(one, game.scenario) for one in found]
