"""The faces of type, each at any size in pixels, and which face draws which letters."""

from __future__ import annotations

import functools
import unicodedata

import pygame

from tabletop.scenario.library import shelf

_FILES = {
    "text": "Pretendard-Medium.otf",
    "bold": "Pretendard-Bold.otf",
    "serif": "SourceSerif4-SemiBold.ttf",
    "mono": "IBMPlexMono-Medium.ttf",
}
FACES = tuple(_FILES)
# Pretendard has Hangul, arrows, shapes and marks; of the others only Latin and plain punctuation is asked.
_STAND_IN = {"serif": "bold", "mono": "text"}
_PLAIN = set("–—‘’“”…·×−°±½€£")


@functools.lru_cache(maxsize=256)
def font(face: str, pixels: int) -> pygame.font.Font:
    """A face at a size; `pixels` is the height of its em."""
    if not pygame.font.get_init():
        pygame.font.init()
    return pygame.font.Font(str(shelf("assets") / "fonts" / _FILES[face]), max(4, pixels))


def face_for(face: str, letter: str) -> str:
    """The face that draws a letter: the one asked for, or the one that stands in for what it lacks."""
    if face not in _STAND_IN or ord(letter) < 0x180 or letter in _PLAIN:
        return face
    return _STAND_IN[face]


def pieces(face: str, text: str) -> list[tuple[str, str]]:
    """A text cut where the face changes, as (face, text)."""
    if text.isascii() or face not in _STAND_IN:
        return [(face, text)] if text else []
    found: list[tuple[str, str]] = []
    for letter in text:
        own = face_for(face, letter)
        if found and (found[-1][0] == own or letter == " "):
            found[-1] = found[-1][0], found[-1][1] + letter
        else:
            found.append((own, letter))
    return found


@functools.lru_cache(maxsize=20_000)
def width(face: str, pixels: int, text: str) -> int:
    """The width of a line of text in pixels."""
    return sum(font(own, pixels).size(part)[0] for own, part in pieces(face, text))


def normal(text: str) -> str:
    """Text as it can be drawn: composed letters (decomposed Hangul would show as boxes)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
