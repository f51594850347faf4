"""Ready packs: what reading a pack came to, kept in the user's cache: one that was sound is not read and checked again.

What lies there only makes things quicker: without it, or where it is not as it was written, the pack is read.
"""

from __future__ import annotations

import contextlib
import functools
import hashlib
import json
import os
import pathlib
import zlib
from collections.abc import Mapping

import platformdirs

from tabletop import __version__, scenario
from tabletop.scenario import Scenario
from tabletop.scenario.library import locate
from tabletop.scenario.loading import load, load_sound, load_texts
from tabletop.scenario.problems import PackError
from tabletop.scenario.reading import Unreadable, digest_of, texts_of

_MOST = 12


def default_folder() -> pathlib.Path:
    """Where ready packs are kept."""
    return platformdirs.user_cache_path("tabletop", appauthor=False) / "packs"


def load_quickly(pack: str) -> Scenario:
    """The scenario of a shipped pack or of a path, as `tabletop.load` has it. Raises what that does."""
    try:
        texts = texts_of(locate(pack))
        return scenario_from(texts, readied(texts))
    except (PackError, Unreadable, OSError, ValueError):
        return load(pack)  # which says what is wrong


def readied(texts: Mapping[str, str]) -> bytes:
    """What reading the texts of a pack comes to, in little room. Raises PackError."""
    digest = digest_of(texts)
    file = default_folder() / f"{digest[:32]}-{_reader()}"
    with contextlib.suppress(OSError, zlib.error):
        found = file.read_bytes()
        zlib.decompress(found)
        return found
    made = zlib.compress(json.dumps({"version": __version__, "data": load_texts(texts)[1]}).encode(), 1)
    with contextlib.suppress(OSError):
        _keep(file, made)
    return made


def scenario_from(texts: Mapping[str, str], ready: bytes) -> Scenario:
    """The scenario of texts, from what reading them came to. Raises ValueError where this version did not read them."""
    try:
        data = json.loads(zlib.decompress(ready))
        if data.get("version") == __version__:
            return load_sound(texts, data["data"])
    except (zlib.error, ValueError, KeyError, AttributeError) as error:
        raise ValueError("this is not what reading a pack came to") from error
    raise ValueError("another version has read this pack")


def _keep(file: pathlib.Path, made: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f"{file.name}.{os.getpid()}.tmp")
    draft.write_bytes(made)
    os.replace(draft, file)
    kept = sorted(file.parent.iterdir(), key=lambda one: one.stat().st_mtime, reverse=True)
    for old in kept[_MOST:]:
        old.unlink(missing_ok=True)


@functools.cache
def _reader() -> str:
    """A name for the sources that read packs, since they may change without the version."""
    seal = hashlib.sha256(__version__.encode())
    for file in sorted(pathlib.Path(*scenario.__path__).glob("*.py")):
        seal.update(f"{file.name} {file.stat().st_mtime_ns} {file.stat().st_size}".encode())
    return seal.hexdigest()[:16]
