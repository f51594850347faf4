"""The commands for games that are kept: listing, going on, replaying, moving, mending and deleting them."""

from __future__ import annotations

import pathlib
import sys
from typing import TYPE_CHECKING, Any

import click

from tabletop.cli.errors import harmless, plain_errors, put_out, refuse_together, tell, tell_if_plain
from tabletop.cli.game_options import bot_limit
from tabletop.cli.language import LANGUAGE, words_of
from tabletop.cli.option_types import HomePath, OneOf, pairs
from tabletop.cli.window import in_window

if TYPE_CHECKING:
    from tabletop.session.journal import Journal
    from tabletop.session.opening import Check
    from tabletop.session.salvage import Mended
    from tabletop.session.session import Session
    from tabletop.session.session_header import Kept

PLACE = click.option(
    "--save", "place", type=HomePath(), metavar="PLACE", help="The folder or file in which the games are kept."
)
COPY = click.option(
    "--copy",
    "copy",
    type=HomePath(file_okay=False),
    metavar="FOLDER",
    envvar="TABLETOP_COPY",
    help="Keep a second copy there too, as text, such as on a stick; by default where TABLETOP_COPY says.",
)
_SOUND = click.option("--sound", is_flag=True, help="Of a damaged game, what is sound.")


def _journal(ctx: click.Context, place: str | None) -> Journal:
    from tabletop.session import Journal

    above = ctx.parent.params.get("place") if ctx.parent is not None else None
    return Journal(place or above)


# Going on


@click.command()
@click.argument("session", required=False)
@click.option("--face", type=OneOf(["window", "terminal"]), help="Where to play; a window if there is a display.")
@click.option("--watch", is_flag=True, help="Only look on, while the game is played elsewhere.")
@click.option(
    "--seat", default="", metavar="SEAT", help="With --watch: the screen of that seat's team, behind its word."
)
@click.option("--word", default="", help="The word for --seat, as the facilitator gave it out; it is asked for.")
@click.option("--projector", is_flag=True, help="Look on in a window, in large type: what everybody may see.")
@click.option(
    "--player",
    "players",
    multiple=True,
    metavar="SEAT=NAME",
    callback=pairs,
    help="From now on another bot plays a seat, such as a harder one; SEAT=person hands it to you.",
)
@bot_limit
@click.option("--sound", is_flag=True, help="Of a damaged game: go on from what is sound, in a game of its own.")
@LANGUAGE
@COPY
@PLACE
@click.pass_context
def resume(
    ctx: click.Context,
    session: str | None,
    face: str | None,
    watch: bool,
    seat: str,
    word: str,
    projector: bool,
    players: dict[str, str],
    sound: bool,
    language: str | None,
    copy: str | None,
    place: str | None,
) -> None:
    """Go on with SESSION (the beginning of its name will do), or with the game played last.

    A game that has ended shows its end again.
    """
    from rich.console import Console

    from tabletop.session import Journal

    if watch or projector:
        looking = "--watch" if watch else "--projector"
        copied = ctx.get_parameter_source("copy") is click.core.ParameterSource.COMMANDLINE and copy
        unheard = {"--player": players, "--sound": sound, "--copy": copied}
        refuse_together(looking, unheard, "whoever looks on changes nothing")
        other_face = {"--face terminal": face == "terminal"} if projector else {"--face window": face == "window"}
        refuse_together(looking, other_face, "--watch is for the terminal, --projector for a window")
    if (seat or word) and (projector or not (watch and seat)):
        raise click.UsageError("a team's own screen is opened with --watch --seat SEAT, and its word")
    with plain_errors():
        journal = Journal(place)
        going_on, notes = opened(journal, session, watch or projector, sound)
        try:
            if seat:
                seat = _let_in(going_on, seat, word)
            if going_on.watching:
                if projector and in_window(face, going_on, journal, projector):
                    return
                from tabletop.terminal.watching import watch as watch_in_terminal

                watch_in_terminal(going_on, Console(highlight=False), notes, seat, words_of(language))
                return
            _hand_over(going_on, players)
            tell_if_plain(going_on.players.values())
            last = journal.sessions()[0][0].heading.id
            if not session and last != going_on.id:
                ended = f"The game played last, {last}, has ended; resume it by name to see its end."
                notes.insert(0, f"{ended} This is an earlier one.")
            notes += begin_copy(going_on, copy)
            if not in_window(face, going_on, journal):
                from tabletop.terminal.play import play as play_in_terminal

                play_in_terminal(going_on, Console(highlight=False), notes, words_of(language))
        finally:
            close(going_on)


