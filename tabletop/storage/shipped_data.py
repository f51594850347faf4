"""Locates the folders "scenarios" and "assets" as shipped, in a wheel or in a checkout."""

from __future__ import annotations

import pathlib

_PACKAGE = pathlib.Path(__file__).resolve().parent.parent
_HOMES = (_PACKAGE / "_data", _PACKAGE.parent)


def shelf(name: str) -> pathlib.Path:
    """The shipped folder "scenarios" or "assets"; it need not exist."""
    for home in _HOMES:
        if (home / name).is_dir():
            return home / name
    return _HOMES[-1] / name


def default_scenario() -> str:
    """The id of the default scenario: the word in `scenarios/default.txt`, or ""."""
    note = shelf("scenarios") / "default.txt"
    return note.read_text(encoding="utf-8").strip() if note.is_file() else ""


#: The id of the default scenario.
DEFAULT_SCENARIO = default_scenario()
