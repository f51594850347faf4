"""A room that is served is looked at by other processes at the same time: in a terminal, by the window's projector."""

from __future__ import annotations

import pathlib
import subprocess
import sys
from collections.abc import Iterator

import pytest

from tabletop.session import Journal, Session, open_session
from tabletop.session.clock import WatchedClock
from tabletop.session.opening import watched
from tabletop.session.public_screen import reveal
from tabletop.terminal.marks import Marks
from tabletop.terminal.public import public_rows
from tabletop.terminal.scene import Sheet, public_scene
from tabletop.window.registry import Example, entry
from tests.host.live_room import LiveRoom, begun, served
from tests.window.driver import Player, drive, new_app

SECRETS = ("Person 1", "Person 2", "It binds nobody")


@pytest.fixture
def room(tmp_path: pathlib.Path) -> Iterator[LiveRoom]:
    """A class that has begun, by a clock, with two people on each of the two teams."""
    with served(begun(tmp_path / "saves")) as live:
        live.people(4)
        live.facilitator.act("start")
        live.facilitator.act("clock", seconds="300")
        yield live


def opened(room: LiveRoom) -> Session:
    """The room's session in another process, which can only look on."""
    session = room.room.session
    assert session.journal is not None
    return open_session(Journal(session.journal.path), session.id, watch=True)[0]


def decide(room: LiveRoom) -> str:
    """Whoever can vote does, for the first move; the label of what was decided, and of whom."""
    before = len(room.room.session.decisions)
    for device in room.devices:
        if 'id="vote"' in device.page:
            assert device.vote(why="It binds nobody.").status == 303
    _, action = room.room.session.decisions[before]
    return next(one.label for one in room.room.session.game.program.actions if str(one) == action)


def phase_of(room: LiveRoom) -> str:
    """The title of the phase in which the game is."""
    session = room.room.session
    phases = (one for stage in session.scenario.stages for one in stage.phases)
    return next(one.title for one in phases if one.id == session.state.phase)


def projector(room: LiveRoom, folder: pathlib.Path) -> Player:
    app = new_app(folder, (1280, 720))
    app.push(entry("title").example(app, Example()))
    app.push(entry("projector").open(app, session=opened(room)))
    return drive(app)


def terminal(session: Session) -> str:
    scene = public_scene(session, Sheet(Marks(), 100, 40))
    return "\n".join(row.plain for row in public_rows(scene, WatchedClock(session)))


def test_the_windows_projector_follows_a_room(room: LiveRoom, tmp_path: pathlib.Path) -> None:
    player = projector(room, tmp_path)
    for _ in range(3):
        decide(room)
        player.frame(1).frame(1)
        assert player.screen.session.state.fingerprint == room.room.session.state.fingerprint
        words = " ".join(player.texts)
        assert not [secret for secret in SECRETS if secret in words]
        assert phase_of(room) in words


def test_a_terminal_shows_where_the_room_is_and_waits_for_nobody_to_go_on(room: LiveRoom) -> None:
    session = opened(room)
    for _ in range(3):
        decide(room)
        watched(session)
        said = terminal(session)
        assert session.state.fingerprint == room.room.session.state.fingerprint
        assert not reveal(session).held
        assert phase_of(room) in said
        assert not [secret for secret in SECRETS if secret in said]
    room.facilitator.act("pause")
    watched(session)
    assert "paused" in terminal(session).lower()


def test_resume_watch_tells_the_story_of_a_room_as_it_goes_on(room: LiveRoom) -> None:
    session = room.room.session
    assert session.journal is not None
    command = [sys.executable, "-m", "tabletop", "resume", session.id, "--watch", "--save", str(session.journal.path)]
    watching = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8")
    assert watching.stdout is not None
    try:
        label, told = decide(room), ""
        while label not in told:
            line = watching.stdout.readline()
            assert line, told
            told += line
        assert not [secret for secret in SECRETS if secret in told]
    finally:
        watching.kill()
        _, wrong = watching.communicate()
    assert "Traceback" not in wrong
