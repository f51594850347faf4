"""Saved games: each with a picture; they are gone on with, read, watched and deleted, and damage is named."""

from __future__ import annotations

import pathlib
import sqlite3

import pytest

import tabletop
from tabletop.scenario.translation import told_in
from tabletop.session import Journal, Session, open_session
from tabletop.session.session_lock import SessionLock
from tabletop.window.save_thumbnails import SaveThumbnails
from tabletop.window.screens.load import Load
from tabletop.window.screens.story import StorySheet
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tests.patience import wait_until
from tests.window.driver import Player, drive, new_app


def keep(folder: pathlib.Path, scenario: str = "first-summit", decisions: int = 3) -> Session:
    """A game of a person that was left after some decisions."""
    noun = tabletop.load(scenario)
    session = Session(noun, seed=3, humans=(noun.player,), journal=Journal(folder))
    while not session.state.finished and (session.to_act is None or len(session.decisions) < decisions):
        if session.to_act is None:
            session.bot_decides(session.bot_choice())
        else:
            session.decide(session.to_act, session.game.actions(session.state, session.to_act)[0])
    session.close()
    return session


def looked(folder: pathlib.Path) -> Player:
    """The page with the saved games, once it has looked at them."""
    app = new_app(folder)
    app.push(Title(app))
    app.open("load")
    player = drive(app)
    wait_for(player)
    return player


def wait_for(player: Player) -> None:
    wait_until(lambda: not player.app.work.jobs, player.frame)
    player.frame()


def test_without_a_game_it_says_so_and_offers_one(tmp_path: pathlib.Path) -> None:
    player = looked(tmp_path)
    assert any("No game has been saved yet" in text for text in player.texts)
    player.press("n", "escape", "escape")
    assert isinstance(player.screen, Title)


def test_each_game_tells_where_it_stands_who_plays_and_how_the_meters_went(tmp_path: pathlib.Path) -> None:
    session = keep(tmp_path)
    player = looked(tmp_path)
    assert {"First Summit", "Corvane", "Trust", str(session.state.meters["trust"])} <= set(player.texts)
    assert any("Six weeks" in text for text in player.texts)


def test_what_was_seen_is_in_the_cache_until_the_game_has_gone_on(tmp_path: pathlib.Path) -> None:
    session = keep(tmp_path)
    looked(tmp_path)
    glimpses = SaveThumbnails(Journal(tmp_path), tmp_path / "glimpses", "en")
    kept = Journal(tmp_path).find(session.id)
    known = glimpses.known(kept)
    assert known is not None
    assert known.values["trust"] == session.state.meters["trust"]
    assert not set(known.meters) & {"purpose"}
    going_on, _ = open_session(Journal(tmp_path), session.id)
    going_on.back(1)
    going_on.close()
    assert glimpses.known(Journal(tmp_path).find(session.id)) is None


def test_a_damaged_cache_is_looked_past(tmp_path: pathlib.Path) -> None:
    session = keep(tmp_path)
    looked(tmp_path)
    (tmp_path / "glimpses" / f"{session.id}.json").write_text("{", encoding="utf-8")
    assert "Corvane" in looked(tmp_path).texts


def test_enter_goes_on_exactly_where_the_game_was(tmp_path: pathlib.Path) -> None:
    session = keep(tmp_path)
    player = looked(tmp_path).press("enter")
    assert isinstance(player.app.screens[1], Table)
    assert player.app.screens[1].session.state.fingerprint == session.state.fingerprint
    assert len([screen for screen in player.app.screens if isinstance(screen, Load)]) == 0


def test_any_of_several_games_can_be_chosen_by_mouse(tmp_path: pathlib.Path) -> None:
    first, second = keep(tmp_path, decisions=1), keep(tmp_path, decisions=4)
    player = looked(tmp_path)
    player.click(f"game.{first.id}").click("continue")
    assert isinstance(player.app.screens[1], Table)
    assert player.app.screens[1].session.id == first.id != second.id


