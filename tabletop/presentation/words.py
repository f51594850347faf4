"""Words: all that the window itself says, in the player's language.

A language is a folder of assets/words with a YAML file a subject; `words("title.continue", game="…")` is the entry
`continue` of title.yaml with its {places} filled. What a scenario says comes from its pack.
"""

from __future__ import annotations

import functools
from typing import Any

import yaml

from tabletop.storage.shipped_data import shelf

LANGUAGES = {"en": "English", "ko": "한국어"}


@functools.lru_cache(maxsize=8)
def catalogue(language: str) -> dict[str, str]:
    """All the entries of a language by subject.key; an entry with a count has .one and .other."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found: dict[str, str] = {}
    for file in sorted((shelf("assets") / "words" / language).glob("*.yaml")):
        entries: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), loader) or {}
        for key, value in entries.items():
            forms = value if isinstance(value, dict) else {"": value}
            for form, text in forms.items():
                found[".".join(part for part in (file.stem, key, form) if part)] = " ".join(str(text).split())
    return found


class Words:
    """The entries of one language; what it lacks is said in English."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def __call__(self, key: str, **places: object) -> str:
        """The words of an entry. With a place `count`, the entry may have a form `one` and a form `other`.

        Raises KeyError if there is no such entry in any language.
        """
        for language in (self.language, "en"):
            entries = catalogue(language)
            if key in entries:
                return entries[key].format(**places)
            counted = f"{key}.{'one' if places.get('count') == 1 and f'{key}.one' in entries else 'other'}"
            if counted in entries:
                return entries[counted].format(**places)
        raise KeyError(f"no words for '{key}' in assets/words")
