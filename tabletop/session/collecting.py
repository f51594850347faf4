"""Collects sessions to be looked at together: by name, from exported texts, or all that are in a folder."""

from __future__ import annotations

import pathlib
from collections.abc import Iterator, Sequence

import attrs

from tabletop.session import portable
from tabletop.session.errors import JournalError
from tabletop.session.journal import Journal
from tabletop.session.opening import session_of, with_texts
from tabletop.session.record import Damaged, Record
from tabletop.session.salvage import sound_record
from tabletop.session.session import Session


@attrs.frozen(kw_only=True)
class Collected:
    """Sessions, each once, in the order in which they were started; and what could not be read of them."""

    sessions: tuple[Session, ...]
    faults: tuple[str, ...]


def collected(journal: Journal, names: Sequence[str]) -> Collected:
    """The sessions of some names: each that of a session in the journal, of a file with an exported one, or of a folder
    with either. Raises JournalError for a name that is none of these."""
    found: dict[str, Record] = {}
    faults: list[str] = []
    for name in names:
        for record, fault in _records(journal, name):
            if record is not None:
                found.setdefault(record.heading.id, record)
            faults += [fault] if fault else []
    sessions = []
    for record in sorted(found.values(), key=lambda one: (one.heading.started, one.heading.id)):
        try:
            sessions.append(session_of(with_texts(record)))
        except JournalError as error:
            faults.append(str(error))
    return Collected(sessions=tuple(sessions), faults=tuple(faults))


def _records(journal: Journal, name: str) -> Iterator[tuple[Record | None, str]]:
    path = pathlib.Path(name).expanduser()
    if path.is_dir():
        yield from _of_folder(path)
    elif path.is_file():
        yield _of_file(path)
    else:
        yield sound_record(journal, name)


def _of_folder(folder: pathlib.Path) -> Iterator[tuple[Record | None, str]]:
    kept = Journal(folder)
    if kept.path.exists():
        headings, faults = kept.sessions()
        yield from ((None, fault) for fault in faults)
        for one in headings:
            try:
                yield sound_record(kept, one.heading.id)
            except JournalError as error:
                yield None, str(error)
    kept.close()
    for path in sorted(folder.glob("*.txt")):
        yield _of_file(path)


def _of_file(path: pathlib.Path) -> tuple[Record | None, str]:
    try:
        return portable.read(path), ""
    except Damaged as damaged:
        return damaged.record, f"{path}: {damaged.fault}"
    except JournalError as error:
        return None, f"{path}: {error}"
