"""The pause: it says where the game is kept, and every way out of it is open."""

from __future__ import annotations

import pathlib

import pytest

import tabletop
from tabletop.session import Journal, Session
from tabletop.window.entering import enter
from tabletop.window.screens.glossary import Glossary
from tabletop.window.screens.load import Load
from tabletop.window.screens.pause import Pause
from tabletop.window.screens.settings import SettingsSheet
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tests.window.driver import Player, drive, new_app


def paused(folder: pathlib.Path, journal: Journal | None) -> Player:
    """A game with a decision in it, and the pause over its table."""
    app = new_app(folder)
    app.push(Title(app))
    noun = tabletop.load("first-summit")
    session = Session(noun, seed=3, humans=(noun.player,), journal=journal)
    session.decide(noun.player, session.game.actions(session.state, noun.player)[0])
    enter(app, session)
    app.open("pause", session=session)
    return drive(app)


@pytest.fixture
def pause(tmp_path: pathlib.Path) -> Player:
    return paused(tmp_path, Journal(tmp_path))


def test_it_says_where_the_game_is_kept(pause: Player, tmp_path: pathlib.Path) -> None:
    assert "Kept after every decision, in" in pause.texts
    assert str(tmp_path / "sessions.db") in [text.replace(" ", "") for text in pause.texts]


@pytest.mark.parametrize("way", ["enter", "escape"])
def test_back_is_what_enter_and_escape_do(pause: Player, way: str) -> None:
    pause.press(way)
    assert isinstance(pause.screen, Table)


@pytest.mark.parametrize(("letter", "screen"), [("g", Glossary), ("e", SettingsSheet), ("l", Load)])
def test_what_is_opened_from_it_leads_back_to_it(pause: Player, letter: str, screen: type) -> None:
    pause.press(letter)
    assert isinstance(pause.screen, screen)
    pause.press("escape")
    assert isinstance(pause.screen, Pause)


def test_loading_the_game_that_is_paused_goes_back_to_its_table(pause: Player) -> None:
    table = pause.app.screens[1]
    pause.press("l", "c")
    assert pause.screen is table
    assert isinstance(table, Table)


def test_the_title_offers_to_go_on(pause: Player) -> None:
    stood = pause.app.screens[1].session.state.fingerprint  # type: ignore[attr-defined]
    pause.press("t")
    assert isinstance(pause.screen, Title)
    pause.press("c")
    assert pause.app.screens[1].session.state.fingerprint == stood  # type: ignore[attr-defined]


def test_quitting_a_kept_game_asks_nothing(pause: Player) -> None:
    pause.click("quit")
    assert not pause.app.is_running


def test_leaving_a_game_that_is_not_kept_is_asked_about(tmp_path: pathlib.Path) -> None:
    player = paused(tmp_path, None)
    assert "This game is not kept" in player.texts
    player.press("t", "enter")
    assert isinstance(player.screen, Pause)
    player.press("q", "l")
    assert not player.app.is_running
