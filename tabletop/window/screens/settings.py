"""Settings: how the player wants the window; every change is seen at once, and kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from tabletop.presentation.words import LANGUAGES
from tabletop.window.controls import Button
from tabletop.window.dialogs import Sheet
from tabletop.window.fields import Choice, Slider, Toggle
from tabletop.window.layout import Column, Element, Row
from tabletop.window.parts import Icon, Text
from tabletop.window.registry import Entry
from tabletop.window.settings import AUTOMATIC, STAGINGS, desktop_theme
from tabletop.window.theme import GAP, LABEL, SMALL, TEXT_SIZES, TIGHT


class SettingsSheet(Sheet):
    """The settings, over whatever they are opened from, so that what they change can be seen."""

    width: ClassVar[float] = 900.0

    @property
    def title(self) -> str:
        return self.words("settings.title")

    @property
    def first(self) -> str:
        return f"size.{self.app.settings.text_size}"

    def body(self) -> Element:
        said, now = self.words, self.app.settings
        sizes = [(str(size), f"{size}%", "") for size in TEXT_SIZES]
        themes = [("dark", said("settings.dark"), "moon"), ("light", said("settings.light"), "sun")]
        themes.append((AUTOMATIC, said("settings.automatic"), "circle-half"))
        languages = [(code, name, "") for code, name in LANGUAGES.items()]
        note = said("settings.automatic_note", theme=said(f"settings.{desktop_theme()}").lower())
        return Column(
            self._group(
                "text-aa",
                "size",
                Choice("size", sizes, str(now.text_size), lambda size: self.app.change(text_size=int(size))),
                said("settings.size_note"),
            ),
            self._group(
                "circle-half",
                "theme",
                Choice("theme", themes, now.theme, lambda theme: self.app.change(theme=theme)),
                note if now.theme == AUTOMATIC else said("settings.theme_note"),
            ),
            self._group(
                "translate",
                "language",
                Choice("language", languages, now.language, lambda language: self.app.change(language=language)),
                said("settings.language_note"),
            ),
            self._group(
                "play",
                "staging",
                Choice(
                    "staging",
                    [(one, said(f"settings.staging_{one}"), "") for one in STAGINGS],
                    now.staging,
                    lambda staging: self.app.change(staging=staging),
                ),
                said("settings.staging_note"),
            ),
            self._group("speaker-high" if now.sound else "speaker-slash", "sound", self._sound(), ""),
            Column(
                Toggle(
                    "motion",
                    said("settings.motion"),
                    now.motion,
                    lambda motion: self.app.change(motion=motion),
                    tip=said("settings.motion_tip"),
                ),
                Toggle(
                    "full_screen",
                    said("settings.full_screen"),
                    now.full_screen,
                    lambda full: self.app.change(full_screen=full),
                    tip=said("settings.full_screen_tip"),
                ),
                Toggle(
                    "asks",
                    said("settings.asks"),
                    now.asks,
                    lambda asks: self.app.change(asks=asks),
                    tip=said("settings.asks_tip"),
                ),
                gap=TIGHT,
            ),
            Text(self._kept(), SMALL, "bad" if self.app.trouble else "soft"),
            gap=GAP,
        )

    def _group(self, icon: str, name: str, field: Element, note: str) -> Element:
        head = Row(Icon(icon, LABEL, "accent"), Text(self.words(f"settings.{name}"), LABEL), gap=TIGHT, align="middle")
        return Column(head, field, Text(note, SMALL, "soft") if note else None, gap=TIGHT)

    def _sound(self) -> Element:
        said = self.words
        slider = Slider(
            "sound",
            said("settings.volume"),
            self.app.settings.sound,
            (0, 100),
            self._hear,
            step=10,
            shown=lambda value: said("settings.silent") if value == 0 else f"{value}%",
        )
        music = Slider(
            "music",
            said("settings.music"),
            self.app.settings.music,
            (0, 100),
            lambda volume: self.app.change(music=volume),
            step=5,
            shown=lambda value: said("settings.silent") if value == 0 else f"{value}%",
        )
        missing = Text(said("settings.no_device"), SMALL, "warn") if self.app.sounds.is_missing else None
        return Column(slider, music, missing, gap=TIGHT)

    def _hear(self, volume: int) -> None:
        self.app.change(sound=volume)
        self.app.sounds.play("press")

    def _kept(self) -> str:
        if self.app.trouble:
            return self.words("settings.not_kept", why=self.app.trouble)
        return self.words("settings.kept")

    def answers(self) -> Sequence[Button]:
        again = Button("reset", self.words("settings.reset"), self._reset, icon="arrow-counter-clockwise", letter="r")
        return [*super().answers(), again]

    def _reset(self) -> None:
        from tabletop.window.settings import Settings

        first = Settings()
        names = ("text_size", "theme", "motion", "staging", "sound", "music", "full_screen", "asks")
        self.app.change(**{name: getattr(first, name) for name in names})


ENTRIES = {"settings": Entry(open=SettingsSheet, example=lambda app, example: SettingsSheet(app))}
