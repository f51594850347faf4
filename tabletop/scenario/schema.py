"""Generates the JSON Schema of the pack format, for editors."""

from __future__ import annotations

import inspect
import types
import typing
from typing import Any

import attrs

from tabletop.scenario.enum_fields import WORDS
from tabletop.scenario.expressions import Expression
from tabletop.scenario.injects import Schedule
from tabletop.scenario.pack import COMPUTED, Scenario

DIALECT = "https://json-schema.org/draft/2020-12/schema"

Schema = dict[str, Any]


def json_schema() -> Schema:
    """The schema of one file of a pack, which also fits all files merged: no section is required.

    >>> json_schema()["properties"]["cards"]["items"]
    {'$ref': '#/$defs/Card'}
    """
    schema = _schema(
        Scenario,
        "Scenario pack",
        "One file of a scenario pack. Its sections add to those of the other files in the folder.",
    )
    for name in COMPUTED:
        del schema["properties"][name]
    return schema


def schedule_schema() -> Schema:
    """The schema of a schedule of injects.

    >>> schedule_schema()["required"]
    ['injects']
    """
    about = "What a facilitator means to bring into a game, and when."
    return _schema(Schedule, "Schedule of injects", about) | {"required": ["injects"]}


def _schema(kind: type, title: str, description: str) -> Schema:
    definitions: dict[str, Schema] = {}
    properties = _properties(kind, definitions)
    return {
        "$schema": DIALECT,
        "title": title,
        "description": description,
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _properties(kind: type, definitions: dict[str, Schema]) -> dict[str, Schema]:
    hints = typing.get_type_hints(kind)
    return {
        field.name: _of(hints[field.name], definitions) | _words(kind, field.name) | _default(field)
        for field in attrs.fields(kind)
    }


def _words(kind: type, name: str) -> Schema:
    words = WORDS.get((kind, name))
    return {"enum": list(words)} if words else {}


def _default(field: attrs.Attribute[Any]) -> Schema:
    """The default value, unless it is empty or computed."""
    default = field.default
    if isinstance(default, Expression):
        return {"default": int(default.source)}
    if isinstance(default, bool | int) or (isinstance(default, str | tuple) and default):
        return {"default": list(default) if isinstance(default, tuple) else default}
    return {}


def _of(kind: Any, definitions: dict[str, Schema]) -> Schema:
    """The schema of one type; adds the classes that it refers to to `definitions`."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_of(argument, definitions) for argument in arguments]}
    if origin is dict:
        return {"type": "object", "additionalProperties": _of(arguments[1], definitions)}
    if origin is tuple:
        items: Schema = {"type": "array", "items": _of(arguments[0], definitions)}
        return items if arguments[1] is ... else items | {"minItems": len(arguments), "maxItems": len(arguments)}
    if attrs.has(kind):
        if kind.__name__ not in definitions:
            definitions[kind.__name__] = {}  # placeholder, for classes that refer to themselves
            definitions[kind.__name__] = _definition(kind, definitions)
        return {"$ref": f"#/$defs/{kind.__name__}"}
    return {"type": {int: "integer", bool: "boolean", str: "string", type(None): "null"}[kind]}


def _definition(kind: type, definitions: dict[str, Schema]) -> Schema:
    description = " ".join((inspect.getdoc(kind) or "").partition("\n\n")[0].split())
    if kind is Expression:
        return {"description": description, "anyOf": [{"type": name} for name in ("integer", "boolean", "string")]}
    return {
        "description": description,
        "type": "object",
        "properties": _properties(kind, definitions),
        "required": [field.name for field in attrs.fields(kind) if field.default is attrs.NOTHING],
        "additionalProperties": False,
    }
