"""Finds scenarios by id, those that ship with the program and those in the user's library, and packs by path."""

from __future__ import annotations

import os
import pathlib

from tabletop.scenario.pack_layout import SCENARIO_FILE
from tabletop.scenario.problems import nearest, quoted
from tabletop.storage.paths import user_folder, written
from tabletop.storage.shipped_data import shelf


class UnknownScenario(LookupError):
    """Neither the id of a scenario that is known here nor a path that exists."""


def shipped() -> dict[str, pathlib.Path]:
    """The folders of the shipped scenarios by their ids, in order of id."""
    scenarios = shelf("scenarios")
    if not scenarios.is_dir():
        return {}
    return {pack.name: pack for pack in sorted(scenarios.iterdir()) if (pack / SCENARIO_FILE).is_file()}


def own_shelf() -> pathlib.Path | None:
    """Where the user's own packs are kept; None if the home folder is unknown."""
    data = user_folder("data")
    return None if data is None else data / "scenarios"


def own_packs() -> dict[str, pathlib.Path]:
    """The folders of the packs in the user's library by their ids, in order of id, without those that ship as well."""
    shelf = own_shelf()
    try:
        found = sorted(shelf.iterdir()) if shelf is not None and shelf.is_dir() else []
    except OSError:
        return {}
    ships = shipped()
    return {one.name: one for one in found if one.name not in ships and (one / SCENARIO_FILE).is_file()}


def known() -> dict[str, pathlib.Path]:
    """The folders of all scenarios that are known by an id here: those that ship first."""
    return {**shipped(), **own_packs()}


def locate(name_or_path: str) -> pathlib.Path:
    """The folder of a scenario by its id, or else the path that is given.

    Raises `UnknownScenario`, with the most similar id and all ids, if there is neither.
    """
    scenarios = known()
    if name_or_path in scenarios:
        return scenarios[name_or_path]
    path = written(name_or_path)
    if name_or_path and os.path.exists(path):
        return path
    near = nearest(name_or_path, scenarios)
    hint = f" (did you mean '{near}'?)" if near else ""
    ids = ", ".join(scenarios) or "none"
    raise UnknownScenario(f"no scenario {quoted(name_or_path)}{hint}; known here: {ids}; or give a path")
