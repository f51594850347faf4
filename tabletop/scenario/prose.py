"""All texts of a pack that people may read, each with its path: which fields have them is marked here, once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import attrs

from tabletop.scenario.actions import Parameter
from tabletop.scenario.board import Hidden, Track, Value, Variable
from tabletop.scenario.claims_and_assumptions import Claim, Source
from tabletop.scenario.effects import Outcome
from tabletop.scenario.enum_fields import WORDS
from tabletop.scenario.expressions import Expression
from tabletop.scenario.presentation import TitleScene
from tabletop.scenario.problems import Path

#: Fields with text for people.
PROSE = frozenset(
    [
        "title",
        "summary",
        "question",
        "introduction",
        "name",
        "short",
        "text",
        "role",
        "brief",
        "private_brief",
        "why",
        "label",
        "labels",
        "group",
        "refused",
        "prompt",
        "date",
        "dates",
        "turn",
        "descriptions",
        "case_for",
        "case_against",
        "held_by",
        "author",
        "published",
        "note",
        "must_show",
        "paragraph",
        "term",
        "remind",
        "options",
        "do",
        "stamp",
        "asks",
        "goal",
        "motto",
        "place",
    ]
)


#: Fields of these names that hold an id or a word of the program all the same.
_IDS = frozenset([(Parameter, "name"), (TitleScene, "labels")])
#: The mark, in the metadata of a field, that nothing in it is a text of the thing itself.
NO_PROSE = "no prose"
#: Texts that stay in the language in which they were published, or are the same in every one.
_KEPT = frozenset([(Source, "title"), (Source, "author"), (Source, "published"), (Claim, "paragraph")])


def worded(id: str) -> str:
    """An id as words.

    >>> worded("first_step")
    'first step'
    """
    return id.replace("_", " ")


def prose_of(noun: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of an object, such as a scenario or a card, and of everything in it, each with its path."""
    yield from _texts(noun, path, _prose_fields)


def translatable(noun: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of an object that are another in another language: its prose, without what is kept as it was published,
    and the words that its ids stand for where it has no label for them."""
    yield from _texts(noun, path, _translated_fields)


def translated(noun: Any, told: Callable[[str], str]) -> Any:
    """An object with the texts that `translatable` finds in it as `told` has them; the object itself if all stay."""
    changed: dict[str, Any] = {}
    for name, is_text in _translated_fields(type(noun)):
        value = getattr(noun, name)
        if value:
            said = _translated_value(value, is_text, told)
            if said is not value:
                changed[name] = said
    for name, implied in _implied(noun):
        said = tuple(map(told, implied)) if isinstance(implied, tuple) else told(implied)
        if said != implied:
            changed[name] = said
    return attrs.evolve(noun, **changed) if changed else noun


def _translated_value(value: Any, is_text: bool, told: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return told(value) if is_text else value
    if isinstance(value, tuple):
        items: Any = tuple(_translated_value(item, is_text, told) for item in value)
        return items if any(one is not other for one, other in zip(items, value, strict=True)) else value
    if isinstance(value, dict):
        items = {key: _translated_value(item, is_text, told) for key, item in value.items()}
        return items if any(items[key] is not item for key, item in value.items()) else value
    return translated(value, told) if attrs.has(type(value)) else value


def _texts(noun: Any, path: Path, fields: Callable[[type], tuple[tuple[str, bool], ...]]) -> Iterator[tuple[Path, str]]:
    for name, is_text in fields(type(noun)):
        value = getattr(noun, name)
        if value:
            yield from _texts_in(value, is_text, (*path, name), fields)
    if fields is _translated_fields:
        for name, implied in _implied(noun):
            texts = implied if isinstance(implied, tuple) else (implied,)
            yield from (((*path, name, at), text) for at, text in enumerate(texts))


def _texts_in(
    value: Any, is_text: bool, path: Path, fields: Callable[[type], tuple[tuple[str, bool], ...]]
) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        if is_text:
            yield path, value
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            yield from _texts_in(item, is_text, (*path, at), fields)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts_in(item, is_text, (*path, key), fields)
    elif attrs.has(type(value)):
        yield from _texts(value, path, fields)


def _implied(noun: Any) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The fields that a noun leaves empty, so that its ids are shown as words instead, with these words."""
    match noun:
        case Variable() | Hidden():
            if not noun.name:
                yield "name", worded(noun.id).capitalize()
            if noun.values and not noun.labels:
                yield "labels", tuple(map(worded, noun.values))
        case Value():
            if not noun.name:
                yield "name", worded(noun.id).capitalize()
        case Outcome():
            if not noun.label:
                yield "label", worded(noun.id)
        case Track():
            if noun.by and not noun.labels:
                yield "labels", tuple(worded(item).capitalize() for item in noun.by)


_PROSE: dict[type, tuple[tuple[str, bool], ...]] = {Expression: ()}
_TRANSLATED: dict[type, tuple[tuple[str, bool], ...]] = {Expression: ()}


def _prose_fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a class, and whether each is text for people."""
    if kind not in _PROSE:
        fields = [field.name for field in attrs.fields(kind) if NO_PROSE not in field.metadata]
        _PROSE[kind] = tuple((name, _is_prose(kind, name)) for name in fields)
    return _PROSE[kind]


def _translated_fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a class, and whether each is a text of which there may be a translation."""
    if kind not in _TRANSLATED:
        _TRANSLATED[kind] = tuple(
            (name, is_text and (kind, name) not in _KEPT) for name, is_text in _prose_fields(kind)
        )
    return _TRANSLATED[kind]


def _is_prose(kind: type, name: str) -> bool:
    return name in PROSE and (kind, name) not in WORDS and (kind, name) not in _IDS
