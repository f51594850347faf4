"""The stage: what has happened passes over the board, can be skipped or switched off, and never holds the game up."""

from __future__ import annotations

import pathlib

from tabletop.session import Session
from tabletop.session.advice import choice_of
from tabletop.window.board.stage_scenes import values_at
from tabletop.window.examples import begun, go_on
from tabletop.window.press_filter import REST
from tabletop.window.registry import Example
from tabletop.window.screens.set_piece import AskedPiece, SetPieces
from tabletop.window.screens.stage import Stage, stage_of
from tabletop.window.screens.table import Table
from tests.window.driver import Player, drive, new_app


def at_table(
    folder: pathlib.Path, scenario: str = "first-summit", *, staging: str = "full", motion: bool = False
) -> tuple[Player, Session]:
    app = new_app(folder, staging=staging, motion=motion)
    session = begun(Example(scenario, 3))
    table = Table(app, session)
    table.skip_briefing()
    app.push(table)
    return drive(app), session


def decide(player: Player, session: Session) -> None:
    """Has the player decide as the seat's doctrine does, and pass by what fills the screen."""
    if isinstance(player.screen, SetPieces) and not isinstance(player.screen, AskedPiece):
        player.screen.escape()
        player.frame(0.5)
        return
    if isinstance(player.screen, AskedPiece):
        player.screen._answer()
        player.frame(0.5)
        return
    table = player.screen
    assert isinstance(table, Table)
    chosen = str(choice_of(session.position, table.seat))
    table.play(next(move for move in table.hand.open if move.key == chosen))
    player.frame()


def until_staged(player: Player, session: Session) -> Stage:
    for _ in range(12):
        if isinstance(player.screen, Stage):
            return player.screen
        decide(player, session)
    raise AssertionError("nothing is staged")


def until_page(player: Player, session: Session) -> Stage:
    for _ in range(60):
        stage = until_staged(player, session)
        if stage.scene_now.summary is not None:
            return stage
        player.press("escape")
        player.frame(0.5)
    raise AssertionError("no turn has a page")


def test_a_plan_is_shown_step_by_step_and_passes_by_itself(tmp_path: pathlib.Path) -> None:
    player, session = at_table(tmp_path, motion=True)
    stage = until_staged(player, session)
    seen = []
    for _ in range(400):
        if player.screen is not stage or stage.seconds is None:
            break
        seen.append(stage.at)
        player.frame(0.05)
    assert sorted(set(seen)) == list(range(max(seen) + 1))
    assert len(seen) * 0.05 < 9


def test_meters_stand_as_they_did_until_what_moves_them_is_shown(tmp_path: pathlib.Path) -> None:
    player, session = at_table(tmp_path, "summit-2018", motion=True)
    stage = until_staged(player, session)
    before = session.view("washington").log
    moved = [change for scene in stage.scenes if scene.step is not None for change in scene.step.changes]
    first = next(one for one in moved if one.noun == "meter")
    assert str(first.before) in player.texts
    assert values_at(stage.scenes, len(stage.scenes) - 1, has_landed=True) == {
        one.target: session.view("washington").meters[one.target] for one in moved if one.noun == "meter"
    }
    assert session.view("washington").log == before


def test_any_key_or_press_goes_on_and_escape_leaves(tmp_path: pathlib.Path) -> None:
    player, session = at_table(tmp_path, "summit-2018")
    stage = until_staged(player, session)
    decisions = len(session.decisions)
    player.frame(0.5)
    for press in ("enter", "space", "right", "3"):
        at = stage.at
        player.press(press)
        assert player.screen is not stage or stage.at == at + 1
        player.frame(0.5)
    player.press("h").frame(0.5)
    player.press("left").frame(0.5)
    assert stage.at == 3
    player.press("escape")
    assert not isinstance(player.screen, Stage) or player.screen.scene_now.summary is not None
    assert len(session.decisions) == decisions


