"""The parsed pack as compressed JSON, cached.

What lies there only makes things quicker: without it, or where it is not as it was written, the pack is read. It is
kept for just these texts, every letter of them. What comes with a session is never taken for it.
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
    """Where ready packs are kept; None where there is no place for them."""
    return Cache.of_user("packs")


def load_quickly(pack: str) -> Scenario:
    """The scenario of a shipped pack or of a path, as `tabletop.load` has it. Raises what that does."""
    try:
        return load_texts_quickly(texts_of(locate(pack)))
    except (PackError, Unreadable, OSError, ValueError):
        return load(pack)  # which says what is wrong


def load_texts_quickly(texts: Mapping[str, str]) -> Scenario:
    """The scenario of the texts of a pack, by their names. Raises PackError."""
    kept, name = cache(), _name(texts)
    found = None if kept is None else kept.read(name)
    if found is not None:
        try:
            return load_sound(texts, json.loads(zlib.decompress(found)))
        except (ValueError, zlib.error):  # it was kept, and is none all the same: read it
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
    """A name for the sources that read packs, since they may change without the version."""
    seal = hashlib.sha256(__version__.encode())
    for file in sorted(pathlib.Path(*scenario.__path__).glob("*.py")):
        seal.update(file.name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return seal.hexdigest()[:16]
