"""The command line. Each command imports what it needs when it runs, so that help is instant."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tabletop import __version__
from tabletop.cli_cache import cache
from tabletop.cli_errors import plain_errors, refuse_together, tell, writing
from tabletop.cli_game import assumed, begun, first_seed, with_game_options
from tabletop.cli_sessions import COPY, PLACE, begin_copy, close, opened, replay, resume, sessions
from tabletop.cli_values import SEED, HomePath, OneOf, Seconds, Whole
from tabletop.cli_window import in_window, screenshot

if TYPE_CHECKING:
    from tabletop.analysis.simulate import Result
    from tabletop.scenario.pack import Scenario
    from tabletop.scenario.problems import Problem
    from tabletop.session import Session

FLAGSHIP = "summit-2018"


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="tabletop")
def main() -> None:
    """Policy-scenario games for the table: play them, run them, take their arguments apart.

    'tabletop play' starts the flagship: should Washington schedule, prepare, delay or cancel a summit with Kim Jong Un?
    """


@main.command()
@click.argument("scenario", default=FLAGSHIP)
@click.option("--face", type=OneOf(["window", "terminal"]), help="Where to play; a window if there is a display.")
@click.option("--seat", "seats", multiple=True, help="A seat that you play, or 'all'; by default the solo seat.")
@click.option("--seed", type=SEED, metavar="N", help="Fixes chance: the same seed and decisions give the same game.")
@click.option("--auto", is_flag=True, help="Let bots play every seat to the end, and print the story.")
@click.option("--save", "place", type=HomePath(), metavar="PLACE", help="The folder or file to keep the game in.")
@click.option("--projector", is_flag=True, help="Open a second window with what everybody may see, in large type.")
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
            "--save": place,
            "--copy": copy if _was_typed(context, "copy") else None,
            "--projector": projector,
            "--face window": face == "window",
        }
        refuse_together("--auto", unheard, "bots play every seat in the terminal, and nothing is kept")
    if projector:
        refuse_together("--projector", {"--face terminal": face == "terminal"}, "it is a window")
    chosen = [
        name for name in context.params if name not in ("face", "place", "projector") and _was_given(context, name)
    ]
    with plain_errors():
        if not chosen and in_window(face, None, Journal(place), projector):
            return
        session = begun(scenario, seats, seed, players, assumptions, None if auto else Journal(place), auto)
        notes = begin_copy(session, None if auto else copy)
        try:
            if auto or not chosen or not in_window(face, session, Journal(place), projector):
                _in_terminal(session, notes)
        finally:
            close(session)


def _in_terminal(session: Session, notes: list[str]) -> None:
    from rich.console import Console

    from tabletop.terminal.play import play as play_in_terminal

    play_in_terminal(session, Console(highlight=False), notes)


def _was_typed(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE


def _was_given(context: click.Context, name: str) -> bool:
    return context.get_parameter_source(name) is not click.core.ParameterSource.DEFAULT


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
@click.option("--seed", type=SEED, metavar="N", help="Fixes chance: the same seed and decisions give the same game.")
@click.option(
    "--schedule", metavar="FILE", help="Take up a schedule of injects: a file, or the name of one that ships."
)
@click.option("--name", default="facilitator", show_default=True, help="Your name, as the journal has it.")
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
    copy: str | None,
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
            at_the_console(going_on, Console(highlight=False), notes, name, schedule)
        finally:
            close(going_on)


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
        tell(f"{noun.id:14} {noun.title} - about {noun.minutes} minutes, you play {noun.player}")
        for line in _wrapped(noun.summary):
            tell(" " * 15 + line)


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
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="For people or for programs.")
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

    if named is not None and not any(map(_is_schedule, paths)):
        raise click.UsageError("--scenario says what a schedule is for, and there is none among what is to be checked")
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
                tell(str(problem) if problem.severity == "error" else f"{problem} [warning]")
            if not problems:
                tell(f"{path}: nothing to put right")
    if any(found.values()):
        sys.exit(1)


def _is_schedule(path: str) -> bool:
    """Whether a path leads to a file that is no part of a pack."""
    from tabletop.scenario.library import UnknownScenario, locate
    from tabletop.scenario.reading import SCENARIO_FILE

    try:
        place = locate(path)
    except UnknownScenario:
        return False
    return place.is_file() and place.name != SCENARIO_FILE


def _problems(path: str, scenario: str | None) -> list[Problem]:
    """What is wrong with a pack and its schedules, or with a schedule. Raises UnknownScenario."""
    from tabletop.scenario.injects import check_schedule, scenario_for, schedules_of
    from tabletop.scenario.library import locate
    from tabletop.scenario.loading import examine
    from tabletop.scenario.problems import Problem

    place = locate(path)
    if _is_schedule(path):
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
@click.option("--games", type=Whole(1, 10**12), default=2000, show_default=True, metavar="N", help="How many games.")
@first_seed
@click.option(
    "--out",
    type=HomePath(dir_okay=False, allow_dash=True),
    metavar="FILE",
    help="Write the figures to FILE.json, or as tidy rows to FILE.csv or FILE.parquet; '-' prints the JSON.",
)
@click.option(
    "--jobs",
    type=Whole(1, 1024),
    metavar="N",
    help="How many threads, processes or local workers; by default one for each core.",
)
@click.option(
    "--cluster",
    "address",
    metavar="ADDRESS",
    help="Play on the Dask cluster with its scheduler at ADDRESS, as in tcp://10.0.0.5:8786; 'local' starts one here.",
)
@with_game_options
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

    Ctrl-C ends early with the figures of the games played so far (exit status 130); once more ends at once. So does a
    player of your own that fails (exit status 1).
    """
    from tabletop.analysis.cluster import LOCAL, ClusterError, require
    from tabletop.analysis.files import check, write
    from tabletop.analysis.job import Job
    from tabletop.analysis.simulate import run
    from tabletop.analysis.tables import show
    from tabletop.scenario.loading import load
    from tabletop.scenario.problems import printable
    from tabletop.storage.output import STANDARD

    with plain_errors():
        try:
            if address is not None:
                require()
                if jobs and address != LOCAL:
                    raise ValueError("--jobs is for this machine: the cluster has the workers that it has")
            noun = load(scenario)
            job = Job(noun, assumed(noun, assumptions), players, seed, games)
            if out is not None:
                check(out)
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
            raise click.ClickException(f"cannot write {printable(str(out))}: {error.strerror or error}") from None
    show(result.figures, noun, aside=out == STANDARD)
    if result.failure:
        raise click.ClickException(f"{result.failure}; these are the figures of the {_games(result)} before it")
    if result.stopped:
        sys.exit(130)


