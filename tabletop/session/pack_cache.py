"""Packs as they are played, cached: the scenario and its compiled program, keyed by the pack's files.

Without an entry, or with a damaged one, the pack is read normally. Entries are pickles, which the cache gives back only
if this user wrote them; data that comes with a session is never used as one.
"""

from __future__ import annotations

import functools
import hashlib
import zlib
from collections import deque
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from tabletop.scenario.files_digest import digest_of_files, digest_of_sources
from tabletop.scenario.library import locate
from tabletop.storage.cache import Cache, digest_of_texts

if TYPE_CHECKING:
    from tabletop.engine.program import Program
    from tabletop.scenario.pack import Scenario

_MOST = 12

#: The last programs read: games find them by their scenarios, for as long as somebody holds them.
_held: deque[Program] = deque(maxlen=4)


def cache() -> Cache | None:
    """The cache of packs; None if there is none."""
    return Cache.of_user("packs")


def load_quickly(pack: str) -> Scenario:
    """Like `tabletop.load`, with the cache. Raises the same errors."""
    return _taken(digest_of_files(locate(pack)), lambda: _read(pack))


def load_texts_quickly(texts: Mapping[str, str]) -> Scenario:
    """The scenario of a pack given as texts by file name. Raises PackError."""
    return _taken(f"texts {digest_of_texts(texts)}", lambda: _read_texts(texts))


def _read(pack: str) -> Scenario:
    from tabletop.scenario.loading import load

    return load(pack)


def _read_texts(texts: Mapping[str, str]) -> Scenario:
    from tabletop.scenario.loading import load_texts

    return load_texts(texts)


def _taken(digest: str | None, read: Callable[[], Scenario]) -> Scenario:
    """The scenario of a pack with this digest; read if it has none, or none that is cached."""
    kept = cache()
    if digest is None or kept is None:
        return read()
    from tabletop.engine.compiler import compile_scenario
    from tabletop.engine.stored_program import restored, stored

    name = hashlib.sha256(f"{_reader()} {digest}".encode()).hexdigest()[:40]
    found = kept.read(name)
    if found is not None:
        try:
            program = restored(zlib.decompress(found))
            _held.append(program)
            return program.planned
        except (ValueError, zlib.error):  # an invalid entry: read the pack
            pass
    program = compile_scenario(read())
    _held.append(program)
    if kept.keep(name, zlib.compress(stored(program), 1)):
        kept.trim(_MOST, but=name)
    return program.planned


@functools.cache
def _reader() -> str:
    return digest_of_sources("scenario", "engine", "engine/machine", "storage")
