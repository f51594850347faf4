"""Whole games from the title to the ending, with the mouse alone and with keys alone."""

from __future__ import annotations

import os
import pathlib
import random

import pygame
import pytest

from tabletop.window.screens.ending import Ending
from tabletop.window.screens.title import Title
from tests.window.driver import Player, new_app
from tests.window.whole_games import play_by_keys, play_by_mouse, session_of

MOUSE = {pygame.MOUSEMOTION, pygame.MOUSEBUTTONDOWN, pygame.MOUSEBUTTONUP, pygame.MOUSEWHEEL}
KEYS = {pygame.KEYDOWN, pygame.KEYUP}
#: Each way leads through the short scenario; with TABLETOP_SEQUENCES through both.
BY_MOUSE, BY_KEYS = [("first-summit", "corvane")], ["first-summit"]
if os.environ.get("TABLETOP_SEQUENCES"):
    BY_MOUSE, BY_KEYS = [*BY_MOUSE, ("summit-2018", "pyongyang")], [*BY_KEYS, "summit-2018"]


class Watched(Player):
    """A player of whom it is known what they used."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.used: set[int] = set()
        app = new_app(folder)
        app.push(Title(app))
        super().__init__(app)

    def post(self, kind: int, **given: object) -> Player:
        self.used.add(kind)
        return super().post(kind, **given)


@pytest.fixture
def player(tmp_path: pathlib.Path) -> Watched:
    return Watched(tmp_path)


def is_kept_to_the_end(player: Player) -> bool:
    session = session_of(player)
    return not session.warning and player.app.journal.find(session.id).standing.finished


@pytest.mark.parametrize(("scenario", "seat"), BY_MOUSE)
def test_the_mouse_alone_leads_from_the_title_through_a_game_and_back(
    scenario: str, seat: str, player: Watched
) -> None:
    player.click("new").click(f"scenario.{scenario}").click("level.habit").click(f"seat.{seat}").click("start")
    play_by_mouse(player, random.Random(1))
    assert isinstance(player.screen, Ending)
    assert is_kept_to_the_end(player)
    player.click("title")
    assert isinstance(player.screen, Title)
    assert player.used <= MOUSE


@pytest.mark.parametrize("scenario", BY_KEYS)
def test_keys_alone_lead_from_the_title_through_a_game_and_back(scenario: str, player: Watched) -> None:
    player.press("n").tab_to(f"scenario.{scenario}").press("enter").tab_to("level.habit").press("enter", "s")
    play_by_keys(player, random.Random(3))
    assert isinstance(player.screen, Ending)
    assert is_kept_to_the_end(player)
    player.press("escape")
    assert isinstance(player.screen, Title)
    assert player.used <= KEYS
