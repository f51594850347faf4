"""The title screen: by mouse alone and by keyboard alone, every way in is open and none is a dead end."""

from __future__ import annotations

import pathlib

import pygame
import pytest

import tabletop
from tabletop.session import Journal, Session
from tabletop.window.screens.about import About
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tests.window.driver import Player, drive, new_app


@pytest.fixture
def title(tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(Title(app))
    return drive(app)


def play_a_little(folder: pathlib.Path) -> Session:
    session = Session(tabletop.load("summit-2018"), seed=7, humans=("washington",), journal=Journal(folder))
    list(session.run_bots())
    session.decide("washington", session.game.actions(session.state, "washington")[0])
    session.close()
    return session


def test_a_newcomer_reads_what_it_is_about_and_where_to_begin(title: Player) -> None:
    assert "The Summit" in title.texts
    assert any("schedule, prepare, delay or cancel" in text for text in title.texts)
    assert any("8 March 2018" in text for text in title.texts)
    assert title.focused == "new"
    assert "continue" not in title.names


def test_the_mouse_alone_opens_about_closes_it_and_quits(title: Player) -> None:
    title.click("about")
    assert isinstance(title.screen, About)
    title.click("close")
    assert isinstance(title.screen, Title)
    title.click("quit")
    assert not title.app.is_running


def test_the_keyboard_alone_opens_about_by_its_letter_closes_it_and_quits(title: Player) -> None:
    title.press("a")
    assert isinstance(title.screen, About)
    title.press("enter")
    assert isinstance(title.screen, Title)
    title.tab_to("about").press("enter").press("escape")
    assert (isinstance(title.screen, Title), title.focused) == (True, "about")
    title.press("q")
    assert not title.app.is_running


def test_escape_asks_before_it_leaves(title: Player) -> None:
    title.press("escape", "escape")
    assert isinstance(title.screen, Title)
    title.press("escape", "s")
    assert isinstance(title.screen, Title)
    title.press("escape", "l")
    assert not title.app.is_running


def test_arrows_go_where_they_point(title: Player) -> None:
    title.press("down")
    assert title.focused in ("tutorial", "scenarios")
    title.tab_to("tutorial").press("right")
    assert title.focused == "scenarios"
    title.press("down")
    assert title.focused == "settings"
    title.press("up", "up")
    assert title.focused == "new"


def test_every_way_in_opens_its_screen(title: Player) -> None:
    own = title.screen
    for name in ("new", "tutorial", "scenarios", "load", "settings", "about"):
        title.click(name)
        assert title.screen is not own
        title.press("escape")
        assert title.screen is own


def test_a_button_let_go_elsewhere_is_not_pressed(title: Player) -> None:
    at, away = title._pixel("quit"), title._pixel("new")
    title.post(pygame.MOUSEBUTTONDOWN, pos=at, button=1).post(pygame.MOUSEBUTTONUP, pos=away, button=1)
    assert title.app.is_running


def test_continue_goes_on_with_the_game_played_last(tmp_path: pathlib.Path) -> None:
    session = play_a_little(tmp_path)
    app = new_app(tmp_path)
    app.push(Title(app))
    player = drive(app)
    assert player.focused == "continue"
    player.press("enter")
    assert isinstance(player.screen, Table)
    assert player.screen.session.state.fingerprint == session.state.fingerprint
    player.press("escape", "t")
    assert isinstance(player.screen, Title)


def test_text_grows_and_shrinks_by_keys_and_is_kept(title: Player, tmp_path: pathlib.Path) -> None:
    title.press("=", mod=pygame.KMOD_CTRL).press("=", mod=pygame.KMOD_CTRL)
    assert title.app.settings.text_size == 125
    assert '"text_size": 125' in (tmp_path / "window.json").read_text(encoding="utf-8")
    title.press("0", mod=pygame.KMOD_CTRL)
    assert title.app.settings.text_size == 100


def test_a_resized_window_is_laid_out_anew(title: Player) -> None:
    before = title.drawn("quit").box
    title.app.resize((1024, 768))
    title.frame()
    assert title.drawn("quit").box != before
    title.click("about")
    assert isinstance(title.screen, About)


def test_closing_the_window_ends_it(title: Player) -> None:
    title.app.handle(pygame.event.Event(pygame.WINDOWCLOSE))
    assert not title.app.is_running
