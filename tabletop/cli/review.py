"""The command `review`: a page to lead the debrief of a session from."""

from __future__ import annotations

import os
import pathlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import click

from tabletop.cli.errors import plain_errors, refuse_together, tell, writing
from tabletop.cli.option_types import HomePath, OneOf, Whole
from tabletop.cli.sessions import PLACE, last_session

if TYPE_CHECKING:
    from tabletop.analysis.game_figures import GameFigures
    from tabletop.presentation.review.review import Review
    from tabletop.presentation.review.sections import SectionsReview
    from tabletop.report.paper import Paper
    from tabletop.report.review_facts import Audience
    from tabletop.session import Session


@click.command()
@click.argument("named", metavar="[SESSION...]", nargs=-1)
@click.option("--seat", default="", metavar="SEAT", help="For a seat: what it knew, until the hidden truths are told.")
@click.option("--room", is_flag=True, help="For everybody in the room: what all know.")
@click.option("--anonymous", is_flag=True, help="Without the names of people.")
@click.option("--pdf", "as_pdf", is_flag=True, help="A PDF of a dozen pages, to print (extra `print`).")
@click.option("--paper", type=OneOf(["a4", "letter"]), default="a4", show_default=True, help="The paper of the PDF.")
@click.option("--json", "as_json", is_flag=True, help="The same as JSON, for scripts.")
@click.option("--no-account", "bare", is_flag=True, help="Without the figures that playouts give, at once.")
@click.option(
    "--playouts", type=Whole(40, 100_000), metavar="N", help="Games from each position; more of them, sharper figures."
)
@click.option("--lang", "language", type=OneOf(["en", "ko"]), default="en", show_default=True, help="Its language.")
@click.option(
    "--out",
    type=HomePath(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="By default SESSION-review.html here; '-' prints it.",
)
@PLACE
def review(
    named: tuple[str, ...],
    seat: str,
    room: bool,
    anonymous: bool,
    as_pdf: bool,
    paper: str,
    as_json: bool,
    bare: bool,
    playouts: int | None,
    language: str,
    out: str | None,
    place: str | None,
) -> None:
    """Write a page to lead the debrief of SESSION from, by default of the game played last.

    It is one file of HTML that needs no network and no script, with a guide in front for 15, 30 and 45 minutes: reasons
    and predictions first, then what happened and why, what else could have been done, on whose assumptions, and what
    history did.

    Several sessions, files of exported ones, or a folder of either are put side by side, without names: how sections
    ended, where they parted, and the reasons they gave. Sections of other assumptions are told apart.
    """
    from tabletop.presentation.words import Words
    from tabletop.report.review_facts import is_told, review_of
    from tabletop.session import Journal
    from tabletop.session.opening import session_of, with_texts
    from tabletop.session.portable import read
    from tabletop.session.salvage import sound_record

    if as_pdf and as_json:
        raise click.UsageError("--pdf and --json cannot both be followed: it is written once")
    if len(named) > 1 or any(os.path.isdir(one) for one in named):
        refuse_together("several sessions", {"--seat": seat, "--room": room}, "they have one page")
        _compare(named, place, "pdf" if as_pdf else "json" if as_json else "html", paper, language, out)
        return
    with plain_errors():
        journal = Journal(place)
        session = named[0] if named else last_session(journal)
        is_file = bool(named) and os.path.isfile(session)
        record, fault = (with_texts(read(pathlib.Path(session))), "") if is_file else sound_record(journal, session)
        opened = session_of(record)
        opened.language = language
        audience = _audience(opened, seat, room, anonymous)
        wants = not bare and (audience.reader == "leader" or is_told(opened))
        kind = "pdf" if as_pdf else "json" if as_json else "html"
        file = out or f"{opened.id}-review.{kind}"

        def put(figures: GameFigures | None) -> None:
            found = review_of(opened, Words(language), audience, figures)
            with writing(file) as write:
                write(_written(found, kind, paper), private=True)

        def first(figures: GameFigures) -> None:
            put(figures)
            tell(f"{file} can be opened: it has its first figures. Sharper ones follow; Ctrl-C keeps these.", err=True)

        early = first if kind == "html" and file != "-" else None
        put(_figures(opened, playouts, early) if wants else None)
    if fault:
        tell(f"{fault}; this is of what is sound.", err=True)
    if file != "-":
        tell(f"The review of {opened.id} is written to {file}.", err=True)


def _compare(named: Sequence[str], place: str | None, kind: str, paper: str, language: str, out: str | None) -> None:
    """Writes several sessions side by side. Raises click.ClickException."""
    from tabletop.presentation.words import Words
    from tabletop.report.section_facts import review_of_sections
    from tabletop.session import Journal
    from tabletop.session.collecting import collected

    with plain_errors():
        found = collected(Journal(place), named)
        for fault in found.faults:
            tell(fault, err=True)
        if not found.sessions:
            raise click.ClickException("there is no session among these")
        for one in found.sessions:
            one.language = language
        review = review_of_sections(found.sessions, Words(language))
        file = out or f"sections.{kind}"
        made = _sections_written(review, kind, paper)
        with writing(file) as write:
            write(made, private=True)
    if file != "-":
        tell(f"{len(found.sessions)} sessions side by side are written to {file}.", err=True)


def _figures(session: Session, playouts: int | None, first: Callable[[GameFigures], None] | None) -> GameFigures | None:
    """What playouts tell of a session; `first` is given the first figures that have something of everything. Ctrl-C
    ends them: then what they have told so far is taken; None for nothing."""
    from tabletop.analysis.interrupts import Interrupts
    from tabletop.analysis.playout_pool import PlayoutPool, Stopped
    from tabletop.analysis.progress import progress
    from tabletop.engine.compiled.support import why_plain
    from tabletop.report.review_figures import review_figures

    figures = None
    with Interrupts() as interrupts, progress(counts="parts") as bar, PlayoutPool() as pool:
        task = bar.add_task(session.scenario.title)
        if not pool.compiled:
            tell(f"Played in plain Python, for minutes: {why_plain()}. Ctrl-C keeps the figures so far.", err=True)

        def told(done: int, total: int) -> None:
            bar.update(task, completed=done, total=total)

        try:
            for found in review_figures(
                session, pool, playouts=playouts, progress=told, stopped=lambda: interrupts.asked
            ):
                if first is not None and found.table is not None and found.share < 1:
                    first(found)
                    first = None
                figures = found
        except Stopped:
            tell("Stopped: the figures are those of the playouts so far.", err=True)
    return figures


def _written(found: Review, kind: str, paper: str) -> bytes:
    """The review as a page, a paper or JSON. Raises click.ClickException where a package for that is missing."""
    from tabletop.report.review_page import review_page
    from tabletop.report.review_paper import review_paper

    match kind:
        case "json":
            return _json_of(found)
        case "html":
            return review_page(found).encode()
        case _:
            return _printed(lambda size: review_paper(found, size), paper)


def _sections_written(found: SectionsReview, kind: str, paper: str) -> bytes:
    """Sections side by side as a page, a paper or JSON. Raises click.ClickException as `_written` does."""
    from tabletop.report.sections_page import sections_page
    from tabletop.report.sections_paper import sections_paper

    match kind:
        case "json":
            return _json_of(found)
        case "html":
            return sections_page(found).encode()
        case _:
            return _printed(lambda size: sections_paper(found, size), paper)


def _json_of(found: Review | SectionsReview) -> bytes:
    import json

    from tabletop.presentation.plain import to_plain

    return f"{json.dumps(to_plain(found), indent=1, ensure_ascii=False)}\n".encode()


def _printed(made: Callable[[Paper], bytes], paper: str) -> bytes:
    try:
        return made("us-letter" if paper == "letter" else "a4")
    except ModuleNotFoundError as missing:
        raise click.ClickException(
            f"a PDF needs a package that is not there ({missing.name}): pip install 'tabletop[print]'"
        ) from None


def _audience(session: Session, seat: str, room: bool, anonymous: bool) -> Audience:
    """Whom the page is for. Raises click.UsageError for a seat that there is none of, or for both."""
    from tabletop.report.review_facts import Audience
    from tabletop.scenario.problems import nearest, quoted

    if seat and room:
        raise click.UsageError("--seat and --room cannot both be followed: a page is for one reader")
    known = [one.id for one in session.scenario.seats]
    if seat and seat not in known:
        near = nearest(seat, known)
        hint = f"; did you mean '{near}'?" if near else ""
        raise click.UsageError(f"there is no seat {quoted(seat)} (there are {', '.join(known)}){hint}")
    if seat:
        return Audience(reader="seat", seat=seat, is_anonymous=anonymous)
    return Audience(reader="room" if room else "leader", is_anonymous=anonymous)
