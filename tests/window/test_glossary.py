"""Rules and terms: everything that a scenario has words for is found by typing."""

from __future__ import annotations

import pathlib

import pytest

import tabletop
from tabletop.presentation.glossary import glossary
from tabletop.presentation.words import Words
from tabletop.window.registry import entry
from tabletop.window.screens.title import Title
from tests.window.driver import Player, drive, new_app


@pytest.fixture
def page(tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(Title(app))
    app.push(entry("glossary").open(app))
    return drive(app)


def test_typing_narrows_it_down_and_taking_back_widens_it(page: Player) -> None:
    everything = len(page.texts)
    page.type("leverage")
    assert "Leverage" in page.texts
    assert 0 < len(page.texts) < everything
    page.press(*["backspace"] * 8)
    assert len(page.texts) == everything


def test_what_is_not_there_is_said(page: Player) -> None:
    page.type("zzz")
    assert any("zzz" in text and "Nothing" in text for text in page.texts)
    page.press("escape")
    assert isinstance(page.screen, Title)


def test_letters_are_typed_and_press_nothing(page: Player) -> None:
    screen = page.screen
    page.press("q").type("q")
    assert page.screen is screen
    assert page.app.is_running


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_every_meter_track_seat_and_term_of_a_scenario_is_in_it(pack: str) -> None:
    scenario = tabletop.load(pack)
    names = {term.name for term in glossary(scenario, Words("en"))}
    nouns = [*scenario.meters, *scenario.tracks, *scenario.seats]
    assert {noun.name for noun in nouns} <= names
    assert {entry.term for entry in scenario.glossary} <= names
    assert {one.title for one in scenario.assumptions} <= names


def test_it_explains_the_scenario_of_the_game_that_it_is_opened_from(tmp_path: pathlib.Path) -> None:
    from tabletop.session import Session

    app = new_app(tmp_path)
    app.push(Title(app))
    session = Session(tabletop.load("first-summit"), seed=1)
    app.open("glossary", session=session)
    player = drive(app).type("kept")
    assert "First Summit" in player.texts
