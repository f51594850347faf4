"""Conditions and amounts of the expression language in words, in the language asked for."""

from __future__ import annotations

import re

from tabletop.presentation.names import Names
from tabletop.presentation.words import Words

_TESTS = {"==": "is", "!=": "is_not", "<=": "at_most", ">=": "at_least", "<": "below", ">": "above"}
#: Names that every pack has.
BUILT_IN = ("turn", "stage", "stage_turn")
_KEYWORDS = ("and", "or", "not", "if", "else", "true", "false")


def condition_words(names: Names, words: Words, source: str) -> str:
    """A condition or an amount in words, as near to how its pack has it as can be."""

    def said(token: re.Match[str]) -> str:
        piece = token[0]
        if piece in _TESTS:
            test = _TESTS[piece]
            return words(f"condition.{test}")
        if piece in _KEYWORDS:
            return words(f"condition.{piece}_")
        return words(f"condition.{piece}_") if piece in BUILT_IN else names.word(piece)

    return re.sub(r"==|!=|<=|>=|<|>|[a-z][a-z0-9_]*", said, source.replace("//", "/"))
