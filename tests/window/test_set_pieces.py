"""Set pieces in the window: what nothing takes back is asked about first, and what has happened fills the screen.

TABLETOP_SEQUENCES=500 tries that many sequences of keys and clicks instead of a few, TABLETOP_FIRST=250 from that one.
"""

from __future__ import annotations

import os
import pathlib
import random

import pygame
import pytest

import tabletop
from tabletop.session import Session
from tabletop.window.app import App
from tabletop.window.examples import begun, go_on
from tabletop.window.registry import Example
from tabletop.window.screens.projector import Projector
from tabletop.window.screens.set_piece import FAST, AskedPiece, SetPieces
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tests.window.driver import KEYS, Player, drive, new_app

SEQUENCES = int(os.environ.get("TABLETOP_SEQUENCES", "3"))
FIRST = int(os.environ.get("TABLETOP_FIRST", "0"))
DEEDS = 40
#: What nothing takes back, and what Washington is asked about although it does: calling the summit off.
GRAVE = frozenset(["announce", "cancel", "attend", "sign", "walk_out"])
PRESSED = [*KEYS, *"123456789dnoprstwxy?"]


def table_at(folder: pathlib.Path, session: Session, size: tuple[int, int] = (1280, 720), **settings: object) -> Player:
    app = new_app(folder, size, **settings)
    app.push(Title(app))
    table = Table(app, session)
    table.skip_briefing()
    app.push(table)
    return drive(app)


def number_of(player: Player, action: str) -> str:
    """The key of the first move of an action on the table."""
    table = player.screen
    assert isinstance(table, Table)
    return str(next(one.number for one in table.hand.moves if one.id == action))


def before(scenario: str, action: str, seeds: range = range(1, 60)) -> Session:
    """A game in which an action of the player's seat is open now."""
    for seed in seeds:
        session = begun(Example(scenario, seed))
        seat = session.humans[0]
        for turn in range(1, 30):
            go_on(session, turn, "")
            while session.to_act == seat and not session.is_over:
                if any(one.id == action for one in session.view(seat).actions):
                    return session
                go_one(session)
            if session.is_over:
                break
    raise AssertionError(f"nobody comes to '{action}'")


def go_one(session: Session) -> None:
    from tabletop.session.advice import choice_of

    seat = session.to_act
    assert seat is not None
    session.decide(seat, choice_of(session.position, seat))
    list(session.run_bots())


def made(session: Session, since: int = 0) -> list[str]:
    """What people have decided, by the action's id."""
    taken = [one.body.get("action", "") for one in session.commands[since:] if one.who in session.humans]
    return [str(one).partition("(")[0] for one in taken]


@pytest.mark.parametrize("action", ["announce", "cancel"])
@pytest.mark.parametrize("asks", [False, True])
def test_announcing_and_cancelling_wait_for_an_answer_whatever_the_settings(
    action: str, asks: bool, tmp_path: pathlib.Path
) -> None:
    session = before("first-summit", action)
    player = table_at(tmp_path, session, asks=asks)
    since = len(session.commands)
    number = number_of(player, action)
    player.press(number)
    assert isinstance(player.screen, AskedPiece)
    assert player.focused == "not_yet"
    player.press("enter")
    assert made(session, since) == []
    player.frame(1.0).press(number).press("y")
    assert made(session, since)[:1] == [action]


def test_the_draft_lies_there_with_its_price_before_the_pen_falls(tmp_path: pathlib.Path) -> None:
    session = before("summit-2018", "sign", range(8, 12))
    player = table_at(tmp_path, session)
    player.press(number_of(player, "sign"))
    asked = player.screen
    assert isinstance(asked, AskedPiece)
    assert asked.piece.layout == "signature"
    assert asked.piece.lines
    assert asked.piece.price
    assert any("Draft".upper() == text for text in player.texts)
    assert any(asked.piece.question == text for text in player.texts)


def test_what_has_happened_fills_the_screen_and_a_key_goes_on(tmp_path: pathlib.Path) -> None:
    session = before("first-summit", "announce")
    player = table_at(tmp_path, session, staging="full")
    player.press(number_of(player, "announce")).press("y")
    shown = player.screen
    assert isinstance(shown, SetPieces)
    assert shown.piece.layout == "front_page"
    assert "The Kessin Ferry Post" in player.texts
    player.frame(1.0).press("enter")
    assert not isinstance(player.screen, SetPieces)


