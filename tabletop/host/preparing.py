"""Preparing a room: a session with a code that outlasts restarts, and what its facilitator opens their page with."""

from __future__ import annotations

from tabletop.host.ledger import settings_said
from tabletop.host.restoring import restored
from tabletop.host.room import Room
from tabletop.host.room_clock import RoomClock
from tabletop.host.rooms import Rooms
from tabletop.host.tokens import CODE_LETTERS, new_code
from tabletop.session import Session


def prepared(
    session: Session, rooms: Rooms, clock: RoomClock | None = None, language: str = "", *, rehearsal: bool = False
) -> Room:
    """A room for a session, to be one of some rooms; its code, which none of these has, is written in the journal
    unless it is there already, and so are another `language` than it had, and that it is a `rehearsal`. Raises NotKept.
    """
    settings, said = restored(session).settings, dict[str, bool | str]()
    if not settings.code:
        said["code"] = new_code(CODE_LETTERS)
        while said["code"] in [room.code for room in rooms]:
            said["code"] = new_code(CODE_LETTERS)
    if language not in ("", settings.lang):
        said["lang"] = language
    if rehearsal:
        said["rehearsal"] = True
    if said:
        session.remarks([settings_said(said)], "room")
    return Room(session, rooms.workers, rooms.thinking, clock, rooms.advancing)
