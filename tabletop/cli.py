"""The command line. Each command imports what it needs when it runs, so that help is instant."""

from __future__ import annotations

import contextlib
import pathlib
import sys
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from tabletop import __version__

if TYPE_CHECKING:
    from tabletop.scenario.pack import Scenario
    from tabletop.scenario.problems import Problem
    from tabletop.session import Journal, Session

FLAGSHIP = "summit-2018"


@contextlib.contextmanager
def plain_errors() -> Iterator[None]:
    """Turns what can go wrong into one line on standard error: status 2 for bad usage, 1 for a failed job."""
    from tabletop.engine.game import UnknownAssumption
    from tabletop.players.casting import PlayerFailed, UnknownPlayer
    from tabletop.scenario.library import UnknownScenario
    from tabletop.scenario.problems import PackError
    from tabletop.session.journal import JournalError

    try:
        yield
    except (UnknownAssumption, UnknownPlayer, UnknownScenario) as error:
        raise click.UsageError(str(error)) from None
    except (PlayerFailed, JournalError) as error:
        raise click.ClickException(str(error)) from None
    except PackError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        raise click.ClickException("the pack cannot be played until this is put right; see 'tabletop check'") from None


def _pairs(ctx: click.Context, param: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """SEAT=NAME, given any number of times."""
    pairs = {}
    for one in given:
        seat, _, name = one.partition("=")
        if not seat.strip() or not name.strip():
            raise click.BadParameter(f"'{one}' is not of the form SEAT=NAME", ctx, param)
        pairs[seat.strip()] = name.strip()
    return pairs


def _with_game_options(command: Callable[..., None]) -> Callable[..., None]:
    options = (
        click.option(
            "--player",
            "players",
            multiple=True,
            metavar="SEAT=NAME",
            callback=_pairs,
            help="Who plays a seat: random, a doctrine, package.module:Class or file.py:Class; 'all=…' for all seats.",
        ),
        click.option(
            "--assume",
            "assumptions",
            multiple=True,
            metavar="NAME=VALUE",
            help="Change an assumption, or take a whole worldview by its name, such as 'critics'.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


def _assumptions(scenario: Scenario, given: tuple[str, ...]) -> dict[str, int | bool]:
    """The assumptions that differ. Raises click.UsageError for what is neither NAME=VALUE nor a worldview."""
    chosen: dict[str, int | bool] = {}
    worldviews = {worldview.id: worldview.values for worldview in scenario.worldviews}
    for one in given:
        name, _, value = one.partition("=")
        words = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
        if not value and name in worldviews:
            chosen.update(worldviews[name])
        elif not value:
            known = ", ".join(worldviews) or "none"
            raise click.UsageError(f"'--assume {name}' is no NAME=VALUE and no worldview (there are {known})")
        elif value.lower() in words:
            chosen[name] = words[value.lower()]
        elif value.lstrip("-").isdigit():
            chosen[name] = int(value)
        else:
            raise click.UsageError(
                f"'{value}' is no value for the assumption '{name}': write true, false or a whole number"
            )
    return chosen


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tabletop")
def main() -> None:
    """Policy-scenario games for the table: play them, run them, take their arguments apart.

    'tabletop play' starts the flagship: should Washington schedule, prepare, delay or cancel a summit with Kim Jong Un?
    """


@main.command()
@click.argument("scenario", default=FLAGSHIP)
@click.option(
    "--face", type=click.Choice(["window", "terminal"]), help="Where to play; a window if there is a display."
)
@click.option("--seat", "seats", multiple=True, help="A seat that you play, or 'all'; by default the solo seat.")
@click.option("--seed", type=int, help="Fixes chance: the same seed and the same decisions give the same game.")
@click.option("--auto", is_flag=True, help="Let bots play every seat to the end, and print the story.")
@click.option("--save", "place", type=click.Path(), metavar="PLACE", help="The folder or file to keep the game in.")
@click.option("--projector", is_flag=True, help="Open a second window with what everybody may see, in large type.")
@_with_game_options
def play(
    scenario: str,
    face: str | None,
    seats: tuple[str, ...],
    seed: int | None,
    auto: bool,
    place: str | None,
    projector: bool,
    players: dict[str, str],
    assumptions: tuple[str, ...],
) -> None:
    """Play SCENARIO (an id or a path); by default the flagship.

    Without any choice it opens the title screen; with one it goes straight to the table. It is saved after every
    decision: leave when you like, and come back with 'tabletop resume'.
    """
    from rich.console import Console

    from tabletop.session import Journal
    from tabletop.terminal.play import play as play_in_terminal

    context = click.get_current_context()
    chosen = [
        name for name in context.params if name not in ("face", "place", "projector") and _was_given(context, name)
    ]
    with plain_errors():
        if not chosen and _in_window(face, None, Journal(place), projector):
            return
        session = _begun(scenario, seats, seed, players, assumptions, None if auto else Journal(place), auto)
        if auto or not chosen or not _in_window(face, session, Journal(place), projector):
            play_in_terminal(session, Console(highlight=False))


def _was_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT


def _in_window(face: str | None, session: Session | None, journal: Journal, projector: bool = False) -> bool:
    """Plays in the window, from the title screen or at the table of a session; False if it is to be the terminal.

    Raises click.ClickException where a window was asked for and cannot be opened.
    """
    if face == "terminal" or (face is None and not _has_display()):
        if face is None:
            click.echo("There is no display: playing in the terminal.", err=True)
        return False
    from tabletop.window.start import NoWindow, play_in_window

    click.echo("Playing in the window; '--face terminal' plays here.", err=True)
    try:
        play_in_window(session, journal, projector)
    except NoWindow as error:
        if face == "window":
            raise click.ClickException(str(error)) from None
        click.echo(f"{str(error)[:1].upper()}{str(error)[1:]}. Playing in the terminal.", err=True)
        return False
    return True


def _has_display() -> bool:
    import os

    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _seats(scenario: Scenario, seats: tuple[str, ...], players: dict[str, str]) -> tuple[str, ...]:
    """The seats that people play: those asked for, or the solo seat. Raises click.UsageError for what is no seat."""
    from tabletop.scenario.problems import nearest

    known = [seat.id for seat in scenario.seats]
    for seat in seats:
        if seat not in known:
            near = nearest(seat, known)
            hint = f"; did you mean '{near}'?" if near else ""
            raise click.UsageError(f"there is no seat '{seat}' (there are {', '.join(known)}){hint}")
    return tuple(dict.fromkeys(seats)) or tuple(seat for seat in (scenario.player,) if seat not in players)


_PLACE = click.option(
    "--save", "place", type=click.Path(), metavar="PLACE", help="The folder or file in which the games are kept."
)


@main.command()
@click.argument("session", required=False)
@click.option(
    "--face", type=click.Choice(["window", "terminal"]), help="Where to play; a window if there is a display."
)
@click.option("--watch", is_flag=True, help="Only look on, while the game is played elsewhere.")
@click.option("--projector", is_flag=True, help="Look on in a window, in large type: what everybody may see.")
@_PLACE
def resume(session: str | None, face: str | None, watch: bool, projector: bool, place: str | None) -> None:
    """Go on with SESSION (the beginning of its name will do), or with the game played last.

    A game that has ended shows its end again.
    """
    from rich.console import Console

    from tabletop.session import Journal, SessionBusy, open_session
    from tabletop.terminal.play import play as play_in_terminal
    from tabletop.terminal.watching import watch as watch_in_terminal

    with plain_errors():
        journal = Journal(place)
        watch = watch or projector
        try:
            going_on, notes = open_session(journal, session, watch)
        except SessionBusy as busy:
            if not sys.stdin.isatty() or not click.confirm(f"{busy}. Watch it?", default=True):
                raise
            watch = True
            going_on, notes = open_session(journal, busy.id, watch)
        last = journal.sessions()[0][0].heading.id
        if not session and last != going_on.id:
            ended = f"The game played last, {last}, has ended; resume it by name to see its end."
            notes.insert(0, f"{ended} This is an earlier one.")
        if projector and _in_window(face, going_on, journal, projector):
            return
        if watch:
            watch_in_terminal(going_on, Console(highlight=False), notes)
        elif not _in_window(face, going_on, journal):
            play_in_terminal(going_on, Console(highlight=False), notes)


@main.command()
@click.argument("session", required=False)
@click.option(
    "--new",
    "scenario",
    is_flag=False,
    flag_value=FLAGSHIP,
    metavar="[SCENARIO]",
    help="Begin a new game of SCENARIO (an id or a path); by default the flagship.",
)
@click.option("--seat", "seats", multiple=True, help="A seat that people play; 'all' for every one. Only with --new.")
@click.option("--seed", type=int, help="Fixes chance: the same seed and the same decisions give the same game.")
@click.option(
    "--schedule", metavar="FILE", help="Take up a schedule of injects: a file, or the name of one that ships."
)
@click.option("--name", default="facilitator", show_default=True, help="Your name, as the journal has it.")
@_PLACE
@_with_game_options
def facilitate(
    session: str | None,
    scenario: str | None,
    seats: tuple[str, ...],
    seed: int | None,
    schedule: str | None,
    name: str,
    place: str | None,
    players: dict[str, str],
    assumptions: tuple[str, ...],
) -> None:
    """Run SESSION from the facilitator's console (the beginning of its name will do), or the game played last.

    \b
      tabletop facilitate --new --seat washington --seat tokyo --schedule workshop
      tabletop facilitate --new first-summit --seat all
      tabletop facilitate

    At the console you decide for seats as a table has voted, let bots decide, bring in cards or write your own, set
    values, overrule the model with a reason, stop the clock, send messages, write notes, take back any number of
    steps, and try other branches. `help` there tells more, and Tab completes. Everything is kept at once, and can be
    taken back.

    Players look at another screen, on which nothing is secret: tabletop resume SESSION --watch

    From a pipe, every line is an order.
    """
    from rich.console import Console

    from tabletop.session import Journal, open_session
    from tabletop.terminal.facilitate import facilitate as at_the_console

    if session and scenario:
        raise click.UsageError(f"either go on with '{session}', or begin with --new")
    if scenario is None and (seats or seed is not None or players or assumptions):
        raise click.UsageError("--seat, --seed, --player and --assume are for a new game: add --new")
    with plain_errors():
        going_on: Session
        notes: list[str] = []
        if scenario is not None:
            going_on = _begun(scenario, seats, seed, players, assumptions, Journal(place))
        else:
            going_on, notes = open_session(Journal(place), session)
        at_the_console(going_on, Console(highlight=False), notes, name, schedule)


def _begun(
    scenario: str,
    seats: tuple[str, ...],
    seed: int | None,
    players: dict[str, str],
    assumptions: tuple[str, ...],
    journal: Journal | None,
    auto: bool = False,
) -> Session:
    """A new session; no person plays in it if it is to run on its `auto`. Raises click.UsageError, and what loading a
    pack and casting do."""
    import random

    from tabletop.scenario.loading import load
    from tabletop.session import Session

    noun = load(scenario)
    every = tuple(seat.id for seat in noun.seats if seat.id not in players)
    people = every if "all" in seats else _seats(noun, seats, players)
    return Session(
        noun,
        seed=random.SystemRandom().randrange(10**6) if seed is None else seed,
        pack=scenario,
        assumptions=_assumptions(noun, assumptions),
        humans=() if auto else people,
        players=players,
        journal=journal,
    )


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@_PLACE
def sessions(as_json: bool, place: str | None) -> None:
    """List the saved games, the last one first."""
    import json

    import attrs

    from tabletop.session import Journal

    with plain_errors():
        found, faults = Journal(place).sessions()
    for fault in faults:
        click.echo(fault, err=True)
    if as_json:
        rows = [attrs.asdict(kept.heading) | attrs.asdict(kept.standing) for kept in found]
        click.echo(json.dumps(rows, indent=2, ensure_ascii=False))
        return
    for kept in found:
        heading, standing = kept.heading, kept.standing
        state = f"ended: {standing.outcome}" if standing.finished else f"turn {standing.turn}"
        who = f", {', '.join(heading.humans)} to play" if heading.humans and not standing.finished else ""
        click.echo(f"{heading.id:34} {standing.updated[:16].replace('T', ' ')}  {heading.title}, {state}{who}")
    if not found:
        click.echo("No saved games yet; 'tabletop play' starts one.")


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def scenarios(as_json: bool) -> None:
    """List the scenarios that ship with the program."""
    from tabletop.scenario.library import shipped
    from tabletop.scenario.loading import load

    with plain_errors():
        found = [load(name) for name in shipped()]
    if as_json:
        import json

        click.echo(json.dumps([_described(noun) for noun in found], indent=2, ensure_ascii=False))
        return
    for noun in found:
        click.echo(f"{noun.id:14} {noun.title} - about {noun.minutes} minutes, you play {noun.player}")
        for line in _wrapped(noun.summary):
            click.echo(" " * 15 + line)


def _described(noun: Scenario) -> dict[str, Any]:
    return {
        "id": noun.id,
        "title": noun.title,
        "version": noun.version,
        "summary": noun.summary.strip(),
        "minutes": noun.minutes,
        "player": noun.player,
        "seats": [seat.id for seat in noun.seats],
        "assumptions": {assumption.id: assumption.value for assumption in noun.assumptions},
        "worldviews": {worldview.id: worldview.values for worldview in noun.worldviews},
        "doctrines": {seat.id: [d.id for d in noun.doctrines if d.seat == seat.id] for seat in noun.seats},
    }


def _wrapped(text: str) -> list[str]:
    import textwrap

    return textwrap.wrap(" ".join(text.split()), 64)


@main.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="For people or for programs."
)
@click.option("--scenario", "named", help="What a schedule is for (an id or a path), if it does not say so itself.")
def check(paths: tuple[str, ...], form: str, named: str | None) -> None:
    """Check packs (folders, or ids of shipped ones) and schedules of injects (files): every mistake, with
    file:line:column. Status 1 if there is one.

    A pack is checked together with the schedules in its folder 'injects'. A schedule elsewhere says for which scenario
    it is, in a line such as 'scenario: summit-2018'.
    """
    import json

    from tabletop.scenario.library import UnknownScenario
    from tabletop.scenario.problems import Problem

    found: dict[str, list[Problem]] = {}
    for path in paths:
        try:
            found[path] = _problems(path, named)
        except UnknownScenario as error:
            found[path] = [Problem(str(error), None)]
    if form == "json":
        click.echo(json.dumps([_as_row(path, one) for path, problems in found.items() for one in problems], indent=2))
    else:
        for path, problems in found.items():
            for problem in problems:
                click.echo(str(problem) if problem.severity == "error" else f"{problem} [warning]")
            if not problems:
                click.echo(f"{path}: nothing to put right")
    if any(found.values()):
        sys.exit(1)


def _problems(path: str, scenario: str | None) -> list[Problem]:
    """What is wrong with a pack and its schedules, or with a schedule. Raises UnknownScenario."""
    from tabletop.scenario.injects import check_schedule, scenario_for, schedules_of
    from tabletop.scenario.library import locate
    from tabletop.scenario.loading import examine
    from tabletop.scenario.problems import Problem
    from tabletop.scenario.reading import SCENARIO_FILE

    place = locate(path)
    if place.is_file() and place.name != SCENARIO_FILE:
        wanted = scenario or scenario_for(place)
        if not wanted:
            return [Problem(f"{path}: for which scenario is it? Write 'scenario: ID' in it, or give --scenario", None)]
        noun, problems = examine(locate(wanted))
        if noun is None:
            return [Problem(f"{path}: its scenario '{wanted}' has to be put right first", None), *problems]
        return check_schedule(place, noun)
    noun, problems = examine(place)
    if noun is not None:
        problems += [one for file in schedules_of(place) for one in check_schedule(file, noun)]
    return problems


def _as_row(path: str, problem: Any) -> dict[str, Any]:
    mark = problem.mark
    return {
        "pack": path,
        "file": mark.file if mark else None,
        "line": mark.line if mark else None,
        "column": mark.column if mark else None,
        "severity": problem.severity,
        "message": problem.message,
        "suggestion": problem.suggestion or None,
    }


@main.command()
@click.option("--schedule", is_flag=True, help="That of a schedule of injects.")
def schema(schedule: bool) -> None:
    """Print the JSON Schema of the pack format, for completion and checks in an editor."""
    import json

    from tabletop.scenario.schema import json_schema, schedule_schema

    click.echo(json.dumps(schedule_schema() if schedule else json_schema(), indent=2))


@main.command()
@click.argument("scenario")
@click.option(
    "--games", type=click.IntRange(1, 10**12), default=2000, show_default=True, metavar="N", help="How many games."
)
@click.option(
    "--seed",
    type=click.IntRange(-(2**62), 2**62),
    default=0,
    show_default=True,
    metavar="N",
    help="The first game's seed; the next has the next.",
)
@click.option(
    "--out",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="Write the figures to FILE.json, or as tidy rows to FILE.csv or FILE.parquet.",
)
@click.option(
    "--jobs",
    type=click.IntRange(1, 1024),
    metavar="N",
    help="How many threads, processes or local workers; by default one for each core.",
)
@click.option(
    "--cluster",
    "address",
    metavar="ADDRESS",
    help="Play on the Dask cluster with its scheduler at ADDRESS, as in tcp://10.0.0.5:8786; 'local' starts one here.",
)
@_with_game_options
def simulate(
    scenario: str,
    games: int,
    seed: int,
    out: str | None,
    jobs: int | None,
    address: str | None,
    players: dict[str, str],
    assumptions: tuple[str, ...],
) -> None:
    """Let bots play SCENARIO (an id or a path) many times, and say what came of it.

    Shares, means and points come with 95% intervals. The figures depend on the scenario, players, assumptions, seed and
    number of games alone, and not on how many cores or machines share the work.

    With the extra 'fast' (pip install 'tabletop[fast]') built-in players play on the compiled machine, a thread for
    each core. Without it, and with players of your own, games are played in Python, a process for each core.

    \b
    --out writes by the file's ending:
      .json     everything: outcomes, meters, scores, players, assumptions
      .csv      a row for each figure: kind, id, statistic, value
      .parquet  the same rows (pip install 'tabletop[parquet]')

    --cluster needs pip install 'tabletop[cluster]' here, and the same tabletop on every machine of the cluster, with
    the extra 'fast' if it is to be quick. The scenario travels with the job; a player of your own must be there.
    Workers may come, go and crash: what they had in hand is played again by others. A file from a cluster is the same
    as one from here but for decisions_per_second, which is null: how busy a cluster is says nothing about the job.

    Ctrl-C ends early with the figures of the games played so far (exit status 130); once more ends at once.
    """
    from tabletop.analysis.cluster import LOCAL, ClusterError, require
    from tabletop.analysis.files import check_writable, write
    from tabletop.analysis.job import Job
    from tabletop.analysis.simulate import run
    from tabletop.analysis.tables import show
    from tabletop.scenario.loading import load

    with plain_errors():
        try:
            if address is not None:
                require()
                if jobs and address != LOCAL:
                    raise ValueError("--jobs is for this machine: the cluster has the workers that it has")
            noun = load(scenario)
            job = Job(noun, _assumptions(noun, assumptions), players, seed, games)
            if out is not None:
                check_writable(out)
            result = run(job, jobs, address, lambda line: click.echo(line, err=True))
            if result.stopped:
                _tell_of_stop(result.figures["games"], games)
            if out is not None:
                write(result.figures, out)
        except ValueError as error:
            raise click.UsageError(str(error)) from None
        except ClusterError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise click.ClickException(f"cannot write {out}: {error.strerror or error}") from None
    show(result.figures, noun)
    if result.stopped:
        sys.exit(130)


def _tell_of_stop(played: int, asked: int) -> None:
    """Says how many games were played; ends the program where there were none."""
    if not played:
        click.echo(f"Stopped before any of {asked:,} games was over.", err=True)
        sys.exit(130)
    click.echo(f"Stopped after {played:,} of {asked:,} games; these are the figures so far.", err=True)


@main.command()
@click.argument("scenario")
@click.option("--games", type=click.IntRange(min=10), default=20_000, show_default=True, help="Games for each figure.")
@click.option("--seed", type=int, default=0, show_default=True, help="The first game's seed; the next has the next.")
@click.option("--html", type=click.Path(dir_okay=False), help="Write the report as a page that stands on its own.")
@click.option("--json", "json_file", type=click.Path(dir_okay=False), help="Write the report as JSON.")
@click.option("--watch", is_flag=True, help="Run again whenever the pack is edited, until Ctrl-C.")
def balance(scenario: str, games: int, seed: int, html: str | None, json_file: str | None, watch: bool) -> None:
    """Say whether SCENARIO (an id or a path) shows what its claims oblige it to show.

    It plays the experiments that the pack declares, and looks at every card, action, assumption and doctrine. What has
    changed since the last run on this machine is told at the end. Status 1 if a direction did not hold.
    """
    import json

    from rich.console import Console

    from tabletop.analysis.balancing import edits, run
    from tabletop.report.balance_page import balance_page
    from tabletop.scenario.problems import PackError

    console = Console()

    def once() -> bool:
        found = run(scenario, games, seed, console)
        try:
            if html is not None:
                pathlib.Path(html).write_text(balance_page(found), encoding="utf-8")
            if json_file is not None:
                pathlib.Path(json_file).write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        except OSError as error:
            raise click.ClickException(f"cannot write {error.filename}: {error.strerror or error}") from None
        return all(line["verdict"] != "not held" for line in found["experiments"])

    try:
        with plain_errors():
            held = once()
            if watch:
                click.echo("Watching the pack; Ctrl-C ends it.", err=True)
                for _ in edits(scenario):
                    try:
                        held = once()
                    except PackError as error:  # half an edit: the next will do
                        for problem in error.problems:
                            click.echo(str(problem), err=True)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    if not held:
        sys.exit(1)


def _size(ctx: click.Context, param: click.Parameter, given: str) -> tuple[int, int]:
    """WIDTHxHEIGHT in pixels."""
    width, _, height = given.lower().partition("x")
    if not (width.isdigit() and height.isdigit() and 320 <= int(width) <= 7680 and 200 <= int(height) <= 4320):
        raise click.BadParameter(f"'{given}' is no size: write it as 1920x1080, up to 7680x4320", ctx, param)
    return int(width), int(height)


@main.command()
@click.argument("screen")
@click.option("--size", default="1920x1080", show_default=True, metavar="WxH", callback=_size, help="In pixels.")
@click.option("--text-size", type=click.IntRange(100, 200), default=100, show_default=True, help="In percent.")
@click.option("--theme", type=click.Choice(["light", "dark"]), default="dark", show_default=True)
@click.option("--language", type=click.Choice(["en", "ko"]), default="en", show_default=True)
@click.option("--scenario", default=FLAGSHIP, show_default=True, help="What is on the table: an id or a path.")
@click.option("--seed", type=int, default=7, show_default=True, help="The same seed gives the same picture.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=pathlib.Path), required=True, metavar="FILE.png")
def screenshot(
    screen: str,
    size: tuple[int, int],
    text_size: int,
    theme: str,
    language: str,
    scenario: str,
    seed: int,
    out: pathlib.Path,
) -> None:
    """Write a picture of a SCREEN of the window, without a display."""
    import os

    os.environ["SDL_VIDEODRIVER"] = os.environ["SDL_AUDIODRIVER"] = "dummy"
    from tabletop.window.start import NoWindow, take_picture

    with plain_errors():
        try:
            take_picture(screen, size, text_size, theme, language, scenario, seed, out)
        except NoWindow as error:
            raise click.ClickException(str(error)) from None
        except LookupError as error:
            raise click.UsageError(str(error.args[0])) from None
        except OSError as error:
            raise click.ClickException(f"cannot write {out}: {error.strerror or error}") from None


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
def bench(as_json: bool) -> None:
    """Print the project's speed figures on this machine, beside a yardstick run in the same process."""
    from tabletop.analysis.bench import figures, show

    show(figures(), as_json)


def run() -> None:
    """The command `tabletop`: a reader that has gone away is no error, and a full disk is told in one line."""
    import os

    try:
        main()
    except BrokenPipeError:
        _drop_output()
    except OSError as error:
        _drop_output()
        os.write(2, f"Error: cannot write the output: {error.strerror or error}\n".encode())
        os._exit(1)


def _drop_output() -> None:
    """Sends what is still unwritten nowhere, so that Python does not complain of it on its way out."""
    import os

    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    run()
