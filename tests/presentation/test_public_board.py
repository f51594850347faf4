"""The board for everybody: what is public is worked out once, and nothing else is on it."""

from __future__ import annotations

import json
import os
import pathlib
import random

import pytest

from tabletop.engine.state import State
from tabletop.engine.views import public_view
from tabletop.presentation.board_changes import BoardChange
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.public_board import PublicBoard, RoomFacts, public_board
from tabletop.presentation.revealed import revealed
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tabletop.session.clock import WatchedClock
from tabletop.session.public_screen import decided_seats
from tabletop.terminal.marks import Marks
from tabletop.terminal.public import public_board_of, public_pages
from tabletop.terminal.scene import Sheet, public_scene
from tabletop.window.screens.projector import Projector, board_of
from tests.engine.siblings import siblings
from tests.presentation.played_games import PACKS, finished, going_on, loaded
from tests.window.driver import drive, new_app

POSITIONS = 12 if "TABLETOP_FACES" in os.environ else 4


def seen(state: State, humans: tuple[str, ...] = (), language: str = "en") -> PublicBoard:
    perspective = Perspective(state.program, "", public_view(state), humans=humans)
    return public_board(perspective, Words(language), RoomFacts())


@pytest.mark.parametrize("pack", PACKS)
def test_a_public_board_goes_through_json_and_back(pack: str) -> None:
    for session in (*going_on(pack, 3, POSITIONS), finished(pack, 3)):
        for language in ("en", "ko"):
            value = board_of(session, Words(language))
            assert from_plain(PublicBoard, json.loads(json.dumps(to_plain(value)))) == value


@pytest.mark.parametrize("pack", PACKS)
def test_worlds_that_differ_in_what_only_some_know_have_the_same_public_board(pack: str) -> None:
    rng = random.Random(8)
    for session in going_on(pack, 8, POSITIONS):
        value = seen(session.state)
        for kind, other in siblings(session.state, "", rng):
            assert seen(other) == value, kind


def face_down(pack: str) -> Session:
    """A game in a phase in which several seats choose face down, and none has chosen."""
    for session in going_on(pack, 21, 200, most=30):
        state = session.state
        is_fresh = not decided_seats(session) and not any(session.view(seat).picked for seat in session.humans)
        if state.card is None and len(state.acting) > 2 and is_fresh:
            return session
    raise AssertionError("no such position")


def test_who_has_decided_is_told_and_never_how_much() -> None:
    session = face_down("summit-2018")
    seat, start = session.state.acting[0], session.course.at.number
    boards, picks = [], []
    for passes in (True, False):
        session.go(start)
        while seat in session.state.acting:
            actions = session.game.actions(session.state, seat)
            moves = [one for one in actions if (one.kind == "pass") == passes]
            session.decide(seat, (moves or list(actions))[0])
        picks.append(len(session.view(seat).picked))
        boards.append(board_of(session, Words()))
    assert picks[0] < picks[1]
    assert boards[0] == boards[1]
    assert [one.seat for one in boards[0].seats if one.has_decided] == [seat]


@pytest.mark.parametrize("pack", PACKS)
def test_the_projector_and_the_terminal_show_the_same_board(pack: str, tmp_path: pathlib.Path) -> None:
    for number, session in enumerate(going_on(pack, 5, POSITIONS)):
        if number % 3 == 0:
            facilitator = Facilitator(session)
            facilitator.note("Look at the screen.", shown=True)
        value = board_of(session, Words())
        scene = public_scene(session, Sheet(Marks(), 100, 60))
        assert public_board_of(scene, WatchedClock(session, lambda: 0.0)) == value
        pages = public_pages(scene, WatchedClock(session, lambda: 0.0))
        terminal = " ".join(" ".join(row.plain for page in pages for row in page).split())
        app = new_app(tmp_path, (1920, 1080))
        app.push(Projector(app, session))
        window = " ".join(" ".join(drive(app).texts).replace("\u00a0", " ").split())
        for words in (*value.announcements[-1:], value.phase):
            assert words in terminal
            assert words in window
        for meter in value.meters:
            assert meter.short in window
            assert str(meter.value) in window
            assert str(meter.value) in terminal
        if value.card is not None and value.card.waits and not value.is_held:
            assert value.card.title in terminal
            assert value.card.title in window


def test_what_is_revealed_shows_every_kind_of_change() -> None:
    session = finished("summit-2018", 6)
    perspective = Perspective(session.game.program, "", public_view(session.state))
    found = revealed(perspective, Words(), perspective.view.log)
    assert {change.kind for one in found.things for change in one.changes} == {"meter", "track", "fact", "number"}
    assert {one.kind for one in found.total} == {"meter"}


def test_a_change_says_for_whom_it_is_good() -> None:
    session = next(going_on("summit-2018", 2, 1))
    changes: list[BoardChange] = [one.change for one in board_of(session, Words()).meters]
    assert {one.sign for one in changes} == {0}


def test_a_card_for_some_alone_is_not_on_the_board() -> None:
    scenario = loaded("summit-2018")
    secret = [card for card in scenario.cards if card.known_to]
    for session in going_on("summit-2018", 31, POSITIONS):
        board = board_of(session, Words())
        assert board.card is None or board.card.id not in {card.id for card in secret}
