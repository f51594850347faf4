"""Mail: what the facilitator has written to a seat, or shown to everybody."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.text import Text

from tabletop.session import Session
from tabletop.session.notes import Note, notes
from tabletop.terminal.rows import folded, ruled, text
from tabletop.terminal.scene import Scene
from tabletop.terminal.timeline import told

if TYPE_CHECKING:
    from tabletop.engine.log import Entry


def mail_of(session: Session, seat: str) -> list[Note]:
    """All that a seat may read: messages to it, and what was shown to everybody."""
    return [note for note in notes(session) if note.shown or seat in note.to]


def unread(session: Session, seat: str) -> list[Note]:
    """What was written since the seat last decided for itself."""
    decided = [one.number for one in session.commands if one.kind == "decide" and one.who == seat]
    return [note for note in mail_of(session, seat) if note.number > max(decided, default=0)]


def rulings(scene: Scene) -> list[Entry]:
    """What the facilitator has done on the board, as far as the seat learns of it: since it last decided for itself,
    or in this turn."""
    session, log = scene.session, list(scene.view.log)
    own = [step for step in session.course.at.line() if step.command and step.command.who == scene.seat]
    if own:
        then = session.position_at(own[-1])
        log = log[len(then.game.view(then.state, scene.seat).log) :]
    else:
        log = [entry for entry in log if entry.turn == scene.view.turn]
    return [entry for entry in log if entry.noun == "ruling"]


def addressed(scene: Scene, is_private: bool) -> Text:
    """To whom something was written: to the seat alone, or to everybody."""
    if is_private:
        return text((f" {scene.words('terminal.for_seat_only_lead', seat=scene.noun.name)} ", "bold magenta"))
    return text((f" {scene.words('terminal.to_everybody_lead')} ", "bold"))


def mail_rows(scene: Scene, mail: Sequence[Note], done: Sequence[Entry] = ()) -> list[Text]:
    """Messages and words for everybody, each marked as such, and what the facilitator has `done`."""
    rows = [ruled(scene.marks, scene.width, scene.words("terminal.from_facilitator"), heavy=True)]
    for note in mail:
        rows += folded(note.text, scene.width, addressed(scene, is_private=bool(note.to)), hang=3)
    if done:
        rows += [*([Text()] if mail else []), *told(scene, done)]
    return rows if mail or done else [*rows, Text(f" {scene.words('terminal.nothing_written')}")]
