"""Damage: a journal with a flipped byte, or cut short, costs what was hit and no more; nothing is written to it.

TABLETOP_FLIPS=20000 tries that many places instead of a few.
"""

from __future__ import annotations

import os
import pathlib
import random
import shutil
import sqlite3

import attrs
import pytest

import tabletop
from tabletop.session import Facilitator, Journal, JournalError, Session, SessionBusy, open_session
from tabletop.session.errors import FileDamaged
from tabletop.session.opening import session_of
from tabletop.session.record import Damaged, Record
from tabletop.session.salvage import go_on_from, mend, salvaged, sound_record
from tests.session.conftest import FERRY, Begin, ended, planned

TRIES = int(os.environ.get("TABLETOP_FLIPS", "40"))


@attrs.frozen
class Kept:
    """A journal on the disk, and what is in it."""

    path: pathlib.Path
    records: dict[str, Record]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """Three games, with notes long enough to go over many pages."""
    folder = tmp_path_factory.mktemp("damage")
    pack = folder / "ferry"
    pack.mkdir()
    (pack / "scenario.yaml").write_text(FERRY, encoding="utf-8")
    journal = Journal(folder / "sessions.db")
    for number in range(3):
        id = f"ferry-{number}"
        session = Session(tabletop.load(pack), seed=number, pack=str(pack), humans=["harbour"], journal=journal, id=id)
        facilitator = Facilitator(session)
        facilitator.note("A long story. " * 90 * number or "Short.")
        ended(session)
        session.back(9)
        facilitator.inject("fog", "So that they wait.")
        facilitator.write_card("title: Word\ntext: A word.\neffects: [{change: trust, by: 1, why: A word.}]\n")
        ended(session)
        session.close()
    records = {f"ferry-{number}": journal.record(f"ferry-{number}") for number in range(3)}
    journal.close()
    assert pathlib.Path(f"{journal.path}-wal").stat().st_size == 0
    return Kept(journal.path, records)


def check_all(path: pathlib.Path, kept: Kept, one: int) -> int:
    """What holds of any damaged journal; how many of its sessions are not whole. Only one of them is opened to play."""
    before, journal, hit = path.read_bytes(), Journal(path), 0
    try:
        found, faults = journal.sessions()
        assert all("\n" not in fault for fault in faults)
    except JournalError as error:
        found = []
        told_in_a_line(error)
    assert len(found) <= len(kept.records)
    for id, whole in kept.records.items():
        hit += not check_one(journal, id, whole)
    assert path.read_bytes() == before
    try:
        id = list(kept.records)[one % len(kept.records)]
        check_opening(journal, id, kept.records[id], before)
    finally:
        journal.close()
    return hit


def told_in_a_line(error: JournalError, untouched: bool = True) -> None:
    assert "\n" not in str(error)
    assert untouched


def check_one(journal: Journal, id: str, whole: Record) -> bool:
    """A session is whole, or it is said that it is not, and what is sound of it can be had."""
    try:
        assert journal.record(id).commands == whole.commands
        return True
    except JournalError as error:
        told_in_a_line(error)
    try:
        record, fault = sound_record(journal, id)
    except JournalError as error:
        told_in_a_line(error)
        return False
    assert record.commands == whole.commands[: len(record.commands)]
    assert fault
    return False


def check_opening(journal: Journal, id: str, whole: Record, before: bytes) -> None:
    try:
        session, _ = open_session(journal, id)
    except JournalError as error:
        told_in_a_line(error)
        untouched = not isinstance(error, FileDamaged) or journal.path.read_bytes() == before
        told_in_a_line(error, untouched)
    else:
        assert tuple(session.commands) == whole.commands
        assert session.state.fingerprint == whole.commands[-1].fingerprint
        session.close()


def places(size: int) -> list[int]:
    """Where to try: spread evenly, with all of the file's own header."""
    dice = random.Random(4)
    step = max(1, size // TRIES)
    return [*range(0, 100, 7), *(at + dice.randrange(step) for at in range(100, size - step, step))]


def test_a_flipped_byte_costs_what_it_hit_and_no_more(kept: Kept, tmp_path: pathlib.Path) -> None:
    dice, whole = random.Random(5), kept.path.read_bytes()
    hits, lost = 0, 0
    for at in places(len(whole)):
        path = tmp_path / "sessions.db"
        for end in ("-wal", "-shm"):
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << dice.randrange(8))]) + whole[at + 1 :])
        hit = check_all(path, kept, at)
        hits += hit > 0
        found = {one.record.heading.id: one.record for one in salvaged(path)}
        lost += sum(len(record.commands) for record in kept.records.values())
        lost -= sum(len(found[id].commands) for id in found)
        assert len(found) == len(kept.records)
    assert hits > 5
    # One flipped bit costs a few commands of one of three games, and mostly none.
    assert lost < len(places(len(whole))) * 12


