"""A copy of a pack whose texts are all in Hangul, so that every Latin word on a Korean page is the program's own."""

from __future__ import annotations

import pathlib
import re
import shutil
from collections.abc import Iterable
from typing import Any

import yaml

from tabletop.scenario.prose import PROSE
from tabletop.scenario.translation_tables import language_of

#: Fields that are text in some nouns and ids in others.
_IDS_TOO = {"do", "options", "asks"}
#: What stands within these is named by ids, whatever its fields are called.
_BY_ID = {"parameters"}
#: The names of keys, and what is typed at a prompt and chosen by name, are in Latin letters in every language.
KEYS = frozenset(["Enter", "Esc", "Tab", "Ctrl", "Alt", "Shift", "PgUp", "PgDn", "Space"])
TYPED = frozenset(
    ["done", "tabletop", "resume", "facilitate", "quit", "id", "yes", "no", "on", "all", "random", "search"]
)


def in_hangul(pack: pathlib.Path, folder: pathlib.Path) -> pathlib.Path:
    """Writes the copy into a folder, and gives its path."""
    there = folder / pack.name
    there.mkdir(parents=True)
    for file in pack.iterdir():
        if language_of(f"{file.name}/"):
            continue
        if file.is_dir():
            in_hangul(file, there)
        elif file.suffix == ".yaml":
            data = _turned(yaml.safe_load(file.read_text(encoding="utf-8")), is_prose=False)
            (there / file.name).write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
        elif file.suffix in (".svg", ".png", ".jpg"):
            shutil.copy(file, there)
        else:
            (there / file.name).write_text(hangul(file.read_text(encoding="utf-8")), encoding="utf-8")
    return there


def hangul(text: str) -> str:
    """A text with a syllable for each Latin letter, the same for the same letter; places in braces stay."""
    return re.sub(r"\{[^}]*\}|[A-Za-z]", lambda found: found[0] if found[0][0] == "{" else _syllable(found[0]), text)


def _syllable(letter: str) -> str:
    return chr(0xAC00 + 28 * (ord(letter.lower()) - ord("a")))


def _turned(value: Any, *, is_prose: bool) -> Any:
    if isinstance(value, str):
        return hangul(value) if is_prose else value
    if isinstance(value, list):
        return [_turned(one, is_prose=is_prose) for one in value]
    if isinstance(value, dict):
        return {key: one if key in _BY_ID else _turned(one, is_prose=_is_prose(key, one)) for key, one in value.items()}
    return value


def _is_prose(key: str, value: Any) -> bool:
    """Whether it is text; what a set piece asks is a sentence, what a phase of a class asks is a word."""
    return _is_text(value) and (key in PROSE - _IDS_TOO or (key == "asks" and " " in value))


def _is_text(value: Any) -> bool:
    return isinstance(value, str) or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def latin_words(text: str, known: Iterable[str] = ()) -> list[str]:
    """The Latin words of a text but for what is typed (between backticks, in capitals, in a path), ids, and `known`
    ones."""
    bare = re.sub(r"`[^`]*`|https?://\S+|\S*/\S*|[A-Za-z]*[_:=#.-][A-Za-z_]+\S*", " ", text)
    kept = {*KEYS, *TYPED, *known}
    return [word for word in re.findall(r"[A-Za-z]{2,}", bare) if word not in kept and not word.isupper()]
