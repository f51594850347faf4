"""Pixel positions of characters in a line of edited text: wrapping, caret placement, hit testing."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from tabletop.window import fonts
from tabletop.window.text_editing import stops

_FACE = "text"
_TOKENS = re.compile(r"\n|\S+ *| +|\s")


@attrs.frozen
class FieldLine:
    """A displayed line: the characters from `start` to `end`. `breaks` if it ends in a line break."""

    text: str
    start: int
    end: int
    breaks: bool = False

    def holds(self, place: int) -> bool:
        """Whether a caret position belongs to this line; between two lines it belongs to the second."""
        return self.start <= place < self.end + self.breaks


def width(text: str, pixels: int) -> int:
    """The width of a line in pixels."""
    return fonts.width(_FACE, pixels, text)


def place_of(text: str, pixels: int, offset: int) -> int:
    """The x position of the caret before the character at an offset."""
    x = at = 0
    for face, part in fonts.pieces(_FACE, text):
        wide = fonts.font(face, pixels).size(part)[0]
        if offset < at + len(part) or at + len(part) == len(text):
            inside = fonts.font(face, pixels).size(part[: max(0, offset - at)])[0]
            return x + (wide - inside if fonts.is_from_right(face) else inside)
        x, at = x + wide, at + len(part)
    return x


def offset_at(text: str, pixels: int, x: float) -> int:
    """The offset in a line whose caret is nearest to an x position."""
    return min(stops(text), key=lambda offset: abs(place_of(text, pixels, offset) - x))


def window_on(text: str, pixels: int, room: int, first: int, caret: int) -> tuple[int, int]:
    """The visible range of a line that is longer than its field. It includes the caret, and scrolls no more than
    necessary."""
    inner = stops(text)
    first = max(stop for stop in inner if stop <= max(0, min(first, caret, len(text))))
    while first < caret and width(text[first:caret], pixels) > room:
        first = next(stop for stop in inner if stop > first)
    last = first
    for stop in (stop for stop in inner if stop > first):
        if width(text[first:stop], pixels) > room:
            break
        last = stop
    if last == len(text):
        for stop in reversed([stop for stop in inner if stop < first]):
            if width(text[stop:], pixels) > room:
                break
            first = stop
    return first, last


def wrapped(text: str, pixels: int, room: int) -> list[FieldLine]:
    """Wraps a text to a width; trailing spaces of a line may exceed it."""
    found: list[FieldLine] = []
    start = end = used = 0

    def close(breaks: bool = False) -> None:
        nonlocal start, used
        found.append(FieldLine(text[start:end], start, end, breaks))
        start, used = end + breaks, 0

    for token in _TOKENS.findall(text):
        if token == "\n":
            close(breaks=True)
            end = start
            continue
        for part in _parts(token, pixels, room):
            wide = width(part.rstrip(" "), pixels)
            if used and used + wide > room:
                close()
            end += len(part)
            used += width(part, pixels)
    close()
    return found


def _parts(token: str, pixels: int, room: int) -> Iterator[str]:
    """A word, in parts if it is too wide for any line."""
    if width(token.rstrip(" "), pixels) <= room:
        yield token
        return
    first, last, used = 0, 0, 0
    for stop in stops(token)[1:]:
        wide = width(token[last:stop], pixels)
        if first < last and used + wide > room:
            yield token[first:last]
            first, used = last, 0
        used, last = used + wide, stop
    yield token[first:]
