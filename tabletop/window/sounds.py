"""Plays sound effects and the music below them; silent where there is no device or no such sound."""

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


#: Sounds that can be heard at once; two of them are for beds.
_CHANNELS = 16
#: How long one bed takes to give way to another, in milliseconds.
_FADE = 1500


class Sounds:
    """Plays assets/sounds/NAME.wav or .ogg at a volume of 0 to 100, and beds of music that go round and round at
    another. No device is opened before the first sound."""

    def __init__(self, volume: int = 0, music: int = 0) -> None:
        self.volume, self.music = volume, music
        self._sounds: dict[str, pygame.mixer.Sound] = {}
        self._is_open: bool | None = None
        self._playing = ("", 0)  # which bed, and how loud
        self._channel = 0  # of the two that are kept for beds, that on which the last one began

    def play(self, name: str) -> None:
        """Plays a sound and returns at once."""
        sound = self._loaded(name) if self.volume else None
        if sound is not None:
            sound.set_volume(self.volume / 100)
            sound.play()

    def bed(self, name: str) -> None:
        """Has a piece of music go on below everything until another is named, or "" for none; returns at once."""
        wanted = (name, self.music) if self.music else ("", 0)
        if wanted == self._playing:
            return
        is_another = wanted[0] != self._playing[0]
        self._playing = wanted
        if is_another and self._is_open:
            pygame.mixer.Channel(self._channel).fadeout(_FADE)
        sound = self._loaded(name) if wanted[0] else None
        if sound is not None:
            sound.set_volume(self.music / 100)
        if sound is not None and is_another:
            self._channel = 1 - self._channel
            pygame.mixer.Channel(self._channel).play(sound, -1, fade_ms=_FADE)

    def _loaded(self, name: str) -> pygame.mixer.Sound | None:
        """A sound by its name; None where there is none, or no device, or it cannot be read there."""
        if name not in self._sounds:
            folder = shelf("assets") / "sounds"
            file = next((one for end in ("wav", "ogg") if (one := folder / f"{name}.{end}").is_file()), None)
            if file is None or not self._open():
                return None
            try:
                self._sounds[name] = pygame.mixer.Sound(str(file))
            except pygame.error:  # a mixer that was built without this format
                return None
        return self._sounds[name] if self._is_open else None

    @property
    def is_missing(self) -> bool:
        """Whether a sound was to be played and there was no device for it."""
        return self._is_open is False

    def _open(self) -> bool:
        if self._is_open is None:
            with _quiet():
                try:
                    pygame.mixer.init(buffer=512)
                    pygame.mixer.set_num_channels(_CHANNELS)
                    pygame.mixer.set_reserved(2)
                    self._is_open = True
                except (pygame.error, NotImplementedError):
                    self._is_open = False
        return self._is_open
