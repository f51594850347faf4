"""The same position on every face: when the time of a phase is up, each comes to the same game.

TABLETOP_FACES=500 tries so many positions of both packs instead of a dozen.
"""

from __future__ import annotations

import functools
import io
import os
import pathlib
import random
from collections.abc import Callable

import pytest
from rich.console import Console

import tabletop
from tabletop.host.ledger import settings_said
from tabletop.host.writer import Writer
from tabletop.session import Facilitator, Runner, Session
from tabletop.session.clock import moment
from tabletop.session.runner import inline
from tabletop.terminal import console as console_face
from tabletop.terminal import play as terminal_face
from tabletop.terminal.controls import controls
from tabletop.terminal.prompts import Leave
from tabletop.terminal.screen import Screen
from tabletop.window.screens.table import Table
from tabletop.window.screens.title import Title
from tests.window.driver import Player, new_app

POSITIONS = int(os.environ.get("TABLETOP_FACES", "12"))
PACKS = ("summit-2018", "first-summit")
TIME = 60


class Time:
    """A time that passes when it is told to, or while somebody sleeps."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


Face = Callable[[Session, Time, pathlib.Path, pytest.MonkeyPatch], None]


@functools.cache
def loaded(pack: str) -> tabletop.Scenario:
    return tabletop.load(pack)


def position(number: int) -> Session:
    """A position in which a person is to decide, and every phase has a time; the same for the same number."""
    dice = random.Random(number)
    scenario = loaded(PACKS[number % len(PACKS)])
    people = sorted({scenario.player, *(seat.id for seat in scenario.seats if dice.random() < 0.3)})
    session = Session(scenario, seed=number, humans=people)
    for _ in range(dice.randrange(40)):
        for _ in session.run_bots():
            pass
        if session.to_act is None:
            break
        session.decide(session.to_act, dice.choice(session.game.actions(session.state, session.to_act)))
    for _ in session.run_bots():
        pass
    Facilitator(session).set_clock(TIME, then="skip")
    return session


# Faces


def without_a_face(session: Session, time: Time, folder: pathlib.Path, patch: pytest.MonkeyPatch) -> None:
    runner = Runner(session, thinking=inline, now=time)
    runner.tick()
    time.now += TIME
    runner.tick()
    assert not runner.is_busy


def window(session: Session, time: Time, folder: pathlib.Path, patch: pytest.MonkeyPatch) -> None:
    app = new_app(folder)
    app.push(Title(app))
    app.push(Table(app, session))
    player = Player(app)
    player.frame().frame(TIME).frame()


def window_behind_another_screen(session: Session, time: Time, folder: pathlib.Path, patch: pytest.MonkeyPatch) -> None:
    app = new_app(folder)
    app.push(Title(app))
    app.push(Table(app, session))
    app.open("settings")
    player = Player(app)
    player.frame().frame(TIME).frame()


def terminal(session: Session, time: Time, folder: pathlib.Path, patch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def ask(screen: Screen, prompt: str = "") -> str:
        asked.append(prompt)
        if not session.state.finished and len(asked) == 1:
            time.now += TIME
            return "board"
        raise Leave

    patch.setattr(Screen, "ask", ask)
    patch.setattr(terminal_face, "Runner", functools.partial(Runner, now=time, thinking=inline))
    terminal_face.play(session, Console(file=io.StringIO(), width=100))


def console(session: Session, time: Time, folder: pathlib.Path, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(console_face, "Runner", functools.partial(Runner, now=time))
    face = console_face.FacilitatorConsole(session, Screen(Console(file=io.StringIO(), width=100)), controls())
    face.clock.start()
    face.tick()
    time.now += TIME
    face.tick()


def host(session: Session, time: Time, folder: pathlib.Path, patch: pytest.MonkeyPatch) -> None:
    writer = Writer(session, now=time, thinking=inline)
    session.remarks([settings_said({"started": True})], "room")
    writer.advance(frozenset())
    time.now += TIME
    writer.advance(frozenset())
    assert not writer.problem


FACES: tuple[Face, ...] = (without_a_face, window, window_behind_another_screen, terminal, console, host)


def ended(session: Session, steps: int, phase: str) -> tuple[str, int]:
    """The position in which the phase was over, and how many steps led there; where the game stands if it is not."""
    for number, step in enumerate(session.course.at.line()[steps:]):
        state = session.position_at(step).state
        if state.finished or f"{state.turn} {state.stage} {state.phase}" != phase:
            return state.fingerprint, number
    return session.state.fingerprint, -1


@pytest.mark.parametrize("number", range(POSITIONS))
def test_the_end_of_the_time_leads_to_the_same_game_on_every_face(
    number: int, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found, settled = {}, {}
    for face in FACES:
        session = position(number)
        steps, phase = len(session.course.at.line()), moment(session)
        with monkeypatch.context() as patch:
            face(session, Time(), tmp_path, patch)
        found[face.__name__] = ended(session, steps, phase)
        settled[face.__name__] = session.state.fingerprint
    assert len(set(found.values())) == 1, found
    # At the console bots go on when the facilitator lets them; in a room they do not wait for teams that choose with
    # them.
    del settled["console"], settled["host"]
    assert len(set(settled.values())) == 1, settled


def test_positions_are_of_every_kind() -> None:
    sessions = [position(number) for number in range(24)]
    assert {session.state.finished for session in sessions} >= {False}
    assert any(session.state.card is not None for session in sessions)
    assert any(session.state.card is None and not session.state.finished for session in sessions)
    assert len({session.state.phase for session in sessions}) > 2
    assert any(len(session.humans) > 1 for session in sessions)
