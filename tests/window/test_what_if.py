"""What if, in the window: what a game turned on, sharper as it goes on, and playing on from any decision."""

from __future__ import annotations

import pathlib

import pytest

from tabletop.presentation.example_figures import example_figures
from tabletop.presentation.names import names_in
from tabletop.presentation.weighing import Weighing
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Journal, Session
from tabletop.session.look_back import look_back
from tabletop.window.examples import begun, go_on
from tabletop.window.registry import Example, entry
from tabletop.window.screens.ending import Ending
from tabletop.window.screens.table import Table
from tabletop.window.screens.what_if import WhatIfScreen
from tests.patience import wait_until
from tests.window.driver import Player, drive, new_app

TUTORIAL = Example(scenario="first-summit")


def over(folder: pathlib.Path, facilitated: bool = False) -> Session:
    session = begun(TUTORIAL, journal=Journal(folder))
    if facilitated:
        Facilitator(session).set(session.scenario.meters[0].id, 50, "As agreed.")
    return go_on(session)


@pytest.fixture
def session(tmp_path: pathlib.Path) -> Session:
    return over(tmp_path)


def looked_at(session: Session, folder: pathlib.Path) -> Player:
    """The screen with figures that are there already."""
    app, look = new_app(folder), look_back(session)
    app.push(entry("title").example(app, TUTORIAL))
    app.push(WhatIfScreen(app, session, Weighing.of(look, example_figures(look))))
    return drive(app)


def test_it_shows_the_account_and_decisions_that_the_other_faces_show(session: Session, tmp_path: pathlib.Path) -> None:
    player, look = looked_at(session, tmp_path), look_back(session)
    told = Weighing.of(look, example_figures(look)).told(names_in(session.game.program), Words(), is_told=True)
    assert [bar.text for bar in told.accounts[0].bars if bar.text not in player.texts] == []
    player.click("page.decisions").click("which.every")
    for one in told.decisions:
        player.tab_to(f"decision.{one.step}").press("enter")
        assert one.weighed is not None
        for option in one.weighed.options:
            assert f"{option.as_known.text} {option.as_known.give}" in player.texts
        assert one.weighed.told in player.texts


def test_a_branch_is_played_on_before_any_decision_and_nothing_is_lost(
    session: Session, tmp_path: pathlib.Path
) -> None:
    outcome, steps = session.state.outcome, len(session.course.steps)
    player = looked_at(session, tmp_path)
    player.click("page.decisions").click("which.every")
    step = int(next(name for name in player.names if name.startswith("decision.")).removeprefix("decision."))
    player.tab_to(f"decision.{step}").press("enter").press("g")
    assert any(isinstance(screen, Table) for screen in player.app.screens)
    before = session.course.steps[step].before
    assert session.course.at is before
    assert not session.state.finished
    assert (session.course.branch, len(session.course.steps)) != ("main", steps + 1)
    session.switch("main")
    assert session.state.outcome == outcome


def test_figures_come_beside_the_window_and_escape_stops_them(session: Session, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path)
    app.push(entry("title").example(app, TUTORIAL))
    app.push(Ending(app, session))
    player = drive(app).press("w")
    screen = app.top
    assert isinstance(screen, WhatIfScreen)
    wait_until(lambda: screen._told.accounts, player.frame, 0.05)
    assert any(text.startswith("Expected") for text in player.texts)
    if screen._weighing.is_working:
        player.press("escape")
        wait_until(lambda: not screen._weighing.is_working)
        player.frame()
        assert not screen._weighing.is_working
        assert app.top is screen
    player.press("escape")
    assert isinstance(app.top, Ending)


def test_nothing_that_would_give_away_the_truth_stands_there_before_it_is_told(tmp_path: pathlib.Path) -> None:
    session = over(tmp_path, facilitated=True)
    assert session.scenario.hidden
    player = looked_at(session, tmp_path)
    for page in ("account", "decisions"):
        player.click(f"page.{page}")
        assert Words()("what-if.untold") in player.texts
        assert not [name for name in player.names if name.startswith("decision.")]
    Facilitator(session).tell_truth()
    assert Words()("what-if.untold") not in looked_at(session, tmp_path / "b").texts


def test_a_game_that_only_bots_played_can_be_looked_at_and_not_played_on(tmp_path: pathlib.Path) -> None:
    session = Session(begun(TUTORIAL).scenario, seed=3, humans=())
    list(session.run_bots())
    player = looked_at(session, tmp_path)
    assert player.click("page.decisions").drawn("play-on").control.why_not
