"""What a session's record tells beside its story: a facilitator's rulings, notes and messages, and who plays."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.names import worded
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.timeline import entry_title
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.log import Entry
    from tabletop.session.notes import Note

#: The tags that are offered to a facilitator, and their entries in the catalogue.
_TAGS = {
    "turning point": "turning_point",
    "assumption": "assumption",
    "surprise": "surprise",
    "question": "question",
    "quote": "quote",
}


@attrs.frozen(kw_only=True)
class RulingLine:
    """What a facilitator did: when, what, and why."""

    turn: int
    when: str
    text: str
    why: str


@attrs.frozen(kw_only=True)
class NoteLine:
    """A note or a message: its number, when and by whom it was written, to which seats (names; none for a note), and
    whether everybody may read it."""

    number: int
    when: str
    who: str
    to: tuple[str, ...]
    tags: tuple[str, ...]
    text: str
    is_shown: bool


def ruling_lines(perspective: Perspective, words: Words) -> tuple[RulingLine, ...]:
    """What a facilitator did, as far as the view tells of it."""
    return tuple(
        RulingLine(
            turn=entry.turn,
            when=turn_name(perspective, words, entry.turn),
            text=_ruling(perspective, words, entry),
            why=entry.why,
        )
        for entry in perspective.view.log
        if entry.rule == "facilitator"
    )


def note_lines(perspective: Perspective, words: Words, notes: Iterable[tuple[Note, int]]) -> tuple[NoteLine, ...]:
    """Notes and messages, each with the turn in which it was written."""
    return tuple(
        NoteLine(
            number=one.number,
            when=turn_name(perspective, words, turn),
            who=one.who,
            to=tuple(map(perspective.names.seat, one.to)),
            tags=tuple(tag_name(words, tag) for tag in one.tags),
            text=one.text,
            is_shown=one.shown,
        )
        for one, turn in notes
    )


def tag_name(words: Words, tag: str) -> str:
    """What a tag of a note is called: one of those that are offered by its name, another as it was written."""
    return words(f"facilitate.tag_{_TAGS[tag]}") if tag in _TAGS else worded(tag)


def turn_name(perspective: Perspective, words: Words, turn: int) -> str:
    """What a turn is called, such as "Week 3"; by its number where the view does not tell of it."""
    label = perspective.turns.get(turn)
    return label.name if label else words("saved.turn", turn=turn)


def _ruling(perspective: Perspective, words: Words, entry: Entry) -> str:
    if entry.kind != "change":
        return entry_title(perspective, words, entry)
    names, target = perspective.names, entry.target
    before, after = (perspective.names.in_words(words, target, one) for one in (entry.before, entry.after))
    return words("record.sets", name=names.full(target), before=before, after=after)
