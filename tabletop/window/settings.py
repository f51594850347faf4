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
    """The file of the settings."""
    return (user_folder("config") or NOWHERE) / "window.json"


@attrs.frozen
class Settings:
    """Text size in percent; volume of sounds and of music from 0 (silent) to 100; theme, language, and whether
    animations run.

    `staging` is "full", "fast" or "off": how what has happened is shown step by step, and set pieces with it. With
    `asks`, whatever ends a player's part needs a confirmation; what nothing takes back always does.

    The theme "automatic" is that of the desktop. `packs` are folders of scenarios opened by path, joined by the
    system's path separator; `lesson` is the tutorial's session, `lesson_step` its last step.
    """

    text_size: int = 100
    theme: str = "dark"
    motion: bool = True
    staging: str = "full"
    sound: int = 30
    music: int = 10
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
    """The theme of the desktop, "dark" if unknown (cached)."""
    import darkdetect

    try:
        return "light" if darkdetect.theme() == "Light" else "dark"
    except Exception:  # it runs programs of the desktop, which may fail in any way
        return "dark"


#: Whether what has happened is staged step by step.
STAGINGS = ("full", "fast", "off")

_ALLOWED: dict[str, Any] = {
    "text_size": lambda value: value in TEXT_SIZES,
    "theme": lambda value: value in (*PALETTES, AUTOMATIC),
    "staging": lambda value: value in STAGINGS,
    "sound": lambda value: 0 <= value <= 100,
    "music": lambda value: 0 <= value <= 100,
    "language": lambda value: value in LANGUAGES,
}


def load_settings(file: pathlib.Path | None = None) -> Settings:
    """The saved settings. Missing, damaged or invalid ones have their default."""
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
    """Saves the settings. Returns "", or why that failed; they still apply to this run."""
    place = file or default_file()
    if place.parent == NOWHERE:
        return "nobody says where your home is"
    try:
        make_private_folder(place.parent)
        write_whole(place, (json.dumps(settings.kept(), indent=1) + "\n").encode())
    except OSError as error:
        return f"{place}: {error.strerror or error}"
    return ""
