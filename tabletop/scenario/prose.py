"""All texts of a pack that people may read, each with its path."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from tabletop.scenario.expressions import Expression
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


def prose_of(noun: Any, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """The texts of an object, such as a scenario or a card, and of everything in it, each with its path."""
    for name, is_prose in _fields(type(noun)):
        value = getattr(noun, name)
        if not value:
            continue
        if isinstance(value, str):
            if is_prose:
                yield (*path, name), value
        elif isinstance(value, tuple):
            for at, item in enumerate(value):
                if isinstance(item, str):
                    if is_prose:
                        yield (*path, name, at), item
                elif attrs.has(type(item)):
                    yield from prose_of(item, (*path, name, at))
        elif isinstance(value, dict):
            for key, item in value.items():
                if attrs.has(type(item)):
                    yield from prose_of(item, (*path, name, key))
        elif attrs.has(type(value)):
            yield from prose_of(value, (*path, name))


_FIELDS: dict[type, tuple[tuple[str, bool], ...]] = {Expression: ()}


def _fields(kind: type) -> tuple[tuple[str, bool], ...]:
    """The fields of a class, and whether each is text for people."""
    if kind not in _FIELDS:
        _FIELDS[kind] = tuple((field.name, field.name in PROSE) for field in attrs.fields(kind))
    return _FIELDS[kind]