def _games(result: Result) -> str:
    games = result.figures["games"]
    return f"{games:,} games" if games > 1 else "game"


def _tell_of_stop(played: int, asked: int) -> None:
    """Says how many games were played; ends the program where there were none."""
    if not played:
        click.echo(f"Stopped before any of {asked:,} games was over.", err=True)
        sys.exit(130)
    click.echo(f"Stopped after {played:,} of {asked:,} games; these are the figures so far.", err=True)


@main.command()
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
    from tabletop.storage.output import STANDARD, check_writable

    # What is printed for people does not get among what is printed for a program.
    console = Console(stderr=STANDARD in (html, json_file))

    def once() -> bool:
        found = run(scenario, games, seed, console)
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
                for _ in edits(scenario):
                    try:
                        held = once()
                    except PackError as error:  # half an edit: the next will do
                        for problem in error.problems:
                            tell(str(problem), err=True)
    except KeyboardInterrupt:
        click.echo("Stopped.", err=True)
        sys.exit(130)
    if not held:
        sys.exit(1)


@main.command()
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@click.option("--cold", is_flag=True, help="Also measure on an empty cache, where the machine is compiled first.")
@click.option(
    "--seconds",
    type=Seconds(0.01, 600),
    default=1,
    show_default=True,
    help="How long to measure each rate: the best of runs of a quarter second.",
)
def bench(as_json: bool, cold: bool, seconds: float) -> None:
    """Print the project's speed figures on this machine, beside yardsticks run in the same process.

    It takes about a minute, and wants a machine that does nothing else: what runs on one core is measured in
    that core's own time, all else by the clock. OpenSpiel's games are there once it is installed
    (pip install 'tabletop[openspiel]').

    \b
    The JSON has machine and versions in words, and figures by section and name:
      decisions_per_second  decisions of the flagship a second, of random
                            players and of doctrines: through the public API
                            (any_listed_action, public_api), on the reference
                            engine, and compiled; compiled_scaling is all cores
                            as a multiple of one
      yardsticks            random moves a second of games that others wrote;
                            public_api_times and compiled_times are our own
                            decisions as a multiple of these
      edited_pack_ms        milliseconds from the start of a process to the
                            first result of a pack that was just edited, step by
                            step, with a warm cache and (--cold) an empty one
      sessions              milliseconds to open a long game, and to write a
                            command down
      window_ms             milliseconds by the clock (wall) and of a core's work
                            (cpu) to the window's first frame, and from a key, a
                            pointer's move or a decision to a changed frame;
                            without a display unless SDL_VIDEODRIVER names one
      window_costs          share of a core while the window is idle, and its
                            memory (MB)
      besides               playouts a second of a search, and the memory (MB)
                            that a simulation takes
    What cannot be had on a machine is left out.
    """
    import json

    from tabletop.bench.sections import SECTIONS, measure, this_machine
    from tabletop.bench.table import table

    machine, found = this_machine(), measure(seconds, cold)
    click.echo(json.dumps(machine | found, indent=2) if as_json else table(found, SECTIONS, machine))


main.add_command(cache)
main.add_command(resume)
main.add_command(screenshot)
main.add_command(sessions)
main.add_command(replay)


def run() -> None:
    """The command `tabletop`, whatever it was started with: streams may be closed, and a disk may be full."""
    from tabletop.cli_streams import finished, prepare

    prepare()
    _hear_interrupts()
    sys.exit(finished(main))


def _hear_interrupts() -> None:
    """Whoever sits at a terminal is heard when they press Ctrl-C.

    A script that opens a terminal in the background has had it ignored, and hands that on to all that runs in there.
    """
    import signal

    if sys.stdin is not None and sys.stdin.isatty() and signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


if __name__ == "__main__":
    run()
