"""The commands for packs: `scenarios`, `check` and `schema`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tabletop.cli.errors import plain_errors, tell, writing
from tabletop.cli.option_types import HomePath, OneOf

if TYPE_CHECKING:
    import pathlib

    from tabletop.scenario.pack import Scenario
    from tabletop.scenario.problems import Problem


@click.group(invoke_without_command=True)
@click.option("--json", "as_json", is_flag=True, help="As JSON, for scripts.")
@click.pass_context
def scenarios(ctx: click.Context, as_json: bool) -> None:
    """List the scenarios that can be played by their ids: those that ship with the program, and those you added."""
    if ctx.invoked_subcommand is not None:
        return
    from tabletop.scenario.library import known, own_packs
    from tabletop.scenario.loading import load
    from tabletop.scenario.problems import PackError

    with plain_errors():
        own, found = own_packs(), []
        for name in known():
            try:
                found.append(load(name))
            except PackError as error:
                if name not in own:
                    raise
                tell(f"{name} has to be put right first, see 'tabletop check {name}': {error.problems[0]}", err=True)
    if as_json:
        import json

        click.echo(json.dumps([_described(noun) for noun in found], indent=2, ensure_ascii=False))
        return
    for noun in found:
        by = f", by {noun.author}" if noun.author else ""
        tell(f"{noun.id:14} {noun.title}{by} - about {noun.minutes} minutes, you play {noun.player}")
        for line in _wrapped(noun.summary):
            tell(" " * 15 + line)


@scenarios.command("add")
@click.argument("pack")
@click.option("--replace", is_flag=True, help="Instead of the one with the same id that was added before.")
def add_pack(pack: str, replace: bool) -> None:
    """Add PACK, a folder or a file from 'scenarios share', to your library: it is played by its id then."""
    from tabletop.scenario.user_library import LibraryError, add

    with plain_errors():
        try:
            noun = add(pack, replace=replace)
        except LibraryError as error:
            raise click.ClickException(str(error)) from None
        except OSError as error:
            raise click.ClickException(f"it cannot be added: {error.strerror or error}") from None
    tell(f"{noun.id} is in your library: tabletop play {noun.id}")


@scenarios.command("share")
@click.argument("pack")
@click.option(
    "--out", type=HomePath(dir_okay=False, allow_dash=True), metavar="FILE", help="Where to; ID.zip here by default."
)
def share_pack(pack: str, out: str | None) -> None:
    """Write PACK (an id or a path) to one file, to be sent to others, who add it with 'scenarios add'."""
    from tabletop.scenario.loading import load
    from tabletop.scenario.user_library import SUFFIX, share

    with plain_errors():
        noun, content = load(pack), share(pack)
        place = out or f"{noun.id}{SUFFIX}"
        with writing(place) as write:
            write(content)
    if place != "-":
        tell(f"{place}: {len(content) // 1000 + 1} kB; others add it with: tabletop scenarios add {place}")


@scenarios.command("remove")
@click.argument("id")
def remove_pack(id: str) -> None:
    """Take the pack with this ID out of your library; games begun with it can still be gone on with."""
    from tabletop.scenario.user_library import LibraryError, remove

    try:
        remove(id)
    except LibraryError as error:
        raise click.ClickException(str(error)) from None
    except OSError as error:
        raise click.ClickException(f"it cannot be removed: {error.strerror or error}") from None
    tell(f"{id} is no longer in your library.")


def _described(noun: Scenario) -> dict[str, Any]:
    return {
        "id": noun.id,
        "title": noun.title,
        "version": noun.version,
        "summary": noun.summary.strip(),
        "author": noun.author,
        "licence": noun.licence,
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


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option("--format", "form", type=OneOf(["text", "json"]), default="text", help="For people or for programs.")
@click.option("--scenario", "named", help="What a schedule is for (an id or a path), if it does not say so itself.")
def check(paths: tuple[str, ...], form: str, named: str | None) -> None:
    """Check packs (folders, or ids of shipped ones) and schedules of injects (files): every mistake, with
    file:line:column. Status 1 if there is one.

    A pack is checked together with the schedules in its folder 'injects'. A schedule elsewhere says for which scenario
    it is, in a line such as 'scenario: my-pack'.
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
    from tabletop.scenario.pack_layout import SCENARIO_FILE

    try:
        place = locate(path)
    except UnknownScenario:
        return False
    return place.is_file() and place.name != SCENARIO_FILE


def _problems(path: str, scenario: str | None) -> list[Problem]:
    """What is wrong with a pack and its schedules, or with a schedule. Raises UnknownScenario."""
    from tabletop.scenario.check_cache import remembered
    from tabletop.scenario.library import locate

    place = locate(path)
    return _schedule_problems(path, scenario) if _is_schedule(path) else remembered(place, _pack_problems)


def _pack_problems(place: pathlib.Path) -> list[Problem]:
    from tabletop.scenario.injects import check_schedule, schedules_of
    from tabletop.scenario.loading import examine

    noun, problems = examine(place)
    if noun is not None:
        problems += [one for file in schedules_of(place) for one in check_schedule(file, noun)]
    return problems


def _schedule_problems(path: str, scenario: str | None) -> list[Problem]:
    from tabletop.scenario.injects import check_schedule, scenario_for
    from tabletop.scenario.library import locate
    from tabletop.scenario.loading import examine
    from tabletop.scenario.problems import Problem

    place = locate(path)
    wanted = scenario or scenario_for(place)
    if not wanted:
        return [Problem(f"{path}: for which scenario is it? Write 'scenario: ID' in it, or give --scenario", None)]
    noun, problems = examine(locate(wanted))
    if noun is None:
        return [Problem(f"{path}: its scenario '{wanted}' has to be put right first", None), *problems]
    return check_schedule(place, noun)


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


@click.command()
@click.option("--schedule", is_flag=True, help="That of a schedule of injects.")
def schema(schedule: bool) -> None:
    """Print the JSON Schema of the pack format, for completion and checks in an editor."""
    import json

    from tabletop.scenario.schema import json_schema, schedule_schema

    click.echo(json.dumps(schedule_schema() if schedule else json_schema(), indent=2))
