"""Loads a pack by id or path: reads, validates and structures it, or reports every problem (`load`, `check`)."""

from __future__ import annotations

import pathlib
from collections.abc import Callable, Mapping

from tabletop.scenario.font_coverage import letter_problems
from tabletop.scenario.injects import names_set, schedules_of
from tabletop.scenario.library import locate
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_checks import check_scenario
from tabletop.scenario.pack_files import Document, read_file, read_pack, read_texts
from tabletop.scenario.problems import PackError, Problem, capped, errors_of
from tabletop.scenario.structuring import structure
from tabletop.scenario.translation_checks import translation_problems


def load(pack: str | pathlib.Path) -> Scenario:
    """The scenario of a pack, given as the id of a shipped one or as a path.

    Raises PackError with every mistake if it cannot be played, and UnknownScenario if there is no such pack.
    """
    scenario, problems = _examined(read_pack(locate(str(pack))))
    if scenario is None:
        raise PackError(errors_of(problems))
    return scenario


def load_texts(texts: Mapping[str, str]) -> Scenario:
    """The scenario of a pack whose files are given as texts by their names. Raises PackError."""
    scenario, problems = _examined(read_texts(texts))
    if scenario is None:
        raise PackError(errors_of(problems))
    return scenario


def check(path: str | pathlib.Path) -> list[Problem]:
    """All problems of a pack, errors and warnings, by file and line. Never raises for a bad pack."""
    return examine(pathlib.Path(path))[1]


def examine(path: pathlib.Path) -> tuple[Scenario | None, list[Problem]]:
    """The scenario of a pack, or None if it can't be played, and all problems, also of its translations."""
    document = read_pack(path)

    def translated(scenario: Scenario) -> list[Problem]:
        schedules = [read_file(file) for file in schedules_of(path)]
        return list(translation_problems(document, scenario, schedules))

    return _examined(document, lambda: names_set(path), translated)


def _examined(
    document: Document,
    by_hand: Callable[[], frozenset[str]] | None = None,
    translated: Callable[[Scenario], list[Problem]] | None = None,
) -> tuple[Scenario | None, list[Problem]]:
    """A scenario that can be played, or None, and its problems in order, with those of its translations if it can."""
    scenario, problems, repairs = structure(document)
    found = [*document.problems, *problems]
    if scenario is not None:
        unsure = {problem.mark for problem in errors_of(document.problems)}
        checked = check_scenario(scenario, document.marks, repairs, by_hand=by_hand)
        found += (problem for problem in checked if problem.mark not in unsure)
    found += letter_problems(document)
    found = sorted((problem for problem in found if not document.means(problem)), key=_place)
    if errors_of(found):
        scenario = None
    elif scenario is not None and translated is not None:
        found = sorted([*found, *translated(scenario)], key=_place)
    return scenario, capped(list(dict.fromkeys(found)))


def _place(problem: Problem) -> tuple[bool, str, int, int]:
    mark = problem.mark
    return (True, "", 0, 0) if mark is None else (False, mark.file, mark.line, mark.column)
