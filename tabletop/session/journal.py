"""The journal: one SQLite file with all sessions, each an append-only list of commands.

When `append` returns, the commands are durable. Each command has a checksum that depends on all before it (a hash
chain), so that damage is found, and the sound beginning is known.
"""

from __future__ import annotations

import pathlib
import sqlite3
from collections.abc import Sequence
from typing import Any

import attrs

from tabletop.scenario.problems import nearest, quoted
from tabletop.session import embedded_pack
from tabletop.session.commands import Command
from tabletop.session.errors import Fault, FileDamaged, JournalError, NotKept, SessionBusy
from tabletop.session.journal_database import FORMAT, JournalDatabase
from tabletop.session.journal_line import BadCommand, read_line, seal
from tabletop.session.record import Chain, Damaged, Record, sealed
from tabletop.session.save_location import as_option, file_at
from tabletop.session.session_header import Kept, SessionHeader, SessionProgress, heading_from, standing_from

__all__ = [
    "Damaged",
    "FileDamaged",
    "Journal",
    "JournalError",
    "Kept",
    "NotKept",
    "SessionBusy",
    "SessionHeader",
    "SessionProgress",
]


class Journal:
    """The sessions in one file, which is created by the first write; a missing file is an empty journal.

    Reading raises JournalError, or FileDamaged for a corrupt file. Threads may share it.
    """

    def __init__(self, place: pathlib.Path | str | None = None) -> None:
        self.path = file_at(place)
        self._file = JournalDatabase(self.path)
        self._order, self._ordered_at = 0, -1
        self._ordered_by: sqlite3.Connection | None = None

    def close(self) -> None:
        """Closes the file; the next use opens it again."""
        self._file.close()

    # Reading

    def sessions(self) -> tuple[list[Kept], list[Fault]]:
        """Every readable session, most recent first, and the problem of each other one."""
        found, faults = list[Kept](), list[Fault]()
        for row in self._sessions():
            try:
                found.append(self._kept(row))
            except JournalError as error:
                faults.append(error.told)
        found.sort(key=lambda kept: (kept.standing.order, kept.standing.updated, kept.heading.id), reverse=True)
        return found, faults

    def find(self, name: str) -> Kept:
        """A session by its id or a prefix of it. Raises JournalError, with the most similar id."""
        rows = self._sessions()
        return self._kept(rows[matching(name, [row[0] for row in rows], str(self.path))])

    def id_of(self, name: str) -> str:
        """The full id of a session, damaged or not, from a prefix of it. Raises JournalError."""
        ids: list[str] = [row[0] for row in self._sessions()]
        return ids[matching(name, ids, str(self.path))]

    def latest(self) -> Kept:
        """The most recent unfinished session. Raises JournalError if there is none."""
        found, faults = self.sessions()
        for kept in found:
            if not kept.standing.finished:
                return kept
        if found:
            last = found[0].heading.id
            message = f"the last game has ended; `tabletop resume {last}` shows its end again"
            raise JournalError(f"{message}, `tabletop play` starts another", "", "last-ended", id=last)
        if faults:
            fault = faults[0]
            raise JournalError(fault, "", fault.kind, **fault.places)
        raise JournalError("there is no game to resume; `tabletop play` starts one", "", "no-game")

    def commands(self, id: str, after: int = 0) -> list[Command]:
        """The commands of a session in order, after a number. Raises Damaged, with the sound ones."""
        return self._commands(self.find(id))[after:]

    def record(self, name: str) -> Record:
        """A whole session, by its id or a prefix of it. Raises Damaged, with the sound part."""
        kept = self.find(name)
        return Record(heading=kept.heading, commands=tuple(self._commands(kept)), texts=self._texts(kept.heading))

    def scenario_of(self, heading: SessionHeader) -> bytes:
        """The pack embedded in a session. Raises JournalError."""
        for (pack,) in self._file.rows("select pack from scenarios where digest = ?", heading.digest):
            return bytes(pack)
        raise JournalError(f"the scenario of the session {heading.id} is missing", "", "pack-missing", id=heading.id)

    def _sessions(self) -> list[tuple[Any, ...]]:
        rows = self._file.rows("select id, heading, seal, standing from sessions")
        return [row for row in rows if isinstance(row[0], str)]

    def _kept(self, row: tuple[Any, ...]) -> Kept:
        id, line, sum, standing = row
        heading = _heading(id, line, sum)
        if heading is None:
            # It is stored twice.
            first = self._file.rows("select line, seal from commands where session = ? and number = 0", id)
            line, sum = first[0] if first else (None, None)
            heading = _heading(id, line, sum)
        if heading is None:
            raise JournalError(f"the beginning of the session {quoted(id)} is damaged", "", "beginning-damaged", id=id)
        return Kept(heading, standing_from(id, standing) or self._reckoned(heading), str(sum))

    def _reckoned(self, heading: SessionHeader) -> SessionProgress:
        """The progress of a session whose stored progress is damaged."""
        (last,) = self._file.rows("select max(number) from commands where session = ?", heading.id)[0]
        return SessionProgress(commands=last if isinstance(last, int) else 0, updated=heading.started)

    def _commands(self, kept: Kept) -> list[Command]:
        heading, missing = kept.heading, kept.standing.commands
        chain, fault, kind, count = Chain(kept.seal), "", "", 0
        query = "select line, seal from commands where session = ? and number > 0 order by number"
        try:
            for line, sum in self._file.rows(query, heading.id):
                chain.take(line, sum)
        except BadCommand as error:
            kind, count = "only-first-sound", len(chain.commands)
            fault = f"of the session {heading.id} only the first {count} commands are sound: {error}"
        if not fault and len(chain.commands) < missing:
            kind, count = "last-missing", missing - len(chain.commands)
            fault = f"of the session {heading.id} the last {count} commands are missing"
        if fault:
            record = Record(heading=heading, commands=tuple(chain.commands), texts=self._texts(heading))
            command = f"`tabletop resume {heading.id} --sound{as_option(self.path)}`"
            hint = f"{command} goes on from there in a session of its own"
            raise Damaged(fault, record, hint, kind, id=heading.id, count=count, typed=command)
        return chain.commands

    def _texts(self, heading: SessionHeader) -> dict[str, str] | None:
        try:
            return embedded_pack.texts(self.scenario_of(heading))
        except (JournalError, embedded_pack.NotCarried):
            return None

    # Writing

    def begin(self, heading: SessionHeader, texts: dict[str, str]) -> None:
        """Writes the header of a new session. Raises NotKept."""
        self.take_in(Record(heading=heading, commands=(), texts=texts), SessionProgress(updated=heading.started))

    def take_in(self, record: Record, standing: SessionProgress) -> None:
        """Writes a whole session under an unused id. Raises NotKept."""
        heading = record.heading
        pack = self._pack_of(record)
        line = heading.line()
        with self._file.transaction() as connection:
            if pack is not None:
                # Earlier versions stored the parsed pack beside it and trusted that; it is no longer read.
                connection.execute("insert or ignore into scenarios values (?, ?, x'')", (heading.digest, pack))
            if connection.execute("select 1 from sessions where id = ?", (heading.id,)).fetchone():
                message = f"there is a session {heading.id} in {self.path} already"
                raise NotKept(message, "", "session-there", id=heading.id, path=self.path)
            standing = attrs.evolve(standing, order=self._next_order(connection))
            row = (heading.id, line, seal("", line), standing.line(heading.id))
            connection.execute("insert into sessions values (?, ?, ?, ?)", row)
            lines = [(line, seal("", line)), *sealed(heading, record.commands)]
            rows = [(heading.id, number, line, sum) for number, (line, sum) in enumerate(lines)]
            connection.executemany("insert into commands values (?, ?, ?, ?)", rows)

    def _pack_of(self, record: Record) -> bytes | None:
        """The pack of a session for writing; None if the journal already has it."""
        if self._file.rows("select 1 from scenarios where digest = ?", record.heading.digest):
            return None
        if record.texts is None:
            raise NotKept(
                f"the scenario of the session {record.heading.id} is missing", "", "pack-missing", id=record.heading.id
            )
        try:
            embedded_pack.check_sound(record.texts)
            return embedded_pack.packed(record.texts)
        except embedded_pack.NotCarried as error:
            raise NotKept(str(error), "", error.kind, **error.places) from error

    def append(self, id: str, commands: Sequence[Command], standing: SessionProgress) -> None:
        """Appends commands to a session, all or none; when it returns, they are durable.

        Raises NotKept.
        """
        lines = [command.line() for command in commands]
        with self._file.transaction() as connection:
            query = "select number, seal from commands where session = ? order by number desc limit 1"
            before = connection.execute(query, (id,)).fetchone()
            if before is None or before[0] != commands[0].number - 1:
                message = f"the session {id} was changed from elsewhere: close it and open it again"
                raise NotKept(message, "", "changed-elsewhere", id=id)
            sum = before[1]
            for command, line in zip(commands, lines, strict=True):
                sum = seal(sum, line)
                connection.execute("insert into commands values (?, ?, ?, ?)", (id, command.number, line, sum))
            standing = attrs.evolve(standing, order=self._next_order(connection))
            connection.execute("update sessions set standing = ? where id = ?", (standing.line(id), id))

    def _next_order(self, connection: sqlite3.Connection) -> int:
        """The next order number, above that of every session (read again only if another process has written)."""
        (now,) = connection.execute("pragma data_version").fetchone()
        if self._ordered_by is not connection or now != self._ordered_at:
            rows = connection.execute("select id, standing from sessions").fetchall()
            standings = [standing_from(*row) for row in rows]
            self._order = max((one.order for one in standings if one is not None), default=0)
            self._ordered_by, self._ordered_at = connection, now
        self._order += 1
        return self._order

    def keep_time(self, id: str, of: str, used: float) -> None:
        """Writes the seconds that a phase has taken. Raises NotKept."""
        with self._file.transaction() as connection:
            row = connection.execute("select standing from sessions where id = ?", (id,)).fetchone()
            standing = standing_from(id, row[0]) if row else None
            if standing is not None:
                standing = attrs.evolve(standing, time_of=of, time_used=used)
                connection.execute("update sessions set standing = ? where id = ?", (standing.line(id), id))

    def delete(self, id: str) -> None:
        """Deletes a session permanently. Raises NotKept."""
        with self._file.transaction() as connection:
            connection.execute("delete from commands where session = ?", (id,))
            connection.execute("delete from sessions where id = ?", (id,))
            headings = [row[0] for row in connection.execute("select heading from sessions")]
            used = {_digest(heading) for heading in headings}
            for (digest,) in connection.execute("select digest from scenarios").fetchall():
                if digest not in used and None not in used:
                    connection.execute("delete from scenarios where digest = ?", (digest,))

    def check_throughout(self) -> None:
        """Checks the integrity of the whole file without writing. Raises FileDamaged."""
        self._file.check_throughout()

    def check_open(self) -> None:
        """Checks that the file can be opened for writing, without writing. Raises FileDamaged or NotKept."""
        with self._file.transaction():
            pass

    def check(self) -> None:
        """Checks by a test write that the file can be written (a full disk shows only then). Raises FileDamaged or
        NotKept."""
        with self._file.transaction() as connection:
            connection.execute(f"pragma user_version = {FORMAT}")


