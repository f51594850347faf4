"""The commands for games that are kept, as people and scripts use them: a line for what goes wrong, and its status."""

from __future__ import annotations

import csv
import datetime
import json
import os
import pathlib
import sqlite3
import sys
import time

import pytest
from click.testing import CliRunner, Result

import tabletop as engine
from tabletop.cli import main
from tabletop.session import Facilitator, Journal, Session
from tests.patience import PATIENCE
from tests.session.conftest import FERRY, ended, planned

ROOT = pathlib.Path(__file__).parents[1]


def tabletop(*arguments: object, **more: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments], **more)  # type: ignore[arg-type]


@pytest.fixture
def place(tmp_path: pathlib.Path) -> pathlib.Path:
    """A journal with a game that has ended and one that has not."""
    pack = tmp_path / "ferry"
    pack.mkdir()
    (pack / "scenario.yaml").write_text(FERRY, encoding="utf-8")
    place = tmp_path / "kept"
    for id, play in (("ferry-done", ended), ("ferry-half", planned)):
        session = Session(engine.load(pack), seed=5, pack=str(pack), humans=["harbour"], journal=Journal(place), id=id)
        play(session)
        if id == "ferry-half":
            facilitator = Facilitator(session, "Ms Lee")
            facilitator.inject("fog", "So that they wait.")
            facilitator.set("trust", 61, "As agreed.", shown=False)
            facilitator.note("For me alone.", ["quote"])
            facilitator.note("For everybody.", shown=True)
            session.begin_branch("bolder")
            session.decide("harbour", "sail_out")
            session.switch("main")
        session.close()
    return place


def one_line(result: Result, status: int, words: str) -> None:
    """The command failed with a status and one line on standard error."""
    assert result.exit_code == status, result.output
    assert words in result.stderr
    lines = [line for line in result.stderr.splitlines() if line and not line.startswith(("Usage", "Try"))]
    assert len(lines) == 1, lines
    assert "Traceback" not in result.output


def test_the_games_are_listed_for_people_and_for_scripts(place: pathlib.Path) -> None:
    listed = tabletop("sessions", "--save", place).output.splitlines()
    assert [line.split()[0] for line in listed] == ["ferry-half", "ferry-done"]
    assert "harbour to play" in listed[0]
    assert "ended: " in listed[1]
    rows = json.loads(tabletop("sessions", "--json", "--save", place).output)
    assert [(row["id"], row["finished"]) for row in rows] == [("ferry-half", False), ("ferry-done", True)]
    assert {"scenario", "version", "digest", "seed", "assumptions", "players", "commands", "turn"} <= set(rows[0])


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="here no test can move to another zone")
def test_the_games_are_listed_in_the_time_of_the_place(place: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def listed(zone: str) -> datetime.datetime:
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        day, clock = tabletop("sessions", "--save", place).output.split()[1:3]
        return datetime.datetime.fromisoformat(f"{day} {clock}")

    try:
        assert listed("KST-9") - listed("UTC") == datetime.timedelta(hours=9)
    finally:
        monkeypatch.undo()
        time.tzset()


def test_an_empty_place_has_no_games(tmp_path: pathlib.Path) -> None:
    assert "No saved games yet" in tabletop("sessions", "--save", tmp_path).output
    assert json.loads(tabletop("sessions", "--json", "--save", tmp_path).output) == []
    assert list(tmp_path.iterdir()) == []


def test_the_story_so_far_is_told_with_its_branches_and_notes(place: pathlib.Path) -> None:
    told = tabletop("sessions", "show", "ferry-h", "--save", place)
    assert told.exit_code == 0
    for words in ("The Ferry", "People play Harbour", "Island (random)", "Fog", "So that they wait.", "For everybody."):
        assert words in told.output
    assert "bolder  1 step, Week 2, Planning, left main in Week 1" in told.output
    for secret in ("For me alone", "As agreed."):
        assert secret not in told.output
    everything = tabletop("sessions", "show", "ferry-h", "--all", "--save", place).output
    for words in ("For me alone", "[Quote]", "As agreed."):
        assert words in everything


def test_the_place_can_stand_before_or_behind_what_is_asked(place: pathlib.Path) -> None:
    assert tabletop("sessions", "--save", place, "show", "ferry-half").exit_code == 0
    assert tabletop("sessions", "show", "ferry-half", "--save", place).exit_code == 0
    # Without a name it is the one played last.
    assert "ferry-half" in tabletop("sessions", "show", "--save", place).output


def test_a_game_goes_to_another_machine_in_one_file(place: pathlib.Path, tmp_path: pathlib.Path) -> None:
    file, other = tmp_path / "game.tabletop.txt", tmp_path / "other"
    written = tabletop("sessions", "export", "ferry-half", "--out", file, "--save", place)
    assert (written.exit_code, written.stdout) == (0, "")
    assert tabletop("sessions", "export", "ferry-half", "--save", place).stdout_bytes == file.read_bytes()
    taken = tabletop("sessions", "import", file, "--save", other)
    assert taken.exit_code == 0
    assert f"tabletop resume ferry-half --save {other}" in taken.output
    verified = tabletop("replay", "ferry-half", "--verify", "--save", other)
    assert verified.exit_code == 0
    assert "every one can be replayed and leads where it led" in verified.output.splitlines()[-1]
    again = tabletop("sessions", "import", file, "--save", other)
    assert again.stderr == "ferry-half is here already and stays as it is; this is taken in beside it.\n"
    assert len(tabletop("sessions", "--save", other).output.splitlines()) == 2


def test_a_table_goes_to_a_spreadsheet_or_a_script(place: pathlib.Path, tmp_path: pathlib.Path) -> None:
    file = tmp_path / "game.csv"
    assert (
        tabletop("sessions", "export", "ferry-half", "--format", "csv", "--out", file, "--save", place).exit_code == 0
    )
    assert file.read_bytes().startswith(b"\xef\xbb\xbffact,command,step,")
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["text"] for row in rows if row["fact"] == "note"] == ["For me alone.", "For everybody."]
    printed = tabletop("sessions", "export", "ferry-half", "--format", "csv", "--save", place).stdout
    assert printed.startswith("fact,command,step,")
    whole = json.loads(tabletop("sessions", "export", "ferry-half", "--format", "json", "--save", place).stdout)
    assert len(whole["rows"]) == len(rows)


