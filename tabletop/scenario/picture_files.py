"""The files of a pack that its presentation names: found within the pack, and safe to draw."""

from __future__ import annotations

import pathlib

from tabletop.scenario.error_recovery import Repairs
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_files import Document
from tabletop.scenario.pack_layout import SCENARIO_FILE
from tabletop.scenario.pictures import faults_of
from tabletop.scenario.problems import Mark, Problem, nearest, quoted

#: The pictures of a pack together.
MOST_BYTES_OF_PICTURES = 3_000_000


def pictures_of(scenario: Scenario, document: Document, repairs: Repairs, problems: list[Problem]) -> dict[str, str]:
    """The SVG files that a scenario names, by their names; whatever is wrong with one is added to the problems."""
    found: dict[str, str] = {}
    for path, name in scenario.picture_files:
        mark = document.marks.get(repairs.written(path))
        fault, suggestion = fault_of_file(name, document, ".svg", "an SVG picture")
        if fault:
            problems.append(Problem(fault, mark, suggestion))
            continue
        name = str(pathlib.PurePosixPath(name))
        if name in found or name not in document.texts:
            continue
        found[name] = document.texts[name]
        file = _shown(document, name)
        problems += (Problem(one.message, Mark(file, one.line, one.column)) for one in faults_of(found[name]))
        if sum(map(len, found.values())) > MOST_BYTES_OF_PICTURES:
            most = MOST_BYTES_OF_PICTURES // 1_000_000
            problems.append(Problem(f"the pictures of a pack have at most {most} MB together", mark))
            break
    return found


def _shown(document: Document, name: str) -> str:
    main = document.marks.get(())
    return (main.file.removesuffix(SCENARIO_FILE) if main else "") + name


def fault_of_file(name: str, document: Document, suffix: str, kind: str) -> tuple[str, str]:
    """What is wrong with the name of a file that a pack refers to, and what was probably meant; "" if nothing is."""
    path = pathlib.PurePosixPath(name)
    if "\\" in name or pathlib.PureWindowsPath(name).drive:
        return f"{quoted(name)} must be a path within the pack, with '/' between folders", ""
    if path.is_absolute() or ".." in path.parts:
        return f"{quoted(name)} must be a path within the pack, without a leading '/' or '..'", ""
    if str(path) in document.texts or str(path) in document.unread:
        return ("", "") if path.suffix.lower() == suffix else (f"{quoted(name)} is not {kind}", "")
    if path.suffix.lower() != suffix:
        return f"{quoted(name)} is not {kind}: its name must end in {suffix}", ""
    return f"no file {quoted(name)} in the pack", nearest(str(path), document.texts)
