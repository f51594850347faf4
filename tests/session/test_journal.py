"""The journal: an append-only file that keeps sessions apart, and finds what is not as it was written."""

from __future__ import annotations

import contextlib
import datetime
import os
import pathlib
import shutil
import sqlite3
import threading

import attrs
import pytest

from tabletop.session import Facilitator, Journal, JournalError, NotKept, open_session
from tabletop.session.commands import KINDS, Command, Note, command_from
from tabletop.session.errors import Fault
from tabletop.session.journal_line import BadCommand, now, read_line, seal
from tabletop.session.record import Damaged
from tabletop.session.session_header import SessionHeader, SessionProgress
from tests.patience import PATIENCE
from tests.session.conftest import Begin, ended, planned


def changed(journal: Journal, statement: str, *values: object) -> None:
    """The file, changed behind the program's back."""
    journal.close()
    with sqlite3.connect(journal.path) as connection:
        connection.execute(statement, values)
    connection.close()


def test_an_absent_journal_is_empty_and_reading_it_makes_no_file(journal: Journal) -> None:
    assert journal.sessions() == ([], [])
    with pytest.raises(JournalError, match="tabletop play"):
        journal.latest()
    with pytest.raises(JournalError, match="no session 'x'"):
        journal.find("x")
    assert not journal.path.parent.exists()


def test_a_place_is_a_folder_or_a_file(tmp_path: pathlib.Path) -> None:
    assert Journal(tmp_path).path == tmp_path / "sessions.db"
    assert Journal(tmp_path / "class.db").path == tmp_path / "class.db"
    (tmp_path / "odd.db").mkdir()
    assert Journal(tmp_path / "odd.db").path == tmp_path / "odd.db" / "sessions.db"


def test_many_sessions_share_a_file_and_stay_apart(begin: Begin, journal: Journal) -> None:
    sessions = [begin(seed=seed) for seed in range(4)]
    for action in ("visit(place=quay)", "visit(place=mill)"):
        for session in sessions:
            session.decide("harbour", action)
    assert {kept.heading.id for kept in journal.sessions()[0]} == {session.id for session in sessions}
    for session in sessions:
        assert journal.commands(session.id) == session.commands
        assert journal.record(session.id).heading == session.heading


