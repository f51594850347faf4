"""Places in which files cannot be locked, such as some shares: games are kept there, and nobody plays two at once."""

from __future__ import annotations

import errno
import os
import pathlib
import sqlite3

import pytest

from tabletop.session import Journal, SessionBusy, file_locks, open_session
from tabletop.session.errors import NotKept
from tests.session.conftest import Begin, ended, planned

pytestmark = pytest.mark.skipif(os.name != "posix", reason="files are locked otherwise there")


@pytest.fixture
def share(monkeypatch: pytest.MonkeyPatch) -> None:
    """What such a place answers to whoever would lock a file."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.lockf", refuse)
    monkeypatch.setattr("fcntl.flock", refuse)


@pytest.mark.usefixtures("share")
def test_a_game_is_kept_where_files_cannot_be_locked(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    assert session.is_kept
    there = Journal(journal.path)
    watching, _ = open_session(there, session.id, watch=True)
    assert watching.state.fingerprint == session.state.fingerprint
    with pytest.raises(SessionBusy):
        open_session(there, session.id)
    session.close()
    again, _ = open_session(there, session.id)
    ended(again)
    again.close()
    assert journal.commands(session.id) == again.commands
    journal.check_throughout()


@pytest.mark.usefixtures("share")
def test_two_write_to_one_file_in_turn(begin: Begin, journal: Journal) -> None:
    first, second = begin(id="first"), begin(id="second", journal=Journal(journal.path))
    for action in ("visit(place=quay)", "visit(place=mill)"):
        first.decide("harbour", action)
        second.decide("harbour", action)
    assert {kept.heading.id: kept.standing.commands for kept in journal.sessions()[0]} == {"first": 2, "second": 2}
    second.close()


@pytest.mark.usefixtures("share")
def test_a_file_from_elsewhere_is_taken_over(begin: Begin, journal: Journal, home: pathlib.Path) -> None:
    session = begin()
    session.begin_keeping()
    session.close()
    with sqlite3.connect(journal.path) as connection:
        connection.execute("pragma journal_mode = wal")
    connection.close()
    again, _ = open_session(journal, session.id)
    planned(again)
    again.close()
    assert len(Journal(home).commands(session.id)) == 3


@pytest.mark.usefixtures("share")
def test_a_turn_that_does_not_come_is_told(begin: Begin, journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    session = planned(begin())
    monkeypatch.setattr(file_locks, "_PATIENCE", 0.05)
    with file_locks.turn(journal.path), pytest.raises(NotKept, match="another program is busy with it"):
        session.decide("harbour", "stay")
    session.decide("harbour", "stay")