def test_the_story_tells_what_everybody_saw(tmp_path: pathlib.Path) -> None:
    keep(tmp_path, decisions=200)
    player = looked(tmp_path).press("s")
    assert isinstance(player.screen, StorySheet)
    assert "A Headline Names the Day" in player.texts
    player.press("escape")
    assert isinstance(player.screen, Load)


def test_deleting_is_asked_twice_and_keeping_is_what_enter_does(tmp_path: pathlib.Path) -> None:
    session = keep(tmp_path)
    player = looked(tmp_path)
    player.press("d", "enter")
    player.press("d", "d", "enter")
    player.press("d", "d", "escape")
    assert [kept.heading.id for kept in Journal(tmp_path).sessions()[0]] == [session.id]
    player.press("d", "d", "r")
    assert Journal(tmp_path).sessions() == ([], [])
    assert any("No game has been saved yet" in text for text in player.texts)
    assert not list((tmp_path / "glimpses").iterdir())


def test_a_game_that_is_open_elsewhere_is_not_deleted_and_can_be_watched(tmp_path: pathlib.Path) -> None:
    session = keep(tmp_path)
    player = looked(tmp_path)
    hold = SessionLock(Journal(tmp_path).path, session.id)
    player.press("d", "d", "r")
    assert "This game cannot be deleted now" in player.texts
    player.press("enter", "c")
    assert "This game is open elsewhere" in player.texts
    player.press("enter")
    table = player.app.screens[1]
    assert isinstance(table, Table)
    assert table.session.watching
    hold.release()


def test_a_game_of_which_not_all_is_sound_says_so_and_is_not_opened(tmp_path: pathlib.Path) -> None:
    session = keep(tmp_path)
    with sqlite3.connect(tmp_path / "sessions.db") as file:
        file.execute("update commands set line = replace(line, 'decide', 'decode') where number = 2")
    file.close()
    player = looked(tmp_path)
    assert any("only the first 1 commands are sound" in text for text in player.texts)
    assert player.drawn("continue").control.why_not
    player.press("c")
    assert isinstance(player.screen, Load)
    assert session.id


def test_a_game_whose_beginning_is_damaged_is_named_in_one_line_beside_the_sound_ones(tmp_path: pathlib.Path) -> None:
    damaged, sound = keep(tmp_path), keep(tmp_path)
    with sqlite3.connect(tmp_path / "sessions.db") as file:
        file.execute("update sessions set seal = 'x' where id = ?", (damaged.id,))
        file.execute("update commands set seal = 'x' where session = ? and number = 0", (damaged.id,))
    file.close()
    player = looked(tmp_path)
    assert f"game.{sound.id}" in player.names
    assert any(damaged.id in text and "damaged" in text for text in player.texts)


def test_continue_on_the_title_says_in_words_why_it_cannot(tmp_path: pathlib.Path) -> None:
    session = keep(tmp_path)
    hold = SessionLock(Journal(tmp_path).path, session.id)
    app = new_app(tmp_path)
    app.push(Title(app))
    player = drive(app).press("enter")
    assert "This game is open elsewhere" in player.texts
    player.press("l")
    assert isinstance(player.screen, Title)
    hold.release()
    player.press("enter")
    assert isinstance(player.app.screens[1], Table)


def test_the_page_can_be_left_while_it_looks_at_the_games(tmp_path: pathlib.Path) -> None:
    keep(tmp_path, "summit-2018", 12)
    app = new_app(tmp_path)
    app.push(Title(app))
    app.open("load")
    player = drive(app).press("escape")
    assert isinstance(player.screen, Title)
    wait_for(player)


@pytest.mark.parametrize("language", ["en", "ko"])
def test_a_finished_game_shows_its_ending_again(tmp_path: pathlib.Path, language: str) -> None:
    session = keep(tmp_path, decisions=200)
    assert session.state.finished
    app = new_app(tmp_path, language=language)
    app.push(Title(app))
    app.open("load")
    player = drive(app)
    wait_for(player)
    player.press("c")
    scenario = told_in(session.scenario, language)
    ending = next(one for one in scenario.endings if one.id == session.state.outcome)
    assert any(ending.title in text for text in player.texts)
