"""A session as text: people can read it, it moves a game to another machine, and what is wrong with it is told."""

from __future__ import annotations

import io
import json
import os
import pathlib
import random
import shutil
import sys

import attrs
import pytest

import tabletop
from tabletop.players import PlayerFailed
from tabletop.session import Facilitator, Journal, JournalError, Session, open_session, portable
from tabletop.session.commands import Hand
from tabletop.session.importing import import_session
from tabletop.session.journal_line import one_line, seal
from tabletop.session.opening import verify
from tabletop.session.record import Damaged, Record
from tests.session.conftest import Begin, ended, planned


@pytest.fixture
def elsewhere(tmp_path: pathlib.Path) -> Journal:
    """The journal of another machine."""
    return Journal(tmp_path / "elsewhere")


def exported(session: Session, tmp_path: pathlib.Path) -> pathlib.Path:
    assert session.journal is not None
    path = tmp_path / "game.tabletop.txt"
    path.write_text(portable.text_of(session.journal.record(session.id)), encoding="utf-8", newline="")
    return path


def facilitated(session: Session) -> Session:
    """The session with some of everything in it."""
    facilitator = Facilitator(session, "Ms Lee")
    planned(session)
    facilitator.write_card("title: Nëws\ntext: A rider.\neffects: [{change: trust, by: 4, why: Good.}]\n", "Why not.")
    facilitator.note("Half time: “wow”\nline two", ["quote"])
    session.decide("harbour", "sail_out")
    fall = next(fall for fall in facilitator.falls() if fall.draw.node.kind == "table")
    other = "calm" if fall.draw.outcome == "rough" else "rough"
    facilitator.overrule(fall.step, fall.draw.place, other, "The class votes so.")
    session.back(2)
    session.decide("harbour", "stay")
    session.rename_branch("main", "as it was")
    return session


def test_a_text_is_lines_that_people_can_read(begin: Begin, tmp_path: pathlib.Path) -> None:
    session = facilitated(begin())
    lines = exported(session, tmp_path).read_text(encoding="utf-8").splitlines()
    first, scenario, *commands, last = map(json.loads, lines)
    assert (first["tabletop"], first["format"], first["heading"]["id"]) == ("session", 1, session.id)
    assert "The Ferry" in scenario["scenario"]["scenario.yaml"]
    assert [line["command"]["kind"] for line in commands] == [command.kind for command in session.commands]
    assert last["end"] == len(session.commands)
    assert '"text": "Half time: “wow”\\nline two"' in "\n".join(lines)


