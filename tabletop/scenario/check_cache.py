"""What `check` found in a pack, cached by everything that it depends on: an unchanged pack is not read again.

The key is made of the pack's files, as bytes, of the sources that check packs, and of the libraries that they use.
Whatever cannot be read in the ordinary way has no key, and is always checked anew.
"""

from __future__ import annotations

import functools
import hashlib
import json
import pathlib
from collections.abc import Callable

from tabletop.scenario.files_digest import digest_of_files, digest_of_sources
from tabletop.scenario.problems import Mark, Problem
from tabletop.storage.cache import Cache

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
    digest = digest_of_files(pack)
    # What is found names its files by the path that was given.
    whole = f"{_checker()}\0{pack}\0{digest}".encode("utf-8", "surrogatepass")
    return None if digest is None else hashlib.sha256(whole).hexdigest()[:40]


@functools.cache
def _checker() -> str:
    return digest_of_sources("scenario", "storage")
