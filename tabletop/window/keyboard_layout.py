"""Which character each key of the present keyboard layout has, for the labels of short cuts."""

from __future__ import annotations

import ctypes
import functools
import pathlib
from collections.abc import Iterator

# A scancode is a key position, named after a US keyboard.
_PLACES = {4 + at: letter for at, letter in enumerate("abcdefghijklmnopqrstuvwxyz")}
_PLACES |= {30 + at: digit for at, digit in enumerate("1234567890")}
_SCANCODES = {sign: place for place, sign in _PLACES.items()}


def sign_at(scancode: int) -> str:
    """The letter or digit at a position of a US keyboard; "" for none."""
    return _PLACES.get(scancode, "")


@functools.lru_cache(maxsize=128)
def cap(sign: str) -> str:
    """The label of the key for a short cut letter in the present layout.

    This is the letter itself if the layout has it; in a layout without Latin letters, the character at its position.
    """
    scancode = _SCANCODES.get(sign.lower())
    if scancode is None or not sign.isalpha():
        return sign.upper()
    here = _written_at(scancode)
    if here <= 0x7F or sign.lower() in _latin():
        return sign.upper()
    shown = chr(here).upper() if here <= 0x10FFFF else ""
    return shown if len(shown) == 1 and shown.isprintable() else sign.upper()


def forget() -> None:
    """Clears the cache, as the layout has changed."""
    cap.cache_clear()
    _latin.cache_clear()


@functools.lru_cache(maxsize=1)
def _latin() -> frozenset[str]:
    """The Latin letters that the layout has without a modifier."""
    found = (_written_at(scancode) for scancode in range(4, 101))
    return frozenset(chr(code) for code in found if 0x61 <= code <= 0x7A)


def _written_at(scancode: int) -> int:
    """SDL's key code at a position in the present layout; 0 if unavailable."""
    library = _sdl()
    return 0 if library is None else int(library.SDL_GetKeyFromScancode(scancode)) & 0xFFFFFFFF


@functools.cache
def _sdl() -> ctypes.CDLL | None:
    """pygame's SDL library, since pygame does not expose the layout."""
    import pygame

    for file in _libraries(pathlib.Path(pygame.__file__).parent):
        try:
            library = ctypes.CDLL(str(file))
            library.SDL_GetKeyFromScancode.restype = ctypes.c_int32
            library.SDL_GetKeyFromScancode.argtypes = [ctypes.c_int]
        except (OSError, AttributeError):
            continue
        return library
    return None


def _libraries(package: pathlib.Path) -> Iterator[pathlib.Path]:
    yield from package.glob("SDL2.dll")
    yield from (package.parent / "pygame_ce.libs").glob("libSDL2-2*")
    yield from (package / ".dylibs").glob("libSDL2-2*")