def _let_in(session: Session, named: str, word: str) -> str:
    """The seat whose screen is asked for, once its word has been said. Raises click.ClickException or UsageError."""
    from tabletop.presentation.words import Words
    from tabletop.session.passwords import has_word, opens
    from tabletop.terminal.command_lines import CommandError, pick

    try:
        seat = pick(named, {one.id: (one.name,) for one in session.scenario.seats}, "seat")
    except CommandError as puzzle:
        raise click.UsageError(puzzle.worded(Words())) from None
    name = next(one.name for one in session.scenario.seats if one.id == seat)
    if not has_word(session.commands, seat):
        raise click.ClickException(
            f"no word has been given out for {name}'s screen: at the facilitator's console `word {seat}` does that"
        )
    if not word and sys.stdin.isatty():
        word = click.prompt(f"The word for {name}'s screen", hide_input=True)
    if not opens(session.commands, seat, word):
        raise click.ClickException(f"that is not the word for {name}'s screen" if word else "say its word with --word")
    return seat


def opened(
    journal: Journal, name: str | None, watch: bool = False, sound: bool = False, may_watch: bool = True
) -> tuple[Session, list[str]]:
    """A session to go on with; or where it `may_watch`, if somebody else plays it and whoever asks would rather.

    Where it is damaged they are asked whether to go on from what is sound (with `sound` they have said so). Raises
    JournalError.
    """
    from tabletop.session import SessionBusy, open_session
    from tabletop.session.errors import FileDamaged
    from tabletop.session.record import Damaged
    from tabletop.session.salvage import go_on_from, mend, sound_record

    try:
        return open_session(journal, name, watch)
    except SessionBusy as busy:
        if not may_watch or not _asked(f"{busy.fault}. Watch it?"):
            raise
        return open_session(journal, busy.id, True)
    except Damaged as damaged:
        id = damaged.record.heading.id
        if watch or not (sound or _asked(f"{damaged.fault}. Go on from there in a game of its own?")):
            raise
        own = go_on_from(journal, sound_record(journal, id)[0])
        session, notes = open_session(journal, own)
        return session, [f"{damaged.fault}. This goes on from there, as {own}.", *notes]
    except FileDamaged as fault:
        if watch or not (sound or _asked(f"{fault.fault}. Bring what is sound into a new file, and go on?")):
            raise
        mended = mend(journal)
        session, notes = opened(journal, name, watch, sound, may_watch)
        return session, [*(_mended_words(mended) if mended else []), *notes]


def _asked(question: str) -> bool:
    """What a person at a terminal says to a question; nobody else is asked."""
    return sys.stdin.isatty() and click.confirm(harmless(question), default=True)


def _hand_over(session: Session, players: dict[str, str]) -> None:
    from tabletop.session.commands import Hand

    for seat, name in players.items():
        session.step(Hand(seat=seat, player="" if name == "person" else name), "facilitator")


def begin_copy(session: Session, folder: str | None) -> list[str]:
    """Has a second copy kept in a folder, if one is given; what to say if that fails already."""
    if not folder:
        return []
    session.copy_to(pathlib.Path(folder))
    problem = session.await_copy(2.0)
    session.copy_news()  # it is told here
    return [f"Careful: {problem}. The game is kept in its own place all the same."] if problem else []


def close(session: Session) -> None:
    """Lets others open the session, and says if the second copy is not complete."""
    session.close()
    if session.copy_problem:
        tell(f"Careful: {session.copy_problem}.", err=True)


