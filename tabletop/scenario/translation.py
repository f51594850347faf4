"""A pack in other languages: the same rules with other words, which stand in files beside the pack's own.

A folder of the pack that is called like a language of the program, such as `ko`, has its translation. Each file in it
is a mapping of sections, of nouns by their ids, and of pairs: the text as the pack has it, and what it is called:

    cards:
      band_for_the_quay:
        - en: A Band for the Quay
          ko: 부두의 악대

A text is found by its noun and by what it says in the pack, so that nothing is counted, and a text that was changed has
no translation any more. What many nouns say may stand once, in the section `common`. What is missing stays as it is.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from typing import Any

import attrs

from tabletop.scenario.injects import Schedule
from tabletop.scenario.pack import Scenario
from tabletop.scenario.prose import translatable, translated
from tabletop.scenario.translation_tables import COMMON, PACK, Table, same


def nouns_of(scenario: Scenario) -> Iterator[tuple[str, str, Any]]:
    """Everything in a scenario that has texts: its section, its id there, and the thing itself."""
    for field in attrs.fields(type(scenario)):
        value = getattr(scenario, field.name)
        if isinstance(value, tuple):
            for at, noun in enumerate(value):
                yield field.name, id_of(noun, at), noun
        elif field.name == "presentation":
            for inner in attrs.fields(type(value)):
                yield field.name, inner.name, {inner.name: getattr(value, inner.name)}


def id_of(noun: Any, at: int) -> str:
    """What a noun goes by in its section; its number there, from 1, if it has no id."""
    return str(getattr(noun, "id", None) or getattr(noun, "term", None) or at + 1)


# A scenario in another language


def told_in(scenario: Scenario, language: str) -> Scenario:
    """The scenario in a language: the same rules, and the same digest; as its pack has it if it has none."""
    scenario = scenario.original or scenario
    if language in ("", scenario.language) or not scenario.translations.files.get(language):
        return scenario
    table = scenario.translations.table(language)
    changed: dict[str, Any] = {}
    headings = _teller(table, PACK, PACK, language)
    for field in attrs.fields(type(scenario)):
        value = getattr(scenario, field.name)
        if field.name in ("translations", "original"):
            continue
        if isinstance(value, tuple):
            changed[field.name] = tuple(
                translated(noun, _teller(table, field.name, id_of(noun, at), language)) for at, noun in enumerate(value)
            )
        elif field.name == "presentation":
            changed[field.name] = _told_parts(value, table, field.name, language)
    texts = {path[0]: text for path, text in translatable(_Headings.of(scenario))}
    changed |= {str(name): headings(text) for name, text in texts.items()}
    changed["stages"] = _dated(changed["stages"], scenario, language)
    return attrs.evolve(scenario, **changed, language=language, original=scenario)


def told_heading(scenario: Scenario, text: str) -> str:
    """A title or text of the pack or of one of its schedules in the language of a scenario."""
    if scenario.original is None:
        return text
    return _teller(scenario.translations.table(scenario.language), PACK, PACK, scenario.language)(text)


def told_schedule(schedule: Schedule, scenario: Scenario) -> Schedule:
    """A schedule of injects in the language of the scenario that it is for, by its translation."""
    language = scenario.language
    if scenario.original is None:
        return schedule
    table = scenario.translations.table(language)
    headings = _teller(table, PACK, PACK, language)
    return attrs.evolve(
        schedule,
        title=headings(schedule.title),
        text=headings(schedule.text),
        injects=tuple(translated(one, _teller(table, "injects", one.id, language)) for one in schedule.injects),
        cards=tuple(translated(one, _teller(table, "cards", one.id, language)) for one in schedule.cards),
    )


@attrs.frozen
class _Headings:
    """The texts of a scenario that stand in no section."""

    title: str
    summary: str
    question: str
    introduction: str

    @classmethod
    def of(cls, scenario: Scenario) -> _Headings:
        return cls(*(getattr(scenario, field.name) for field in attrs.fields(cls)))


def _told_parts(holder: Any, table: Table, section: str, language: str) -> Any:
    """An object whose parts each have a noun of their own, by the name of the field."""
    changed = {}
    for field in attrs.fields(type(holder)):
        value = getattr(holder, field.name)
        if value:
            part = translated(_Part(value), _teller(table, section, field.name, language)).value
            if part is not value:
                changed[field.name] = part
    return attrs.evolve(holder, **changed) if changed else holder


@attrs.frozen
class _Part:
    value: Any


def texts_of_noun(noun: Any) -> list[tuple[tuple[str | int, ...], str]]:
    """The texts of one of `nouns_of`, each with its path in it, without dates that are put into words by themselves."""
    parts = noun if isinstance(noun, dict) else {"": noun}
    found: list[tuple[tuple[str | int, ...], str]] = []
    for part in parts.values():
        if attrs.has(type(part)):
            found += translatable(part)
        elif part:
            found += ((path[1:], text) for path, text in translatable(_Part(part)))
    return [(path, text) for path, text in found if text.strip() and not is_date(text)]


def headings_of(scenario: Scenario) -> list[tuple[tuple[str | int, ...], str]]:
    """The texts of a scenario that stand in no section, each with its path."""
    return [(path, text) for path, text in translatable(_Headings.of(scenario)) if text.strip()]


def _teller(table: Table, section: str, id: str, language: str) -> Callable[[str], str]:
    own, common = table.get((section, id), {}), table.get((COMMON, COMMON), {})

    def told(text: str) -> str:
        key = same(text)
        found = own.get(key) or common.get(key)
        return found if found is not None else _date_in(key, language) or text

    return told


# Dates

_MONTHS: tuple[str, ...] = ("January", "February", "March", "April", "May", "June", "July")
_MONTHS += ("August", "September", "October", "November", "December")
_DATE = re.compile(rf"(?:(\d{{1,2}}) )?({'|'.join(_MONTHS)})(?: (\d{{4}}))?")


def is_date(text: str) -> bool:
    """Whether a text is nothing but a date in English, which every language writes by itself.

    >>> is_date("8 March 2018"), is_date("June 2018"), is_date("early June")
    (True, True, False)
    """
    return _DATE.fullmatch(text.strip()) is not None


def _date_in(text: str, language: str) -> str:
    """A date in English as a language writes it; "" for anything else."""
    found = _DATE.fullmatch(text)
    if found is None:
        return ""
    from babel.dates import format_skeleton

    day, month, year = found.groups()
    skeleton = ("y" if year else "") + "MMMM" + ("d" if day else "")
    try:
        date = datetime.date(int(year or 2000), _MONTHS.index(month) + 1, int(day or 1))
    except ValueError:
        return ""
    return str(format_skeleton(skeleton, date, locale=language))


def _dated(stages: tuple[Any, ...], scenario: Scenario, language: str) -> tuple[Any, ...]:
    """The stages with the dates that the calendar gives them in a language, where the pack leaves them to it."""
    return tuple(
        attrs.evolve(stage, dates=tuple(_date_in(one, language) or one for one in stage.dates)) for stage in stages
    )
