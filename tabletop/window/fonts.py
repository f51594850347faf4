"""Fonts by face and size, and which face draws a character (fallback)."""

from __future__ import annotations

import functools
import unicodedata

import pygame

from tabletop.scenario.font_coverage import faces, faces_with, is_invisible
from tabletop.storage.shipped_data import shelf

#: The available faces; a character that one lacks is drawn in a fallback face.
FACES = ("text", "bold", "serif", "mono")
# Pretendard has Hangul, arrows, shapes and marks; the others are used only for Latin and plain punctuation.
_STAND_IN = {"serif": "bold", "mono": "text"}
_PLAIN = set("–—‘’“”…·×−°±½€£")
# Right-to-left scripts, by their OpenType names.
_FROM_RIGHT = {"hebrew": "Hebr", "arabic": "Arab"}
_SCRIPTS = {
    "thai": "Thai",
    "devanagari": "Deva",
    "bengali": "Beng",
    "tamil": "Taml",
    "khmer": "Khmr",
    "lao": "Laoo",
    "myanmar": "Mymr",
    **_FROM_RIGHT,
}


@functools.lru_cache(maxsize=256)
def font(face: str, pixels: int) -> pygame.font.Font:
    """A face at a size; `pixels` is the height of its em."""
    if not pygame.font.get_init():
        pygame.font.init()
    found = pygame.font.Font(str(shelf("assets") / "fonts" / faces()[face]), max(4, pixels))
    if face in _SCRIPTS:
        _set_script(found, face)
    return found


def _set_script(found: pygame.font.Font, face: str) -> None:
    """Enables text shaping for the face's script; without HarfBuzz, pygame draws the letters unshaped."""
    try:
        found.set_script(_SCRIPTS[face])
        if face in _FROM_RIGHT:
            found.set_direction(pygame.DIRECTION_RTL)
    except pygame.error:
        pass


def is_from_right(face: str) -> bool:
    """Whether a face's script is written from right to left."""
    return face in _FROM_RIGHT


@functools.lru_cache(maxsize=20_000)
def face_for(face: str, letter: str) -> str:
    """The face that draws a character: the requested one, or a fallback."""
    is_own = face not in _STAND_IN or ord(letter) < 0x180 or letter in _PLAIN
    own = face if is_own else _STAND_IN[face]
    having = faces_with(letter)
    return own if own in having else next((one for one in having if one not in FACES), own)


def pieces(face: str, text: str) -> list[tuple[str, str]]:
    """Splits a text where the face changes, as (face, text)."""
    if text.isascii():
        return [(face, text)] if text else []
    found: list[tuple[str, str]] = []
    for letter in text:
        # Characters without a glyph belong to the letters before them, and so do combining accents.
        joins = bool(found) and (is_invisible(letter) or (letter == " " and _has_spaces(found[-1][0])))
        own = found[-1][0] if joins else face_for(face, letter)
        if found and not joins and unicodedata.combining(letter) and found[-1][0] in faces_with(letter):
            own = found[-1][0]
        if found and found[-1][0] == own:
            found[-1] = own, found[-1][1] + letter
        else:
            found.append((own, letter))
    return _with_spaces_outside(found, face)


def _has_spaces(face: str) -> bool:
    """Whether a face draws the spaces after its letters; else they are as wide as in the text around."""
    return face in FACES or face in _FROM_RIGHT


def _with_spaces_outside(found: list[tuple[str, str]], face: str) -> list[tuple[str, str]]:
    """Moves the trailing spaces of a right-to-left piece to its right, where the next piece begins."""
    if not any(own in _FROM_RIGHT for own, _ in found):
        return found
    moved: list[tuple[str, str]] = []
    spaces = ""
    for own, part in found:
        bare = part.rstrip(" ") if own in _FROM_RIGHT else part
        if spaces and own == face:
            bare = spaces + bare
        elif spaces:
            moved.append((face, spaces))
        moved.append((own, bare))
        spaces = part[len(part.rstrip(" ")) :] if own in _FROM_RIGHT else ""
    if spaces:
        moved.append((face, spaces))
    return moved


@functools.lru_cache(maxsize=20_000)
def width(face: str, pixels: int, text: str) -> int:
    """The width of a line of text in pixels."""
    return sum(font(own, pixels).size(part)[0] for own, part in pieces(face, text))


def normal(text: str) -> str:
    """Text normalized for drawing (NFC; decomposed Hangul would show as boxes)."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)
