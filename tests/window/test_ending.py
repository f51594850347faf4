"""Ending: the verdict is told from the log, and one can go back from it, or begin again."""

from __future__ import annotations

import pathlib

import pytest

from tabletop.presentation.ending import EndFacts, ending
from tabletop.presentation.ending import Ending as EndingValue
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Journal, Session
from tabletop.session.branch_points import step_before
from tabletop.session.meter_courses import meter_courses
from tabletop.session.public_screen import ending_view
from tabletop.window.examples import begun, ended, go_on
from tabletop.window.registry import Example, entry
from tabletop.window.screens.ending import PAGES, Ending
from tabletop.window.screens.ending_sheets import Export
from tabletop.window.screens.table import Table
from tests.window.driver import Player, drive, new_app


@pytest.fixture
def session(tmp_path: pathlib.Path) -> Session:
    return go_on(begun(Example(), journal=Journal(tmp_path)))


@pytest.fixture
def player(session: Session, tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(entry("title").example(app, Example()))
    app.push(entry("ending").open(app, session=session))
    return drive(app)


def value(session: Session) -> EndingValue:
    perspective = Perspective(session.game.program, "washington", ending_view(session), humans=session.humans)
    return ending(perspective, Words(), EndFacts(courses=meter_courses(session)))


def test_the_verdict_names_the_ending_and_what_it_turned_on(player: Player, session: Session) -> None:
    ending = next(one for one in session.scenario.endings if one.id == session.state.outcome)
    assert ending.title in player.texts
    assert " ".join(ending.text.split()) in player.texts
    assert any(text.startswith("What moved the board most was") for text in player.texts)


def test_looking_at_a_point_says_who_did_what_when_and_why(player: Player, session: Session) -> None:
    told = value(session)
    assert len(told.turning_points) > 2
    for number, point in enumerate(told.turning_points, 1):
        player.tab_to(f"point.{number}")
        words = " ".join(player.texts)
        assert point.title in words
        assert point.why in words
        assert point.when in words
    player.hover("line.tension")
    assert next(one.ran for one in told.meters if one.id == "tension") in player.texts


def test_the_plot_has_every_meter_where_it_ended(player: Player, session: Session) -> None:
    for meter in session.scenario.meters:
        assert (meter.short or meter.name) in player.texts
        assert str(session.state.meters[meter.id]) in player.texts


def test_points_stand_with_what_they_were_given_for(player: Player, session: Session) -> None:
    player.click("page.points")
    washington = session.scenario.seats[0]
    assert washington.objectives[0].text in player.texts
    assert str(session.state.scores["washington"]).replace("-", "−") in player.texts
    for seat in value(session).scores:
        assert sum(one.points or 0 for one in seat.objectives) == session.state.scores[seat.seat] == seat.points


def test_what_was_hidden_is_told_on_the_page_of_truth(player: Player, session: Session) -> None:
    truth = str(session.state.hidden["intention"])
    player.click("page.truth")
    assert truth.capitalize() in player.texts
    assert "DECLASSIFIED" in player.texts


def test_what_a_facilitator_did_unseen_stays_unseen(tmp_path: pathlib.Path) -> None:
    session = go_on(begun(Example()), 3, "planning")
    Facilitator(session).set("tension", 66, "Between us two.", shown=False)
    session = go_on(session)
    assert not [one for one in ending_view(session).log if one.why == "Between us two."]
    assert [one for one in session.state.log if one.why == "Between us two."]


def test_every_page_is_reached_by_keys_alone(player: Player) -> None:
    for page in PAGES:
        player.tab_to(f"page.{page}").press("enter")
        assert player.focused == f"page.{page}"
        assert len(player.texts) > 8


def test_a_decision_taken_back_with_hindsight_is_told(tmp_path: pathlib.Path) -> None:
    session = ended(Example())
    assert session.hindsight == 1
    app = new_app(tmp_path)
    app.push(Ending(app, session))
    assert "1 decision was taken back with hindsight." in drive(app).texts


def test_the_step_to_go_back_to_is_where_that_decision_was_made(session: Session) -> None:
    checked = 0
    for one in [one for one in value(session).what_if if one.seat == "washington"]:
        step = step_before(session, one.turn, one.seat, one.decision)
        state = session.position_at(step).state
        assert state.turn <= one.turn
        if any(str(action) == one.decision for action in session.game.actions(state, "washington")):
            checked += state.turn == one.turn
    assert checked > 2


def test_pressing_a_point_asks_first(player: Player, session: Session) -> None:
    player.tab_to("point.1").press("enter")
    assert session.state.finished
    player.press("g")
    assert not session.state.finished


def test_play_again_from_another_seat_begins_another_game(player: Player, session: Session) -> None:
    player.press("p")
    player.click("seat.tokyo").click("view.critics").click("chance.same").press("g")
    table = next(screen for screen in player.app.screens if isinstance(screen, Table))
    assert table.session.humans == ("tokyo",)
    assert table.session.seed == session.seed
    assert table.session.assumptions != session.assumptions
    assert table.session.id != session.id
    assert session.state.finished


def test_the_first_summit_ends_too(tmp_path: pathlib.Path) -> None:
    session = go_on(begun(Example(scenario="first-summit")))
    app = new_app(tmp_path)
    app.push(Ending(app, session))
    player = drive(app)
    assert "page.belief" not in player.names  # nothing is hidden there that a player could believe
    for page in PAGES:
        if page != "belief":
            player.click(f"page.{page}")
            assert player.texts


def test_the_game_is_written_down_for_the_debrief(session: Session, tmp_path: pathlib.Path) -> None:
    pytest.importorskip("tabletop.session.debrief")
    app = new_app(tmp_path)
    app.push(entry("title").example(app, Example()))
    app.push(Export(app, session, tmp_path / "debrief"))
    drive(app).click("csv").click("json")
    table = (tmp_path / "debrief" / f"{session.id}.csv").read_text(encoding="utf-8-sig")
    assert table.startswith("fact,")
    assert (tmp_path / "debrief" / f"{session.id}.json").stat().st_size > 1000
