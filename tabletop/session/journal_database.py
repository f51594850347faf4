"""The SQLite file of a journal: durable transactions, integrity checks, and errors in plain words."""

from __future__ import annotations

import contextlib
import os
import pathlib
import shutil
import sqlite3
import stat
import tempfile
import threading
import urllib.parse
from collections.abc import Iterator
from typing import Any, TypeAlias

from tabletop.scenario.problems import printable
from tabletop.session.errors import Fault, FileDamaged, JournalError, NotKept
from tabletop.session.file_locks import knows_locks, turn
from tabletop.session.idle_timer import Idle
from tabletop.session.save_location import FOLDER
from tabletop.storage.atomic_write import make_private_folder, sync_folder
from tabletop.storage.paths import NOWHERE

#: SQLite application id of a journal: "tbtp".
APPLICATION = 0x74627470
FORMAT = 1
#: Used by `salvage`.
PAGE = 4096

TABLES = """
create table scenarios (digest text primary key, pack blob not null, ready blob not null) without rowid;
create table sessions (id text primary key, heading text not null, seal text not null, standing text not null)
    without rowid;
create table commands (session text, number integer, line text not null, seal text not null,
    primary key (session, number)) without rowid;
"""

Rows: TypeAlias = list[tuple[Any, ...]]


