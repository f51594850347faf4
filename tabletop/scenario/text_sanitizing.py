"""Makes untrusted text safe to show: strips control and bidirectional characters, escapes spreadsheet formulas.

Stored text stays unchanged: it is sanitized when it goes to a screen or to another program.
"""

from __future__ import annotations

import re

#: Replaces control characters.
UNSHOWN = "\N{REPLACEMENT CHARACTER}"

#: Bidirectional embeddings, overrides and isolates can disguise the text around them; the directional marks of single
#: Hebrew and Arabic words cannot, and stay.
REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_LINE_ENDS = re.compile("[\t\n\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\t\n\r\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_BAD = re.compile(f"[\x00-\x1f\x7f-\x9f{REORDERING}\ud800-\udfff]")
_BAD_BUT_LINES = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{REORDERING}\u2028\u2029\ud800-\udfff]")
#: Characters that begin a formula in a spreadsheet, full-width forms included.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def shown(text: str) -> str:
    r"""One line of text that is safe for a terminal: control characters, bidirectional overrides and line breaks are
    replaced.

    >>> shown("a\x1b[31mb\n\u202ec")
    'a�[31mb �c'
    """
    return _BAD.sub(UNSHOWN, _LINE_ENDS.sub(" ", text))


def shown_lines(text: str) -> str:
    r"""Like `shown` for several lines: line breaks stay.

    >>> shown_lines("a\r\nb\x07")
    'a\nb�'
    """
    return _BAD_BUT_LINES.sub(UNSHOWN, text.replace("\r\n", "\n").replace("\t", " "))


def typed(line: str) -> str:
    r"""A typed or pasted line: every kind of space and line break becomes a space, letters and joiners stay, control
    characters are replaced visibly.

    >>> typed("\u3000김\u3000철수\t\n"), typed("می\u200cخواهم"), typed("\x1bx")
    ('김 철수', 'می\u200cخواهم', '�x')
    """
    return _BAD.sub(UNSHOWN, _SPACES.sub(" ", line)).strip()


def cell(value: object) -> object:
    """A value that is safe for a spreadsheet: a text that would be a formula gets an apostrophe in front.

    >>> cell("=1+1"), cell(" \\t=1+1"), cell("calm"), cell(-1), cell(True)
    ("'=1+1", "' \\t=1+1", 'calm', -1, 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    begins = value.lstrip("\ufeff\u200b\u2060 \t\r\n\v\f\xa0\u3000")
    return f"'{value}" if begins.startswith(_FORMULA) or value.startswith(("\t", "\r", "\n")) else value