def test_who_goes_about_the_step_with_tab_is_left_to_read(tmp_path: pathlib.Path) -> None:
    player, session = at_table(tmp_path, "summit-2018")
    stage = until_staged(player, session)
    player.press("tab")
    assert stage.is_held
    at = stage.at
    player.frame(20.0)
    assert (player.screen, stage.at) == (stage, at)
    player.press("h")
    player.frame(20.0)
    player.frame(0.1)
    assert stage.at > at


def test_the_page_of_a_week_waits_and_says_what_begins(tmp_path: pathlib.Path) -> None:
    player, session = at_table(tmp_path)
    stage = until_page(player, session)
    assert "What week 1 came to" in player.texts
    player.frame(60.0)
    assert player.screen is stage
    assert any("Begin week 2" in text for text in player.texts)
    player.press("enter")
    assert not isinstance(player.screen, Stage) or player.screen is not stage


def test_hurried_a_game_takes_no_press_more_than_without_a_stage(tmp_path: pathlib.Path) -> None:
    games = []
    for staging in ("off", "fast"):
        player, session = at_table(tmp_path / staging, staging=staging)
        staged = 0
        while not session.is_over:
            if isinstance(player.screen, Stage):
                staged += 1
                player.frame(4.0)
            else:
                decide(player, session)
        assert bool(staged) == (staging == "fast")
        games.append(session.decisions)
    assert games[0] == games[1]


def test_the_same_game_is_played_whether_it_is_staged_or_not(tmp_path: pathlib.Path) -> None:
    games = []
    for staging in ("off", "full"):
        player, session = at_table(tmp_path / staging, "summit-2018", staging=staging)
        while session.turn < 2:
            if isinstance(player.screen, Stage):
                player.press("escape")
                player.frame(0.5)
            else:
                decide(player, session)
        games.append((session.decisions, session.state.fingerprint))
    assert games[0] == games[1]


def test_the_game_goes_on_behind_the_stage(tmp_path: pathlib.Path) -> None:
    player, session = at_table(tmp_path, "summit-2018")
    stage = until_staged(player, session)
    before = len(session.commands)
    session.decide("washington", session.game.actions(session.state, "washington")[0])
    player.frame(0.1)
    assert len(session.commands) > before
    assert player.screen is stage
    stage.leave()
    player.frame(0.1)
    assert player.screen is not stage


def test_a_press_that_was_meant_for_the_stage_does_nothing_at_the_table(tmp_path: pathlib.Path) -> None:
    player, session = at_table(tmp_path)
    until_page(player, session)
    made = len(session.commands)
    while isinstance(player.screen, Stage):
        player.app.presses._last = None
        player.press("right")
    assert isinstance(player.screen, Table)
    for key in ("1", "enter", "escape", "d"):
        player.press(key)
        assert isinstance(player.screen, Table)
        assert len(session.commands) == made
    player.frame(REST)
    player.press("1")
    assert len(session.commands) > made or not isinstance(player.screen, Table)


def test_page_down_reads_the_page_of_a_week_and_does_not_begin_the_next(tmp_path: pathlib.Path) -> None:
    player, session = at_table(tmp_path)
    stage = until_page(player, session)
    at = stage.at
    player.press("page down", "page up", "page down")
    assert player.screen is stage
    assert stage.at == at
    player.press("enter")
    assert stage.at > at or player.screen is not stage


def test_the_meters_beside_the_page_of_a_turn_stand_where_the_page_says(tmp_path: pathlib.Path) -> None:
    compared = 0
    for seed in (2, 3):
        session = go_on(begun(Example("first-summit", seed)))
        stage = stage_of(new_app(tmp_path, staging="full"), session, session.humans[0], 0)
        assert stage is not None
        for at, scene in enumerate(list(stage.scenes)):
            stage.at = at
            shown = {one.id: one.value for one in stage._gauges()}
            for one in scene.summary.moved if scene.summary is not None else ():
                assert shown[one.change.target] == one.change.after
                compared += 1
    assert compared > 8