def test_in_a_hurry_it_goes_by_itself_and_off_it_does_not_come(tmp_path: pathlib.Path) -> None:
    for staging in ("fast", "off"):
        session = before("first-summit", "announce")
        player = table_at(tmp_path, session, staging=staging)
        player.press(number_of(player, "announce")).press("y")
        assert isinstance(player.screen, SetPieces) == (staging == "fast")
        for _ in range(12):
            player.frame(FAST / 8)
        assert not isinstance(player.screen, SetPieces)


def test_the_wall_shows_it_for_a_while_and_then_how_things_stand(tmp_path: pathlib.Path) -> None:
    session = before("first-summit", "announce")
    app = new_app(tmp_path, staging="full")
    wall = Projector(app, session)
    app.push(wall)
    player = drive(app)
    assert wall._piece is None
    session.decide("corvane", "announce(weeks=1)")
    app.redraw()
    player.frame()
    assert wall._piece is not None
    assert wall._piece.piece.id == "day_named"
    for _ in range(14):
        player.frame(1.0)
    assert wall._piece is None
    assert player.texts


class Hasty(Player):
    """A player of whose deeds all events come between two frames, which is half the drawing."""

    def post(self, kind: int, **given: object) -> Player:
        self.app.handle(pygame.event.Event(kind, **given))
        return self

    def click(self, name: str) -> Player:
        super().click(name)
        return self.frame()

    def press(self, *keys: str, mod: int = 0) -> Player:
        super().press(*keys, mod=mod)
        return self.frame()


class Grave:
    """Watches that nothing grave is decided but by an answer to its question."""

    def __init__(self, app: App, session: Session) -> None:
        self.app, self.session = app, session
        self.seen, self.answered = len(session.commands), 0

    def look(self, asked: AskedPiece | None) -> None:
        """After a deed: `asked` is the question that was up before it."""
        grave = [one for one in made(self.session, self.seen) if one in GRAVE]
        self.seen = len(self.session.commands)
        if grave:
            assert asked is not None, f"{grave} without a question"
            assert asked.move.id in grave
            self.answered += 1


@pytest.mark.parametrize("seed", range(FIRST, FIRST + SEQUENCES))
def test_no_keys_and_clicks_sign_announce_cancel_or_walk_out_unasked(seed: int, tmp_path: pathlib.Path) -> None:
    dice = random.Random(seed)
    action = ("announce", "cancel", "attend", "sign", "walk_out")[seed % 5]
    scenario = "first-summit" if action in ("cancel", "attend") else "summit-2018"
    session = copied(*line_before(scenario, action))
    staging, asks = dice.choice(["full", "fast", "off"]), dice.random() < 0.3
    player = Hasty(table_at(tmp_path, session, (640, 400), staging=staging, asks=asks).app)
    watch = Grave(player.app, session)
    for _ in range(DEEDS):
        asked = player.screen if isinstance(player.screen, AskedPiece) else None
        if dice.random() < 0.5 and player.names:
            name = dice.choice(player.names)
            drawn = player.drawn(name)
            if drawn.box.common(drawn.clip).area > 0 and name not in ("full_screen",):
                player.click(name)
        else:
            player.press(dice.choice(PRESSED))
        watch.look(asked)
        if not player.app.is_running or not any(isinstance(one, Table) for one in player.app.screens):
            break


_LINES: dict[tuple[str, str], tuple[str, int, list[tuple[str, str]]]] = {}


def line_before(scenario: str, action: str) -> tuple[str, int, list[tuple[str, str]]]:
    """The decisions that lead to where an action is open, looked for once."""
    if (scenario, action) not in _LINES:
        found = before(scenario, action, range(8, 60) if scenario == "summit-2018" else range(1, 60))
        _LINES[scenario, action] = scenario, found.seed, list(found.decisions)
    return _LINES[scenario, action]


def copied(scenario: str, seed: int, line: list[tuple[str, str]]) -> Session:
    session = Session(tabletop.load(scenario), seed=seed, humans=(tabletop.load(scenario).player,))
    for seat, action in line:
        session.decide(seat, action)
    return session
