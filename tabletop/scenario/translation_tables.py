"""The files of a pack's translations: which they are, and what every noun says in a language."""

from __future__ import annotations

import functools
import hashlib
import json
import zlib
from collections.abc import Mapping
from typing import Any

import attrs

from tabletop.storage.cache import Cache, digest_of_texts
from tabletop.storage.shipped_data import shelf

#: The section of texts that belong to no noun, and where its headings stand in it.
PACK = "pack"
#: The section of what several nouns say.
COMMON = "common"

#: What each noun says in a language: the translation by the text as the pack has it.
Table = dict[tuple[str, str], dict[str, str]]

_MOST_CACHED = 12


@functools.cache
def languages() -> tuple[str, ...]:
    """The languages in which the program speaks, and so a pack may be."""
    words = shelf("assets") / "words"
    return tuple(sorted(one.name for one in words.iterdir() if one.is_dir())) if words.is_dir() else ("en",)


def language_of(file: str) -> str:
    """The language whose translation a file of a pack belongs to, by its name in the pack; "" for one of its own."""
    folder, slash, _ = file.partition("/")
    return folder if slash and folder in languages() else ""


@attrs.define(eq=False)
class Translations:
    """The translations of a pack: the texts of their files by language and name, read when a language is first asked
    for."""

    files: dict[str, dict[str, str]] = attrs.field(factory=dict)
    _tables: dict[str, Table] = attrs.field(factory=dict, repr=False)

    def table(self, language: str) -> Table:
        """What every noun says in a language. Files that cannot be read count as missing: `tabletop check` names
        them."""
        if language not in self._tables:
            self._tables[language] = _table_of(self.files.get(language, {}), language)
        return self._tables[language]


def translations_of(texts: Mapping[str, str]) -> Translations:
    """The translations among the files of a pack, given as texts by name."""
    found: dict[str, dict[str, str]] = {}
    for name, text in texts.items():
        language = language_of(name)
        if language and name.lower().endswith((".yaml", ".yml")):
            found.setdefault(language, {})[name] = text
    return Translations(found)


def _table_of(texts: Mapping[str, str], language: str) -> Table:
    """What the files of a language say, from the cache if they were read before."""
    if not texts:
        return {}
    kept, name = Cache.of_user("packs"), _name(texts, language)
    packed = None if kept is None else kept.read(name)
    if packed is not None:
        try:
            return {(section, id): pairs for section, id, pairs in json.loads(zlib.decompress(packed))}
        except (ValueError, zlib.error):  # an invalid entry: read the files
            pass
    table: Table = {}
    for text in texts.values():
        _read(text, language, table)
    rows = json.dumps([[section, id, pairs] for (section, id), pairs in table.items()], ensure_ascii=False)
    if kept is not None and kept.keep(name, zlib.compress(rows.encode(), 1)):
        kept.trim(_MOST_CACHED, but=name)
    return table


def _name(texts: Mapping[str, str], language: str) -> str:
    key = hashlib.sha256(f"translation 1 {language} {digest_of_texts(texts)}".encode()).hexdigest()
    return f"{key[:40]}-{language}"


def _read(text: str, language: str, table: Table) -> None:
    """Adds what a file says to a table, and leaves out what has another form."""
    import yaml  # not for a game in the pack's own language

    try:
        data = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except (yaml.YAMLError, ValueError, RecursionError):
        return
    for section, nouns in _items(data):
        for id, pairs in _items(nouns):
            known = table.setdefault((section, id), {})
            for pair in pairs if isinstance(pairs, list) else ():
                source, said = pair_of(pair, language)
                if source and said:
                    known.setdefault(source, said)


def pair_of(pair: Any, language: str) -> tuple[str, str]:
    """The text of the pack and its translation, "" for what a pair has not."""
    if not isinstance(pair, dict):
        return "", ""
    source = next((value for key, value in pair.items() if key != language and isinstance(value, str)), "")
    said = pair.get(language)
    return same(source), said.strip() if isinstance(said, str) else ""


def same(text: str) -> str:
    """A text without what a file may write otherwise: line breaks and blanks."""
    return " ".join(text.split())


def _items(value: Any) -> list[tuple[str, Any]]:
    return [(key, item) for key, item in value.items() if isinstance(key, str)] if isinstance(value, dict) else []
