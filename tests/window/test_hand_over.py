"""Hand over: between two people nothing of either is on the screen, and nobody takes the seat by accident."""

from __future__ import annotations

import pathlib

import pygame
import pytest

from tabletop.session import Session
from tabletop.window.examples import begun, go_on
from tabletop.window.registry import Example, entry
from tabletop.window.screens.hand_over import HOLD, HandOver
from tests.window.driver import Player, drive, new_app


class Taken(list[str]):
    def take(self) -> None:
        self.append("taken")


@pytest.fixture
def session() -> Session:
    return go_on(begun(Example(), "washington", "pyongyang"), 2, "planning")


@pytest.fixture
def taken() -> Taken:
    return Taken()


@pytest.fixture
def screen(session: Session, taken: Taken, tmp_path: pathlib.Path) -> Player:
    app = new_app(tmp_path)
    app.push(entry("title").example(app, Example()))
    app.push(entry("hand-over").open(app, session=session, seat="pyongyang", done=taken.take))
    return drive(app)


def down(player: Player, key: int) -> None:
    player.post(pygame.KEYDOWN, key=key, mod=0, unicode="", scancode=0)


def up(player: Player, key: int) -> None:
    player.post(pygame.KEYUP, key=key, mod=0, unicode="", scancode=0)


def test_it_says_whose_turn_it_is_and_nothing_of_either_seat(screen: Player, session: Session) -> None:
    shown = " ".join(screen.texts)
    assert "Pyongyang" in shown
    assert "Washington" not in shown
    scenario = session.scenario
    secrets = [noun.name for noun in (*scenario.hidden, *scenario.meters)]
    secrets += [action.label for seat in ("washington", "pyongyang") for action in session.view(seat).actions]
    secrets += [entry.title for seat in ("washington", "pyongyang") for entry in session.view(seat).log if entry.title]
    assert not [words for words in secrets if words and words in shown]


def test_nothing_of_the_table_shines_through_while_it_comes_up(session: Session, tmp_path: pathlib.Path) -> None:
    alone, over = new_app(tmp_path, motion=True), new_app(tmp_path, motion=True)
    alone.push(HandOver(alone, session, "pyongyang"))
    drive(alone)
    over.push(entry("title").example(over, Example()))
    drive(over)
    over.push(HandOver(over, session, "pyongyang"))
    drive(over)
    assert pygame.image.tobytes(alone.surface, "RGB") == pygame.image.tobytes(over.surface, "RGB")


def test_enter_still_down_from_the_last_decision_does_nothing(screen: Player, taken: Taken) -> None:
    for _ in range(60):  # as the keyboard repeats a key that is held
        down(screen, pygame.K_RETURN)
        screen.frame(0.045)
    assert not taken
    assert isinstance(screen.screen, HandOver)


def test_enter_let_go_and_held_anew_takes_the_seat(screen: Player, taken: Taken) -> None:
    down(screen, pygame.K_RETURN)
    up(screen, pygame.K_RETURN)
    down(screen, pygame.K_RETURN)
    screen.frame(HOLD / 2)
    assert not taken
    screen.frame(HOLD)
    screen.frame(0.1)
    assert taken == ["taken"]


def test_a_tap_on_enter_is_not_enough(screen: Player, taken: Taken) -> None:
    screen.frame(1.0)
    for _ in range(3):
        screen.press("enter")
        screen.frame(1.0)
    assert not taken


def test_a_letter_takes_the_seat_but_not_when_it_was_carried_over(screen: Player, taken: Taken) -> None:
    down(screen, pygame.K_p)
    assert not taken
    up(screen, pygame.K_p)
    down(screen, pygame.K_p)
    assert taken == ["taken"]


def test_the_mouse_takes_the_seat_but_a_double_click_on_the_last_decision_does_not(
    screen: Player, taken: Taken
) -> None:
    screen.click("take")
    assert not taken
    screen.frame(1.0)
    screen.click("take")
    assert taken == ["taken"]
    assert not isinstance(screen.screen, HandOver)


def test_escape_leaves_the_table_and_shows_nothing(screen: Player, taken: Taken) -> None:
    screen.press("escape")
    assert screen.screen is screen.app.screens[0]
    assert not taken
