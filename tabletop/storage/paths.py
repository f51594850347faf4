"""Paths: as people write them, and the folders that are theirs."""

from __future__ import annotations

import os
import pathlib
from typing import Literal

import platformdirs


def written(path: str | os.PathLike[str]) -> pathlib.Path:
    """A path as somebody has written it: `~` is their home, also where no shell has put it in."""
    return pathlib.Path(os.path.expanduser(path))


def user_folder(kind: Literal["cache", "config", "data"]) -> pathlib.Path | None:
    """The user's own folder of a kind; None where nobody says where home is."""
    find = {
        "cache": platformdirs.user_cache_path,
        "config": platformdirs.user_config_path,
        "data": platformdirs.user_data_path,
    }[kind]
    found = find("tabletop", appauthor=False)
    # Without HOME, and for a user whom the system does not know, "~" stays as it is: a folder of wherever this runs.
    return found if found.is_absolute() else None
