"""Writes one session to the journal, handles failures to write, and keeps the second copy."""

from __future__ import annotations

import pathlib
from collections.abc import Sequence

from tabletop.engine.state import State
from tabletop.session import embedded_pack
from tabletop.session.commands import Command
from tabletop.session.copies import Copy
from tabletop.session.errors import Fault, JournalError
from tabletop.session.journal import Journal
from tabletop.session.record import Record
from tabletop.session.session_header import SessionHeader, SessionProgress
from tabletop.session.session_lock import SessionLock


class SessionWriter:
    """Writes one session to a journal, as long as that is possible.

    `journal` is None while nothing is written, and `warning` says why; `place` is the journal file, None if nothing was
    ever written.
    """

    def __init__(self, heading: SessionHeader, journal: Journal | None) -> None:
        self.heading = heading
        self.journal = journal
        self.warning = Fault("")
        self.place: pathlib.Path | None = None
        self.hold: SessionLock | None = None
        self.copy: Copy | None = None
        self._given_up: Journal | None = None
        self._texts: dict[str, str] | None = None
        self._kept = 0
        if journal is not None:
            try:
                self._texts = embedded_pack.texts_found(heading.pack, heading.digest)
            except embedded_pack.NotCarried as error:
                self.journal, self.warning = None, error.told

    @classmethod
    def opened(cls, record: Record, journal: Journal, hold: SessionLock | None) -> SessionWriter:
        """The writer of a session that is already in the journal."""
        keeping = cls(record.heading, None)
        keeping.journal, keeping.place, keeping.hold = journal, journal.path, hold
        keeping._texts, keeping._kept = record.texts, len(record.commands)
        return keeping

    def begin(self) -> None:
        """Writes the session's header, if it is not in the journal yet. Raises SessionBusy or NotKept."""
        if self.journal is None:
            return
        if self.hold is None:
            self.hold = SessionLock(self.journal.path, self.heading.id)
        if self.place is None:
            assert self._texts is not None
            self.journal.begin(self.heading, self._texts)
            self.place = self.journal.path

    def keep(self, commands: Sequence[Command], standing: SessionProgress) -> None:
        """Writes commands, all or none; when it returns, they are durable. Raises SessionBusy or NotKept."""
        if self.journal is not None:
            self.begin()
            self.journal.append(self.heading.id, commands, standing)
            self._kept = commands[-1].number
        if self.copy is not None:
            for command in commands:
                self.copy.add(command)

    def check(self) -> None:
        """Checks before the first decision that the game can be written; if not, it continues unsaved."""
        if self.journal is not None:
            try:
                self.journal.check()
            except JournalError as error:
                self.give_up(error.told)

    def give_up(self, why: str) -> None:
        """Stops writing; what was written stays."""
        self.warning = why if isinstance(why, Fault) else Fault(why)
        self._given_up, self.journal = self.journal or self._given_up, None

    def try_again(self, commands: Sequence[Command], state: State, time_of: str, time_used: float) -> None:
        """Resumes writing, with all commands since `give_up`. Raises NotKept, and then stays unsaved.

        `state` is the present state of the game.
        """
        if self.journal is not None or self._given_up is None:
            return
        self.journal = self._given_up
        try:
            self.begin()
            for command in commands[self._kept :]:
                standing = standing_of(state, command, time_of, time_used)
                self.journal.append(self.heading.id, [command], standing)
                self._kept = command.number
        except BaseException:
            self.journal = None
            raise
        self.warning = Fault("")

    def copy_to(self, folder: pathlib.Path, commands: Sequence[Command]) -> None:
        """Starts a second copy in a folder."""
        record = Record(heading=self.heading, commands=tuple(commands), texts=self._texts)
        self.copy = Copy(folder, record)

    def close(self) -> None:
        """Releases the session for other processes."""
        if self.copy is not None:
            self.copy.wait()
        if self.hold is not None:
            self.hold.release()
            self.hold = None
        for journal in (self.journal, self._given_up):
            if journal is not None:
                journal.close()


def standing_of(state: State, command: Command, time_of: str = "", time_used: float = 0.0) -> SessionProgress:
    """The progress of a session after a command that leads to a state."""
    return SessionProgress(
        turn=state.turn,
        finished=state.finished,
        outcome=state.outcome,
        commands=command.number,
        updated=command.at,
        time_of=time_of,
        time_used=time_used,
    )
