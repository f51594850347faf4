"""The journal: one SQLite file in which every session is an append-only run of commands.

What `append` has returned from is on the disk. Each command carries a checksum that depends on all before it, so that
damage is found and what is sound before it can be told.
"""

from __future__ import annotations

import contextlib
import datetime
import json
import pathlib
import random
import sqlite3
from collections.abc import Iterator
from typing import Any

import attrs
import platformdirs

from tabletop.scenario.problems import nearest, quoted
from tabletop.session.commands import BadCommand, Command, command_from, seal

#: Marks the file as ours in its header: "tbtp".
_APPLICATION = 0x74627470
FORMAT = 1
FILE = "sessions.db"
# No vowels, so that no four of them make a word.
_LETTERS = "bcdfghjkmnpqrstvwxz"

_TABLES = """
create table scenarios (digest text primary key, pack blob not null) without rowid;
create table sessions (id text primary key, heading text not null, seal text not null, standing text not null)
    without rowid;
create table commands (session text, number integer, line text not null, seal text not null,
    primary key (session, number)) without rowid;
"""


class JournalError(Exception):
    """A journal that cannot be read or written, or a session that is not in it; in words for the player."""


class NotKept(JournalError):
    """A command that could not be written down, and so has not happened."""


class SessionBusy(JournalError):
    """A session that is open elsewhere; it can be watched."""

    def __init__(self, id: str, who: str) -> None:
        super().__init__(f"the session {id} is open elsewhere{who}: close it there first, or watch it")
        self.id = id


class Damaged(JournalError):
    """A session of which not all is sound: `sound` has the commands before the first that is not."""

    def __init__(self, message: str, sound: list[Command]) -> None:
        super().__init__(message)
        self.sound = sound


@attrs.frozen(kw_only=True)
class Heading:
    """What a session begins with, and never changes: which rules, which chance, and who was to play."""

    id: str
    scenario: str
    title: str
    version: str
    digest: str
    pack: str
    seed: int
    assumptions: dict[str, int | bool]
    humans: tuple[str, ...]
    players: dict[str, str]
    started: str

    def line(self) -> str:
        """The heading as one line of JSON."""
        return json.dumps(attrs.asdict(self), ensure_ascii=False, separators=(",", ":"), sort_keys=True)


@attrs.frozen(kw_only=True)
class Standing:
    """How far a session has come, and how many seconds its present phase has taken: of no consequence for the game."""

    turn: int = 1
    finished: bool = False
    outcome: str | None = None
    commands: int = 0
    updated: str = ""
    time_of: str = ""
    time_used: float = 0.0


@attrs.frozen
class Kept:
    """A session in the journal."""

    heading: Heading
    standing: Standing


def default_place() -> pathlib.Path:
    """Where sessions are kept unless another place is given."""
    return pathlib.Path(platformdirs.user_data_dir("tabletop", appauthor=False)) / FILE


def file_at(place: pathlib.Path | str | None) -> pathlib.Path:
    """The file of a journal given as a folder or as a file; by default the user's own."""
    if place is None:
        return default_place()
    path = pathlib.Path(place)
    return path if path.suffix in (".db", ".sqlite") and not path.is_dir() else path / FILE


def new_id(scenario: str) -> str:
    """A name for a session: the scenario, the date and four letters."""
    letters = "".join(random.SystemRandom().choices(_LETTERS, k=4))
    return f"{scenario}-{datetime.date.today().isoformat()}-{letters}"


