"""The commands for packs: `scenarios`, `check` and `schema`."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from tabletop.cli.errors import plain_errors, tell
from tabletop.cli.option_types import OneOf

if TYPE_CHECKING:
    from tabletop.scenario.pack import Scenario
    from tabletop.scenario.problems import Problem


@click.command()
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
    from tabletop.scenario.pack_files import SCENARIO_FILE

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


@click.command()
@click.option("--schedule", is_flag=True, help="That of a schedule of injects.")
def schema(schedule: bool) -> None:
    """Print the JSON Schema of the pack format, for completion and checks in an editor."""
    import json

    from tabletop.scenario.schema import json_schema, schedule_schema

    click.echo(json.dumps(schedule_schema() if schedule else json_schema(), indent=2))