class JournalDatabase:
    """One SQLite file, read and written by any number of processes; created by the first write."""

    def __init__(self, path: pathlib.Path) -> None:
        self.path = path
        self._writer: sqlite3.Connection | None = None
        self._lock = threading.RLock()
        self._idle = Idle(self.settle)
        self._without_locks: bool | None = None

    def close(self) -> None:
        """Closes the file with everything in it (no WAL left); the next use opens it again."""
        self._idle.stop()
        self.settle()
        with self._lock:
            if self._writer is not None:
                with contextlib.suppress(sqlite3.Error):
                    self._writer.close()
                self._writer = None

    def settle(self) -> None:
        """Checkpoints the WAL, so that a copy of the file alone is complete.

        If that is impossible now, for instance because of a reader, it is done later; nothing is lost.
        """
        with self._lock, contextlib.suppress(sqlite3.Error):
            if self._writer is not None:
                self._writer.execute("pragma wal_checkpoint(passive)").fetchall()

    # Reading

    def rows(self, query: str, *values: str | int) -> Rows:
        """The rows of a query; none if there is no file yet.

        Raises FileDamaged, or JournalError for another kind of file, a newer version, or an inaccessible file.
        """
        with self._lock, self._words(writing=False):
            if self._writer is not None:
                return self._writer.execute(query, values).fetchall()
            if not os.path.exists(self.path) or self.path.parent == NOWHERE:
                return []
            self._expect_ordinary()
            if self._is_without_locks(may_write=False):
                with turn(self.path):
                    return self._read_copy(query, values)
            try:
                return self._read(self.path, query, values)
            except sqlite3.OperationalError as error:
                if _code(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                    raise
                return self._read_copy(query, values)

    def _read(self, path: pathlib.Path, query: str, values: tuple[str | int, ...]) -> Rows:
        # Reading must not write, not even a WAL that a killed process has left.
        with contextlib.closing(sqlite3.connect(f"{_address(path)}?mode=ro", timeout=10, uri=True)) as connection:
            connection.text_factory = _text
            return connection.execute(query, values).fetchall() if self._check(connection) else []

    def _read_copy(self, query: str, values: tuple[str | int, ...]) -> Rows:
        """Reads a copy of a file in a read-only folder, where SQLite cannot create its auxiliary files."""
        with tempfile.TemporaryDirectory() as folder:
            copy = pathlib.Path(folder, "copy.db")
            shutil.copyfile(self.path, copy)
            for end in ("-wal", "-journal"):
                with contextlib.suppress(FileNotFoundError):
                    shutil.copyfile(f"{self.path}{end}", f"{copy}{end}")
            return self._read(copy, query, values)

    # Writing

    @contextlib.contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """A transaction: durable when it ends, or rolled back. Raises NotKept."""
        with self._lock, self._words(writing=True), self._turn():
            try:
                connection = self._opened()
                connection.execute("begin immediate")
                if connection.execute("pragma user_version").fetchone()[0] == 0:
                    self._make_tables(connection)
                yield connection
                connection.execute("commit")
                self._idle.begin()
            except BaseException as error:
                if self._writer is not None:
                    with contextlib.suppress(sqlite3.Error):
                        self._writer.execute("rollback")
                if isinstance(error, (sqlite3.Error, UnicodeDecodeError, OSError)):
                    self.close()
                raise

    def _make_tables(self, connection: sqlite3.Connection) -> None:
        for statement in TABLES.strip().split(";\n"):
            connection.execute(statement)
        connection.execute(f"pragma application_id = {APPLICATION}")
        connection.execute(f"pragma user_version = {FORMAT}")

    def _opened(self) -> sqlite3.Connection:
        if self._writer is None:
            self._expect_ordinary()
            self._make_file()
            is_without = self._is_without_locks(may_write=True)
            name = f"{_address(self.path)}?vfs=unix-none" if is_without else self.path
            connection = sqlite3.connect(
                name, timeout=10, isolation_level=None, check_same_thread=False, uri=is_without
            )
            try:
                connection.text_factory = _text
                if is_without:
                    # Without locks there is no shared memory for the WAL index.
                    connection.execute("pragma locking_mode = exclusive")
                if self._check(connection):
                    # Never write to a corrupt file.
                    self._expect_sound(connection.execute("pragma quick_check(1)").fetchall())
                else:
                    connection.execute(f"pragma page_size = {PAGE}")
                # WAL: one sync per commit, and readers do not wait.
                connection.execute(f"pragma journal_mode = {'delete' if is_without else 'wal'}")
                connection.execute("pragma synchronous = full")
                connection.execute("pragma fullfsync = on")
                # Deleted data is overwritten, as people who took part in a session may expect.
                connection.execute("pragma secure_delete = on")
            except BaseException:
                connection.close()
                raise
            self._writer = connection
        return self._writer

    @contextlib.contextmanager
    def _turn(self) -> Iterator[None]:
        """Mutual exclusion where SQLite has no locks; then the file is closed at the end, as another process may change
        it."""
        if self.path.parent == NOWHERE or not self._is_without_locks(may_write=True):
            yield
            return
        with turn(self.path):
            try:
                yield
            finally:
                self.close()

    def _is_without_locks(self, may_write: bool) -> bool:
        """Whether this file's file system lacks locks."""
        if self._without_locks is None:
            folder = self.path.parent / FOLDER
            if may_write:
                make_private_folder(folder)
            known = knows_locks(folder / "probe", may_write)
            if not may_write:
                return not known
            self._without_locks = not known
        return self._without_locks

    def _make_file(self) -> None:
        """Creates the file if needed, private to its owner, since it contains secrets."""
        if self.path.parent == NOWHERE:
            raise FileNotFoundError(None, "nobody says where your home is; name a place with --save")
        make_private_folder(self.path.parent)
        # SQLite gives its auxiliary files the same mode. An existing file is not opened here: closing it would release
        # this process's locks on it.
        with contextlib.suppress(FileExistsError):
            os.close(os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            sync_folder(self.path.parent)
        for end in ("", "-wal", "-shm"):
            with contextlib.suppress(OSError):  # another user's file, or a file system without modes
                beside = pathlib.Path(f"{self.path}{end}")
                if stat.S_IMODE(beside.stat().st_mode) & 0o077:
                    beside.chmod(0o600)

    # Integrity

    def _has_more_beside(self) -> bool:
        """Whether there is a WAL with commits that are not yet in the file."""
        beside = f"{self.path}-wal"
        return os.path.exists(beside) and os.path.getsize(beside) > 0

    def _check(self, connection: sqlite3.Connection) -> bool:
        """Whether the file has content. Raises FileDamaged, or JournalError for an unreadable format."""
        if 0 < os.path.getsize(self.path) < PAGE and not self._has_more_beside():
            raise self._is_other()
        version = connection.execute("pragma user_version").fetchone()[0]
        application = connection.execute("pragma application_id").fetchone()[0]
        tables = connection.execute("select count(*) from sqlite_master").fetchone()[0]
        if (version, application, tables) == (0, 0, 0):
            return False
        if application != APPLICATION:
            raise self._is_other()
        if version > FORMAT:
            raise JournalError(
                f"{self.path} was written by a newer version of tabletop (format {version}, and this reads {FORMAT}): "
                "use that version, or another place with --save",
                "",
                "newer-journal",
                path=self.path,
                format=version,
                known=FORMAT,
            )
        if version < 1 or (not self._has_more_beside() and os.path.getsize(self.path) % PAGE):
            raise self._is_damaged("it is not as it was written")
        return True

    def check_throughout(self) -> None:
        """Checks the integrity of the whole file without writing. Raises FileDamaged."""
        with self._words(writing=False):
            self._expect_sound(self.rows("pragma quick_check(1)"))

    def _expect_sound(self, found: Rows) -> None:
        if found and found[0][0] != "ok":
            raise self._is_damaged("it is not as it was written")

    def _is_damaged(self, how: str) -> FileDamaged:
        return FileDamaged(self.path, how)

    def _is_other(self) -> JournalError:
        """The error for another kind of file, or for a journal with a damaged header."""
        with contextlib.suppress(OSError), self.path.open("rb") as file:
            beginning = file.read(PAGE)
            if beginning[:16] == b"SQLite format 3\0" and len(beginning) < PAGE:
                return self._is_damaged("it has been cut short")
            if b"create table commands (session text, number integer" in beginning.lower():
                return self._is_damaged("its beginning is not as it was written")
        return JournalError(
            f"{self.path} is not a journal of tabletop", "name another place with --save", "no-journal", path=self.path
        )

    def _expect_ordinary(self) -> None:
        """Raises JournalError for a device, a pipe or a folder, which might block forever."""
        with contextlib.suppress(FileNotFoundError):
            if not stat.S_ISREG(self.path.stat().st_mode):
                raise JournalError(
                    f"{self.path} is no ordinary file", "name another place with --save", "no-file", path=self.path
                )

    # In words

    @contextlib.contextmanager
    def _words(self, writing: bool) -> Iterator[None]:
        try:
            yield
        except (JournalError, sqlite3.Error, UnicodeDecodeError, OSError) as error:
            fault = self._fault(error, writing)
            if writing and not isinstance(fault, NotKept):
                fault = NotKept(str(fault), "", fault.kind, **fault.places)
            raise fault from None if fault is error else error

    def _fault(self, error: Exception, writing: bool) -> JournalError:
        if isinstance(error, JournalError):
            return error
        if isinstance(error, UnicodeDecodeError):  # SQLite quotes invalid text
            return self._is_damaged("it is not as it was written")
        code = _code(error)
        if code == sqlite3.SQLITE_NOTADB:
            return self._is_other()
        if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR) or isinstance(error, sqlite3.DataError):
            return self._is_damaged(printable(str(error), 100))
        said = printable(str(getattr(error, "strerror", None) or error), 100)
        if not writing:
            return JournalError(f"{self.path} cannot be read ({said})", "", "cannot-read", path=self.path, why=said)
        why = _WHY.get(code, Fault(said))
        return NotKept(f"the game cannot be saved in {self.path}: {why}", "", "cannot-save", path=self.path, why=why)


#: Reasons why writing failed, by SQLite error code.
_WHY = {
    sqlite3.SQLITE_FULL: Fault("the disk is full", "disk-full"),
    sqlite3.SQLITE_READONLY: Fault("the file or its folder is read-only", "read-only"),
    sqlite3.SQLITE_CANTOPEN: Fault("the file or its folder is read-only", "read-only"),
    sqlite3.SQLITE_PERM: Fault("the file or its folder is read-only", "read-only"),
    sqlite3.SQLITE_BUSY: Fault("another program is busy with it", "file-busy"),
    sqlite3.SQLITE_LOCKED: Fault("another program is busy with it", "file-busy"),
    sqlite3.SQLITE_IOERR: Fault("the disk does not take it", "disk-refuses"),
}


def _code(error: Exception) -> int:
    """The primary SQLite error code; 0 for any other error."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _text(raw: bytes) -> str:
    """Decodes text leniently, so that damaged text does not prevent reading the rest."""
    return raw.decode("utf-8", "replace")


def _address(path: pathlib.Path) -> str:
    name = urllib.parse.quote(path.absolute().as_posix())
    return f"file://{name}" if name.startswith("/") else f"file:///{name}"