def test_every_command_is_replayed_in_a_line(place: pathlib.Path) -> None:
    lines = tabletop("replay", "ferry-half", "--save", place).output.splitlines()
    commands = Journal(place).commands("ferry-half")
    assert len(lines) == len(commands) + 1
    assert all(command.fingerprint in line for command, line in zip(commands, lines, strict=False))
    assert lines[0].endswith("harbour: decide visit(place=quay), harbour")
    assert tabletop("replay", "ferry-half", "--quiet", "--save", place).output.count("\n") == 1


def changed(place: pathlib.Path, statement: str) -> None:
    connection = sqlite3.connect(place / "sessions.db", isolation_level=None)
    connection.execute(statement)
    connection.close()


def test_where_a_replay_begins_to_differ_is_told_with_status_1(
    place: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tabletop.session import opening

    verify = opening.verify

    def differing(journal: Journal, name: str) -> object:
        for check in verify(journal, name):
            wrong = check.command.number >= 3
            yield opening.Check(check.command, "0" * 16 if wrong else check.fingerprint, not wrong)

    monkeypatch.setattr(opening, "verify", differing)
    result = tabletop("replay", "ferry-half", "--verify", "--save", place)
    one_line(result, 1, "it begins to differ with command 3: it led to ")
    assert len(result.stdout.splitlines()) == 3
    assert tabletop("replay", "ferry-half", "--save", place).exit_code == 0


def test_a_game_is_deleted_once_that_was_said_twice(place: pathlib.Path) -> None:
    one_line(tabletop("sessions", "delete", "ferry-half", "--save", place), 2, "say --yes")
    assert tabletop("sessions", "delete", "ferry-half", "--yes", "--save", place).exit_code == 0
    assert [kept.heading.id for kept in Journal(place).sessions()[0]] == ["ferry-done"]


def test_a_game_that_is_being_played_is_not_deleted(place: pathlib.Path) -> None:
    from tabletop.session import open_session

    session, _ = open_session(Journal(place), "ferry-half")
    one_line(tabletop("sessions", "delete", "ferry-half", "--yes", "--save", place), 1, "is open elsewhere")
    session.close()


def test_a_game_that_is_damaged_can_be_deleted(place: pathlib.Path) -> None:
    changed(place, "update sessions set heading = 'x' where id = 'ferry-half'")
    changed(place, "update commands set line = 'x' where session = 'ferry-half'")
    assert tabletop("sessions", "delete", "ferry-half", "--yes", "--save", place).exit_code == 0
    assert tabletop("sessions", "--save", place).stderr == ""


@pytest.mark.parametrize("command", ["show", "export", "delete", "replay", "resume"])
def test_a_game_that_is_not_there_is_told_with_status_1(place: pathlib.Path, command: str) -> None:
    group = [] if command in ("replay", "resume") else ["sessions"]
    one_line(tabletop(*group, command, "ferry-hafl", "--save", place), 1, "did you mean 'ferry-half'")
    one_line(tabletop(*group, command, "ferry", "--save", place), 1, "2 sessions begin with 'ferry'")


@pytest.mark.parametrize("command", ["sessions", "show", "resume", "mend"])
def test_what_is_no_journal_is_told_in_a_line(tmp_path: pathlib.Path, command: str) -> None:
    (tmp_path / "letter.db").write_text("Dear Sir or Madam, " * 400)
    words = ["sessions"] if command == "sessions" else [command] if command == "resume" else ["sessions", command]
    one_line(tabletop(*words, "--save", tmp_path / "letter.db"), 1, "is not a journal of tabletop")


def test_a_damaged_game_is_told_and_what_is_sound_of_it_can_be_had(place: pathlib.Path, tmp_path: pathlib.Path) -> None:
    changed(place, "update commands set line = replace(line, 'trust', 'thrust') where number = 5")
    fault = "only the first 4 commands are sound"
    for words in (("export", "ferry-half"), ("show", "ferry-half")):
        result = tabletop("sessions", *words, "--save", place)
        one_line(result, 1, fault)
    one_line(tabletop("replay", "ferry-half", "--quiet", "--save", place), 1, fault)
    one_line(tabletop("resume", "ferry-half", "--save", place), 1, "tabletop resume ferry-half --sound")
    file = tmp_path / "sound.txt"
    result = tabletop("sessions", "export", "ferry-half", "--sound", "--out", file, "--save", place)
    assert (result.exit_code, "4 commands are written" in result.stderr) == (0, True)
    assert "4 commands are taken in" in tabletop("sessions", "import", file, "--save", tmp_path / "other").output
    assert "4 commands" in tabletop("replay", "ferry-half", "--verify", "--save", tmp_path / "other").output
    going_on = tabletop("resume", "ferry-half", "--sound", "--save", place, input="quit\n")
    assert going_on.exit_code == 0
    assert "This goes on from there, as ferry-" in " ".join(going_on.output.split())
    assert len(Journal(place).sessions()[0]) == 3


def test_a_text_that_is_cut_short_is_told_and_what_is_sound_of_it_is_taken_in(
    place: pathlib.Path, tmp_path: pathlib.Path
) -> None:
    file = tmp_path / "game.txt"
    tabletop("sessions", "export", "ferry-half", "--out", file, "--save", place)
    file.write_bytes(file.read_bytes()[:-600])
    one_line(tabletop("sessions", "import", file, "--save", tmp_path / "other"), 1, "is cut short after")
    result = tabletop("sessions", "import", file, "--sound", "--save", tmp_path / "other")
    assert (result.exit_code, "is cut short after" in result.stderr) == (0, True)
    one_line(tabletop("sessions", "import", tmp_path / "gone.txt"), 1, "cannot be read")
    one_line(
        tabletop("sessions", "export", "ferry-half", "--out", tmp_path / "no" / "x", "--save", place), 1, "cannot write"
    )


def test_a_file_that_sqlite_gives_up_on_is_mended(place: pathlib.Path) -> None:
    data = bytearray((place / "sessions.db").read_bytes())
    data[100:160] = b"\xaa" * 60
    (place / "sessions.db").write_bytes(bytes(data))
    one_line(tabletop("sessions", "--save", place), 1, f"`tabletop sessions mend --save {place}` brings what is sound")
    mended = tabletop("sessions", "mend", "--save", place)
    assert mended.exit_code == 0
    assert "ferry-half: all" in mended.output
    assert len(list(place.glob("sessions-damaged-*.db"))) == 1
    assert len(tabletop("sessions", "--save", place).output.splitlines()) == 2
    assert "nothing to mend" in tabletop("sessions", "mend", "--save", place).output


def test_a_game_is_resumed_with_another_opponent(place: pathlib.Path) -> None:
    result = tabletop("resume", "ferry-half", "--player", "island=search:attache", "--save", place, input="quit\n")
    assert result.exit_code == 0
    assert "Island (search:attache)" in tabletop("sessions", "show", "ferry-half", "--save", place).output
    for wrong, words in (
        ("island=serch", "did you mean 'search'"),
        ("island", "SEAT=NAME"),
        ("iland=random", "island"),
    ):
        one_line(tabletop("resume", "ferry-half", "--player", wrong, "--save", place), 2, words)


def test_a_second_copy_is_kept_where_the_environment_says(place: pathlib.Path, tmp_path: pathlib.Path) -> None:
    stick = tmp_path / "stick"
    tabletop("resume", "ferry-half", "--save", place, input="2\nquit\n", env={"TABLETOP_COPY": str(stick)})
    (copy,) = stick.iterdir()
    assert "are taken in" in tabletop("sessions", "import", copy, "--save", tmp_path / "other").output
    (tmp_path / "file").write_text("x")
    result = tabletop("resume", "ferry-half", "--save", place, "--copy", tmp_path / "file" / "no", input="quit\n")
    assert result.exit_code == 0
    assert "Careful: the second copy" in result.output


class Terminal:
    """A terminal in which a command runs."""

    def __init__(self, *arguments: object) -> None:
        pexpect = pytest.importorskip("pexpect")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm"}
        words = ["-m", "tabletop", *map(str, arguments)]
        self.child = pexpect.spawn(sys.executable, words, env=environment, encoding="utf-8", timeout=PATIENCE)

    def asked(self, words: str, answer: str) -> None:
        self.child.expect_exact(words)
        self.child.sendline(answer)

    def ends(self) -> tuple[int, str]:
        import pexpect

        self.child.expect(pexpect.EOF)
        self.child.close()
        return self.child.exitstatus, self.child.before


def test_at_a_terminal_deleting_is_asked(place: pathlib.Path) -> None:
    terminal = Terminal("sessions", "delete", "ferry-done", "--save", place)
    terminal.asked("Delete ferry-done (The Ferry, turn", "n")
    assert terminal.ends()[0] == 1
    assert len(Journal(place).sessions()[0]) == 2
    terminal = Terminal("sessions", "delete", "ferry-done", "--save", place)
    terminal.asked("for good? [y/N]", "y")
    assert terminal.ends()[0] == 0
    assert len(Journal(place).sessions()[0]) == 1


def test_at_a_terminal_a_damaged_game_offers_to_go_on_from_what_is_sound(place: pathlib.Path) -> None:
    changed(place, "update commands set line = replace(line, 'trust', 'thrust') where number = 5")
    terminal = Terminal("resume", "ferry-half", "--save", place)
    terminal.asked("Go on from there in a game of its own? [Y/n]", "y")
    terminal.child.expect_exact("This goes on from there, as")
    terminal.child.close(force=True)
    assert len(Journal(place).sessions()[0]) == 3


def test_at_a_terminal_a_damaged_file_offers_to_be_mended(place: pathlib.Path) -> None:
    data = bytearray((place / "sessions.db").read_bytes())
    data[100:160] = b"\xaa" * 60
    (place / "sessions.db").write_bytes(bytes(data))
    terminal = Terminal("resume", "ferry-half", "--save", place)
    terminal.asked("Bring what is sound into a new file, and go on? [Y/n]", "y")
    terminal.child.expect_exact("The damaged file is kept as")
    terminal.child.close(force=True)


def test_at_a_terminal_a_game_that_is_open_elsewhere_can_be_watched(place: pathlib.Path) -> None:
    from tabletop.session import open_session

    session, _ = open_session(Journal(place), "ferry-half")
    terminal = Terminal("resume", "ferry-half", "--save", place)
    terminal.asked("Watch it? [Y/n]", "y")
    terminal.child.expect_exact("Trust")
    terminal.child.close(force=True)
    session.close()
