"""Where sessions are saved, and the `--save` option for it."""

from __future__ import annotations

import os
import pathlib
import shlex

from tabletop.storage.paths import NOWHERE, user_folder, written

FILE = "sessions.db"
#: The folder of lock files beside the journal.
FOLDER = ".open"


def default_place() -> pathlib.Path:
    """The default journal file."""
    return (user_folder("data") or NOWHERE) / FILE


def file_at(place: pathlib.Path | str | None) -> pathlib.Path:
    """The journal file for a given folder or file; by default the user's own."""
    if place is None:
        return default_place()
    path = written(place)
    return path if path.suffix in (".db", ".sqlite") and not os.path.isdir(path) else path / FILE


def as_option(path: pathlib.Path) -> str:
    """The option with which a command finds a journal file: " --save PLACE"; "" for the default."""
    if path == default_place():
        return ""
    return f" --save {shlex.quote(str(path.parent if path.name == FILE else path))}"
