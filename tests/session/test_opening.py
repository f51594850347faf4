"""Opening: a session goes on where it was, by the rules that it began with, in one process at a time."""

from __future__ import annotations

import os
import pathlib
import shutil
import subprocess
import sys
import threading

import attrs
import pytest

import tabletop
from tabletop.session import Facilitator, Journal, JournalError, NotKept, Session, SessionBusy, open_session
from tabletop.session.commands import Command
from tabletop.session.opening import verify, watched
from tabletop.session.session_header import SessionProgress
from tabletop.session.session_lock import SessionLock
from tests.patience import PATIENCE
from tests.session.conftest import FERRY, Begin, ended, planned

ROOT = pathlib.Path(__file__).parents[2]


def reopened(session: Session) -> tuple[Session, list[str]]:
    assert session.journal is not None
    session.close()
    return open_session(Journal(session.journal.path), session.id)


def run(program: str, *arguments: object) -> subprocess.CompletedProcess[str]:
    """A program of its own."""
    return subprocess.run(
        [sys.executable, "-c", program, *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )


def test_a_resumed_game_stands_exactly_where_it_stood(begin: Begin) -> None:
    session = planned(begin())
    resumed, notes = reopened(session)
    assert resumed.state.fingerprint == session.state.fingerprint
    assert resumed.state.log == session.state.log
    assert resumed.decisions == session.decisions
    assert (resumed.id, resumed.heading, resumed.commands) == (session.id, session.heading, session.commands)
    assert (resumed.humans, resumed.players) == (session.humans, session.players)
    assert notes == []
    resumed.close()


def test_a_resumed_game_ends_as_it_would_have(begin: Begin) -> None:
    whole = ended(begin(seed=3))
    resumed, _ = reopened(planned(begin(seed=3)))
    assert ended(resumed).state.fingerprint == whole.state.fingerprint
    resumed.close()


def test_hindsight_is_remembered(begin: Begin) -> None:
    session = planned(begin())
    session.undo()
    resumed, _ = reopened(session)
    assert resumed.hindsight == 1
    assert resumed.undo_has_hindsight
    resumed.close()


def test_all_that_a_facilitator_did_is_there_again(begin: Begin) -> None:
    session = planned(begin())
    facilitator = Facilitator(session, "Ms Lee")
    facilitator.write_card(
        "title: News\ntext: A rider.\neffects: [{change: trust, by: 4, why: Good news.}]\n", "Why not."
    )
    facilitator.set("trust", 70, "As the class has it.")
    facilitator.hand("island", "", "Somebody came.")
    facilitator.note("They look tired.", ["surprise"])
    facilitator.pause()
    resumed, _ = reopened(session)
    assert resumed.state.fingerprint == session.state.fingerprint
    assert resumed.state.log == session.state.log
    assert resumed.scenario == session.scenario
    assert resumed.humans == ("harbour", "island")
    assert resumed.paused
    resumed.close()


# The scenario


def test_a_game_whose_scenario_has_changed_says_so_and_goes_on_by_its_own_rules(
    begin: Begin, pack: pathlib.Path
) -> None:
    session = planned(begin())
    (pack / "scenario.yaml").write_text(FERRY.replace("by: 2", "by: 3").replace("quay, mill", "quay, inn"))
    resumed, notes = reopened(session)
    assert notes == [
        "The scenario ferry has changed since this game began. It goes on by the rules that it began with."
    ]
    assert resumed.state.fingerprint == session.state.fingerprint
    resumed.decide("harbour", "stay")
    resumed.close()


def test_a_game_whose_scenario_is_gone_has_brought_it_along(begin: Begin, pack: pathlib.Path) -> None:
    session = planned(begin())
    shutil.rmtree(pack)
    resumed, notes = reopened(session)
    assert notes == ["The scenario ferry is not on this machine. The game has brought it along."]
    assert ended(resumed).state.finished
    resumed.close()


def test_a_pack_given_by_a_relative_path_is_found_from_anywhere(
    pack: pathlib.Path, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(pack.parent)
    session = Session(tabletop.load("ferry"), seed=1, pack="ferry", humans=["harbour"], journal=journal)
    session.decide("harbour", "visit(place=quay)")
    monkeypatch.chdir(pack)
    resumed, notes = reopened(session)
    assert resumed.state.fingerprint == session.state.fingerprint
    assert notes == []
    resumed.close()


def test_a_game_opens_without_running_anybodys_code(begin: Begin, pack: pathlib.Path) -> None:
    (pack / "own.py").write_text("class Own:\n    def choose(self, view, dice):\n        return view.actions[0]\n")
    session = planned(begin(players={"island": f"{pack / 'own.py'}:Own"}))
    (pack / "own.py").write_text("raise SystemExit('it was run')\n")
    resumed, _ = reopened(session)
    assert resumed.players == session.players
    resumed.close()


# One at a time


def test_a_second_process_is_told_that_the_session_is_open_and_may_watch(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    program = (
        "import sys\nfrom tabletop.session import *\njournal = Journal(sys.argv[1])\n"
        "try: open_session(journal)\n"
        "except SessionBusy as busy: print(busy)\n"
        "watching, _ = open_session(journal, watch=True)\n"
        "print(watching.state.fingerprint)\n"
        "try: watching.decide('harbour', 'stay')\n"
        "except NotKept as refused: print(refused)\n"
    )
    told = run(program, journal.path).stdout.splitlines()
    assert told[0].startswith(f"the session {session.id} is open elsewhere (by process {os.getpid()}, since ")
    command = f"`tabletop resume {session.id} --watch --save {journal.path.parent}`"
    assert told[0].endswith(f"; close it there first; {command} looks on")
    assert told[1:] == [session.state.fingerprint, "somebody else plays this session, and this only looks on"]


def test_whoever_watches_sees_what_happens(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    watching, _ = open_session(journal, watch=True)
    assert not watched(watching)
    session.decide("harbour", "stay")
    session.undo()
    assert watched(watching)
    assert watching.state.fingerprint == session.state.fingerprint
    assert watching.commands == session.commands


def test_a_session_that_was_closed_can_be_opened_by_the_next(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    with pytest.raises(SessionBusy):
        open_session(journal)
    session.close()
    again, _ = open_session(journal)
    again.close()


def test_the_journal_never_interleaves_even_where_the_lock_does_not_hold(
    begin: Begin, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = planned(begin())
    monkeypatch.setattr("filelock.FileLock.acquire", lambda self: None)
    other, _ = open_session(Journal(journal.path))
    session.decide("harbour", "stay")
    with pytest.raises(NotKept, match="changed from elsewhere"):
        other.decide("harbour", "sail_out")
    other.close()
    assert journal.commands(session.id) == session.commands
    assert all(check.agrees for check in verify(journal, session.id))


def test_two_processes_that_write_at_once_keep_their_sessions_apart(begin: Begin, journal: Journal) -> None:
    """Each plays a session of its own in the same file."""
    program = (
        "import sys, tabletop\nfrom tabletop.session import *\n"
        "session = Session(tabletop.load(sys.argv[2]), seed=int(sys.argv[3]), pack=sys.argv[2], humans=[],\n"
        "                  players={'all': 'random'}, journal=Journal(sys.argv[1]), id='ferry-' + sys.argv[3])\n"
        "sys.stdin.readline()\n"
        "for _ in session.run_bots(): pass\n"
        "session.close()\n"
    )
    pack = begin().heading.pack
    start = [sys.executable, "-c", program, str(journal.path), pack]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    both = [subprocess.Popen([*start, n], stdin=subprocess.PIPE, env=environment, text=True) for n in "12"]
    for one in both:
        one.communicate("go\n", timeout=PATIENCE)
        assert one.returncode == 0
    assert len(journal.sessions()[0]) == 2
    for kept in journal.sessions()[0]:
        assert kept.standing.finished
        assert all(check.agrees for check in verify(journal, kept.heading.id))


def test_a_lock_can_be_let_go_by_another_thread(tmp_path: pathlib.Path) -> None:
    hold = SessionLock(tmp_path / "sessions.db", "a-session")
    thread = threading.Thread(target=hold.release)
    thread.start()
    thread.join()
    SessionLock(tmp_path / "sessions.db", "a-session").release()


def test_a_folder_that_cannot_be_written_opens_unkept(
    begin: Begin, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = planned(begin())
    session.close()

    def refused(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("filelock.FileLock.acquire", refused)
    resumed, _ = open_session(journal, session.id)
    assert "cannot be saved" in resumed.warning
    assert not resumed.is_kept
    resumed.decide("harbour", "stay")


# Verifying


def test_every_command_leads_where_it_led(begin: Begin, journal: Journal) -> None:
    session = ended(begin())
    session.back(4)
    Facilitator(session).inject("fog")
    checks = list(verify(journal, session.id))
    assert [check.command for check in checks] == session.commands
    assert all(check.agrees for check in checks)
    assert checks[-1].fingerprint == session.state.fingerprint


def test_a_command_that_leads_elsewhere_is_found(
    begin: Begin, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin()
    append = journal.append

    def elsewhere(id: str, commands: list[Command], standing: SessionProgress) -> None:
        wrong = [attrs.evolve(one, fingerprint="0" * 16) if one.number == 2 else one for one in commands]
        append(id, wrong, standing)

    monkeypatch.setattr(journal, "append", elsewhere)
    planned(session)
    session.close()
    assert [check.agrees for check in verify(journal, session.id)] == [True, False, True]
    again, _ = open_session(journal, session.id)  # it stands where it stood
    again.close()


def test_a_game_that_does_not_come_out_as_it_was_played_is_not_opened(
    begin: Begin, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = planned(begin())
    session.close()
    monkeypatch.setattr("tabletop.engine.state.State.fingerprint", "0" * 16)
    with pytest.raises(JournalError, match="does not come out as it was played: `tabletop replay"):
        open_session(journal, session.id)
