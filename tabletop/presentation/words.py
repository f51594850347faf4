"""Words: all that the program itself says, in the player's language, with its plurals, lists, numbers and dates.

A language is a folder of assets/words with a YAML file a subject; `words("title.continue", game="…")` is the entry
`continue` of title.yaml with its {places} filled. What a scenario says comes from its pack.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Literal

import yaml

from tabletop.storage.shipped_data import shelf

if TYPE_CHECKING:
    from babel import Locale

LANGUAGES = {"en": "English", "ko": "한국어"}
#: Whose habits of writing lists, numbers and dates a language follows, where it is not its own name.
_LOCALES = {"en": "en_GB"}
#: The plural categories of CLDR: the forms that an entry with a place `count` may have.
PLURALS = ("zero", "one", "two", "few", "many", "other")


@functools.lru_cache(maxsize=8)
def catalogue(language: str) -> dict[str, str]:
    """All the entries of a language by subject.key; an entry with a count has a form for each plural category, such as
    .one and .other."""
    found: dict[str, str] = {}
    for file in sorted((shelf("assets") / "words" / language).glob("*.yaml")):
        found |= _entries(language, file.stem)
    return found


@functools.lru_cache(maxsize=512)
def _entries(language: str, subject: str) -> dict[str, str]:
    """The entries of one subject, read when it is first spoken of; none if there is no such subject."""
    file = shelf("assets") / "words" / language / f"{subject}.yaml"
    if not file.is_file():
        return {}
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    entries: dict[str, Any] = yaml.load(file.read_text(encoding="utf-8"), loader) or {}
    found: dict[str, str] = {}
    for key, value in entries.items():
        forms = value if isinstance(value, dict) else {"": value}
        for form, text in forms.items():
            found[".".join(part for part in (subject, key, form) if part)] = " ".join(str(text).split())
    return found


@functools.lru_cache(maxsize=8)
def _locale(language: str) -> Locale:
    # Imported where it is needed: a command line that says nothing in a language starts without it.
    from babel import Locale

    return Locale.parse(_LOCALES.get(language, language))


@functools.lru_cache(maxsize=512)
def _plural(language: str, count: int | float) -> str:
    return _locale(language).plural_form(count)


class Words:
    """The entries of one language; what it lacks is said in English."""

    def __init__(self, language: str = "en") -> None:
        self.language = language

    def __call__(self, key: str, **places: object) -> str:
        """The words of an entry. With a place `count`, the entry may have a form for each plural category of the
        language.

        Raises KeyError if there is no such entry in any language.
        """
        for language in (self.language, "en"):
            entries = _entries(language, key.partition(".")[0])
            if key in entries:
                return entries[key].format(**places)
            if f"{key}.other" in entries:
                return entries[_form(entries, language, key, places.get("count"))].format(**places)
        raise KeyError(f"no words for '{key}' in assets/words")

    def listed(self, items: Sequence[str], how: Literal["and", "or"] = "and") -> str:
        """Several things in a row.

        >>> Words("en").listed(["the card", "two days", "the calendar"])
        'the card, two days and the calendar'
        """
        if len(items) < 2:
            return "".join(items)
        from babel.lists import format_list

        return format_list(items, style="standard" if how == "and" else "or", locale=_locale(self.language))

    def yes_or_no(self, value: bool) -> str:
        """Yes or no, as the value of something."""
        return self("common.yes" if value else "common.no")

    def number(self, number: int | float) -> str:
        """A number as the language writes it.

        >>> Words("en").number(12345)
        '12,345'
        """
        from babel.numbers import format_decimal

        return format_decimal(number, locale=_locale(self.language))

    def date(self, day: datetime.date) -> str:
        """A day as the language writes it.

        >>> Words("en").date(datetime.date(2018, 6, 12)), Words("ko").date(datetime.date(2018, 6, 12))
        ('12 June 2018', '2018년 6월 12일')
        """
        from babel.dates import format_date

        return format_date(day, format="long", locale=_locale(self.language))

    def month(self, day: datetime.date) -> str:
        """The month and year of a day as the language writes them.

        >>> Words("en").month(datetime.date(2018, 6, 12)), Words("ko").month(datetime.date(2018, 6, 12))
        ('June 2018', '2018년 6월')
        """
        from babel.dates import format_skeleton

        return format_skeleton("yMMMM", day, locale=_locale(self.language))

    def moment(self, moment: datetime.datetime) -> str:
        """A day, in short, and the time on it, to the minute.

        >>> Words("en").moment(datetime.datetime(2018, 6, 12, 9, 4))
        '12 Jun 2018, 09:04'
        """
        from babel.dates import format_date

        return f"{format_date(moment, format='medium', locale=_locale(self.language))}, {moment:%H:%M}"


def _form(entries: dict[str, str], language: str, key: str, count: object) -> str:
    """The key of the form of an entry that fits a count; the general one where it has none of its own."""
    if isinstance(count, int | float):
        form = f"{key}.{_plural(language, count)}"
        if form in entries:
            return form
    return f"{key}.other"
