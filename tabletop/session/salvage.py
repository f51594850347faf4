"""Recovers the sound part of a damaged journal into a new file; never writes to the damaged one."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import os
import pathlib
import re
from collections import defaultdict
from collections.abc import Iterator
from typing import TypeAlias

import attrs

from tabletop.scenario.pack_files import digest_of
from tabletop.session import embedded_pack
from tabletop.session.commands import Command
from tabletop.session.errors import NO_FAULT, Fault, FileDamaged, JournalError, NotKept, error_of
from tabletop.session.journal import Journal, matching
from tabletop.session.journal_line import BadCommand, read_line, seal
from tabletop.session.opening import reckoned, with_texts
from tabletop.session.record import Chain, Damaged, Record
from tabletop.session.session_header import SessionHeader, heading_from, new_id
from tabletop.session.session_lock import SessionLock
from tabletop.session.sqlite_pages import rows_in, texts_in

# A command and its checksum stand side by side, even where nothing else is left of their page.
_SEALED = re.compile(r'(?=(\{"at":"\d{4}-))')
_END = re.compile(r"\}([0-9a-f]{24})")

#: No more packs are unpacked, each of which may be large, and no more lines tried in one place: a file may be forged.
_MOST_PACKS, _MOST_LOOSE = 200, 2_000

#: The lines of commands with their checksums, by session ("" where that is not known) and number.
Lines: TypeAlias = dict[tuple[str, int], set[tuple[str, str]]]


def sound_record(journal: Journal, name: str) -> tuple[Record, str]:
    """What is sound of a session, and what is wrong with it, "" for nothing. Raises JournalError if nothing is left."""
    best: Record | None = None
    try:
        return journal.record(name), ""
    except JournalError as error:
        best = error.record if isinstance(error, Damaged) else None
        fault = Fault(error.fault, error.kind, **error.places)
    records = [one.record for one in salvaged(journal.path)]
    with contextlib.suppress(JournalError):
        found = records[matching(name, [record.heading.id for record in records], str(journal.path))]
        if best is None or len(found.commands) >= len(best.commands):
            best = found if found.texts is not None or best is None else attrs.evolve(found, texts=best.texts)
    if best is None:
        raise error_of(fault)
    return best, fault


@attrs.frozen
class Salvaged:
    """A session as far as it is sound, and how many commands of it there are to be seen."""

    record: Record
    seen: int


def salvaged(path: pathlib.Path) -> list[Salvaged]:
    """Every session in a file of which the beginning is sound, as far as its commands are. Raises JournalError."""
    try:
        headings, lines, packs = _parts(path)
    except OSError as error:
        why = str(error.strerror or error)
        raise JournalError(f"{path} cannot be read ({why})", "", "cannot-read", path=path, why=why) from None
    found = []
    for heading, sum in headings.values():
        commands = tuple(_chained(heading, sum, lines))
        seen = max([len(commands), *(number for id, number in lines if id == heading.id)])
        record = Record(heading=heading, commands=commands, texts=packs.get(heading.digest))
        found.append(Salvaged(record, seen))
    return sorted(found, key=lambda one: one.record.heading.started)


def _parts(path: pathlib.Path) -> tuple[dict[str, tuple[SessionHeader, str]], Lines, dict[str, dict[str, str]]]:
    headings: dict[str, tuple[SessionHeader, str]] = {}
    lines: Lines = defaultdict(set)
    packs: dict[str, dict[str, str]] = {}
    unpacked = 0
    for row in rows_in(path):
        match row:
            case (str(), bytes(pack), bytes()) if unpacked < _MOST_PACKS:
                unpacked += 1
                with contextlib.suppress(embedded_pack.NotCarried):
                    texts = embedded_pack.texts(pack)
                    packs[digest_of(texts)] = texts
            case (str(id), int(number), str(line), str(sum)) if number > 0:
                lines[id, number].add((line, sum))
            case (str(), int(), str(line), str(sum)) | (str(), str(line), str(sum), str()):
                if seal("", line) == sum:
                    with contextlib.suppress(JournalError):
                        heading = heading_from(line, NO_FAULT)
                        headings[heading.id] = heading, sum
    for line, sum in _loose_lines(path):
        with contextlib.suppress(BadCommand, KeyError, TypeError):
            lines["", read_line(line)["number"]].add((line, sum))
    return headings, lines, packs


def _loose_lines(path: pathlib.Path) -> Iterator[tuple[str, str]]:
    for text in texts_in(path):
        for begin in _SEALED.finditer(text):
            end = _END.search(text, begin.start())
            if end is not None:
                yield text[begin.start() : end.start() + 1], end[1]


def _chained(heading: SessionHeader, sum: str, lines: Lines) -> list[Command]:
    chain = Chain(sum)
    while True:
        number = len(chain.commands) + 1
        # Those of the session first: of loose ones there may be as many as there are sessions.
        near = (one for id in (heading.id, "") for one in itertools.islice(lines.get((id, number), ()), _MOST_LOOSE))
        found = next((one for one in near if chain.fits(*one)), None)
        try:
            if found is None:
                return chain.commands
            chain.take(*found)
        except BadCommand:
            return chain.commands


# Going on


def go_on_from(journal: Journal, record: Record) -> str:
    """Writes what is sound of a session as a session of its own, and gives its id. Raises NotKept."""
    heading = attrs.evolve(record.heading, id=new_id(record.heading.scenario))
    own = with_texts(attrs.evolve(record, heading=heading))
    journal.take_in(own, reckoned(own))
    return own.heading.id


@attrs.frozen
class Mended:
    """What became of a damaged file: the sessions that are in the new one, and where the old one is now."""

    sessions: list[Salvaged]
    lost: list[str]
    kept_as: pathlib.Path


def mend(journal: Journal) -> Mended | None:
    """Puts a new file in the place of a damaged one, with all that is sound; None where nothing is wrong with it.

    The damaged file stays beside it under another name. Raises SessionBusy while somebody plays one of its sessions,
    and JournalError for a file that is none of ours, or where nothing can be written.
    """
    if _is_whole(journal):
        return None
    journal.close()
    found = salvaged(journal.path)
    with contextlib.ExitStack() as holds:
        for one in found:
            holds.callback(SessionLock(journal.path, one.record.heading.id).release)
        fresh = Journal(journal.path.with_name(f"{journal.path.stem}-mended.db"))
        _clear(fresh.path)
        brought, lost = [], []
        for one in sorted(found, key=_last_moment):
            try:
                record = with_texts(one.record)
                fresh.take_in(record, reckoned(record))
                brought.append(one)
            except NotKept:
                raise
            except JournalError as error:
                lost.append(str(error))
        fresh.check()
        fresh.close()
        aside = _aside(journal.path)
        for end in ("-wal", "-shm", ""):
            with contextlib.suppress(FileNotFoundError):
                os.replace(f"{journal.path}{end}", f"{aside}{end}")
        os.replace(fresh.path, journal.path)
    return Mended([one for one in found if one in brought], lost, aside)


def _last_moment(salvaged: Salvaged) -> str:
    record = salvaged.record
    return record.commands[-1].at if record.commands else record.heading.started


def _is_whole(journal: Journal) -> bool:
    """Whether the file and every session in it is sound. Raises JournalError for a file that is none of ours."""
    try:
        kept, faults = journal.sessions()
        for one in kept:
            journal.record(one.heading.id)
        journal.check_throughout()
    except (FileDamaged, Damaged):
        return False
    return not faults


def _aside(path: pathlib.Path) -> pathlib.Path:
    number = 1
    while True:
        day = datetime.date.today().isoformat()
        aside = path.with_name(f"{path.stem}-damaged-{day}{'' if number == 1 else f'-{number}'}{path.suffix}")
        if not aside.exists():
            return aside
        number += 1


def _clear(path: pathlib.Path) -> None:
    """Takes away what is left of a mending that was broken off."""
    for end in ("", "-wal", "-shm"):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(f"{path}{end}")
