"""The pack saved inside a session, so that the game can continue without the pack's files."""

from __future__ import annotations

import functools
import json
import zlib
from collections.abc import Mapping

from tabletop.scenario import Scenario
from tabletop.scenario.library import UnknownScenario, known, locate
from tabletop.scenario.pack_layout import MOST_BYTES
from tabletop.scenario.problems import PackError
from tabletop.session import pack_cache
from tabletop.session.errors import Fault
from tabletop.storage.paths import written

#: The texts of a pack, each with the name of its file.
Files = tuple[tuple[str, str], ...]
#: Size limit for decompressing a pack from elsewhere.
_MOST = 2 * MOST_BYTES


class NotCarried(Exception):
    """An embedded pack that cannot be read: in plain English, and by `kind` and `places` for the catalogue."""

    def __init__(self, message: str, kind: str = "", **places: object) -> None:
        super().__init__(message)
        self.kind, self.places = kind, places

    @property
    def told(self) -> Fault:
        """What is wrong, to be kept and told later."""
        return Fault(str(self), self.kind, **self.places)


def pack_to_keep(pack: str) -> str:
    """The pack's location for later runs: the id of a scenario that is known here, or the full path."""
    return pack if pack in known() else str(written(pack).resolve())


def texts_found(pack: str, digest: str) -> dict[str, str]:
    """The texts of a pack, for embedding. Raises NotCarried if its digest differs."""
    from tabletop.scenario.pack_files import Unreadable, digest_of, texts_of

    try:
        found = texts_of(locate(pack))
    except (UnknownScenario, Unreadable, OSError, ValueError) as error:
        message = f"the game is not kept, as its scenario cannot be read again ({error})"
        raise NotCarried(message, "pack-gone", name=pack) from error
    if digest_of(found) != digest:
        raise NotCarried(
            "the game is not kept, as its scenario is not as it was loaded; start it again", "pack-changed"
        )
    return found


def packed(texts: Mapping[str, str]) -> bytes:
    """The texts of a pack, compressed."""
    return _packed(tuple(texts.items()))


# A program that begins many games has few packs: each is compressed and examined once.
@functools.lru_cache(maxsize=4)
def _packed(files: Files) -> bytes:
    return zlib.compress(json.dumps(dict(files), ensure_ascii=False, separators=(",", ":")).encode())


def texts(carried: bytes) -> dict[str, str]:
    """The texts of an embedded pack by file name. Raises NotCarried."""
    try:
        return sound_texts(json.loads(zlib.decompressobj().decompress(carried, _MOST)))
    except (zlib.error, ValueError, RecursionError) as error:
        raise NotCarried("the scenario in this session is damaged", "own-pack-damaged") from error


def sound_texts(data: object) -> dict[str, str]:
    """The texts of a pack from plain data. Raises ValueError for invalid data."""
    if not isinstance(data, dict) or not all(isinstance(text, str) for text in data.values()):
        raise ValueError("these are not the texts of a pack")
    for name, text in data.items():
        f"{name}{text}".encode()  # raises for lone surrogates
    return data


def check_sound(texts: Mapping[str, str]) -> None:
    """Raises NotCarried if the pack of these texts is invalid, so that only playable packs are saved."""
    _scenario_of(tuple(texts.items()))


def carried_scenario(carried: bytes, digest: str) -> Scenario:
    """The scenario of an embedded pack; from the pack cache if possible.

    Raises NotCarried if its digest differs, or if it is invalid.
    """
    from tabletop.scenario.pack_files import digest_of

    found = texts(carried)
    if digest_of(found) != digest:
        raise NotCarried("the scenario in this session is not the one that it was played with", "own-pack-other")
    return _scenario_of(tuple(found.items()))


@functools.lru_cache(maxsize=8)
def _scenario_of(files: Files) -> Scenario:
    """The scenario of a pack's texts, by their whole content. Raises NotCarried, each time anew."""
    try:
        return pack_cache.load_texts_quickly(dict(files))
    except PackError as error:
        why = str(error.problems[0])
        raise NotCarried(
            f"the scenario in this session cannot be played: {why}", "own-pack-unsound", why=why
        ) from error


def has_changed(pack: str, digest: str) -> bool | None:
    """Whether a pack's digest has changed; None if the pack is gone."""
    from tabletop.scenario.pack_files import Unreadable, digest_of, texts_of

    try:
        return digest_of(texts_of(locate(pack))) != digest
    except (UnknownScenario, OSError, ValueError, Unreadable):
        return None
