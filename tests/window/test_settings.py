"""Settings: every one takes effect at once, is kept, and says in words what stands in the way."""

from __future__ import annotations

import json
import pathlib

import pygame
import pytest

from tabletop.window.registry import Example, entry
from tabletop.window.screens.settings import SettingsSheet
from tabletop.window.screens.title import Title
from tabletop.window.settings import AUTOMATIC, Settings, desktop_theme, load_settings
from tests.window.driver import Player, drive, new_app


@pytest.fixture
def sheet(tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(Title(app))
    return drive(app).press("e")


def kept(folder: pathlib.Path) -> dict[str, object]:
    found: dict[str, object] = json.loads((folder / "window.json").read_text(encoding="utf-8"))
    return found


def test_the_size_of_text_changes_at_once_and_is_kept(sheet: Player, tmp_path: pathlib.Path) -> None:
    before = next(drawn.pixels for drawn in sheet.screen.scene.texts if drawn.text == "Colours")
    sheet.click("size.150")
    after = next(drawn.pixels for drawn in sheet.screen.scene.texts if drawn.text == "Colours")
    assert abs(after - before * 1.5) <= 1
    assert kept(tmp_path)["text_size"] == 150


def test_the_keyboard_alone_changes_theme_motion_and_volume(sheet: Player) -> None:
    sheet.tab_to("theme.light").press("enter").tab_to("motion").press("space").tab_to("sound").press("right", "right")
    settings = sheet.app.settings
    assert (settings.theme, settings.motion, settings.sound) == ("light", True, 20)
    assert sheet.app.is_light


def test_without_a_sound_device_the_volume_is_kept_for_later_and_the_sheet_says_why_it_is_quiet(
    sheet: Player, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pygame.mixer.quit()
    monkeypatch.setenv("SDL_AUDIODRIVER", "no-such-driver")
    sheet.tab_to("sound").press("right", "right", "right")
    assert sheet.app.sounds.is_missing
    assert kept(tmp_path)["sound"] == 30
    assert sheet.app.words("settings.no_device") in sheet.texts


def test_the_window_speaks_another_language_at_once(sheet: Player) -> None:
    sheet.click("language.ko")
    assert "설정" in sheet.texts
    sheet.press("escape")
    assert any("새 게임" in text for text in sheet.texts)


def test_automatic_colours_are_those_of_the_desktop(sheet: Player) -> None:
    sheet.click(f"theme.{AUTOMATIC}")
    assert sheet.app.is_light == (desktop_theme() == "light")
    assert any("As your desktop has it" in text for text in sheet.texts)


def test_they_are_there_again_in_the_next_run(sheet: Player, tmp_path: pathlib.Path) -> None:
    sheet.click("full_screen").click("theme.light").click("size.200")
    assert load_settings(tmp_path / "window.json") == sheet.app.settings
    assert sheet.app.settings.full_screen


def test_what_is_damaged_in_the_file_is_as_at_first(tmp_path: pathlib.Path) -> None:
    file = tmp_path / "window.json"
    file.write_text('{"text_size": 73, "theme": "pink", "sound": 900, "motion": false, "lesson": 4}', encoding="utf-8")
    assert load_settings(file) == Settings(motion=False)


def test_as_at_first_leaves_the_language_alone(sheet: Player) -> None:
    sheet.click("language.ko").click("size.125").press("r")
    assert (sheet.app.settings.text_size, sheet.app.settings.language) == (100, "ko")


def test_where_they_cannot_be_kept_it_is_said_and_they_hold_all_the_same(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("no folder")
    app = new_app(tmp_path)
    app.settings_file = tmp_path / "file" / "window.json"
    app.push(Title(app))
    player = drive(app).press("e").click("theme.light")
    assert any("cannot be kept" in text for text in player.texts)
    assert app.settings.theme == "light"


def test_they_open_over_the_table_and_lead_back_to_it(tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path)
    app.push(Title(app))
    table = entry("table").example(app, Example())
    app.push(table)
    app.open("settings")
    player = drive(app)
    assert isinstance(player.screen, SettingsSheet)
    player.click("size.125").press("escape")
    assert player.screen is table
