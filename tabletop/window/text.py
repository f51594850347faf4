"""Line breaking: wraps styled text to a width, with rules for Hangul, long words and ellipses."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence

import attrs

from tabletop.window import fonts

_TOKENS = re.compile(r"\n|[^\S\n]+|\S+")


@attrs.frozen
class Run:
    """A run of text in one face and colour; the colour is a role of the ground, or None for the paragraph's."""

    text: str
    face: str
    role: str | None = None


@attrs.frozen
class Piece:
    """A part of a line in one face and colour, `x` pixels from the line's start."""

    text: str
    face: str
    role: str | None
    x: int
    width: int


@attrs.frozen
class Line:
    """A line of text, in pixels."""

    pieces: tuple[Piece, ...]
    width: int

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@attrs.frozen
class Paragraph:
    """Text broken into lines; sizes are in pixels. `is_cut` if lines are missing, `is_broken` if a word was broken."""

    lines: tuple[Line, ...]
    pixels: int
    line_height: int
    width: int
    is_cut: bool = False
    is_broken: bool = False

    @property
    def height(self) -> int:
        return self.line_height * len(self.lines)

    @property
    def text(self) -> str:
        return " ".join(line.text.strip() for line in self.lines)


def runs(text: str | Iterable[Run], face: str) -> tuple[Run, ...]:
    """Text as runs. In a string, **stars** make bold.

    >>> [(run.text, run.face) for run in runs("the **whole** team", "text")]
    [('the ', 'text'), ('whole', 'bold'), (' team', 'text')]
    """
    if not isinstance(text, str):
        return tuple(Run(fonts.normal(run.text), run.face, run.role) for run in text if run.text)
    return _of_string(text, face)


@functools.lru_cache(maxsize=4000)
def _of_string(text: str, face: str) -> tuple[Run, ...]:
    parts = fonts.normal(text).split("**")
    if len(parts) % 2 == 0 or len(parts) == 1:
        return (Run(fonts.normal(text), face),) if text else ()
    return tuple(Run(part, "bold" if at % 2 else face) for at, part in enumerate(parts) if part)


@functools.lru_cache(maxsize=4000)
def paragraph(
    text: tuple[Run, ...], pixels: int, leading: float, room: int | None = None, most: int | None = None
) -> Paragraph:
    """Breaks text into lines no wider than `room` pixels, `most` of them at the most (the last then ends in …)."""
    lines: list[list[tuple[str, Run]]] = [[]]
    is_broken = False
    for word in _words(text):
        line = lines[-1]
        if word[0][0] == "\n":
            lines.append([])
        elif word[0][0].isspace():
            if line or len(lines) == 1:
                line.extend(word)
        elif room is None or _fits([*line, *word], pixels, room):
            line.extend(word)
        else:
            if line:
                _trim(line)
                lines.append([])
            if _wide(word, pixels) > room:
                *full, word = _cut(word, pixels, room)
                lines[-1:] = [*full, []]
                is_broken = is_broken or not _may_break(word)
            lines[-1].extend(word)
    is_cut = most is not None and len(lines) > most
    if is_cut:
        lines = lines[:most]
        _end(lines[-1], pixels, room)
    done = tuple(_line(line, pixels) for line in lines)
    widest = max((line.width for line in done), default=0)
    return Paragraph(done, pixels, round(pixels * leading), widest, is_cut, is_broken)


@functools.lru_cache(maxsize=4000)
def longest_word(text: tuple[Run, ...], pixels: int) -> int:
    """The width in pixels of the longest unbreakable word."""
    return max((_wide(word, pixels) for word in _words(text) if not word[0][0].isspace()), default=0)


def _words(text: Sequence[Run]) -> list[list[tuple[str, Run]]]:
    """Splits runs into words, each as the parts of the runs that it spans; spaces and line ends are separate words."""
    words: list[list[tuple[str, Run]]] = []
    is_open = False
    for run in text:
        for token in _TOKENS.findall(run.text):
            if token.isspace():
                words.append([(token, run)])
                is_open = False
            elif is_open:
                words[-1].append((token, run))
            else:
                words.append([(token, run)])
                is_open = True
    return words


def _wide(word: Sequence[tuple[str, Run]], pixels: int) -> int:
    return sum(fonts.width(run.face, pixels, text) for text, run in word)


def _fits(parts: Sequence[tuple[str, Run]], pixels: int, room: int) -> bool:
    """Whether a line fits a width. It is measured as a whole only if the sum of its words is inconclusive."""
    words = _wide(parts, pixels)
    doubt = pixels // 6 * len(parts)
    return words + doubt <= room or (words - doubt <= room and _measure(parts, pixels) <= room)


def _measure(parts: Sequence[tuple[str, Run]], pixels: int) -> int:
    """The drawn width of a line, which differs slightly from the sum of its words (kerning)."""
    merged = _merged(parts)
    if len(merged) == 1 and len(parts) > 1:
        return sum(
            fonts.font(face, pixels).size(part)[0] for face, part in fonts.pieces(merged[0][1].face, merged[0][0])
        )
    return _wide(merged, pixels)


def _may_break(word: Sequence[tuple[str, Run]]) -> bool:
    """Whether a word may be broken: Hangul and scripts without spaces."""
    return all(ord(letter) >= 0x1100 for text, _ in word for letter in text if letter.isalpha())


def _cut(word: Sequence[tuple[str, Run]], pixels: int, room: int) -> Iterable[list[tuple[str, Run]]]:
    """Splits a word that is too wide for a line."""
    part: list[tuple[str, Run]] = []
    used = 0
    for text, run in word:
        for letter in text:
            wide = fonts.width(run.face, pixels, letter)
            if part and used + wide > room:
                yield part
                part, used = [], 0
            if part and part[-1][1] is run:
                part[-1] = part[-1][0] + letter, run
            else:
                part.append((letter, run))
            used += wide
    yield part


def _trim(line: list[tuple[str, Run]]) -> None:
    while line and line[-1][0].isspace():
        line.pop()


def _end(line: list[tuple[str, Run]], pixels: int, room: int | None) -> None:
    """Ends a line with …, removing words until it fits."""
    _trim(line)
    while line and room is not None and _wide(line, pixels) + fonts.width("text", pixels, "…") > room:
        text, run = line.pop()
        if len(text) > 1 and not line:
            line.append((text[:-1], run))
        _trim(line)
    if line:
        line[-1] = line[-1][0] + "…", line[-1][1]


def _merged(parts: Sequence[tuple[str, Run]]) -> list[tuple[str, Run]]:
    merged: list[tuple[str, Run]] = []
    for text, run in parts:
        if merged and merged[-1][1] is run:
            merged[-1] = merged[-1][0] + text, run
        else:
            merged.append((text, run))
    return merged


def _line(parts: Sequence[tuple[str, Run]], pixels: int) -> Line:
    merged = _merged(parts)
    found: list[Piece] = []
    x = 0
    for text, run in merged:
        for face, part in fonts.pieces(run.face, text):
            wide = fonts.font(face, pixels).size(part)[0]
            found.append(Piece(part, face, run.role, x, wide))
            x += wide
    return Line(tuple(found), x)