def test_a_journal_cut_short_at_any_length_is_told_in_a_line(kept: Kept, tmp_path: pathlib.Path) -> None:
    whole = kept.path.read_bytes()
    path = tmp_path / "sessions.db"
    for length in [*range(1, len(whole), max(1, len(whole) // (TRIES // 3))), len(whole) - 1]:
        for end in ("-wal", "-shm"):
            path.with_name(f"{path.name}{end}").unlink(missing_ok=True)
        path.write_bytes(whole[:length])
        with pytest.raises(JournalError):
            Journal(path).check()
        assert path.read_bytes() == whole[:length]
        check_all(path, kept, length)


def test_what_lies_beside_a_killed_journal_is_salvaged_too(
    begin: Begin, journal: Journal, tmp_path: pathlib.Path
) -> None:
    session = planned(begin())
    beside = pathlib.Path(f"{journal.path}-wal")
    assert beside.stat().st_size > 0
    shutil.copy(beside, tmp_path / "sessions.db-wal")
    (tmp_path / "sessions.db").write_bytes(b"\0" * 4096)
    (found,) = salvaged(tmp_path / "sessions.db")
    assert list(found.record.commands) == session.commands
    assert found.record.texts is not None


# Going on from what is sound


def cut_in_the_middle(journal: Journal, id: str) -> None:
    journal.close()
    with sqlite3.connect(journal.path) as connection:
        connection.execute("update commands set line = 'x' where session = ? and number = 3", (id,))
    connection.close()


def test_a_damaged_session_goes_on_in_a_session_of_its_own(begin: Begin, journal: Journal) -> None:
    session = ended(begin())
    session.close()
    cut_in_the_middle(journal, session.id)
    with pytest.raises(Damaged) as damaged:
        open_session(journal, session.id)
    assert f"`tabletop resume {session.id} --sound --save {journal.path.parent}`" in str(damaged.value)
    own = go_on_from(journal, damaged.value.record)
    assert own != session.id
    again, _ = open_session(journal, own)
    assert again.commands == session.commands[:2]
    assert ended(again).state.finished
    again.close()
    with pytest.raises(Damaged):
        journal.record(session.id)


def test_nothing_is_written_behind_what_is_damaged(begin: Begin, journal: Journal) -> None:
    session = planned(begin())
    cut_in_the_middle(journal, session.id)
    session.close()
    before = journal.path.read_bytes()
    with pytest.raises(Damaged):
        open_session(journal, session.id)
    journal.close()
    assert journal.path.read_bytes()[100:] == before[100:]


def malformed(path: pathlib.Path) -> None:
    """SQLite itself reports it so: the page that says where the others are is full of noise."""
    data = bytearray(path.read_bytes())
    data[100:160] = random.Random(1).randbytes(60)
    path.write_bytes(bytes(data))


def test_a_file_that_sqlite_gives_up_on_is_mended(kept: Kept, tmp_path: pathlib.Path) -> None:
    path = tmp_path / "sessions.db"
    shutil.copy(kept.path, path)
    malformed(path)
    damaged = path.read_bytes()
    journal = Journal(path)
    with pytest.raises(FileDamaged, match=f"`tabletop sessions mend --save {path.parent}`"):
        open_session(journal)
    mended = mend(journal)
    assert mended is not None
    assert mended.kept_as.read_bytes() == damaged
    assert {one.record.heading.id for one in mended.sessions} == set(kept.records)
    assert all(one.seen == len(one.record.commands) for one in mended.sessions)
    for id, whole in kept.records.items():
        assert journal.record(id) == whole
        session, _ = open_session(journal, id)
        assert session.state.fingerprint == whole.commands[-1].fingerprint
        session.close()
    assert mend(journal) is None
    journal.close()


def test_mending_waits_until_nobody_plays(begin: Begin, journal: Journal, tmp_path: pathlib.Path) -> None:
    session = planned(begin())
    assert session.journal is not None
    session.journal.close()
    malformed(journal.path)
    with pytest.raises(SessionBusy):
        mend(Journal(journal.path))
    session.close()
    assert mend(Journal(journal.path)) is not None


def test_what_is_no_journal_is_not_mended(tmp_path: pathlib.Path) -> None:
    (tmp_path / "letter.db").write_text("Dear Sir or Madam, " * 400)
    with pytest.raises(JournalError, match="is not a journal"):
        mend(Journal(tmp_path / "letter.db"))
    assert [path.name for path in tmp_path.iterdir()] == ["letter.db"]


def test_a_damaged_scenario_is_taken_from_where_it_is_installed(tmp_path: pathlib.Path) -> None:
    journal = Journal(tmp_path)
    scenario = tabletop.load("first-summit")
    session = Session(scenario, seed=1, pack="first-summit", humans=[], journal=journal)
    ended(session).close()
    data = bytearray(journal.path.read_bytes())
    pages = [at for at in range(0, len(data), 4096) if b"\x78\x9c" in data[at : at + 4096]]
    at = data.index(b"\x78\x9c", pages[0])
    data[at + 300] ^= 0xFF
    journal.path.write_bytes(bytes(data))
    again, _ = open_session(journal, session.id)
    assert again.state.fingerprint == session.state.fingerprint
    again.close()


def test_without_its_scenario_a_game_is_told_to_be_out_of_reach(kept: Kept) -> None:
    record = attrs.evolve(kept.records["ferry-1"], texts=None)
    gone = attrs.evolve(record, heading=attrs.evolve(record.heading, pack="/nowhere"))
    with pytest.raises(JournalError, match="its scenario is damaged, and ferry is not on this machine"):
        session_of(gone)
