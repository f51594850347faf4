"""Notes and messages of a facilitator, as the journal holds them."""

from __future__ import annotations

from typing import Any

import attrs

from tabletop.engine.adjudication import RulingRefused
from tabletop.session import commands
from tabletop.session.commands import Command
from tabletop.session.session import Session

#: What a facilitator may tag a moment with for the debrief; others are allowed.
TAGS = ("turning point", "assumption", "surprise", "question", "quote")
LONGEST_NOTE = 4_000


@attrs.frozen(kw_only=True)
class Note:
    """Something written down at a moment of the game."""

    number: int
    step: int
    who: str
    at: str
    text: str
    tags: tuple[str, ...]
    shown: bool
    to: tuple[str, ...] = ()


def notes(session: Session, *kinds: str) -> list[Note]:
    """The notes and messages that have not been taken back, in order; by default both kinds."""
    gone, wanted = withdrawn(session), kinds or ("note", "message")
    found = (_note(one) for one in session.commands if one.kind in wanted and one.number not in gone)
    return [note for note in found if note is not None]


def _note(command: Command) -> Note | None:
    where: dict[str, Any] = {"number": command.number, "step": command.parent, "who": command.who, "at": command.at}
    match command.said:
        case commands.Note(text=text, tags=tags, shown=shown):
            return Note(text=text, tags=tags, shown=shown, **where)
        case commands.Message(text=text, to=to):
            return Note(text=text, tags=(), shown=False, to=to, **where)
    return None


def turn_of(session: Session, note: Note) -> int:
    """The turn in which a note or message was written, counted from 1 over the whole game."""
    return session.position_at(session.course.steps[note.step]).state.turn


def messages_to(session: Session, seat: str) -> list[Note]:
    """The messages to a seat."""
    return [note for note in notes(session, "message") if seat in note.to]


def withdrawn(session: Session) -> frozenset[int]:
    """The numbers of the commands that were taken back."""
    return frozenset(one.said.number for one in session.commands if isinstance(one.said, commands.Withdraw))


def written_text(text: str) -> str:
    """The text of a note without the blanks around it. Raises RulingRefused for none, or too long a one."""
    found = text.strip()
    if not found:
        raise RulingRefused("there is nothing written", "nothing-written")
    if len(found) > LONGEST_NOTE:
        raise RulingRefused(
            f"a note has up to {LONGEST_NOTE} letters, and this has {len(found)}",
            "long-note",
            most=LONGEST_NOTE,
            letters=len(found),
        )
    return found
