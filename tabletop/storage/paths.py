"""Expands `~` in paths, and locates the user's folders for caches, settings and data."""

from __future__ import annotations

import os
import pathlib
from typing import Literal

import platformdirs

#: A placeholder for a missing home folder; nothing is ever written there.
NOWHERE = pathlib.Path("~")


def written(path: str | os.PathLike[str]) -> pathlib.Path:
    """A path as typed by a user, with a leading `~` expanded as in a shell."""
    return pathlib.Path(os.path.expanduser(path))


def user_folder(kind: Literal["cache", "config", "data"]) -> pathlib.Path | None:
    """The user's folder for caches, settings or data; None if the home folder is unknown."""
    find = {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
    }[kind]
    try:
        found = find("tabletop", appauthor=False)
    except RuntimeError:
        return None
    # Some versions do not expand "~", which would be relative to the working folder.
    return found if found.is_absolute() else None
