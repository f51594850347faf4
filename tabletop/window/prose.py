"""Prose: what a scenario says, as paragraphs that the window can set."""

from __future__ import annotations

import re

from tabletop.window.layout import Column, Element
from tabletop.window.parts import Text
from tabletop.window.theme import BODY, SMALL_GAP, Style

_EMPHASIS = re.compile(r"(?<!\*)\*(?!\*)([^*\n]+)\*(?!\*)")


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text in Markdown, each on one line, with *emphasis* as **stars**.

    >>> paragraphs("One *big* step,\\nthen another.\\n\\nThe end.")
    ['One **big** step, then another.', 'The end.']
    """
    blocks = re.split(r"\n\s*\n", text.strip())
    return [_EMPHASIS.sub(r"**\1**", " ".join(block.split()).lstrip("# ")) for block in blocks if block.strip()]


def prose(text: str, style: Style = BODY, role: str = "ink", most: int | None = None) -> Element:
    """A text, or its first paragraphs."""
    return Column(*(Text(one, style, role) for one in paragraphs(text)[:most]), gap=SMALL_GAP)


def path_in_lines(path: str, longest: int = 46) -> str:
    """A path in lines that break after separators, where it is longer than a line.

    >>> path_in_lines("/home/player/games", 14).split("\\n")
    ['/home/player/', 'games']
    """
    lines = [""]
    for part in re.findall(r"[^/\\]*[/\\]?", path):
        if lines[-1] and len(lines[-1]) + len(part) > longest:
            lines.append("")
        lines[-1] += part
    return "\n".join(lines)
