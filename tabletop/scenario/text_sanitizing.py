"""Makes untrusted text safe to show: strips control and bidirectional characters, escapes spreadsheet formulas.

What is kept stays as it was written: this is for the moment at which it goes to a screen or into somebody's program.
"""

from __future__ import annotations

import re

#: Stands where a character could not be shown without obeying it.
UNSHOWN = "\N{REPLACEMENT CHARACTER}"

#: Embeddings, overrides and isolates reorder the text around them, so that it looks like another; the marks that single
#: Hebrew and Arabic words need do not.
REORDERING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"

_LINE_ENDS = re.compile("[\t\n\r\v\f\x85\u2028\u2029]")
_SPACES = re.compile("[\t\n\r\v\f\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
_BAD = re.compile(f"[\x00-\x1f\x7f-\x9f{REORDERING}\ud800-\udfff]")
_BAD_BUT_LINES = re.compile(f"[\x00-\x09\x0b-\x1f\x7f-\x9f{REORDERING}\u2028\u2029\ud800-\udfff]")
#: What begins a formula in a spreadsheet, also where it is set wide as in Chinese or Japanese.
_FORMULA = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def shown(text: str) -> str:
    r"""A line of text as a terminal may show it, letter for letter: nothing in it moves the cursor, rings, turns the
    writing about, or begins another line.

    >>> shown("a\x1b[31mb\n\u202ec")
    'a�[31mb �c'
    """
    return _BAD.sub(UNSHOWN, _LINE_ENDS.sub(" ", text))


def shown_lines(text: str) -> str:
    r"""The same of a text of several lines, which stay apart.

    >>> shown_lines("a\r\nb\x07")
    'a\nb�'
    """
    return _BAD_BUT_LINES.sub(UNSHOWN, text.replace("\r\n", "\n").replace("\t", " "))


def typed(line: str) -> str:
    r"""A line as somebody typed or pasted it: every kind of space and line break becomes a space, letters and joiners
    stay, and what cannot be shown is seen to be there.

    >>> typed("\u3000김\u3000철수\t\n"), typed("می\u200cخواهم"), typed("\x1bx")
    ('김 철수', 'می\u200cخواهم', '�x')
    """
    return _BAD.sub(UNSHOWN, _SPACES.sub(" ", line)).strip()


def cell(value: object) -> object:
    """A value as a spreadsheet may read it: a text that would be a formula there begins with an apostrophe.

    >>> cell("=1+1"), cell(" \\t=1+1"), cell("calm"), cell(-1), cell(True)
    ("'=1+1", "' \\t=1+1", 'calm', -1, 'true')
    """
    if isinstance(value, bool):
        return str(value).lower()
    if not isinstance(value, str):
        return value
    begins = value.lstrip("\ufeff\u200b\u2060 \t\r\n\v\f\xa0\u3000")
    return f"'{value}" if begins.startswith(_FORMULA) or value.startswith(("\t", "\r", "\n")) else value