# The games there are


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@PLACE
@click.pass_context
def sessions(ctx: click.Context, as_json: bool, place: str | None) -> None:
    """List the games that are kept, the last one first; or show, move, mend and delete them.

    They lie in one file, sessions.db. It is whole by itself, to be copied, a second after the last decision and once
    nobody plays; a copy that is taken in the middle of one also needs what lies beside it (sessions.db-wal).
    'sessions export' writes one game as text at any time, and --copy FOLDER of play keeps such a text up to date.
    """
    import json

    if ctx.invoked_subcommand is not None:
        refuse_together(ctx.invoked_subcommand, {"--json": as_json}, "it is for the list of the games")
        return
    with plain_errors():
        found, faults = _journal(ctx, place).sessions()
    for fault in faults:
        tell(fault, err=True)
    if as_json:
        rows = [_row(kept) for kept in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for kept in found:
        tell(_listed(kept))
    if not found:
        tell("No saved games yet; 'tabletop play' starts one.")


def _row(kept: Kept) -> dict[str, Any]:
    """A game for scripts, which may show it to players: of its seed only one that can be guessed anyway."""
    import attrs

    from tabletop.session.seeds import is_open

    heading = kept.heading
    seed = {"seed": heading.seed if is_open(heading.seed) else None}
    return attrs.asdict(heading) | seed | attrs.asdict(kept.standing)


def _listed(kept: Kept) -> str:
    heading, standing = kept.heading, kept.standing
    state = f"ended: {standing.outcome}" if standing.finished else f"turn {standing.turn}"
    who = f", {', '.join(heading.humans)} to play" if heading.humans and not standing.finished else ""
    return f"{heading.id:34} {_local(standing.updated)}  {heading.title}, {state}{who}"


def _local(moment: str) -> str:
    """A moment of the journal in this place's time."""
    import datetime

    try:
        return f"{datetime.datetime.fromisoformat(moment).astimezone():%Y-%m-%d %H:%M}"
    except ValueError:
        return moment


@sessions.command()
@click.argument("session", required=False)
@click.option("--all", "everything", is_flag=True, help="With what is hidden from players, for the debrief.")
@LANGUAGE
@PLACE
@click.pass_context
def show(ctx: click.Context, session: str | None, everything: bool, language: str | None, place: str | None) -> None:
    """Tell the story of SESSION so far, by default that of the game played last; its branches and its notes.

    It is told as the person who plays it knows it, or as everybody at the table does. Of a damaged game, what is sound.
    """
    from rich.console import Console

    from tabletop.session.opening import session_of
    from tabletop.session.salvage import sound_record
    from tabletop.terminal.record_page import show_record

    with plain_errors():
        journal = _journal(ctx, place)
        name = session or last_session(journal)
        record, fault = sound_record(journal, name)
        show_record(session_of(record), Console(highlight=False), everything, words_of(language))
    if fault:
        raise click.ClickException(harmless(fault))


def last_session(journal: Journal) -> str:
    """The name of the session that was played last. Raises JournalError where there is none."""
    from tabletop.session.errors import Fault, error_of

    found, faults = journal.sessions()
    if not found:
        raise error_of(faults[0] if faults else Fault("no saved games yet; `tabletop play` starts one", "no-game"))
    return found[0].heading.id


@sessions.command()
@click.argument("session")
@click.option(
    "--format",
    "form",
    type=OneOf(["text", "csv", "json", "sheet"]),
    default="text",
    show_default=True,
    help="The game itself to move it, or a table of what happened in it.",
)
@click.option("--out", type=HomePath(dir_okay=False, allow_dash=True), metavar="FILE", help="By default it is printed.")
@_SOUND
@PLACE
@click.pass_context
def export(ctx: click.Context, session: str, form: str, out: str | None, sound: bool, place: str | None) -> None:
    """Write SESSION to a file, to move it to another machine or for the debrief.

    \b
    text   the whole game with its scenario, in one text file: 'tabletop sessions import' takes it in elsewhere
    csv    what happened, one tidy row a fact, for a spreadsheet
    json   the same rows, for a script
    sheet  a row a turn and a column a seat: what each did and why, with cards and meters

    The columns of csv and json:

    \b
    fact      session, assumption, seat, hidden, decision, passed, effect, draw, card,
              meter, track, override, inject, setting, phase, hand, note, tag, message,
              branch, go, pause, continue, clock, schedule, settled, allow, next, word,
              truth, ending, score or objective
    command   its number in the journal, from 1
    step      the step of the game that it made or was said at; 0 is the start
    branch    the line of play that the step is on
    stands    yes; no for what was taken back or left on another line
    turn, stage, phase      when in the game
    at        the time, in UTC
    who       the seat, the bot or the facilitator who did it
    seat      whose decision, seat or points; to whom a message went
    about     the id of the action, card, meter, table, phase or branch
    value     what it is now: a number, an outcome, a player
    before    what it was before
    model     of an override, what the model itself had drawn
    text      a label, a title, the words of a note
    why       the reason given
    cause     of an effect, the move, card, rule or table that brought it about
    claims    of an effect, the claims that it rests on
    seconds   of a decision of people, how long it took
    tags      of a note
    shown     whether players saw that a facilitator did it

    All of it is in there, what is hidden from players too. A file of csv begins with a byte order mark, by which
    spreadsheets know UTF-8; what is printed does not. Where words would be a formula in a spreadsheet, csv puts an
    apostrophe before them.
    """
    from tabletop.session import debrief, portable
    from tabletop.session.opening import session_of, with_texts
    from tabletop.session.salvage import sound_record
    from tabletop.session.turn_sheet import turn_sheet

    with plain_errors():
        journal = _journal(ctx, place)
        if sound:
            record, fault = sound_record(journal, session)
        else:
            record, fault = journal.record(session), ""
        if form == "text":
            put_out(portable.text_of(with_texts(record)), out)
        elif form == "sheet":
            put_out(turn_sheet(session_of(record)), out, "utf-8-sig")
        elif form == "csv":
            put_out(debrief.as_csv(debrief.facts(session_of(record))), out, "utf-8-sig")
        else:
            put_out(debrief.as_json(session_of(record)), out)
    if fault:
        tell(f"{fault}; {len(record.commands)} commands are written.", err=True)
    elif out is not None:
        tell(f"{record.heading.id}: {len(record.commands)} commands are written to {out}.", err=True)


@sessions.command(name="import")
@click.argument("file", type=HomePath(allow_dash=True))
@_SOUND
@PLACE
@click.pass_context
def import_(ctx: click.Context, file: str, sound: bool, place: str | None) -> None:
    """Take in a game from FILE, as 'tabletop sessions export' wrote it on this machine or another; '-' is standard
    input.

    Its scenario comes with it. All of it is replayed first; its players' own code is not brought along, and not run.
    """
    from tabletop.session.importing import import_session
    from tabletop.session.save_location import as_option
    from tabletop.terminal.prompts import as_started

    with plain_errors():
        journal = _journal(ctx, place)
        found = import_session(journal, pathlib.Path(file), sound)
    if found.left_out:
        tell(found.left_out, err=True)
    if found.id != found.was:
        tell(f"{found.was} is here already and stays as it is; this is taken in beside it.", err=True)
    again = f"{as_started()} resume {found.id}{as_option(journal.path)}"
    tell(f"{found.id}: {found.commands} commands are taken in. To go on:  {again}")


@sessions.command()
@click.argument("session")
@click.option("--yes", is_flag=True, help="Without asking.")
@PLACE
@click.pass_context
def delete(ctx: click.Context, session: str, yes: bool, place: str | None) -> None:
    """Delete SESSION for good."""
    from tabletop.session.session_lock import SessionLock

    with plain_errors():
        journal = _journal(ctx, place)
        id, what = _described(journal, session)
        if not yes:
            if not sys.stdin.isatty():
                raise click.UsageError(f"to delete {id} without being asked, say --yes")
            click.confirm(harmless(f"Delete {id} ({what}) for good?"), abort=True)
        hold = SessionLock(journal.path, id)
        try:
            journal.delete(id)
        finally:
            hold.release()
    tell(f"{id} is deleted.")


def _described(journal: Journal, name: str) -> tuple[str, str]:
    """The id of a session, and what it is; also of one that is damaged, so that it can be got rid of."""
    from tabletop.session import JournalError

    id = journal.id_of(name)
    try:
        kept = journal.find(id)
    except JournalError:
        return id, "damaged"
    return id, f"{kept.heading.title}, turn {kept.standing.turn}, {kept.standing.commands} commands"


@sessions.command()
@PLACE
@click.pass_context
def mend(ctx: click.Context, place: str | None) -> None:
    """Bring what is sound in a damaged file into a new one. The damaged file stays beside it under another name."""
    from tabletop.session.salvage import mend as mend_journal

    with plain_errors():
        journal = _journal(ctx, place)
        mended = mend_journal(journal)
    if mended is None:
        tell(f"There is nothing to mend in {journal.path}.")
        return
    for line in _mended_words(mended):
        tell(line)


def _mended_words(mended: Mended) -> list[str]:
    lines = [f"The damaged file is kept as {mended.kept_as}."]
    for one in mended.sessions:
        count = len(one.record.commands)
        of = "all" if one.seen <= count else f"the first {count} of"
        lines.append(f"{one.record.heading.id}: {of} {max(one.seen, count)} commands are sound.")
    return lines + mended.lost


# Replaying


@click.command()
@click.argument("session")
@click.option(
    "--verify", is_flag=True, help="Compare where each command leads with where it led. Status 1 if one differs."
)
@click.option("--quiet", is_flag=True, help="Only the last line.")
@PLACE
@click.pass_context
def replay(ctx: click.Context, session: str, verify: bool, quiet: bool, place: str | None) -> None:
    """Replay SESSION from its start, a line for each command with the fingerprint of where it leads."""
    from tabletop.session.opening import verify as verify_session

    count, last = 0, ""
    with plain_errors():
        for check in verify_session(_journal(ctx, place), session):
            if not quiet:
                tell(_replayed(check, verify))
            if verify and not check.agrees:
                raise click.ClickException(
                    f"it begins to differ with command {check.command.number}: it led to {check.command.fingerprint}, "
                    f"and leads to {check.fingerprint}"
                )
            count, last = check.command.number, check.fingerprint
    led = " and leads where it led" if verify else ""
    tell(f"{count} commands: every one can be replayed{led}{', to ' + last if last else ''}.")


def _replayed(check: Check, verify: bool) -> str:
    command: Any = check.command
    body = ", ".join(f"{value}" for name, value in command.body.items() if name in _TOLD and value not in ("", None))
    mark = (" ok" if check.agrees else " differs") if verify else ""
    told = f"{command.who}: {command.kind} {body}".rstrip()
    return f"{command.number:5}  {command.at[:19]}  {check.fingerprint}{mark}  {told}"


_TOLD = ("seat", "action", "player", "card", "name", "value", "phase", "branch", "step", "text", "inject", "undo")
