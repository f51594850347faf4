"""Which characters the shipped fonts can draw, and a warning for those of a pack that none can."""

from __future__ import annotations

import bisect
import functools
import unicodedata
from collections.abc import Iterator, Mapping

from tabletop.scenario.pack_files import Document
from tabletop.scenario.problems import Mark, Path, Problem
from tabletop.storage.shipped_data import shelf

# The maximum number of warnings: after these, the author knows that a script has no font.
_MOST_TOLD = 20


@functools.cache
def faces() -> dict[str, str]:
    """The font file of each face, in the order of fallback."""
    return {face: file for face, file, _ in _coverage()}


@functools.lru_cache(maxsize=8192)
def faces_with(letter: str) -> tuple[str, ...]:
    """The faces that have a glyph for a character.

    >>> faces_with("\u05e9"), faces_with("\U00013000")
    (('hebrew',), ())
    """
    return tuple(face for face, _, edges in _coverage() if bisect.bisect_right(edges, ord(letter)) % 2)


def is_invisible(letter: str) -> bool:
    """Whether a character has no glyph: a joiner, a variation selector, a directional mark."""
    return unicodedata.category(letter) == "Cf" or letter in "\u115f\u1160\u3164" or 0xFE00 <= ord(letter) <= 0xFE0F


def missing(text: str) -> Iterator[str]:
    """The characters of a text that no font can draw, each once. Texts are normalized (NFC) before drawing."""
    if text.isascii():
        return
    for letter in dict.fromkeys(unicodedata.normalize("NFC", text)):
        if not letter.isspace() and not is_invisible(letter) and not faces_with(letter):
            yield letter


def letter_problems(document: Document) -> list[Problem]:
    """A warning for every character of a pack that no font has, at its first occurrence."""
    found: dict[str, Mark] = {}
    for path, text in _texts(document.data, ()):
        for letter in missing(text):
            if letter not in found and path in document.marks:
                found[letter] = _place_of(letter, document.marks[path], document.sources)
    for file, text in document.sources.items():
        for letter in missing(text) if file.lower().endswith(".md") else ():
            found.setdefault(letter, _place_of(letter, Mark(file, 1, 1), document.sources))
    return [_problem(letter, mark) for letter, mark in list(found.items())[:_MOST_TOLD]]


def _problem(letter: str, mark: Mark) -> Problem:
    name = unicodedata.name(letter, "a letter without a name").lower()
    code = f"U+{ord(letter):04X}"
    shown = f"'{letter}' ({code}, {name})" if letter.isprintable() else f"{code} ({name})"
    words = f"no font of the window has {shown}: it is drawn as a box there"
    return Problem(words, mark, severity="warning")


def _texts(value: object, path: Path) -> Iterator[tuple[Path, str]]:
    """All texts among plain data, with their places."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for key, one in value.items():
            yield from _texts(one, (*path, key))
    elif isinstance(value, list):
        for at, one in enumerate(value):
            yield from _texts(one, (*path, at))


def _place_of(letter: str, mark: Mark, sources: Mapping[str, str]) -> Mark:
    """The place of a character in the value at a mark; the mark itself if the character is written as an escape."""
    lines = sources.get(mark.file, "").split("\n")
    for number in range(mark.line, len(lines) + 1):
        line = lines[number - 1]
        at = line.find(letter, mark.column - 1 if number == mark.line else 0)
        if at >= 0:
            return Mark(mark.file, number, at + 1)
    return mark


@functools.cache
def _coverage() -> tuple[tuple[str, str, tuple[int, ...]], ...]:
    """Each face, its file, and its coverage as alternating first and end code points."""
    found = []
    for line in (shelf("assets") / "fonts" / "coverage.txt").read_text(encoding="ascii").splitlines():
        face, file, *spans = line.split()
        edges: list[int] = []
        for span in spans:
            first, _, last = span.partition("-")
            edges += [int(first, 16), int(last or first, 16) + 1]
        found.append((face, file, tuple(edges)))
    return tuple(found)
