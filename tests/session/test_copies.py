"""The second copy: it follows the game in another place, and whatever becomes of that place, the game goes on."""

from __future__ import annotations

import os
import pathlib
import shutil
import threading

import pytest

from tabletop.session import Facilitator, Journal, copies, open_session, portable
from tabletop.session.importing import import_session
from tabletop.session.record import Damaged
from tests.patience import PATIENCE
from tests.session.conftest import Begin, ended, planned


@pytest.fixture
def stick(tmp_path: pathlib.Path) -> pathlib.Path:
    return tmp_path / "stick"


def test_every_command_is_in_both_places(begin: Begin, journal: Journal, stick: pathlib.Path) -> None:
    session = begin()
    session.copy_to(stick)
    ended(session)
    assert session.await_copy() == ""
    (copy,) = stick.iterdir()
    assert list(portable.read(copy).commands) == session.commands == journal.commands(session.id)


def test_a_game_goes_on_elsewhere_from_its_copy_when_the_machine_dies(
    begin: Begin, stick: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    session = begin()
    session.copy_to(stick)
    planned(session)
    session.await_copy()
    (copy,) = stick.iterdir()
    with copy.open("ab") as file:  # it died in the middle of a line
        file.write(b'{"command": {"number": 4, "par')
    elsewhere = Journal(tmp_path / "elsewhere")
    found = import_session(elsewhere, copy)
    assert (found.commands, found.left_out) == (3, "")
    again, _ = open_session(elsewhere)
    assert again.state.fingerprint == session.state.fingerprint
    again.close()


def test_a_copy_in_which_a_line_is_damaged_is_not_taken_for_whole(begin: Begin, stick: pathlib.Path) -> None:
    session = begin()
    session.copy_to(stick)
    planned(session)
    session.await_copy()
    (copy,) = stick.iterdir()
    copy.write_bytes(copy.read_bytes().replace(b'"seat": "island"', b'"seat": "Island"'))
    with pytest.raises(Damaged):
        portable.read(copy)


def test_a_place_that_fails_is_told_and_holds_nobody_up(begin: Begin, tmp_path: pathlib.Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    session = begin()
    session.copy_to(blocked)
    planned(session)
    assert "the second copy in" in session.await_copy()
    assert session.is_kept
    assert len(session.commands) == 3


def test_a_place_that_comes_back_gets_the_whole_game(begin: Begin, stick: pathlib.Path) -> None:
    session = begin()
    session.copy_to(stick)
    session.decide("harbour", "visit(place=quay)")
    session.await_copy()
    shutil.rmtree(stick)
    stick.write_text("somebody else's stick")
    session.decide("harbour", "visit(place=mill)")
    assert session.await_copy() != ""
    assert session.copy_problem
    stick.unlink()
    for _ in session.run_bots():
        pass
    assert session.await_copy() == ""
    assert not session.copy_problem
    (copy,) = stick.iterdir()
    assert list(portable.read(copy).commands) == session.commands


def test_a_slow_place_holds_nobody_up(begin: Begin, stick: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wait = threading.Event()
    monkeypatch.setattr("tabletop.session.copies.write_whole", lambda *_, **__: wait.wait(PATIENCE))
    session = begin()
    session.copy_to(stick)
    planned(session)
    assert "is not complete" in session.await_copy(0.05)
    wait.set()
    assert session.await_copy() == ""


def test_a_resumed_game_goes_on_with_its_copy(begin: Begin, journal: Journal, stick: pathlib.Path) -> None:
    session = begin()
    session.copy_to(stick)
    planned(session)
    session.close()
    again, _ = open_session(journal)
    again.decide("harbour", "stay")  # before there is a stick again
    again.copy_to(stick)
    Facilitator(again).note("Back again.")
    again.close()
    (copy,) = stick.iterdir()
    assert list(portable.read(copy).commands) == again.commands


def test_a_copy_that_has_gone_on_elsewhere_is_not_written_over(
    begin: Begin, journal: Journal, stick: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    session = begin()
    session.copy_to(stick)
    planned(session)
    session.close()
    elsewhere = Journal(tmp_path / "elsewhere")
    (copy,) = stick.iterdir()
    import_session(elsewhere, copy)
    away, _ = open_session(elsewhere)
    away.copy_to(stick)
    away.decide("harbour", "sail_out")
    away.close()
    home, _ = open_session(journal)
    home.copy_to(stick)
    home.decide("harbour", "stay")
    home.close()
    last = {path.name: portable.read(path).commands[-1].body["action"] for path in stick.iterdir()}
    assert last == {f"{session.id}.tabletop.txt": "stay", f"{session.id}-2.tabletop.txt": "sail_out"}


def test_a_game_that_is_not_kept_is_still_copied(begin: Begin, stick: pathlib.Path) -> None:
    session = begin()
    session.copy_to(stick)
    session.decide("harbour", "visit(place=quay)")
    session.play_on_unkept("the disk is full")
    session.decide("harbour", "visit(place=mill)")
    session.await_copy()
    (copy,) = stick.iterdir()
    assert len(portable.read(copy).commands) == 2


def test_what_becomes_of_a_place_is_told_once_and_while_the_game_goes_on(begin: Begin, stick: pathlib.Path) -> None:
    session = begin()
    session.copy_to(stick)
    session.decide("harbour", "visit(place=quay)")
    session.await_copy()
    assert session.copy_news() == ""
    shutil.rmtree(stick)
    stick.write_text("in its way")
    session.decide("harbour", "visit(place=mill)")
    session.await_copy()
    assert "cannot be written" in session.copy_news()
    assert session.copy_news() == ""
    stick.unlink()
    for _ in session.run_bots():
        pass
    session.await_copy()
    assert "complete again" in session.copy_news()
    assert session.copy_news() == ""


def test_a_copy_is_not_made_on_another_disk_once_the_stick_is_gone(
    begin: Begin, stick: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    is_in = True
    # A disk of its own is hung in at the stick, as long as it is in.
    disk = copies._disk_of
    monkeypatch.setattr(copies, "_disk_of", lambda path: -1 if is_in and path == stick else disk(path))
    session = begin()
    session.copy_to(stick)
    session.decide("harbour", "visit(place=quay)")
    assert session.await_copy() == ""
    (copy,) = stick.iterdir()
    is_in = False
    copy.unlink()
    session.decide("harbour", "visit(place=mill)")
    assert "is gone" in session.await_copy()
    assert list(stick.iterdir()) == []
    is_in = True
    for _ in session.run_bots():
        pass
    assert session.await_copy() == ""


@pytest.mark.skipif(os.name != "posix", reason="files have modes on POSIX only")
def test_a_copy_is_its_owners_alone(begin: Begin, stick: pathlib.Path) -> None:
    session = begin()
    session.copy_to(stick)
    planned(session)
    session.await_copy()
    assert [one.stat().st_mode & 0o777 for one in (stick, *stick.iterdir())] == [0o700, 0o600]