class Journal:
    """The sessions in one file. It is made when something is first written; until then an absent one is empty."""

    def __init__(self, place: pathlib.Path | str | None = None) -> None:
        self.path = file_at(place)
        self._connection: sqlite3.Connection | None = None

    def close(self) -> None:
        """Lets go of the file; the next use opens it again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    # Reading

    def sessions(self) -> tuple[list[Kept], list[str]]:
        """Every session that can be read, the one played last first, and what is wrong with each other one."""
        found, faults = [], []
        for id, heading, sum, standing in self._rows("select id, heading, seal, standing from sessions"):
            try:
                found.append(Kept(_heading(id, heading, sum), _standing(standing)))
            except JournalError as error:
                faults.append(str(error))
        found.sort(key=lambda kept: (kept.standing.updated, kept.heading.id), reverse=True)
        return found, faults

    def find(self, name: str) -> Kept:
        """A session by its id or the beginning of it. Raises JournalError, with the nearest one there is."""
        rows = list(self._rows("select id, heading, seal, standing from sessions"))
        matching = [row for row in rows if row[0] == name] or [row for row in rows if name and row[0].startswith(name)]
        if len(matching) == 1:
            id, heading, sum, standing = matching[0]
            return Kept(_heading(id, heading, sum), _standing(standing))
        if matching:
            ids = ", ".join(sorted(row[0] for row in matching)[:5])
            raise JournalError(f"{len(matching)} sessions begin with {quoted(name)}: {ids}")
        near = nearest(name, [row[0] for row in rows])
        hint = f"; did you mean {quoted(near)}?" if near else ""
        raise JournalError(f"no session {quoted(name)} in {self.path}{hint} (`tabletop sessions` lists them)")

    def latest(self) -> Kept:
        """The unfinished session that was played last. Raises JournalError if there is none."""
        found, faults = self.sessions()
        for kept in found:
            if not kept.standing.finished:
                return kept
        if found:
            last = found[0].heading.id
            raise JournalError(
                f"the last game has ended; `tabletop resume {last}` shows its end again, `tabletop play` starts another"
            )
        if faults:
            raise JournalError(faults[0])
        raise JournalError("there is no game to resume; `tabletop play` starts one")

    def commands(self, id: str, after: int = 0) -> list[Command]:
        """The commands of a session in order, those beyond a number. Raises Damaged, which has those that are sound."""
        heading = list(self._rows("select heading, seal from sessions where id = ?", id))
        if not heading:
            raise JournalError(f"no session {quoted(id)} in {self.path}")
        found: list[Command] = []
        sum, number = heading[0][1], 0
        try:
            for number, line, kept in self._rows(
                "select number, line, seal from commands where session = ? order by number", id
            ):
                if number != len(found) + 1 or seal(sum, line) != kept:
                    raise BadCommand("it is not as it was written")
                found.append(command_from(json.loads(line)))
                sum = kept
        except (JournalError, ValueError) as error:
            fault = f"of the session {id} only the first {len(found)} commands are sound: {error}"
            hint = f"`tabletop sessions export {id} --sound` brings these to safety"
            raise Damaged(f"{fault}; {hint}", found) from error
        return found[after:]

    def carried(self, digest: str) -> bytes:
        """The pack that sessions with a scenario of that digest carry. Raises JournalError."""
        for (pack,) in self._rows("select pack from scenarios where digest = ?", digest):
            return bytes(pack)
        raise JournalError("the scenario in this session is missing")

    # Writing

    def begin(self, heading: Heading, pack: bytes) -> None:
        """Writes the beginning of a session. Raises NotKept."""
        line = heading.line()
        with self._transaction() as connection:
            connection.execute("insert or ignore into scenarios values (?, ?)", (heading.digest, pack))
            connection.execute(
                "insert into sessions values (?, ?, ?, ?)",
                (heading.id, line, seal("", line), _json(Standing(updated=heading.started))),
            )

    def append(self, id: str, command: Command, standing: Standing) -> None:
        """Writes a command behind all others of a session; when it returns, that is durable. Raises NotKept."""
        line = command.line()
        with self._transaction() as connection:
            before = (
                connection.execute(
                    "select number, seal from commands where session = ? order by number desc limit 1", (id,)
                ).fetchone()
                or connection.execute("select 0, seal from sessions where id = ?", (id,)).fetchone()
            )
            if before is None or before[0] != command.number - 1:
                raise NotKept(f"the session {id} was changed from elsewhere: close it and open it again")
            connection.execute(
                "insert into commands values (?, ?, ?, ?)", (id, command.number, line, seal(before[1], line))
            )
            connection.execute("update sessions set standing = ? where id = ?", (_json(standing), id))

    def keep_time(self, id: str, of: str, used: float) -> None:
        """Writes how many seconds a phase has taken. Raises NotKept."""
        with self._transaction() as connection:
            (text,) = connection.execute("select standing from sessions where id = ?", (id,)).fetchone()
            standing = attrs.evolve(_standing(text), time_of=of, time_used=used)
            connection.execute("update sessions set standing = ? where id = ?", (_json(standing), id))

    def delete(self, id: str) -> None:
        """Takes a session out of the journal for good. Raises NotKept."""
        with self._transaction() as connection:
            connection.execute("delete from commands where session = ?", (id,))
            connection.execute("delete from sessions where id = ?", (id,))
            digests = {json.loads(row[0])["digest"] for row in connection.execute("select heading from sessions")}
            for (digest,) in connection.execute("select digest from scenarios").fetchall():
                if digest not in digests:
                    connection.execute("delete from scenarios where digest = ?", (digest,))

    def check(self) -> None:
        """Finds out whether anything can be written. Raises NotKept."""
        with self._transaction():
            pass

    # The file

    def _rows(self, query: str, *values: str) -> Iterator[tuple[Any, ...]]:
        if self._connection is None and not self.path.exists():
            return
        try:
            yield from self._open(write=False).execute(query, values)
        except sqlite3.Error as error:
            raise JournalError(self._reading(error)) from error

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        try:
            connection = self._open(write=True)
            connection.execute("begin immediate")
            try:
                if connection.execute("pragma user_version").fetchone()[0] == 0:
                    for statement in _TABLES.strip().split(";\n"):
                        connection.execute(statement)
                    connection.execute(f"pragma application_id = {_APPLICATION}")
                    connection.execute(f"pragma user_version = {FORMAT}")
                yield connection
                connection.execute("commit")
            except BaseException:
                with contextlib.suppress(sqlite3.Error):
                    connection.execute("rollback")
                raise
        except sqlite3.Error as error:
            self.close()
            raise NotKept(self._writing(error)) from error
        except OSError as error:
            raise NotKept(f"the game cannot be saved in {self.path} ({error.strerror or error})") from error

    def _open(self, write: bool) -> sqlite3.Connection:
        if self._connection is not None:
            return self._connection
        if write:
            self.path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self.path, timeout=10, isolation_level=None, check_same_thread=False)
        try:
            # EXTRA: the folder is synced too, so that a commit is durable once the rollback journal is gone.
            connection.execute("pragma synchronous = extra")
            self._check(connection)
        except BaseException:
            connection.close()
            raise
        self._connection = connection
        return connection

    def _check(self, connection: sqlite3.Connection) -> None:
        version = connection.execute("pragma user_version").fetchone()[0]
        application = connection.execute("pragma application_id").fetchone()[0]
        empty = connection.execute("select count(*) from sqlite_master").fetchone()[0] == 0
        if application != _APPLICATION and not empty:
            raise JournalError(f"{self.path} is not a journal of tabletop")
        if version > FORMAT:
            raise JournalError(
                f"{self.path} was written by a newer version of tabletop (format {version}, and this reads {FORMAT}): "
                "use that version, or another place with --save"
            )

    def _reading(self, error: sqlite3.Error) -> str:
        words = str(error)
        if "not a database" in words:
            return f"{self.path} is not a journal of tabletop"
        if "malformed" in words or "no such table" in words or isinstance(error, sqlite3.DataError):
            return f"{self.path} is damaged ({words})"
        return f"{self.path} cannot be read ({words})"

    def _writing(self, error: sqlite3.Error) -> str:
        words = str(error)
        if "full" in words:
            return f"the game cannot be saved in {self.path}: the disk is full"
        if "readonly" in words:
            return f"the game cannot be saved in {self.path}: the file or its folder is read-only"
        if "locked" in words:
            return f"the game cannot be saved in {self.path}: another program is busy with it"
        if "not a database" in words or "malformed" in words:
            return self._reading(error)
        return f"the game cannot be saved in {self.path} ({words})"


def _json(standing: Standing) -> str:
    return json.dumps(attrs.asdict(standing))


def _standing(text: object) -> Standing:
    try:
        data = json.loads(str(text))
        return Standing(**{field.name: data[field.name] for field in attrs.fields(Standing)})
    except (ValueError, KeyError, TypeError):
        return Standing()


def _heading(id: str, line: object, sum: object) -> Heading:
    fault = f"the beginning of the session {quoted(str(id))} is damaged"
    if not isinstance(line, str) or seal("", line) != sum:
        raise JournalError(fault)
    return heading_from(line, fault)


def heading_from(line: str, fault: str) -> Heading:
    """A heading from its line. Raises JournalError, in the words of `fault`, where it is none."""
    try:
        data = json.loads(line)
        fields = {field.name: data[field.name] for field in attrs.fields(Heading)}
    except (ValueError, KeyError, TypeError) as error:
        raise JournalError(fault) from error
    texts = ("id", "scenario", "title", "version", "digest", "pack", "started")
    sound = all(isinstance(fields[name], str) for name in texts) and type(fields["seed"]) is int
    sound = sound and all(isinstance(fields[name], dict) for name in ("assumptions", "players"))
    sound = sound and all(isinstance(value, int) for value in fields["assumptions"].values())
    sound = sound and all(isinstance(value, str) for value in fields["players"].values())
    if not sound or not isinstance(fields["humans"], list) or not all(isinstance(h, str) for h in fields["humans"]):
        raise JournalError(fault)
    return Heading(**{**fields, "humans": tuple(fields["humans"])})
