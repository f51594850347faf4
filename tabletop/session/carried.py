"""The scenario that a session carries with it: the text of its pack, so that the game goes on without it."""

from __future__ import annotations

import functools
import json
import pathlib
import tempfile
import zlib

from tabletop.scenario import Scenario
from tabletop.scenario.library import UnknownScenario, locate, shipped
from tabletop.scenario.loading import load
from tabletop.scenario.problems import PackError
from tabletop.scenario.reading import MOST_BYTES, Unreadable, digest_of, texts_of

#: Compressed, a pack that somebody sends is read only as far as a pack can be.
_MOST = 2 * MOST_BYTES


class NotCarried(Exception):
    """A carried scenario that cannot be read."""


def pack_to_keep(pack: str) -> str:
    """The pack as a later run will find it: a shipped scenario by its id, any other by its full path."""
    return pack if pack in shipped() else str(pathlib.Path(pack).resolve())


def packed(pack: str, digest: str) -> bytes:
    """The texts of a pack, to be carried. Raises NotCarried if it is not, or no longer, the one of that digest."""
    try:
        found = texts_of(locate(pack))
    except (UnknownScenario, Unreadable, OSError, ValueError) as error:
        raise NotCarried(f"the game is not kept, as its scenario cannot be read again ({error})") from error
    if digest_of(found) != digest:
        raise NotCarried("the game is not kept, as its scenario is not as it was loaded; start it again")
    return zlib.compress(json.dumps(found, ensure_ascii=False).encode())


def texts(carried: bytes) -> dict[str, str]:
    """The texts of a carried pack by file name. Raises NotCarried."""
    try:
        inflate = zlib.decompressobj()
        found = json.loads(inflate.decompress(carried, _MOST))
    except (zlib.error, ValueError) as error:
        raise NotCarried("the scenario in this session is damaged") from error
    if not isinstance(found, dict) or not all(isinstance(text, str) for text in found.values()):
        raise NotCarried("the scenario in this session is damaged")
    return found


@functools.lru_cache(maxsize=8)
def carried_scenario(carried: bytes, digest: str) -> Scenario:
    """The scenario of a carried pack. Raises NotCarried if it is not the one of that digest, or is unsound."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in texts(carried).items():
            path = pathlib.Path(folder, *pathlib.PurePosixPath(name).parts)
            if ".." in path.parts or pathlib.Path(folder) not in path.parents:
                raise NotCarried("the scenario in this session is damaged")
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        try:
            scenario = load(folder)
        except (PackError, UnknownScenario) as error:
            raise NotCarried(f"the scenario in this session cannot be played: {error}") from error
    if scenario.digest != digest:
        raise NotCarried("the scenario in this session is not the one that it was played with")
    return scenario


def has_changed(pack: str, digest: str) -> bool | None:
    """Whether a pack is another now than it was; None if it is gone."""
    try:
        return digest_of(texts_of(locate(pack))) != digest
    except (UnknownScenario, OSError, ValueError, Unreadable):
        return None
