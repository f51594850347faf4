"""Expands `~` in paths, and locates the user's folders for caches, settings and data."""

from __future__ import annotations

import os
import pathlib
from typing import Literal

import platformdirs

#: A placeholder for the home folder of a user who has none; nothing is ever written there.
NOWHERE = pathlib.Path("~")


def written(path: str | os.PathLike[str]) -> pathlib.Path:
    """A path from what somebody has typed: a leading `~` is expanded to their home, as a shell would do."""
    return pathlib.Path(os.path.expanduser(path))


def user_folder(kind: Literal["cache", "config", "data"]) -> pathlib.Path | None:
    """The user's own folder for caches, settings or data; None where the home folder is not known."""
    find = {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
    }[kind]
    try:
        found = find("tabletop", appauthor=False)
    except RuntimeError:
        return None
    # Some versions leave "~" as it is, which would be a folder of wherever this runs.
    return found if found.is_absolute() else None
