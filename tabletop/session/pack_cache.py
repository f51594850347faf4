"""The parsed pack as compressed JSON, cached.

Without an entry, or with a damaged one, the pack is read normally. Entries are keyed by a hash of all texts. Data that
comes with a session is never used as an entry.
"""

from __future__ import annotations

import functools
import hashlib
import json
import pathlib
import zlib
from collections.abc import Mapping

from tabletop import __version__, scenario
from tabletop.scenario import Scenario
from tabletop.scenario.library import locate
from tabletop.scenario.loading import load, load_sound, load_texts
from tabletop.scenario.pack_files import Unreadable, texts_of
from tabletop.scenario.problems import PackError
from tabletop.storage.cache import Cache

_MOST = 12


def cache() -> Cache | None:
    """The cache of parsed packs; None if there is none."""
    return Cache.of_user("packs")


def load_quickly(pack: str) -> Scenario:
    """Like `tabletop.load`, with the cache. Raises the same errors."""
    try:
        return load_texts_quickly(texts_of(locate(pack)))
    except (PackError, Unreadable, OSError, ValueError):
        return load(pack)  # reports the problems


def load_texts_quickly(texts: Mapping[str, str]) -> Scenario:
    """The scenario of a pack given as texts by file name. Raises PackError."""
    kept, name = cache(), _name(texts)
    found = None if kept is None else kept.read(name)
    if found is not None:
        try:
            return load_sound(texts, json.loads(zlib.decompress(found)))
        except (ValueError, zlib.error):  # an invalid entry: read the pack
            pass
    made, data = load_texts(texts)
    if kept is not None and kept.keep(name, zlib.compress(json.dumps(data).encode(), 1)):
        kept.trim(_MOST, but=name)
    return made


def _name(texts: Mapping[str, str]) -> str:
    whole = hashlib.sha256()
    for name in sorted(texts):
        for part in (name, texts[name]):
            words = part.encode("utf-8", "surrogatepass")
            whole.update(len(words).to_bytes(8, "big") + words)
    return f"{whole.hexdigest()[:40]}-{_reader()}"


@functools.cache
def _reader() -> str:
    """A digest of the source files that read packs, since they may change without the version."""
    seal = hashlib.sha256(__version__.encode())
    for file in sorted(pathlib.Path(*scenario.__path__).glob("*.py")):
        seal.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return seal.hexdigest()[:16]
