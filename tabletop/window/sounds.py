"""Plays short sound effects; silent where there is no device or no such sound."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator

import pygame

from tabletop.storage.shipped_data import shelf


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Suppresses messages of sound libraries about missing devices on standard error."""
    try:
        kept = os.dup(2)
    except OSError:
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


class Sounds:
    """Plays assets/sounds/NAME.wav at a volume of 0 to 100. No device is opened before the first sound."""

    def __init__(self, volume: int = 0) -> None:
        self.volume = volume
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._is_open: bool | None = None

    def play(self, name: str) -> None:
        """Plays a sound and returns at once."""
        file = shelf("assets") / "sounds" / f"{name}.wav"
        if not self.volume or (name not in self._sounds and not file.is_file()) or not self._open():
            return
        if name not in self._sounds:
            self._sounds[name] = pygame.mixer.Sound(str(file))
        self._sounds[name].set_volume(self.volume / 100)
        self._sounds[name].play()

    @property
    def is_missing(self) -> bool:
        """Whether a sound was to be played and there was no device for it."""
        return self._is_open is False

    def _open(self) -> bool:
        if self._is_open is None:
            with _quiet():
                try:
                    pygame.mixer.init(buffer=512)
                    self._is_open = True
                except (pygame.error, NotImplementedError):
                    self._is_open = False
        return self._is_open
