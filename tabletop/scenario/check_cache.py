"""What `check` found in a pack, cached by everything that it depends on: an unchanged pack is not read again.

The key is made of the pack's files, as bytes, of the sources that check packs, and of the libraries that they use.
Whatever cannot be read in the ordinary way has no key, and is always checked anew.
"""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import json
import os
import pathlib
import sys
from collections.abc import Callable, Iterator

from tabletop import __version__
from tabletop.scenario.pack_layout import MOST_BYTES, MOST_FILES, SCENARIO_FILE, SCHEDULES
from tabletop.scenario.problems import Mark, Problem
from tabletop.storage.cache import Cache
from tabletop.storage.shipped_data import shelf

#: How many packs the cache remembers.
_MOST = 24


def remembered(pack: pathlib.Path, find: Callable[[pathlib.Path], list[Problem]]) -> list[Problem]:
    """What `find` says of a pack, the folder or its `scenario.yaml`; from the cache if nothing has changed since."""
    cache, name = Cache.of_user("checks"), _name(pack)
    if cache is None or name is None:
        return find(pack)
    kept = cache.read(name)
    if kept is not None:
        try:
            return [_problem(*row) for row in json.loads(kept)]
        except (ValueError, TypeError):  # of no known form: check it again
            pass
    found = find(pack)
    # A pack that was written to meanwhile might be kept as what it is no longer.
    if _name(pack) == name and cache.keep(name, json.dumps([_row(one) for one in found]).encode()):
        cache.trim(_MOST, but=name)
    return found


def _row(problem: Problem) -> list[object]:
    mark = problem.mark
    place = None if mark is None else [mark.file, mark.line, mark.column]
    return [problem.message, place, problem.suggestion, problem.severity]


def _problem(message: str, place: list[object] | None, suggestion: str, severity: str) -> Problem:
    mark = None if place is None else Mark(*place)  # type: ignore[arg-type]
    return Problem(message, mark, suggestion, severity)


def _name(pack: pathlib.Path) -> str | None:
    """The name of a pack's entry; None if it can't be told what its checks depend on."""
    folder = pack.parent if pack.name == SCENARIO_FILE and not pack.is_dir() else pack
    # What is found names its files by the path that was given.
    whole = hashlib.sha256(f"{_checker()}\0{pack}".encode("utf-8", "surrogatepass"))
    try:
        for name, content in _contents(folder):
            for part in (name.encode("utf-8", "surrogatepass"), content):
                whole.update(len(part).to_bytes(8, "big") + part)
    except (OSError, ValueError):
        return None
    return whole.hexdigest()[:40]


def _contents(folder: pathlib.Path) -> Iterator[tuple[str, bytes]]:
    """Every file of a pack and of its schedules, by name in order. Raises ValueError for what is no ordinary file or
    folder, and for more than a pack may have."""
    pending, seen, room = [""], 0, MOST_BYTES
    while pending:
        below = pending.pop()
        with os.scandir(folder / below) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
        for entry in entries:
            name = f"{below}/{entry.name}" if below else entry.name
            if entry.name.startswith(".") and below != SCHEDULES:
                continue  # belongs to editors and version control, and is not read
            seen += 1
            if entry.is_dir(follow_symlinks=False):
                pending.append(name)
                yield f"{name}/", b""
            elif not entry.is_file(follow_symlinks=False) or seen > MOST_FILES:
                raise ValueError("a link, a device, or more files than a pack has")
            else:
                room -= entry.stat(follow_symlinks=False).st_size
                if room < 0:
                    raise ValueError("more than a pack holds")
                yield name, pathlib.Path(entry.path).read_bytes()


@functools.cache
def _checker() -> str:
    """A digest of what checks packs: the sources may change without the version, and libraries without the sources."""
    digest = hashlib.sha256(f"{__version__} {sys.version}".encode())
    here = pathlib.Path(__file__).parent
    coverage = shelf("assets") / "fonts" / "coverage.txt"
    for file in (*sorted(here.glob("*.py")), *sorted((here.parent / "storage").glob("*.py")), coverage):
        digest.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    for library in ("attrs", "cattrs", "yaml"):
        spec = importlib.util.find_spec(library)
        if spec is not None and spec.origin is not None:
            digest.update(f"{spec.origin} {os.stat(spec.origin).st_mtime_ns}".encode())
    return digest.hexdigest()
