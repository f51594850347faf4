"""Presentation values as plain data that goes through JSON and back equal, for pages, tests and other programs."""

from __future__ import annotations

import functools
from typing import Any, TypeVar

import cattrs
from cattrs.preconf.json import JsonConverter, make_converter

Value = TypeVar("Value")


@functools.cache
def _converter() -> JsonConverter:
    return make_converter(forbid_extra_keys=True, detailed_validation=False)


def to_plain(value: Any) -> Any:
    """A presentation value as dictionaries, lists, strings, numbers and None."""
    return _converter().unstructure(value)


def from_plain(kind: type[Value], data: Any) -> Value:
    """The value of a kind from `to_plain` of it. Raises ValueError for data that is none of it."""
    try:
        return _converter().structure(data, kind)
    except (cattrs.BaseValidationError, cattrs.ForbiddenExtraKeysError, KeyError, TypeError, ValueError) as error:
        raise ValueError(f"not a {kind.__name__}: {error}") from None