def test_a_session_that_is_not_there_brings_up_the_nearest_name(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    with pytest.raises(JournalError, match=f"did you mean '{session.id}'"):
        journal.find(session.id[:-1] + "?")


def test_the_beginning_of_a_name_will_do_if_it_is_the_beginning_of_one(begin: Begin, journal: Journal) -> None:
    first, second = planned(begin(id="ferry-1")), planned(begin(id="ferry-12"))
    assert journal.find("ferry-1").heading == first.heading
    assert journal.find("ferry-12").heading == second.heading
    with pytest.raises(JournalError, match="2 sessions begin with 'fer': ferry-1, ferry-12"):
        journal.find("fer")


def test_the_game_played_last_is_the_one_to_resume_unless_it_has_ended(begin: Begin, journal: Journal) -> None:
    first, second = planned(begin(seed=1)), planned(begin(seed=2))
    assert journal.latest().heading.id == second.id
    first.decide("harbour", "stay")
    assert journal.latest().heading.id == first.id
    ended(first)
    assert journal.latest().heading.id == second.id
    ended(second)
    with pytest.raises(JournalError, match=f"tabletop resume {second.id}"):
        journal.latest()


def test_commands_cannot_be_written_twice_or_out_of_order(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    last, other = session.commands[-1], Journal(journal.path)
    for number in (last.number, last.number + 2, 1):
        with pytest.raises(NotKept, match="changed from elsewhere"):
            other.append(session.id, [attrs.evolve(last, number=number)], SessionProgress())
    with pytest.raises(NotKept, match="changed from elsewhere"):
        other.append("ferry-none", [attrs.evolve(last, number=1)], SessionProgress())
    assert journal.commands(session.id) == session.commands
    other.close()


def test_a_session_cannot_begin_under_a_name_that_is_taken(begin: Begin) -> None:
    planned(begin(id="ferry-1")).close()
    session = begin(id="ferry-1", seed=9)
    with pytest.raises(NotKept, match="already"):
        session.decide("harbour", "visit(place=quay)")


def test_a_deleted_session_is_gone_from_the_file_and_its_scenario_with_the_last(begin: Begin, journal: Journal) -> None:
    first, second = planned(begin(id="ferry-first")), planned(begin(id="ferry-second"))
    journal.delete(first.id)
    assert [kept.heading.id for kept in journal.sessions()[0]] == [second.id]
    journal.delete(second.id)
    first.close()
    second.close()
    journal.close()
    left = journal.path.read_bytes()
    assert b"ferry-first" not in left
    assert b"visit" not in left
    with sqlite3.connect(journal.path) as connection:
        assert connection.execute("select count(*) from scenarios").fetchone() == (0,)
    connection.close()


def test_the_time_of_a_phase_is_kept_beside_the_commands(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    session.keep_time("1 weeks sail", 12.5)
    standing = journal.find(session.id).standing
    assert (standing.time_of, standing.time_used, standing.commands) == ("1 weeks sail", 12.5, 3)


# What is not as it was written


def test_what_is_not_a_journal_is_called_that_and_left_alone(tmp_path: pathlib.Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Sir or Madam, " * 400)
    with sqlite3.connect(tmp_path / "other.db") as connection:
        connection.execute("create table sessions (id, heading, seal, standing)")
    connection.close()
    for name in ("letter.db", "other.db"):
        before = (tmp_path / name).read_bytes()
        journal = Journal(tmp_path / name)
        for attempt in (journal.sessions, journal.check, lambda journal=journal: journal.find("x")):
            with pytest.raises(JournalError, match="is not a journal of tabletop"):
                attempt()
        assert (tmp_path / name).read_bytes() == before


def test_an_empty_file_is_a_journal_that_has_not_begun(tmp_path: pathlib.Path) -> None:
    (tmp_path / "sessions.db").touch()
    journal = Journal(tmp_path)
    assert journal.sessions() == ([], [])
    journal.check()
    journal.close()


def test_a_journal_of_a_newer_version_is_called_that_and_left_alone(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    session.close()
    changed(journal, "pragma user_version = 2")
    before = journal.path.read_bytes()
    for attempt in (journal.sessions, journal.check, lambda: open_session(journal, session.id)):
        with pytest.raises(JournalError, match=r"newer version of tabletop \(format 2, and this reads 1\)"):
            attempt()
    journal.close()
    assert journal.path.read_bytes() == before


def test_a_command_that_was_changed_ends_what_is_sound(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    whole = list(session.commands)
    session.close()
    changed(journal, "update commands set line = replace(line, 'mill', 'quay') where number = 2")
    with pytest.raises(Damaged, match="only the first 1 commands are sound") as damaged:
        journal.record(session.id)
    assert list(damaged.value.record.commands) == whole[:1]


def test_commands_that_are_missing_are_missed(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    session.close()
    changed(journal, "delete from commands where number = 3")
    with pytest.raises(Damaged, match="the last 1 commands are missing"):
        journal.record(session.id)
    changed(journal, "delete from commands where number = 1")
    with pytest.raises(Damaged, match="only the first 0 commands are sound"):
        journal.record(session.id)


def test_a_beginning_that_is_damaged_is_read_from_where_it_was_written_again(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    session.close()
    changed(journal, "update sessions set heading = replace(heading, 'Ferry', 'Fairy')")
    assert journal.record(session.id).heading == session.heading
    changed(journal, "update commands set line = 'x' where number = 0")
    with pytest.raises(JournalError, match="the beginning of the session"):
        journal.record(session.id)
    assert journal.sessions()[0] == []
    assert len(journal.sessions()[1]) == 1


def test_a_standing_that_is_damaged_hides_nothing(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    session.close()
    for standing in ("x", None, b"\xff", '{"turn": []}'):
        if standing is not None:
            changed(journal, "update sessions set standing = ?", standing)
        assert journal.find(session.id).standing.commands == 3
        assert open_session(journal, session.id, watch=True)[0].state.fingerprint == session.state.fingerprint


def test_one_damaged_session_hides_no_other(begin: Begin, journal: Journal) -> None:
    first, second = planned(begin(id="ferry-1")), planned(begin(id="ferry-2"))
    first.close()
    second.close()
    changed(journal, "update sessions set heading = 'x' where id = 'ferry-1'")
    changed(journal, "update commands set line = 'x' where session = 'ferry-1'")
    found, faults = journal.sessions()
    assert [kept.heading.id for kept in found] == ["ferry-2"]
    assert faults == ["the beginning of the session 'ferry-1' is damaged"]


# Commands and headings


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_command_that_says_nothing_of_what_it_must_is_none(kind: str) -> None:
    command = attrs.asdict(Command(number=1, parent=0, kind=kind, who="harbour", at="now"))
    if kind in ("pause", "continue", "skip", "extend", "next"):
        assert command_from(command).kind == kind
        return
    with pytest.raises(BadCommand, match="is missing or is not what it should be"):
        command_from(command)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"kind": "dance"}, "knows no command 'dance'"),
        ({"number": "1"}, "'number'"),
        ({"number": True}, "'number'"),
        ({"body": []}, "'body'"),
        ({"body": {"seat": 3, "action": "stay"}}, "'seat'"),
        ({"kind": "set", "body": {"name": "trust", "value": 1, "shown": 1}}, "'shown'"),
        ({"kind": "overrule", "body": {"seat": "a", "action": "b", "rulings": {"x": "low"}}}, "'rulings'"),
        ({"kind": "message", "body": {"to": "harbour", "text": "Hello."}}, "'to'"),
    ],
)
def test_a_command_of_another_form_is_none(change: dict[str, object], words: str) -> None:
    command = Command(number=1, parent=0, kind="decide", who="a", at="b", body={"seat": "harbour", "action": "stay"})
    assert command_from(attrs.asdict(command)) == command
    with pytest.raises(BadCommand, match=words):
        command_from({**attrs.asdict(command), **change})


def test_a_line_is_the_same_however_often_it_is_read() -> None:
    body = {"text": "Ünïcode \u2028 and 'quotes'\n", "tags": ["a", "b"], "shown": False}
    command = Command(number=7, parent=3, kind="note", who="Mr \ud83c", at="now", body=body, why="=1+1")
    again = command_from(read_line(command.line()))
    assert again.line() == command.line()
    assert again.body == body


def test_half_a_letter_pasted_into_a_note_can_be_kept(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    session.remark(Note(text="torn \ud83d"), "facilitator")
    assert journal.commands(session.id)[-1].body["text"] == "torn ?"


@pytest.mark.parametrize("field", [field.name for field in attrs.fields(SessionHeader)])
def test_a_heading_with_a_field_of_another_kind_is_damaged_not_a_crash(
    begin: Begin, journal: Journal, field: str
) -> None:
    from tabletop.session.journal_line import one_line, seal

    session = planned(begin())
    session.close()
    line = one_line({**attrs.asdict(session.heading), field: {"odd": [None]}})
    for table in ("sessions set heading", "commands set line"):
        where = "" if table.startswith("sessions") else " where number = 0"
        changed(journal, f"update {table} = ?, seal = ?{where}", line, seal("", line))
    with pytest.raises(JournalError, match="damaged"):
        journal.find(session.id)


@pytest.mark.parametrize("id", ["../../etc/passwd", "", "con:", "a/b", "x" * 200, "A", ".hidden"])
def test_an_id_that_is_no_name_is_no_heading(begin: Begin, id: str) -> None:
    from tabletop.session.session_header import heading_from

    with pytest.raises(JournalError, match="odd"):
        heading_from(attrs.evolve(begin().heading, id=id).line(), Fault("odd"))


def test_no_two_things_happen_at_the_same_time_even_where_the_clock_stands_still(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class SessionProgress(datetime.datetime):
        at = datetime.datetime(2031, 3, 8, 12, tzinfo=datetime.UTC)

        @classmethod
        def now(cls, tz: datetime.tzinfo | None = None) -> datetime.datetime:
            return cls.at

    monkeypatch.setattr(datetime, "datetime", SessionProgress)
    times = [now() for _ in range(50)]
    assert times == sorted(set(times))
    SessionProgress.at -= datetime.timedelta(hours=1)
    assert now().startswith("2031-03-08T11:00:00.000000")


def test_the_game_played_last_is_the_one_written_last_whatever_the_clock_said(
    begin: Begin, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    ahead = "2999-01-01T00:00:00.000000+00:00"
    first, second = begin(id="first"), begin(id="second")
    first.decide("harbour", "visit(place=quay)")
    monkeypatch.setattr("tabletop.session.recorded_game.now", lambda: ahead)
    second.decide("harbour", "visit(place=quay)")
    monkeypatch.undo()
    assert journal.latest().heading.id == "second"
    first.decide("harbour", "visit(place=mill)")
    assert journal.latest().heading.id == "first"
    first.close()
    second.close()
    # Another process goes on with the other one, and this one with its own.
    there = Journal(journal.path)
    again, _ = open_session(there, "second")
    again.decide("harbour", "visit(place=mill)")
    assert journal.latest().heading.id == "second"
    again.close()
    mine, _ = open_session(journal, "first")
    Facilitator(mine).note("Played last.")
    mine.close()
    assert [kept.heading.id for kept in Journal(journal.path).sessions()[0]] == ["first", "second"]


def test_a_standing_that_says_nonsense_is_as_none(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    session.close()
    for nonsense in ('{"order":"x"}', '{"updated":5}', "[1]", "x", '{"time_used":"long"}', "[" * 600):
        changed(journal, "update sessions set standing = ?", f"{seal(session.id, nonsense)} {nonsense}")
        (kept,) = journal.sessions()[0]
        assert (kept.standing.commands, kept.standing.order) == (3, 0)


@pytest.mark.parametrize("how", ["at rest", "closed"])
def test_a_copy_of_the_file_alone_is_whole_once_a_table_is_at_rest(
    begin: Begin, journal: Journal, tmp_path: pathlib.Path, how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = begin()
    rested = threading.Event()
    settle = journal._file._idle._do
    monkeypatch.setattr(journal._file._idle, "_rest", 600)
    monkeypatch.setattr(journal._file._idle, "_do", lambda: (settle(), rested.set()))
    planned(session)
    monkeypatch.setattr(journal._file._idle, "_rest", 0.01)
    session.keep_time("plan", 1.0)
    # Somebody who looks on keeps SQLite from tidying up by itself.
    with contextlib.closing(sqlite3.connect(journal.path)) as looker:
        looker.execute("select count(*) from commands").fetchall()
        if how == "closed":
            session.close()
        else:
            assert rested.wait(PATIENCE)
        copy = tmp_path / "copy.db"
        shutil.copyfile(journal.path, copy)
    assert Journal(copy).commands(session.id) == session.commands
    Journal(copy).check_throughout()


@pytest.mark.skipif(os.name != "posix", reason="files have modes on POSIX only")
def test_what_is_kept_is_its_owners_alone(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    folder = journal.path.parent

    def modes() -> dict[str, str]:
        return {one.name: oct(one.stat().st_mode & 0o777) for one in [folder, *folder.iterdir()]}

    assert {name: mode for name, mode in modes().items() if mode not in ("0o600", "0o700")} == {}
    session.close()
    journal.path.chmod(0o644)  # as earlier versions left it
    again, _ = open_session(journal, session.id)
    assert modes()["sessions.db"] == "0o600"
    again.close()


def test_a_place_may_begin_at_home(home: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    assert Journal("~/games").path == home / "games" / "sessions.db"


def test_where_nobody_knows_where_home_is_nothing_is_written_and_it_is_said(
    begin: Begin, monkeypatch: pytest.MonkeyPatch, tmp_path: pathlib.Path
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tabletop.session.save_location.user_folder", lambda kind: None)
    nowhere = Journal()
    assert nowhere.sessions() == ([], [])
    with pytest.raises(NotKept, match="--save"):
        planned(begin(journal=nowhere))
    assert not (tmp_path / "~").exists()
