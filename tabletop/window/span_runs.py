"""Runs of spans: the colour and weight of each piece of a line of the presentation layer."""

from __future__ import annotations

from collections.abc import Iterable

from tabletop.presentation.spans import Role, Span
from tabletop.window.text import Run

_LOOKS: dict[Role, tuple[str, str | None]] = {
    "plain": ("text", None),
    "strong": ("bold", None),
    "soft": ("text", "soft"),
    "good": ("bold", "good"),
    "bad": ("bold", "bad"),
    "accent": ("bold", "accent"),
    "warn": ("bold", "warn"),
}


def runs_of(line: Iterable[Span]) -> list[Run]:
    """A line as text to be drawn."""
    return [Run(span.text, *_LOOKS[span.role]) for span in line]
