"""Paths: as people write them, and the folders that are theirs."""

from __future__ import annotations

import os
import pathlib
from typing import Literal

import platformdirs

#: Stands for the folder of a user of whom nobody knows where their home is: nothing is ever written there.
NOWHERE = pathlib.Path("~")


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
    try:
        found = find("tabletop", appauthor=False)
    except RuntimeError:
        return None
    # Some versions leave "~" as it is, which would be a folder of wherever this runs.
    return found if found.is_absolute() else None
