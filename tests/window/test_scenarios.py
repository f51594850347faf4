"""Scenarios: the shipped ones, and those in a folder; a broken one says what is wrong, and where."""

from __future__ import annotations

import pathlib
import shutil

import pygame
import pytest

from tabletop.scenario.library import locate
from tabletop.window import packs
from tabletop.window.screens.new_game import NewGame
from tabletop.window.screens.title import Title
from tests.window.driver import Player, drive, new_app


@pytest.fixture
def page(tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(Title(app))
    return drive(app).press("s")


def copy(folder: pathlib.Path, *, broken: bool = False) -> pathlib.Path:
    pack = folder / "my-summit"
    shutil.copytree(locate("first-summit"), pack)
    if broken:
        play = pack / "play.yaml"
        play.write_text(play.read_text(encoding="utf-8").replace("by: 1, why: One", "bye: 1, why: One"))
    return pack


def test_a_shipped_scenario_shows_its_question_its_length_and_what_is_in_it(page: Player) -> None:
    told = page.texts
    assert "Should Washington schedule, prepare, delay or cancel a summit with Kim Jong Un?" in told
    assert {"45 minutes", "6 seats", "10 assumptions"} <= set(told)


def test_it_can_be_played_from_there(page: Player) -> None:
    page.click("pack.first-summit").press("p")
    assert isinstance(page.screen, NewGame)
    assert page.screen.setup.scenario.id == "first-summit"


def test_a_pack_in_a_folder_is_found_by_its_path_remembered_and_played(page: Player, tmp_path: pathlib.Path) -> None:
    pack = copy(tmp_path)
    page.click("path").type(f' "{pack}" ').press("enter")
    assert f"pack.{pack}" in page.names
    page.press("escape").press("s")
    page.click(f"pack.{pack}").press("p")
    assert isinstance(page.screen, NewGame)
    assert page.screen.setup.pack == str(pack)
    page.press("escape").press("f")
    assert f"pack.{pack}" not in page.names
    assert page.app.settings.packs == ""


def test_a_broken_pack_says_file_line_and_column_and_can_be_read_again(page: Player, tmp_path: pathlib.Path) -> None:
    pack = copy(tmp_path, broken=True)
    page.click("path").type(str(pack)).click("look")
    assert any("play.yaml:" in text and text.count(":") >= 2 for text in page.texts)
    assert any("bye" in text for text in page.texts)
    shutil.rmtree(pack)
    copy(tmp_path)
    page.press("r")
    assert "The neighbours want to meet. When do you name the day?" in page.texts


def test_a_path_is_pasted(page: Player, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack = copy(tmp_path)
    monkeypatch.setattr(pygame.scrap, "get_text", lambda: f"{pack}\n")
    page.click("path").press("v", mod=pygame.KMOD_CTRL).press("enter")
    assert f"pack.{pack}" in page.names


def test_a_path_that_leads_nowhere_is_answered_in_words(page: Player) -> None:
    page.click("path").type("/nowhere/at/all").press("enter")
    assert any("no scenario" in text.lower() for text in page.texts)
    page.press("escape")
    assert isinstance(page.screen, Title)


def test_a_path_is_taken_as_people_write_it(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    pack = copy(tmp_path)
    assert packs.folder("~/my-summit") == packs.folder(f"'{pack}'") == packs.folder(str(pack / "scenario.yaml"))


def test_no_more_than_ten_folders_are_remembered_the_latest_last() -> None:
    kept = ""
    for number in range(12):
        kept = packs.with_folder(kept, f"/packs/{number}")
    names = [name for name in packs.kept_names(kept) if name.startswith("/packs/")]
    assert names == [f"/packs/{number}" for number in range(2, 12)]
