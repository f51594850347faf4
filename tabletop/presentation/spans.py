"""Spans: text with the part that each piece plays, which faces turn into colours, weights and signs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Literal, TypeAlias

import attrs

#: What a piece of text is: a face chooses its colour and weight, and never says anything by colour alone.
Role: TypeAlias = Literal["plain", "strong", "soft", "good", "bad", "accent", "warn"]

#: The role of something good (1), bad (-1) or neither (0) for the seat that looks.
ROLE_OF_SIGN: dict[int, Role] = {1: "good", -1: "bad", 0: "strong"}
#: The mark beside it, for those who see no colours.
MARK_OF_SIGN: dict[int, str] = {1: "✓", -1: "✗", 0: ""}


@attrs.frozen
class Span:
    """A piece of text and its role."""

    text: str
    role: Role = "plain"


Line: TypeAlias = tuple[Span, ...]


def plain_text(spans: Iterable[Span]) -> str:
    """The text without its roles.

    >>> plain_text([Span("+3 ", "good"), Span("Trust")])
    '+3 Trust'
    """
    return "".join(span.text for span in spans)


def joined(lines: Sequence[Line], between: str = ", ") -> Line:
    """Lines in one, with something between them."""
    found: list[Span] = []
    for line in lines:
        found += [Span(between, "soft")] if found else []
        found += line
    return tuple(found)


def signed(amount: int) -> str:
    """A change with its sign.

    >>> signed(3), signed(-2), signed(0)
    ('+3', '−2', '±0')
    """
    return f"+{amount}" if amount > 0 else f"−{-amount}" if amount < 0 else "±0"
