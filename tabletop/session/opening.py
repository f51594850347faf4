"""Opening a session of the journal: to go on with it, to watch it, or to see whether it is sound."""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from tabletop.session import carried
from tabletop.session.commands import Command
from tabletop.session.holding import Hold
from tabletop.session.journal import Journal, JournalError, Kept, NotKept
from tabletop.session.playing import CannotReplay
from tabletop.session.session import Session


def open_session(journal: Journal, name: str | None = None, watch: bool = False) -> tuple[Session, list[str]]:
    """A session where it was left, and what whoever opens it should know.

    By default the unfinished one that was played last. Only one process has it to play; any number may `watch`. Raises
    SessionBusy where another has it, Damaged where not all of it is sound, and JournalError.
    """
    kept = journal.find(name) if name else journal.latest()
    heading = kept.heading
    hold, warning = (None, "") if watch else _held(journal, heading.id)
    try:
        session = _from_start(journal, kept)
        _follow(session, journal.commands(heading.id))
    except BaseException:
        if hold is not None:
            hold.release()
        raise
    session.watching = watch
    session.hold = hold
    if warning:
        session.play_on_unkept(warning)
    return session, _notes(session)


def _held(journal: Journal, id: str) -> tuple[Hold | None, str]:
    try:
        return Hold(journal.path, id), ""
    except NotKept as error:
        return None, str(error)


def _from_start(journal: Journal, kept: Kept) -> Session:
    heading = kept.heading
    try:
        scenario = carried.carried_scenario(journal.carried(heading.digest), heading.digest)
    except carried.NotCarried as error:
        raise JournalError(f"the session {heading.id} cannot be opened: {error}") from error
    return Session.kept(heading, kept.standing, scenario, journal)


def _follow(session: Session, commands: list[Command]) -> None:
    try:
        for command in commands:
            session.follow(command)
        reached = session.state.fingerprint
    except CannotReplay as error:
        raise JournalError(f"the session {session.id} cannot be replayed: {error}") from error
    if commands and commands[-1].fingerprint != reached:
        raise JournalError(
            f"the session {session.id} does not come out as it was played: `tabletop replay {session.id} --verify` "
            "says where it begins to differ"
        )


def _notes(session: Session) -> list[str]:
    changed = carried.has_changed(session.heading.pack, session.heading.digest)
    if changed:
        return [
            f"The scenario {session.scenario.id} has changed since this game began. It goes on by the rules that it "
            "began with."
        ]
    if changed is None:
        return [f"The scenario {session.scenario.id} is not on this machine. The game has brought it along."]
    return []


def watched(session: Session) -> bool:
    """Takes in what was done in a session that is being watched; whether there was anything. Raises JournalError.

    It also takes in how far its clock has come, which is no command.
    """
    assert session.journal is not None
    standing = session.journal.find(session.id).standing
    session.time_of, session.time_used = standing.time_of, standing.time_used
    new = session.journal.commands(session.id, after=len(session.commands))
    _follow(session, new)
    return bool(new)


@attrs.frozen
class Check:
    """Whether a command leads, replayed, to the position that it led to when it was given."""

    command: Command
    fingerprint: str
    agrees: bool


def verify(journal: Journal, name: str) -> Iterator[Check]:
    """Replays a session from its start and compares every step. Raises JournalError where it cannot go on."""
    session = _from_start(journal, journal.find(name))
    for command in journal.commands(session.id):
        try:
            session.follow(command)
            reached = session.state.fingerprint
        except CannotReplay as error:
            raise JournalError(f"the session {session.id} cannot be replayed: {error}") from error
        yield Check(command, reached, reached == command.fingerprint)
