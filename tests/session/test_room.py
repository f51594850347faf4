"""No room, or no right to write: it is said in a line, nothing acknowledged is lost, and play goes on either way."""

from __future__ import annotations

import os
import pathlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator

import pytest

import tabletop
from tabletop.session import Facilitator, Journal, NotKept, Session, open_session
from tabletop.session.opening import verify
from tests.session.conftest import Begin, ended, planned

ROOT = pathlib.Path(__file__).parents[2]


@pytest.fixture
def small(tmp_path: pathlib.Path) -> Iterator[pathlib.Path]:
    """A disk of half a megabyte."""
    place = tmp_path / "small"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=512k", "tmpfs", str(place)]
    try:
        subprocess.run(command, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("mounting a small disk takes a right that this process has not")
    yield place
    subprocess.run(["umount", "-l", str(place)], check=True)


@pytest.fixture
def public() -> Iterator[pathlib.Path]:
    """A folder that everybody may enter. Those of pytest keep others out, and every run of it sees to that anew."""
    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        yield pathlib.Path(folder)


def filled(place: pathlib.Path) -> pathlib.Path:
    """Something else takes all the room that is left."""
    filler = place / "film.mp4"
    with filler.open("wb", buffering=0) as file:
        for size in (4096, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                pass
    return filler


def written_full(facilitator: Facilitator) -> None:
    while len(facilitator.session.commands) < 500:
        facilitator.note("There is less and less room. " * 40)


def test_a_full_disk_is_told_and_loses_nothing(begin: Begin, small: pathlib.Path) -> None:
    journal = Journal(small)
    session = planned(begin(journal=journal))
    filler = filled(small)
    facilitator = Facilitator(session)
    with pytest.raises(NotKept, match="the disk is full"):
        written_full(facilitator)
    kept = list(session.commands)
    assert journal.commands(session.id) == kept
    assert all(check.agrees for check in verify(Journal(small), session.id))
    filler.unlink()
    facilitator.note("There is room again.")
    assert journal.commands(session.id) == session.commands
    journal.check_throughout()
    session.close()
    again, _ = open_session(Journal(small))
    assert ended(again).state.finished
    again.close()


def test_a_game_on_a_full_disk_goes_on_unkept_and_is_kept_when_there_is_room(begin: Begin, small: pathlib.Path) -> None:
    session = planned(begin(journal=Journal(small)))
    filler = filled(small)
    with pytest.raises(NotKept) as full:
        written_full(Facilitator(session))
    session.play_on_unkept(str(full.value))
    kept = len(session.commands)
    ended(session)
    assert len(session.commands) > kept
    filler.unlink()
    session.keep_again()
    session.close()
    again, _ = open_session(Journal(small), session.id)
    assert again.commands == session.commands
    assert again.state.finished
    again.close()


def test_a_disk_that_was_full_from_the_start_is_known_before_the_first_decision(
    begin: Begin, small: pathlib.Path
) -> None:
    filled(small)
    session = begin(journal=Journal(small))
    session.check_keeping()
    assert "cannot be saved" in session.warning
    assert ended(session).state.finished


LIMITED = """
import resource, sys, tabletop
from tabletop.session import *
journal = Journal(sys.argv[1])
noun = tabletop.load('first-summit')
session = Session(noun, seed=1, humans=[], players={'all': 'random'}, journal=journal, id='limited')
session.begin_keeping()
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
facilitator = Facilitator(session)
try:
    while True:
        facilitator.note('There is less and less room. ' * 40)
        print(len(session.commands), flush=True)
except NotKept as error:
    print(error, flush=True)
session.play_on_unkept('no room')
for _ in session.run_bots(): pass
print(session.state.outcome)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits on Windows")
def test_a_file_that_may_not_grow_is_told_and_loses_nothing(tmp_path: pathlib.Path) -> None:
    *numbers, said, outcome = told(LIMITED, tmp_path)
    assert said == f"the game cannot be saved in {tmp_path / 'sessions.db'}: the disk does not take it"
    assert outcome in {ending.id for ending in tabletop.load("first-summit").endings}
    journal = Journal(tmp_path)
    assert len(journal.commands("limited")) == len(numbers) > 20
    again, _ = open_session(journal)
    assert ended(again).state.finished
    again.close()


def told(program: str, *arguments: object) -> list[str]:
    """What a program prints."""
    ran = subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert not ran.stderr, ran.stderr
    return ran.stdout.splitlines()


READ_ONLY = """
import difflib, os, sys  # what is imported when it is needed is not open to others
from tabletop.session import *
if hasattr(os, 'getuid') and os.getuid() == 0:
    for _ in open_session(Journal(sys.argv[2]))[0].run_bots(): pass  # what there is to import is not open to others
    os.setuid(65534)
journal = Journal(sys.argv[1])
print(len(journal.commands('ferry-1')))
session, _ = open_session(journal, 'ferry-1')
print(session.warning)
print(session.is_kept, session.state.fingerprint)
for _ in session.run_bots(): pass
session.decide('harbour', 'stay')
print(len(session.commands))
try:
    session.keep_again()
except NotKept as error:
    print(error)
print(len(open_session(journal, 'ferry-1', watch=True)[0].commands))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="folders have no such rights on Windows")
@pytest.mark.parametrize("beside", [False, True], ids=["closed", "killed"])
def test_a_journal_that_may_only_be_read_opens_and_is_left_as_it_is(
    begin: Begin, journal: Journal, public: pathlib.Path, beside: bool
) -> None:
    session = planned(begin(id="ferry-1"))
    if not beside:
        session.close()
    place, other = public / "read-only", public / "other"
    place.mkdir()
    other.mkdir()
    for path in journal.path.parent.glob("sessions.db*"):
        if not path.name.endswith("-shm"):
            (other / path.name).write_bytes(path.read_bytes())
            (place / path.name).write_bytes(path.read_bytes())
            (place / path.name).chmod(0o444)
    place.chmod(0o555)
    before = {path.name: path.read_bytes() for path in place.iterdir()}
    lines = told(READ_ONLY, place, other)
    assert lines[0] == "3"
    assert lines[1].startswith(f"the game cannot be saved in {place / 'sessions.db'}")
    assert lines[2] == f"False {session.state.fingerprint}"
    assert lines[3] == "4"
    assert lines[4].startswith("the game cannot be saved in")
    assert lines[5] == "3"
    assert {path.name: path.read_bytes() for path in place.iterdir()} == before
    place.chmod(0o755)


def test_a_disk_that_becomes_read_only_in_the_middle_is_told_and_loses_nothing(
    begin: Begin, small: pathlib.Path
) -> None:
    journal = Journal(small)
    session = planned(begin(journal=journal))
    journal.close()
    assert session.keeping.hold is not None
    session.keeping.hold.release()
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    with pytest.raises(NotKept, match=r"read-only|Read-only"):
        session.decide("harbour", "stay")
    assert Journal(small).commands(session.id) == session.commands
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    session.decide("harbour", "stay")
    assert Journal(small).commands(session.id) == session.commands
    session.close()


def test_a_session_of_its_own_is_needed_no_place(begin: Begin) -> None:
    session: Session = begin(journal=None)
    session.check_keeping()
    assert ended(session).state.finished
    assert not session.warning
