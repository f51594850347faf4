"""The integer or boolean that an author meant by a scalar such as "1,000", "40%", "yes" or full-width digits."""

from __future__ import annotations

import re
import unicodedata

_QUOTES = "\"'“”„‟‘’‚‛«»"
_GROUPED = re.compile(r"[-+]?\d{1,3}([,.'’_\s]\d{3})+")
_YES = frozenset(["yes", "y", "on", "true"])
_NO = frozenset(["no", "n", "off", "false"])


def intended_integer(text: str) -> int | None:
    """The integer that a text was meant as, or None.

    Accepts digits of any script, thousands separators, per cent signs, quotes, and a fraction of 0.

    >>> [intended_integer(text) for text in ("５０", "1,000", "1_000", "40%", "“3”", "−2", "5.0", "0x1F")]
    [50, 1000, 1000, 40, 3, -2, 5, 31]
    >>> intended_integer("fifty") is None
    True
    """
    plain = unicodedata.normalize("NFKC", text[:60]).strip().strip(_QUOTES).replace("\u2212", "-").strip()
    plain = plain.removesuffix("%").rstrip()
    if _GROUPED.fullmatch(plain):
        plain = re.sub(r"[,.'’_\s]", "", plain)
    if re.fullmatch(r"[-+]?\d+\.0+", plain):
        plain = plain.partition(".")[0]
    if re.fullmatch(r"[-+]?0[xob][0-9a-fA-F]+", plain):
        return _with_prefix(plain)
    plain = plain.replace("_", "")
    return int(plain) if re.fullmatch(r"[-+]?\d{1,18}", plain) else None


def _with_prefix(text: str) -> int | None:
    try:
        return int(text, 0)
    except ValueError:
        return None


def intended_boolean(text: str) -> bool | None:
    """The boolean that a word such as "yes" or "off" was meant as, or None.

    >>> intended_boolean("Yes"), intended_boolean("off"), intended_boolean("perhaps")
    (True, False, None)
    """
    word = text[:60].strip().strip(_QUOTES).lower()
    return True if word in _YES else False if word in _NO else None
