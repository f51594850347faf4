"""What can go wrong with what is kept of a session, in words for the people at the table."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tabletop.session.record import Record


class JournalError(Exception):
    """A journal that cannot be read or written, or a session that is not in it."""


class NotKept(JournalError):
    """A command that could not be written down, and so has not happened."""


class SessionBusy(JournalError):
    """A session that is open elsewhere; it can be watched."""

    def __init__(self, id: str, who: str) -> None:
        super().__init__(f"the session {id} is open elsewhere{who}: close it there first, or watch it")
        self.id = id


class FileDamaged(JournalError):
    """A journal in whose file nothing may be written, as it is not sound; much of what is in it may be."""


class Damaged(JournalError):
    """A session of which not all is sound: `record` has it up to there."""

    def __init__(self, message: str, record: Record) -> None:
        super().__init__(message)
        self.record = record
