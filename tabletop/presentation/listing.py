"""Several things in a row, in the language asked for."""

from __future__ import annotations

from collections.abc import Sequence

from tabletop.presentation.words import Words


def listing(words: Words, names: Sequence[str]) -> str:
    """Names in a line: "Seoul, Tokyo and Moscow"."""
    if len(names) < 2:
        return "".join(names)
    return words("players.and", first=", ".join(names[:-1]), last=names[-1])
