"""New game: Enter twice is a game; everything about it can be chosen, by mouse alone and by keyboard alone."""

from __future__ import annotations

import pathlib

import pytest

import tabletop
from tabletop.session import Journal, Session
from tabletop.window.registry import entry
from tabletop.window.screens.new_game import NewGame
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tabletop.window.setup import HABIT, MIXED, Setup
from tests.window.driver import Player, drive, new_app


@pytest.fixture
def setting(tmp_path: pathlib.Path) -> Player:
    """The new-game page above the title, in a window that shows all of it."""
    app = new_app(tmp_path)
    app.push(Title(app))
    app.open("new-game")
    return drive(app)


def begun(player: Player) -> Session:
    """The session of the table that is open, with whatever lies over it put away."""
    table = next(screen for screen in player.app.screens if isinstance(screen, Table))
    player.app.work.cancel()
    return table.session


def test_a_tired_newcomer_presses_enter_twice_and_is_in(tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path)
    app.push(Title(app))
    drive(app).press("enter", "enter")
    session = begun(Player(app))
    assert (session.scenario.id, session.humans) == ("summit-2018", ("washington",))
    assert session.is_kept
    assert [type(screen) for screen in app.screens[:2]] == [Title, Table]


def test_the_mouse_alone_chooses_scenario_seat_and_strength(setting: Player) -> None:
    setting.click("scenario.first-summit").click("seat.ulmar").click("level.attache").click("start")
    session = begun(setting)
    assert (session.scenario.id, session.humans) == ("first-summit", ("ulmar",))
    assert session.players == {"corvane": "search:attache"}


def test_the_keyboard_alone_chooses_seat_and_strength(setting: Player) -> None:
    setting.tab_to("seat.tokyo").press("enter").tab_to("level.habit").press("space").press("s")
    session = begun(setting)
    assert session.humans == ("tokyo",)
    assert session.players["pyongyang"] == "calculating"


def test_several_people_share_a_keyboard_and_the_last_seat_stays_taken(setting: Player) -> None:
    setting.click("share").click("seat.pyongyang").click("seat.washington").click("seat.seoul").click("seat.pyongyang")
    assert isinstance(setting.screen, NewGame)
    assert setting.screen.setup.humans == ("seoul",)
    setting.click("seat.seoul")
    assert setting.screen.setup.humans == ("seoul",)
    setting.click("seat.moscow").click("start")
    assert begun(setting).humans == ("seoul", "moscow")


def test_a_doctrine_is_chosen_by_its_name_and_one_strength_takes_it_back(setting: Player) -> None:
    setting.press("p").click("seat.pyongyang")
    assert "The hard bargainer" in setting.texts
    assert "Heat, then a smile, then a price." in setting.texts
    setting.click("player.hard_bargainer").press("d")
    assert isinstance(setting.screen, NewGame)
    assert setting.screen.setup.difficulty == MIXED
    assert setting.screen.setup.player("pyongyang") == "hard_bargainer"
    setting.click("level.habit")
    assert setting.screen.setup.difficulty == HABIT


def test_the_seat_of_a_person_has_no_bot_to_choose(setting: Player) -> None:
    setting.press("p")
    assert setting.drawn("seat.washington").control.why_not
    assert not setting.drawn("seat.tokyo").control.why_not


def test_the_critics_world_is_one_press_and_each_premise_shows_both_cases(setting: Player) -> None:
    setting.press("a").click("view.critics")
    told = " ".join(setting.texts)
    assert "hardest sanctions that the Security Council had ever voted" in told
    assert "he came from strength, not from want" in told
    setting.press("escape", "s")
    session = begun(setting)
    assert session.assumptions["pressure_works"] is False
    assert session.assumptions["sincere_kim"] == 40


def test_one_premise_is_turned_over_and_a_number_is_moved_by_keys(setting: Player) -> None:
    setting.press("a").click("assumption.consultation_binds").click("value.false")
    setting.click("assumption.sincere_kim").tab_to("value").press("end")
    setting.press("escape")
    assert isinstance(setting.screen, NewGame)
    assert setting.screen.setup.assumptions == {"consultation_binds": False, "sincere_kim": 100}
    assert "2 things changed" in setting.texts


def test_what_is_set_back_to_the_scenarios_own_value_is_no_change() -> None:
    setup = Setup.first(tabletop.load("summit-2018"))
    changed = setup.assuming("pressure_works", False)
    assert (setup.worldview, changed.worldview) == ("article", "")
    assert changed.assuming("pressure_works", True) == setup
    assert setup.believing("critics").worldview == "critics"


def test_a_typed_number_is_the_seed_and_without_one_chance_is_a_surprise(setting: Player) -> None:
    setting.press("c").click("chance.number").type("7a0").press("backspace").press("enter")
    assert isinstance(setting.screen, NewGame)
    assert "number 7 (can be guessed)" in setting.texts
    setting.press("s")
    assert begun(setting).seed == 7
    seeds = {Setup.first(tabletop.load("first-summit")).begin(Journal(setting.app.journal.path)).seed for _ in range(4)}
    assert len(seeds) > 1


def test_the_game_that_was_begun_is_the_one_that_continue_goes_on_with(setting: Player) -> None:
    setting.press("s")
    session = begun(setting)
    setting.press("escape")
    session.decide("washington", session.game.actions(session.state, "washington")[0])
    stood = session.state.fingerprint
    setting.app.home()
    setting.frame().frame(0.2)
    assert setting.focused == "continue"
    setting.press("enter")
    assert begun(setting).state.fingerprint == stood


def test_where_nothing_can_be_kept_it_is_said_at_the_table(tmp_path: pathlib.Path) -> None:
    (tmp_path / "file").write_text("no folder")
    app = new_app(tmp_path)
    app.journal = Journal(tmp_path / "file" / "below")
    app.push(Title(app))
    app.open("new-game")
    player = drive(app).press("enter")
    assert any("not saved" in text for text in player.texts)
    player.press("enter")
    assert not begun(player).is_kept


def test_a_scenario_from_elsewhere_can_be_set_up_too(tmp_path: pathlib.Path, town: object) -> None:
    folder = tmp_path / "town"
    assert callable(town)
    town()
    app = new_app(tmp_path)
    app.push(Title(app))
    app.push(entry("new-game").open(app, scenario=str(folder)))
    player = drive(app).press("enter")
    session = begun(player)
    assert session.heading.pack == str(folder)
    assert session.humans == (session.scenario.player,)


def test_escape_leads_back_from_every_page_of_it(setting: Player) -> None:
    for letter in ("p", "a", "c"):
        setting.press(letter)
        assert not isinstance(setting.screen, NewGame)
        setting.press("escape")
        assert isinstance(setting.screen, NewGame)
    setting.press("escape")
    assert isinstance(setting.screen, Title)
