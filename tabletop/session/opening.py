"""Opens a session of the journal: to continue it, to watch it, or to verify it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tabletop.engine.game import UnknownAssumption
from tabletop.scenario import Scenario
from tabletop.session import embedded_pack
from tabletop.session.apply_command import CannotReplay
from tabletop.session.commands import Command
from tabletop.session.errors import FileDamaged, JournalError, NotKept
from tabletop.session.journal import Journal
from tabletop.session.record import Record
from tabletop.session.session import Session
from tabletop.session.session_header import SessionProgress
from tabletop.session.session_lock import SessionLock
from tabletop.session.session_writer import SessionWriter, standing_of


def open_session(journal: Journal, name: str | None = None, watch: bool = False) -> tuple[Session, list[str]]:
    """A session at its last position, and notices for whoever opens it.

    The default is the most recent unfinished one. Only one process can play it; any number can `watch`. Raises
    SessionBusy if another process plays it, Damaged if the session is damaged, FileDamaged if the journal's file is
    corrupt, and JournalError.
    """
    kept = journal.find(name) if name else journal.latest()
    heading = kept.heading
    hold, warning = (None, "") if watch else _held(journal, heading.id)
    try:
        record = journal.record(heading.id)
        keeping = SessionWriter.opened(record, journal, hold)
        if warning:
            keeping.give_up(warning)
        session = _followed(record, kept.standing, _scenario(record, journal), keeping)
    except BaseException:
        if hold is not None:
            hold.release()
        raise
    session.watching = watch
    return session, _notes(session)


def _held(journal: Journal, id: str) -> tuple[SessionLock | None, str]:
    """The lock of a session (None if it cannot be written), and why it cannot be written."""
    try:
        hold = SessionLock(journal.path, id)
    except NotKept as error:
        return None, str(error)
    try:
        journal.check_open()
    except FileDamaged:
        hold.release()
        raise
    except NotKept as error:
        hold.release()
        return None, str(error)
    return hold, ""


def session_of(record: Record) -> Session:
    """A session from its record, without a journal. Raises JournalError."""
    return _followed(record, SessionProgress(), _scenario(record), SessionWriter(record.heading, None))


def reckoned(record: Record) -> SessionProgress:
    """The progress of a session, by replaying it. Raises JournalError if that fails."""
    session = session_of(record)
    if not record.commands:
        return SessionProgress(updated=record.heading.started)
    return standing_of(session.state, record.commands[-1])


def _scenario(record: Record, journal: Journal | None = None) -> Scenario:
    """The scenario of a session: the embedded pack, else the installed one."""
    heading = record.heading
    whole = with_texts(record)
    assert whole.texts is not None
    try:
        if record.texts is None or journal is None:
            return embedded_pack.carried_scenario(embedded_pack.packed(whole.texts), heading.digest)
        return embedded_pack.carried_scenario(journal.scenario_of(heading), heading.digest)
    except embedded_pack.NotCarried as error:
        message = f"the session {heading.id} cannot be opened: {error}"
        raise JournalError(message, "", "cannot-open", id=heading.id, why=error.told) from error


def with_texts(record: Record) -> Record:
    """The record with its pack texts; damaged ones are replaced by those of the identical installed pack.

    Raises JournalError if there is none on this machine.
    """
    heading = record.heading
    if record.texts is not None:
        return record
    try:
        return attrs.evolve(record, texts=embedded_pack.texts_found(heading.pack or heading.scenario, heading.digest))
    except embedded_pack.NotCarried as error:
        raise JournalError(
            f"the session {heading.id} cannot be opened: its scenario is damaged, and {heading.scenario} is not on "
            "this machine as it was then",
            "",
            "own-pack-lost",
            id=heading.id,
            name=heading.scenario,
        ) from error


def _followed(record: Record, standing: SessionProgress, scenario: Scenario, keeping: SessionWriter) -> Session:
    try:
        session = Session.opened(record.heading, standing, scenario, keeping)
    except UnknownAssumption as error:
        id = record.heading.id
        raise JournalError(
            f"the session {id} cannot be opened: {error}", "", "cannot-open", id=id, why=error
        ) from error
    _follow(session, record.commands)
    return session


def _follow(session: Session, commands: Sequence[Command]) -> None:
    try:
        for command in commands:
            session.follow(command)
        reached = session.state.fingerprint
    except CannotReplay as error:
        message = f"the session {session.id} cannot be replayed: {error}"
        raise JournalError(message, "", "cannot-replay", id=session.id, why=str(error)) from error
    if commands and commands[-1].fingerprint != reached:
        raise JournalError(
            f"the session {session.id} does not come out as it was played: `tabletop replay {session.id} --verify` "
            "says where it begins to differ",
            "",
            "played-otherwise",
            id=session.id,
        )


def _notes(session: Session) -> list[str]:
    changed = embedded_pack.has_changed(session.heading.pack, session.heading.digest)
    if changed:
        return [
            f"The scenario {session.scenario.id} has changed since this game began. It goes on by the rules that it "
            "began with."
        ]
    if changed is None:
        return [f"The scenario {session.scenario.id} is not on this machine. The game has brought it along."]
    return []


def watched(session: Session) -> bool:
    """Reads new commands of a watched session; whether there were any. Raises JournalError.

    Also reads the state of its clock, which is not a command.
    """
    if session.journal is None:  # whoever plays on without it has nothing to read there
        return False
    standing = session.journal.find(session.id).standing
    session.time_of, session.time_used = standing.time_of, standing.time_used
    new = session.journal.commands(session.id, after=len(session.commands))
    _follow(session, new)
    return bool(new)


@attrs.frozen
class Check:
    """The result of verifying a command: whether replaying it leads to the recorded position."""

    command: Command
    fingerprint: str
    agrees: bool


def verify(journal: Journal, name: str) -> Iterator[Check]:
    """Replays a session from its start and compares every step. Raises JournalError if a step fails."""
    record = journal.record(name)
    return verified(record, _scenario(record, journal))


def verified(record: Record, scenario: Scenario | None = None) -> Iterator[Check]:
    """Replays a record from its start and compares every step. Raises JournalError if a step fails."""
    empty = attrs.evolve(record, commands=())
    session = _followed(empty, SessionProgress(), scenario or _scenario(record), SessionWriter(record.heading, None))
    for command in record.commands:
        try:
            session.follow(command)
            reached = session.state.fingerprint
        except CannotReplay as error:
            message = f"the session {session.id} cannot be replayed: {error}"
            raise JournalError(message, "", "cannot-replay", id=session.id, why=str(error)) from error
        yield Check(command, reached, reached == command.fingerprint)
