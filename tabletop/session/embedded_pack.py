"""The pack saved inside a session, so that the game can continue without the pack's files."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Mapping

from tabletop.scenario import Scenario
from tabletop.scenario.library import UnknownScenario, locate, shipped
from tabletop.scenario.pack_files import MOST_BYTES, Unreadable, digest_of, texts_of
from tabletop.scenario.problems import PackError
from tabletop.session import pack_cache
from tabletop.storage.paths import written

#: Compressed, a pack that somebody sends is read only as far as a pack can be.
_MOST = 2 * MOST_BYTES


class NotCarried(Exception):
    """A carried scenario that cannot be read."""


def pack_to_keep(pack: str) -> str:
    """The pack as a later run will find it: a shipped scenario by its id, any other by its full path."""
    return pack if pack in shipped() else str(written(pack).resolve())


def texts_found(pack: str, digest: str) -> dict[str, str]:
    """The texts of a pack, to be carried. Raises NotCarried if it is not, or no longer, the one of that digest."""
    try:
        found = texts_of(locate(pack))
    except (UnknownScenario, Unreadable, OSError, ValueError) as error:
        raise NotCarried(f"the game is not kept, as its scenario cannot be read again ({error})") from error
    if digest_of(found) != digest:
        raise NotCarried("the game is not kept, as its scenario is not as it was loaded; start it again")
    return found


def packed(texts: Mapping[str, str]) -> bytes:
    """The texts of a pack in little room."""
    return zlib.compress(json.dumps(dict(texts), ensure_ascii=False, separators=(",", ":")).encode())


def texts(carried: bytes) -> dict[str, str]:
    """The texts of a carried pack by file name. Raises NotCarried."""
    try:
        return sound_texts(json.loads(zlib.decompressobj().decompress(carried, _MOST)))
    except (zlib.error, ValueError, RecursionError) as error:
        raise NotCarried("the scenario in this session is damaged") from error


def sound_texts(data: object) -> dict[str, str]:
    """The texts of a pack from plain data. Raises ValueError for what is none."""
    if not isinstance(data, dict) or not all(isinstance(text, str) for text in data.values()):
        raise ValueError("these are not the texts of a pack")
    for name, text in data.items():
        f"{name}{text}".encode()  # half a letter cannot be written anywhere
    return data


def check_sound(texts: Mapping[str, str]) -> None:
    """Raises NotCarried if the pack of these texts is unsound, so that nothing is kept that cannot be played."""
    _scenario_of(texts)


@functools.lru_cache(maxsize=8)
def carried_scenario(carried: bytes, digest: str) -> Scenario:
    """The scenario of a carried pack; quickly, where this machine has read these texts with this version before.

    Raises NotCarried if it is not the one of that digest, or is unsound.
    """
    found = texts(carried)
    if digest_of(found) != digest:
        raise NotCarried("the scenario in this session is not the one that it was played with")
    return _scenario_of(found)


def _scenario_of(texts: Mapping[str, str]) -> Scenario:
    try:
        return pack_cache.load_texts_quickly(texts)
    except PackError as error:
        raise NotCarried(f"the scenario in this session cannot be played: {error.problems[0]}") from error


def has_changed(pack: str, digest: str) -> bool | None:
    """Whether a pack is another now than it was; None if it is gone."""
    try:
        return digest_of(texts_of(locate(pack))) != digest
    except (UnknownScenario, OSError, ValueError, Unreadable):
        return None