def matching(name: str, ids: list[str], place: str) -> int:
    """The index of the id with this name or prefix. Raises JournalError, with the most similar id."""
    found = [id for id in ids if id == name] or [id for id in ids if name and id.startswith(name)]
    if len(found) == 1:
        return ids.index(found[0])
    if found:
        some = ", ".join(sorted(found)[:5])
        message = f"{len(found)} sessions begin with {quoted(name)}: {some}"
        raise JournalError(message, "", "sessions-alike", count=len(found), name=quoted(name), known=some)
    near = nearest(name, ids)
    hint = f"; did you mean {quoted(near)}?" if near else ""
    message = f"no session {quoted(name)} in {place}{hint} (`tabletop sessions` lists them)"
    kind = "no-session-near" if near else "no-session"
    raise JournalError(message, "", kind, name=quoted(name), path=place, near=quoted(near or ""))


def _heading(id: str, line: object, sum: object) -> SessionHeader | None:
    """A session's header; None if damaged."""
    if not isinstance(line, str) or seal("", line) != sum:
        return None
    heading = heading_from(
        line, Fault(f"the beginning of the session {quoted(id)} is damaged", "beginning-damaged", id=id)
    )
    return heading if heading.id == id else None


def _digest(heading: object) -> str | None:
    """The digest in a header; None if damaged."""
    try:
        return str(read_line(str(heading))["digest"])
    except (BadCommand, KeyError, TypeError):
        return None
