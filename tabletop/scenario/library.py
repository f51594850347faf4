"""Finds shipped scenarios by id, in a wheel or in a checkout, and packs by path."""

from __future__ import annotations

import os
import pathlib

from tabletop.scenario.pack_files import SCENARIO_FILE
from tabletop.scenario.problems import nearest, quoted
from tabletop.storage.paths import written
from tabletop.storage.shipped_data import shelf


class UnknownScenario(LookupError):
    """Neither a shipped scenario's id nor a path that exists."""


def shipped() -> dict[str, pathlib.Path]:
    """The folders of the shipped scenarios by their ids, in order of id."""
    scenarios = shelf("scenarios")
    if not scenarios.is_dir():
        return {}
    return {pack.name: pack for pack in sorted(scenarios.iterdir()) if (pack / SCENARIO_FILE).is_file()}


def locate(name_or_path: str) -> pathlib.Path:
    """The folder of a shipped scenario by its id, or else the path that is given.

    Raises `UnknownScenario`, with the most similar id and all ids, if there is neither.
    """
    scenarios = shipped()
    if name_or_path in scenarios:
        return scenarios[name_or_path]
    path = written(name_or_path)
    if name_or_path and os.path.exists(path):
        return path
    near = nearest(name_or_path, scenarios)
    hint = f" (did you mean '{near}'?)" if near else ""
    ids = ", ".join(scenarios) or "none"
    raise UnknownScenario(f"no scenario {quoted(name_or_path)}{hint}; shipped: {ids}; or give a path")
