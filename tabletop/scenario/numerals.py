"""Parses integers as people type them, in decimal digits of any script; converts NumPy scalars to Python's."""

from __future__ import annotations

import operator
import re
from typing import SupportsIndex, cast

#: Longer runs of digits are refused, as Python would refuse to convert them.
MOST_DIGITS = 1000

_SIGNS = {"+": 1, "-": -1, "\N{MINUS SIGN}": -1, "\N{FULLWIDTH PLUS SIGN}": 1, "\N{FULLWIDTH HYPHEN-MINUS}": -1}
_WHOLE = re.compile(rf"([{re.escape(''.join(_SIGNS))}]?)\s*(\d{{1,{MOST_DIGITS}}})")


def whole(text: str) -> int | None:
    """Parses an integer with an optional sign; None for any other text.

    Accepts decimal digits of any script, such as the full-width digits of East Asian input methods.

    >>> whole("12"), whole("-3"), whole("１２"), whole("٣")
    (12, -3, 12, 3)
    >>> whole("x"), whole("1.5"), whole("²"), whole("--1"), whole(""), whole("9" * 5000)
    (None, None, None, None, None, None)
    """
    # Stripped first: a pattern with optional spaces on both sides would take quadratic time for a long run of spaces.
    found = _WHOLE.fullmatch(text.strip())
    return None if found is None else _SIGNS.get(found[1], 1) * int(found[2])


def count(text: str) -> int | None:
    """Parses a text of digits only; None for any other text.

    >>> count("7"), count("０"), count("-7"), count("7 weeks")
    (7, 0, None, None)
    """
    return whole(text) if text.isdecimal() else None


def python_number(value: object) -> int | bool | None:
    """Converts an integer or boolean of another library, such as NumPy, to Python's; None for anything else.

    >>> python_number(3), python_number(True), python_number(1.5), python_number("3")
    (3, True, None, None)
    """
    if isinstance(value, bool):
        return value
    if getattr(getattr(value, "dtype", None), "kind", "") == "b" and not getattr(value, "shape", ()):
        return bool(value)
    try:
        return operator.index(cast(SupportsIndex, value))
    except TypeError:
        return None
