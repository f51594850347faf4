"""Preparing a room: a session with a code that outlasts restarts, and what its facilitator opens their page with."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import Executor

from tabletop.host.ledger import settings_said
from tabletop.host.restoring import restored
from tabletop.host.room import Room
from tabletop.host.tokens import CODE_LETTERS, new_code
from tabletop.session import Session
from tabletop.session.command_kinds import said_from


def prepared(session: Session, workers: Executor, taken: Collection[str] = ()) -> Room:
    """A room for a session; its code is written in the journal, unless it is there already. Raises NotKept.

    Codes that are `taken` are not given out.
    """
    if not restored(session).settings.code:
        code = new_code(CODE_LETTERS)
        while code in taken:
            code = new_code(CODE_LETTERS)
        kind, body, why = settings_said({"code": code})
        session.remark(said_from(kind, body), "room", why)
    return Room(session, workers)
