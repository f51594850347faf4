"""The tutorial: notes over the real table that wait for what the player does, by mouse alone and by keyboard alone."""

from __future__ import annotations

import pathlib

import attrs
import pygame
import pytest

from tabletop.presentation.words import LANGUAGES
from tabletop.session import Journal, Session
from tabletop.session.lesson import waits
from tabletop.window.app import App
from tabletop.window.coach import Coach, spotlight
from tabletop.window.packs import scenario_of
from tabletop.window.press_filter import DOUBLE
from tabletop.window.screens.settings import SettingsSheet
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tabletop.window.screens.tutorial import Tutorial
from tests.sampled import some
from tests.window.driver import Player, drive, faults, new_app

LESSON = scenario_of("first-summit").presentation.lesson
assert LESSON is not None
KEYS = tuple(step.id for step in LESSON.steps)
F2, F3, F4 = pygame.K_F2, pygame.K_F3, pygame.K_F4


def begun(folder: pathlib.Path, size: tuple[int, int] = (1280, 720), **settings: object) -> Player:
    """The lesson, from the title by keys."""
    app = new_app(folder, size, **settings)
    app.push(Title(app))
    return drive(app).press("t", "enter")


def coach_of(app: App) -> Coach:
    assert isinstance(app.layer, Coach)
    return app.layer


def at(player: Player) -> str:
    return coach_of(player.app).step.id


def key(player: Player, code: int) -> None:
    player.frame(DOUBLE)
    player.post(pygame.KEYDOWN, key=code, mod=0, unicode="", scancode=0)
    player.post(pygame.KEYUP, key=code, mod=0, unicode="", scancode=0)


def click_note(player: Player, name: str) -> None:
    """Presses a button of the note with the mouse."""
    drawn = coach_of(player.app).scene.named(name)
    assert drawn is not None
    scale = player.app.pen.scale
    pos = tuple(round(part * scale) for part in drawn.box.centre)
    player.post(pygame.MOUSEMOTION, pos=pos, rel=(0, 0), buttons=(0, 0, 0))
    player.post(pygame.MOUSEBUTTONDOWN, pos=pos, button=1)
    player.post(pygame.MOUSEBUTTONUP, pos=pos, button=1)


def open_cards(player: Player) -> list[str]:
    return [name for name in player.names if name.startswith("play.") and not player.drawn(name).control.why_not]


def test_the_keyboard_alone_goes_through_every_step_to_the_ending(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path)
    seen = [at(player)]
    player.press("enter")
    for _ in range(3):
        seen.append(at(player))
        player.press("enter")
    seen.append(at(player))
    player.tab_to("why.card").press("enter")
    assert not coach_of(player.app).is_shown()
    player.press("escape")
    for press in ("1", "2", "u", "1", "2", "2", "1"):
        seen.append(at(player))
        player.press(press)
    seen.append(at(player))
    player.press("enter")
    for _ in range(60):
        if at(player) not in seen:
            seen.append(at(player))
        if at(player) == "end":
            break
        if at(player) == "promise":
            player.press("enter")
        session = coach_of(player.app).session
        names = open_cards(player)
        is_calendar = session.state.phase == "calendar_choice"
        is_ready = is_calendar and session.state.tracks["preparation"] >= 2 and "play.2" in names
        player.press("2" if is_ready else "d" if "turn_over" in player.names else player.drawn(names[0]).control.letter)
        if "do" in player.names:
            player.press("y")
    assert list(dict.fromkeys(seen)) == list(KEYS)
    player.press("enter")
    assert player.app.layer is None
    assert player.app.settings.lesson == ""


def test_the_mouse_alone_reads_skips_and_ends_it(tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path)
    app.push(Title(app))
    player = drive(app).click("tutorial").click("begin")
    assert at(player) == "welcome"
    player.click("begin")
    assert at(player) == "numbers"
    click_note(player, "coach.on")
    assert at(player) == "preparation"
    while at(player) != "answer":
        click_note(player, "coach.on")
    player.click("play.2")
    assert at(player) == "work"
    click_note(player, "coach.leave")
    assert app.layer is None
    assert isinstance(player.screen, Table)


