"""Sounds and music: every one that a set piece may name is there and can be played; without a device nothing breaks."""

from __future__ import annotations

import os
import pathlib

import pytest

from tabletop.scenario.set_pieces import SOUNDS
from tabletop.storage.shipped_data import shelf
from tabletop.window.settings import Settings
from tabletop.window.sounds import Sounds

FOLDER = shelf("assets") / "sounds"
BEDS = ("theme", "weeks", "table", "aftermath")


@pytest.mark.parametrize("name", [*BEDS, *(one for one in SOUNDS if one != "none"), "hush"])
def test_it_is_there_and_can_be_played(name: str) -> None:
    sounds = Sounds(volume=50, music=20)
    sounds.play(name)
    assert not sounds.is_missing
    assert name in sounds._sounds
    assert sounds._sounds[name].get_length() > 1.0


def test_one_bed_gives_way_to_another_and_silence_to_none() -> None:
    sounds = Sounds(music=20)
    sounds.bed("weeks")
    assert sounds._sounds["weeks"].get_num_channels() == 1
    sounds.bed("table")
    assert sounds._sounds["table"].get_num_channels() == 1
    sounds.music = 0
    sounds.bed("table")
    assert "aftermath" not in sounds._sounds


def test_music_is_quieter_than_sounds_at_first_and_all_of_it_is_small() -> None:
    first = Settings()
    assert first.music <= 15 < first.sound
    assert sum(file.stat().st_size for file in pathlib.Path(FOLDER).glob("*")) < 1_500_000


def test_without_a_device_nothing_is_heard_and_nothing_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    import pygame

    pygame.mixer.quit()
    monkeypatch.setitem(os.environ, "SDL_AUDIODRIVER", "no such driver")
    sounds = Sounds(volume=50, music=50)
    sounds.bed("theme")
    sounds.play("war")
    assert sounds.is_missing