def test_a_game_moves_to_another_machine_and_plays_on_there(
    begin: Begin, pack: pathlib.Path, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = facilitated(begin())
    path = exported(session, tmp_path)
    session.close()
    shutil.rmtree(pack)
    found = import_session(elsewhere, path)
    assert (found.id, found.commands, found.left_out) == (session.id, len(session.commands), "")
    again, notes = open_session(elsewhere)
    assert notes == ["The scenario ferry is not on this machine. The game has brought it along."]
    assert again.state.fingerprint == session.state.fingerprint
    assert again.state.log == session.state.log
    assert again.branches == session.branches
    assert again.commands == session.commands
    assert ended(again).state.finished
    again.close()
    assert all(check.agrees for check in verify(elsewhere, session.id))


def test_a_text_says_nothing_of_where_the_pack_lay(begin: Begin, pack: pathlib.Path, tmp_path: pathlib.Path) -> None:
    session = planned(begin())
    assert str(pack.parent) in session.heading.pack
    assert str(pack.parent) not in exported(session, tmp_path).read_text(encoding="utf-8")


def test_an_id_that_is_taken_is_left_to_whoever_has_it(begin: Begin, journal: Journal, tmp_path: pathlib.Path) -> None:
    session = planned(begin())
    found = import_session(journal, exported(session, tmp_path))
    assert found.id != session.id
    assert found.id.startswith("ferry-")
    assert journal.record(found.id).commands == journal.record(session.id).commands


def test_a_game_goes_back_and_forth(begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path) -> None:
    session = planned(begin())
    import_session(elsewhere, exported(session, tmp_path))
    away, _ = open_session(elsewhere)
    away.decide("harbour", "stay")
    back = import_session(journal, exported(away, tmp_path))
    away.close()
    home, _ = open_session(journal, back.id)
    assert home.state.fingerprint == away.state.fingerprint
    assert home.heading.brought == len(away.commands)
    home.close()


def test_a_shipped_scenario_is_known_again(elsewhere: Journal, journal: Journal, tmp_path: pathlib.Path) -> None:
    scenario = tabletop.load("first-summit")
    session = Session(scenario, seed=4, pack="first-summit", humans=["corvane"], journal=journal)
    session.decide("corvane", session.game.actions(session.state, "corvane")[0])
    import_session(elsewhere, exported(session, tmp_path))
    session.close()
    again, notes = open_session(elsewhere)
    assert notes == []
    again.close()


# What is wrong with it


def lines_of(path: pathlib.Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines(keepends=True)


def test_a_text_that_is_cut_short_says_so_and_gives_what_is_sound(
    begin: Begin, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = facilitated(begin())
    path = exported(session, tmp_path)
    whole = path.read_bytes()
    begins = whole.index(b"\n", whole.index(b"\n") + 1) + 1
    dice = random.Random(1)
    for length in [*(dice.randrange(begins, len(whole) - 2) for _ in range(12)), begins, len(whole) - 2]:
        path.write_bytes(whole[:length])
        with pytest.raises(Damaged, match=r"is cut short after \d+ commands; ") as cut:
            import_session(elsewhere, path)
        count = len(cut.value.record.commands)
        hint = f"--sound takes in the {count} commands that are sound" if count else "nothing of the game is left in it"
        assert str(cut.value).endswith(hint)
        assert list(cut.value.record.commands) == session.commands[:count]
        assert len(cut.value.record.commands) == whole[begins:length].count(b"\n") or length == len(whole) - 2
    assert import_session(elsewhere, path, sound=True).commands == len(session.commands)


def test_a_text_in_which_anything_was_changed_says_which_line(
    begin: Begin, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = facilitated(begin())
    path = exported(session, tmp_path)
    whole, dice = path.read_bytes(), random.Random(2)
    for _ in range(150):
        at = dice.randrange(len(whole))
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1 :])
        line = whole[: at + 1].count(b"\n") + (whole[at : at + 1] != b"\n")
        record, said = told(path)
        if record is None:
            assert line <= 2
        elif said:
            assert f"line {line}:" in said or f"line {line - 1}:" in said or "cut short" in said
            assert list(record.commands) == session.commands[: len(record.commands)]
        else:  # white space between words, or what says whether the text still grows
            assert list(record.commands) == session.commands


def told(path: pathlib.Path) -> tuple[Record | None, str]:
    """What is sound of a text, and what is said of the rest."""
    try:
        return portable.read(path), ""
    except Damaged as damaged:
        return damaged.record, str(damaged)
    except JournalError as error:
        return None, str(error)


def test_windows_line_ends_and_a_byte_order_mark_do_no_harm(
    begin: Begin, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = planned(begin())
    path = exported(session, tmp_path)
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert import_session(elsewhere, path).commands == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is not a session of tabletop"),
        (b"Dear Sir or Madam,\n\n", "is not a session of tabletop"),
        (b"\x00\xff\xfe" * 500, "is not a session of tabletop"),
        (b"[]\n", "is not a session of tabletop"),
        (b"[" * 100_000, "is not a session of tabletop"),
        (b'{"tabletop": "session", "format": 2, "heading": {}}\n', r"newer version of tabletop \(format 2"),
        (b'{"tabletop": "session", "format": 1, "heading": {}}\n', "is damaged: line 1"),
        (b'{"tabletop": "session", "format": 1, "head', "is damaged: line 1"),
    ],
)
def test_what_is_no_session_is_called_that(
    elsewhere: Journal, tmp_path: pathlib.Path, content: bytes, words: str
) -> None:
    path = tmp_path / "x.txt"
    path.write_bytes(content)
    with pytest.raises(JournalError, match=words):
        import_session(elsewhere, path)
    assert not elsewhere.path.exists()
    with pytest.raises(JournalError, match="cannot be read"):
        import_session(elsewhere, tmp_path)
    with pytest.raises(JournalError, match="cannot be read"):
        import_session(elsewhere, tmp_path / "gone.txt")


# What somebody may have put in it


def forged(record: Record, path: pathlib.Path) -> pathlib.Path:
    """A text whose checksums are right, whatever is in it."""
    path.write_text(portable.text_of(record), encoding="utf-8")
    return path


def test_a_game_that_comes_out_otherwise_here_is_not_taken_in(
    begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = planned(begin())
    record = journal.record(session.id)
    other = attrs.evolve(record.commands[1], fingerprint="0" * 16)
    path = forged(attrs.evolve(record, commands=(record.commands[0], other, record.commands[2])), tmp_path / "x.txt")
    with pytest.raises(JournalError, match="command 2 leads elsewhere here than where it was played"):
        import_session(elsewhere, path)
    found = import_session(elsewhere, path, sound=True)
    assert (found.commands, "command 2 leads elsewhere" in found.left_out) == (1, True)


def test_a_card_that_is_no_card_is_not_taken_in(
    begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = planned(begin())
    Facilitator(session).write_card("title: News\ntext: A rider.\neffects: [{change: trust, by: 4, why: Good.}]\n")
    record = journal.record(session.id)
    card = record.commands[3].body["added"]
    deep: object = []
    for _ in range(300):
        deep = [deep]
    played = "command 4 brings in what cannot be played"
    for wrong, words in (
        ({"effects": [{"change": "trust", "by": 10**9, "why": "x"}]}, played),
        ({"effects": deep}, "damaged in line 6: it is nested deeper than anything"),
        ({"title": 7}, played),
        ({"x": 1}, played),
    ):
        command = attrs.evolve(record.commands[3], body={**record.commands[3].body, "added": {**card, **wrong}})
        path = forged(attrs.evolve(record, commands=(*record.commands[:3], command)), tmp_path / "x.txt")
        with pytest.raises(JournalError, match=words):
            import_session(elsewhere, path)


def test_a_text_nested_without_end_is_refused_in_a_sentence(
    begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = planned(begin())
    lines = portable.text_of(journal.record(session.id)).splitlines(keepends=True)
    for depth in (60, 600, 100_000):
        for place in range(len(lines) - 1):
            deep = lines[place].replace('"body": {', '"body": {"x": ' + "[" * depth + "]" * depth + ", ", 1)
            deep = deep.replace('"players": {', '"players": {"x": ' + "[" * depth + "]" * depth + ", ", 1)
            (tmp_path / "deep.txt").write_text("".join([*lines[:place], deep, *lines[place + 1 :]]), encoding="utf-8")
            if deep != lines[place]:
                with pytest.raises(JournalError, match=f"line {place + 1}"):
                    import_session(elsewhere, tmp_path / "deep.txt")


def test_a_text_that_a_shell_has_made_utf_16_is_read(
    begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = planned(begin())
    text = portable.text_of(journal.record(session.id))
    for encoding in ("utf-16", "utf-8-sig", "utf-8"):
        (tmp_path / "game.txt").write_bytes(text.replace("\n", "\r\n").encode(encoding))
        assert import_session(elsewhere, tmp_path / "game.txt").commands == 3
    (tmp_path / "game.txt").write_bytes(text.encode("utf-16")[:-7])
    with pytest.raises(Damaged):
        portable.read(tmp_path / "game.txt")


def test_a_text_is_read_from_standard_input(
    begin: Begin, journal: Journal, elsewhere: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = planned(begin())
    text = portable.text_of(journal.record(session.id)).encode()
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
    assert import_session(elsewhere, pathlib.Path("-")).commands == 3
    for given in (io.TextIOWrapper(io.BytesIO(b"")), None):
        monkeypatch.setattr(sys, "stdin", given)
        with pytest.raises(JournalError, match="standard input"):
            import_session(elsewhere, pathlib.Path("-"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no such files")
def test_a_device_a_pipe_a_folder_and_an_endless_text_end_in_a_sentence(
    elsewhere: Journal, tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    os.mkfifo(tmp_path / "pipe")
    for path in (pathlib.Path("/dev/zero"), tmp_path / "pipe", pathlib.Path("/dev/tty"), tmp_path):
        with pytest.raises(JournalError, match=f"{path} cannot be read"):
            import_session(elsewhere, path)
    monkeypatch.setattr(portable, "MOST_BYTES", 1000)
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"x" * 2000)))
    (tmp_path / "long.txt").write_bytes(b"x" * 2000)
    for path in (pathlib.Path("-"), tmp_path / "long.txt"):
        with pytest.raises(JournalError, match="larger than 1,000 bytes"):
            import_session(elsewhere, path)
    (tmp_path / "pipe.db").symlink_to(tmp_path / "pipe")
    for path in (pathlib.Path("/dev/zero"), tmp_path / "pipe.db"):
        with pytest.raises(JournalError):
            Journal(path).check_open()


def test_code_that_a_game_names_is_not_run(
    begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    session = planned(begin())
    record = journal.record(session.id)
    code = tmp_path / "code.py"
    code.write_text(f"import pathlib\npathlib.Path({str(tmp_path / 'ran')!r}).touch()\nclass Bot: choose = None\n")
    heading = attrs.evolve(record.heading, players={"island": f"{code}:Bot"}, humans=("harbour",))
    import_session(elsewhere, forged(attrs.evolve(record, heading=heading, commands=()), tmp_path / "x.txt"))
    again, _ = open_session(elsewhere)
    again.decide("harbour", "visit(place=quay)")
    again.decide("harbour", "visit(place=mill)")
    with pytest.raises(PlayerFailed, match="code of another machine, which is not run here"):
        list(again.run_bots())
    assert not (tmp_path / "ran").exists()
    again.step(Hand(seat="island", player="random"), "facilitator")
    assert len(list(again.run_bots())) == 1
    again.close()


def test_a_pack_in_a_text_writes_no_files(
    begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    from tabletop.scenario.pack_files import digest_of

    session = planned(begin())
    record = journal.record(session.id)
    assert record.texts is not None
    texts = {**record.texts, "../../evil.md": "Boo.", "/tmp/evil.md": "Boo."}
    heading = attrs.evolve(record.heading, digest=digest_of(texts))
    path = forged(attrs.evolve(record, heading=heading, texts=texts, commands=()), tmp_path / "x.txt")
    before = sorted(tmp_path.rglob("*evil*"))
    import_session(elsewhere, path)
    assert sorted(tmp_path.rglob("*evil*")) == before == []
    assert not pathlib.Path("/tmp/evil.md").exists()


def test_a_scenario_that_is_unsound_is_told(
    begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    from tabletop.scenario.pack_files import digest_of

    record = journal.record(planned(begin()).id)
    for texts in ({"scenario.yaml": "id: broken\n"}, {"scenario.yaml": "a: &a [*a]\n"}, {"notes.md": "x"}):
        heading = attrs.evolve(record.heading, digest=digest_of(texts))
        path = forged(attrs.evolve(record, heading=heading, texts=texts), tmp_path / "x.txt")
        with pytest.raises(JournalError, match="the scenario in this session cannot be played"):
            import_session(elsewhere, path)


def test_an_assumption_that_the_scenario_has_not_is_told(
    begin: Begin, journal: Journal, elsewhere: Journal, tmp_path: pathlib.Path
) -> None:
    record = journal.record(planned(begin()).id)
    heading = attrs.evolve(record.heading, assumptions={"odd": 1})
    with pytest.raises(JournalError, match="no assumption 'odd'"):
        import_session(elsewhere, forged(attrs.evolve(record, heading=heading), tmp_path / "x.txt"))


def test_a_checksum_depends_on_all_before_it() -> None:
    assert seal(seal("", "a"), "b") != seal(seal("", "c"), "b")
    assert one_line({"b": 1, "a": 2}) == one_line({"a": 2, "b": 1})
