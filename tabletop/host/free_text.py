"""What people type, made safe to show: no control or direction characters, one line or a few, a length."""

from __future__ import annotations

import unicodedata

from tabletop.host.refusals import Refused

LONGEST_NAME = 40
LONGEST_REASON = 280
LONGEST_ANSWER = 1_000
#: Zero-width joiners: Persian and emoji are written with them.
_JOINERS = frozenset("\u200c\u200d")
#: How many marks may stand on one letter before the rest is dropped.
_MARKS = 4


def one_line(text: str, longest: int, what: str) -> str:
    """The text in one line, without what cannot be seen or turns the direction of writing.

    Raises Refused where it is longer than `longest` letters; `what` names it, as in "a reason".

    >>> one_line("  Ann\\u202e\\tLee\\x07 ", 40, "name")
    'Ann Lee'
    """
    found = " ".join(_visible(text).split())
    if len(found) > longest:
        raise Refused(f"long-{what}", 422, most=longest, number=len(found))
    return found


def few_lines(text: str, longest: int, what: str) -> str:
    """The text with its line ends, otherwise as `one_line` has it."""
    lines = [" ".join(_visible(line).split()) for line in text.splitlines()]
    found = "\n".join(lines).strip("\n")
    while "\n\n\n" in found:
        found = found.replace("\n\n\n", "\n\n")
    if len(found) > longest:
        raise Refused(f"long-{what}", 422, most=longest, number=len(found))
    return found


def person_name(text: str) -> str:
    """A person's name. Raises Refused for one that is empty or too long."""
    name = one_line(text, LONGEST_NAME, "name")
    if not any(letter.isalnum() for letter in name):
        raise Refused("no-name", 422)
    return name


def _visible(text: str) -> str:
    shown, marks = [], 0
    for letter in unicodedata.normalize("NFC", text):
        kind = unicodedata.category(letter)
        marks = marks + 1 if kind in ("Mn", "Me") else 0
        if kind in ("Cc", "Zl", "Zp"):
            shown.append(" ")
        elif marks <= _MARKS and (kind not in ("Cf", "Cs", "Co", "Cn") or letter in _JOINERS):
            shown.append(letter)
    return "".join(shown)