def test_a_step_waits_for_what_it_asks_and_the_rest_of_the_table_stays_in_use(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("enter", "enter", "enter", "enter")
    assert at(player) == "why"
    player.hover("meter.trust").frame(2.0)
    assert at(player) == "why"
    player.click("play.1")
    assert at(player) == "why"
    player.click("meter.trust").press("escape")
    assert at(player) == "work"  # the card is answered already, so its step is passed over


def test_the_note_points_at_the_control_and_hides_nothing_of_it(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("enter")
    coach = coach_of(player.app)
    for _ in range(11):
        player.frame()
        lit = spotlight(player.screen.scene, coach.step)
        note = coach._note()
        assert note is not None
        if coach.step.id in ("numbers", "preparation", "calendar", "why", "undo", "happened"):
            assert lit is not None
            assert note.common(lit).area == 0, coach.step.id
        key(player, F2)


def test_a_control_that_is_not_there_leaves_a_note_without_a_spotlight(
    tmp_path: pathlib.Path,
) -> None:
    player = begun(tmp_path).press("enter")
    coach = coach_of(player.app)
    coach.lesson = attrs.evolve(
        coach.lesson, steps=tuple(attrs.evolve(step, points_at=("nowhere.*",)) for step in coach.steps)
    )
    player.app.redraw()
    player.frame()
    assert spotlight(player.screen.scene, coach.step) is None
    assert any(drawn.text.startswith("Where you stand") for drawn in coach.scene.texts)
    player.press("enter")
    assert at(player) == "preparation"


def test_whoever_runs_ahead_is_not_held_up(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("b")
    session = coach_of(player.app).session
    while not session.state.finished:
        if session.to_act:
            session.decide(session.to_act, session.game.actions(session.state, session.to_act)[0])
        else:
            session.bot_decides(session.bot_choice())
    player.app.redraw()
    player.frame()
    assert at(player) == "end"


def test_it_is_gone_on_with_where_it_was_left(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("enter", "enter", "enter", "enter")
    key(player, F2)
    player.press("1")
    assert at(player) == "work"
    session = coach_of(player.app).session
    stood = session.state.fingerprint
    player.app.home()
    player.frame().frame(DOUBLE)
    assert player.app.layer is None
    player.app.leave()

    app = new_app(tmp_path, lesson=player.app.settings.lesson, lesson_step="work")
    app.push(Title(app))
    again = drive(app).press("t")
    assert isinstance(again.screen, Tutorial)
    assert again.focused == "resume"
    again.press("enter")
    assert at(again) == "work"
    assert coach_of(app).session.state.fingerprint == stood


def test_continue_on_the_title_brings_the_coach_along(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("enter", "enter", "enter", "enter")
    key(player, F2)
    player.press("1")
    player.app.home()
    player.frame().frame(DOUBLE)
    player.press("c")
    assert at(player) == "work"


def test_from_the_beginning_is_a_game_of_its_own(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("enter", "enter", "enter", "enter")
    key(player, F2)
    player.press("1")
    first = player.app.settings.lesson
    player.app.home()
    player.frame().frame(DOUBLE)
    player.press("t", "b")
    assert at(player) == "welcome"
    assert player.app.settings.lesson != first
    assert Journal(tmp_path).find(first)


def test_the_note_steps_back_while_something_else_is_open(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("enter")
    player.app.open("settings")
    player.frame()
    assert isinstance(player.screen, SettingsSheet)
    assert not coach_of(player.app).is_shown()
    player.press("enter")
    player.press("escape")
    assert at(player) == "numbers"


def test_it_can_be_ended_at_any_step_and_the_game_goes_on(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("enter")
    key(player, F3)
    assert player.app.layer is None
    player.press("1")
    table = player.screen
    assert isinstance(table, Table)
    assert len(table.session.decisions) == 1


def test_a_note_folds_to_its_task_and_unfolds(tmp_path: pathlib.Path) -> None:
    player = begun(tmp_path).press("enter", "enter", "enter", "enter")
    coach = coach_of(player.app)
    whole = len(coach.scene.texts)
    key(player, F4)
    assert len(coach.scene.texts) < whole
    key(player, F4)
    assert len(coach.scene.texts) == whole


@pytest.mark.parametrize(
    ("size", "text_size", "language"),
    some([(*look, language) for look in (((1280, 720), 200), ((1920, 1080), 100)) for language in LANGUAGES], 3),
)
def test_every_note_fits_the_screen_and_can_be_read(
    tmp_path: pathlib.Path, size: tuple[int, int], text_size: int, language: str
) -> None:
    player = begun(tmp_path, size, text_size=text_size, language=language).press("enter")
    coach = coach_of(player.app)
    coach.scene.is_audited = True
    for place in range(len(KEYS)):
        coach._go(place)
        if not coach.is_shown():
            continue
        player.frame()
        assert not faults(coach), KEYS[place]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_of_the_shipped_lesson_has_its_words(language: str) -> None:
    lesson = scenario_of("first-summit", language).presentation.lesson
    assert LESSON is not None
    assert lesson is not None
    for step, told in zip(LESSON.steps, lesson.steps, strict=True):
        assert (told == step) == (language == "en")
        assert told.title
        assert 0 < len(told.text) < 260
        assert told.do or not waits(step)


@pytest.mark.parametrize(("size", "text_size"), some([((1280, 720), 200), ((1920, 1080), 150), ((1280, 720), 100)], 3))
def test_a_note_never_covers_what_it_points_at(size: tuple[int, int], text_size: int, tmp_path: pathlib.Path) -> None:
    scenario = scenario_of("first-summit")
    lesson = scenario.presentation.lesson
    assert lesson is not None
    session = Session(scenario, seed=lesson.seed, humans=(scenario.player,))
    app = new_app(tmp_path, size, text_size=text_size)
    app.push(Title(app))
    table = Table(app, session)
    table.skip_briefing()
    app.push(table)
    player = drive(app)
    pointed = 0
    for tab in ("now", "moves", "standing", "log"):
        table.tab = tab
        table.refresh()
        player.frame()
        for step in lesson.steps:
            coach = Coach(app, session)
            coach.at = lesson.steps.index(step)
            coach.is_shown = lambda: True  # type: ignore[method-assign]
            app.layer = coach
            coach.draw(app.surface, app.pen)
            target, note = spotlight(table.scene, step), coach._note()
            assert note is not None
            if target is not None:
                pointed += 1
                assert note.common(target).area == 0, (step.id, tab, note, target)
        app.layer = None
    assert pointed >= 10
