"""The belief sheet and the dossiers of the table: saying what one holds, and reading it again."""

from __future__ import annotations

import pathlib

from tabletop.session.stated_beliefs import stated_beliefs
from tabletop.window.screens.belief import Belief
from tabletop.window.screens.ending import Ending
from tabletop.window.screens.table import Table
from tests.window.test_table import seated
from tests.window.whole_games import session_of


def test_a_belief_is_stated_with_the_keyboard_and_changes_nothing_else(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018").press("enter")
    session = session_of(player)
    before = session.state.fingerprint
    assert "You are asked what you believe" in player.texts
    player.press("k")
    assert isinstance(player.screen, Belief)
    assert player.focused == "share.ready"
    player.press("right", "right")
    held = dict(player.screen.shares)
    assert held["ready"] == 25
    assert sum(held.values()) == 100
    player.press("b")
    assert isinstance(player.screen, Table)
    assert [one.shares for one in stated_beliefs(session)] == [held]
    assert session.state.fingerprint == before
    assert "You are asked what you believe" not in player.texts


def test_a_sheet_that_is_left_keeps_nothing_and_one_that_is_opened_again_has_the_last(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018").press("enter").press("k", "end", "escape")
    session = session_of(player)
    assert stated_beliefs(session) == []
    player.press("k", "end", "b", "k")
    assert isinstance(player.screen, Belief)
    assert player.screen.shares == {"ready": 100, "probing": 0, "stalling": 0}
    player.press("b")
    assert len(stated_beliefs(session)) == 2


def test_what_only_counts_evidence_is_shown_as_a_dossier(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018").press("enter")
    assert "evidence.intention" in player.names
    assert not {"fact.signs_good", "fact.signs_bad"} & set(player.names)


def test_whoever_knows_the_truth_has_no_dossier_on_it(tmp_path: pathlib.Path) -> None:
    player = seated(tmp_path, "summit-2018", "pyongyang").press("enter")
    assert not [name for name in player.names if name.startswith("evidence.")]
    assert isinstance(player.press("k").screen, Table)


def test_the_ending_tells_what_was_believed_and_what_it_scored(tmp_path: pathlib.Path) -> None:
    from tabletop.window.examples import ended
    from tabletop.window.registry import Example
    from tests.window.driver import drive, new_app

    app = new_app(tmp_path)
    app.push(Ending(app, ended(Example(), believing=True)))
    player = drive(app)
    player.click("page.belief")
    said = " ".join(player.texts)
    assert "Your score" in said
    assert "How far each piece should have moved you" in said
