"""Refuses unquoted YAML scalars that YAML 1.1 reads as a number, date, boolean or null and YAML 1.2 as text."""

from __future__ import annotations

import re

import yaml

from tabletop.scenario.problems import quoted
from tabletop.scenario.scalar_typos import intended_boolean, intended_integer

_NUMBER_WITH_LEADING_0 = re.compile(r"[-+]?(0o[0-7]+|0[0-9]+(\.[0-9]*)?)")

_KINDS = {
    "bool": "a yes or no",
    "int": "a number",
    "float": "a number",
    "timestamp": "a date",
    "null": "nothing",
    "merge": "a merge key",
    "value": "a special key",
}


def ambiguity_of(text: str) -> str:
    """Why an unquoted text is refused, and what to write instead; "" if every YAML reader reads it as text.

    >>> print(ambiguity_of("yes"))
    'yes' may be taken for a yes or no: write true, or where text is meant write it in quotes, "yes"
    """
    kind = _yaml_1_1_kind(text) or ("int" if _NUMBER_WITH_LEADING_0.fullmatch(text) else "")
    if not kind:
        return ""
    if kind == "merge":
        return "merge keys (<<) are not allowed: write the entries out"
    if text.lower() in ("true", "false", "null"):
        return f"{quoted(text)} is ambiguous: write {text.lower()}, or write it in quotes"
    if text == "~":
        return "'~' is ambiguous: write null, or write it in quotes"
    meaning = "a time" if ":" in text and kind != "timestamp" else _KINDS.get(kind, "something else")
    meant = _unambiguous(text, kind)
    instead = f"write {meant}, or where text is meant " if meant else ""
    return f'{quoted(text)} may be taken for {meaning}: {instead}write it in quotes, "{text}"'


def _unambiguous(text: str, kind: str) -> str:
    """The unambiguous spelling of a scalar that may be a number or a boolean; "" if unknown."""
    if kind == "bool":
        return str(intended_boolean(text)).lower()
    number = intended_integer(text) if kind == "int" and ":" not in text else None
    return "" if number is None else str(number)


def _yaml_1_1_kind(text: str) -> str:
    """The type of an unquoted scalar in YAML 1.1, such as `bool` for `no`; "" for text."""
    resolvers = yaml.SafeLoader.yaml_implicit_resolvers.get(text[0])
    if resolvers is None or len(text) > 100:
        return ""
    for tag, pattern in resolvers:
        if pattern.match(text):
            return str(tag).rpartition(":")[2]
    return ""
