"""Where sessions are saved, and the `--save` option for it."""

from __future__ import annotations

import os
import pathlib
import shlex

from tabletop.storage.paths import NOWHERE, user_folder, written

FILE = "sessions.db"
#: Beside it, what says which session is open.
FOLDER = ".open"


def default_place() -> pathlib.Path:
    """Where sessions are kept unless another place is given."""
    return (user_folder("data") or NOWHERE) / FILE


def file_at(place: pathlib.Path | str | None) -> pathlib.Path:
    """The file of a journal given as a folder or as a file; by default the user's own."""
    if place is None:
        return default_place()
    path = written(place)
    return path if path.suffix in (".db", ".sqlite") and not os.path.isdir(path) else path / FILE


def as_option(path: pathlib.Path) -> str:
    """What a command needs behind it to find the file of a journal: " --save PLACE"; "" where it looks by itself."""
    if path == default_place():
        return ""
    return f" --save {shlex.quote(str(path.parent if path.name == FILE else path))}"
