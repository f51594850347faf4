"""The player's settings of the window, and the file that keeps them."""

from __future__ import annotations

import functools
import json
import pathlib
from typing import Any

import attrs

from tabletop.presentation.words import LANGUAGES
from tabletop.storage.atomic_write import make_private_folder, write_whole
from tabletop.storage.paths import NOWHERE, user_folder
from tabletop.storage.untrusted_files import read_bounded
from tabletop.window.palette import PALETTES
from tabletop.window.theme import TEXT_SIZES

AUTOMATIC = "automatic"
_MOST_BYTES = 1_000_000


def default_file() -> pathlib.Path:
    """Where settings are kept."""
    return (user_folder("config") or NOWHERE) / "window.json"


@attrs.frozen
class Settings:
    """Text size in percent; sound from 0 (silent) to 100; a theme, a language, and whether things move.

    With `asks`, what nothing takes back is asked about before it is done.

    The theme "automatic" is that of the desktop. `packs` are folders with scenarios that were found by their path, with
    the system's path separator between them; `lesson` is the tutorial's session, and `lesson_step` where it was left.
    """

    text_size: int = 100
    theme: str = "dark"
    motion: bool = True
    sound: int = 30
    full_screen: bool = False
    asks: bool = False
    language: str = "en"
    packs: str = ""
    lesson: str = ""
    lesson_step: str = ""

    @property
    def palette(self) -> str:
        """The palette of the theme."""
        return desktop_theme() if self.theme == AUTOMATIC else self.theme

    def kept(self) -> dict[str, Any]:
        return attrs.asdict(self)


@functools.cache
def desktop_theme() -> str:
    """The theme of the desktop, "dark" where it does not tell; it is asked once."""
    import darkdetect

    try:
        return "light" if darkdetect.theme() == "Light" else "dark"
    except Exception:  # it asks programs of the desktop, which may do anything
        return "dark"


_ALLOWED: dict[str, Any] = {
    "text_size": lambda value: value in TEXT_SIZES,
    "theme": lambda value: value in (*PALETTES, AUTOMATIC),
    "sound": lambda value: 0 <= value <= 100,
    "language": lambda value: value in LANGUAGES,
}


def load_settings(file: pathlib.Path | None = None) -> Settings:
    """The settings as they were left. What is missing, damaged or out of range is as it was at first."""
    try:
        kept = json.loads(read_bounded(file or default_file(), _MOST_BYTES))
    except (OSError, ValueError, RecursionError):
        return Settings()
    sound: dict[str, Any] = {}
    for field in attrs.fields(Settings):
        value = kept.get(field.name) if isinstance(kept, dict) else None
        if type(value) is type(field.default) and _ALLOWED.get(field.name, lambda _: True)(value):
            sound[field.name] = value
    return Settings(**sound)


def save_settings(settings: Settings, file: pathlib.Path | None = None) -> str:
    """Keeps the settings. Returns "", or why they could not be kept: they hold for this run all the same."""
    place = file or default_file()
    if place.parent == NOWHERE:
        return "nobody says where your home is"
    try:
        make_private_folder(place.parent)
        write_whole(place, (json.dumps(settings.kept(), indent=1) + "\n").encode())
    except OSError as error:
        return f"{place}: {error.strerror or error}"
    return ""
