"""What has just come of everybody's decisions, thing by thing, in few words for a whole room."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from tabletop.engine.log import Entry
from tabletop.presentation.board_changes import BoardChange, board_changes, detailed_changes
from tabletop.presentation.causes import Happening, happenings
from tabletop.presentation.names import sentence
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.timeline import entry_title
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class RevealedThing:
    """A move, a card, a rule or another thing that happened.

    `phase` is the title of the phase in which it was; `who` did it, "" for what nobody decided; `why` is the reason of
    a facilitator; `said` is how chance fell and what was told; `changes` is what it moved.
    """

    kind: str
    phase: str
    who: str
    what: str
    why: str
    said: tuple[str, ...]
    changes: tuple[BoardChange, ...]


@attrs.frozen(kw_only=True)
class Revealed:
    """Things that happened, in order, and what they moved together."""

    things: tuple[RevealedThing, ...] = ()
    total: tuple[BoardChange, ...] = ()


def revealed(perspective: Perspective, words: Words, entries: Sequence[Entry]) -> Revealed:
    """What some entries of the log tell."""
    things = tuple(_thing(perspective, words, one) for one in happenings(entries))
    total = tuple(one for one in board_changes(perspective, entries) if one.kind == "meter")
    return Revealed(things=things, total=total)


def _thing(perspective: Perspective, words: Words, one: Happening) -> RevealedThing:
    entry, names = one.begins, perspective.names
    phase = names.phases.get(entry.phase)
    return RevealedThing(
        kind=entry.kind,
        phase=phase.title if phase is not None else "",
        who=names.seat(entry.seat) if entry.kind == "action" else "",
        what=_what(perspective, words, entry),
        why=sentence(entry.why) if entry.kind == "ruling" else "",
        said=tuple(f"{said.title}: {said.text}" if said.kind == "roll" else said.text for said in one.said),
        changes=detailed_changes(perspective, words, one.changes),
    )


def _what(perspective: Perspective, words: Words, entry: Entry) -> str:
    """What was done, or what brought it about."""
    match entry.kind:
        case "card":
            return words("public.card", title=entry.title)
        case _:
            phase = perspective.names.phases.get(entry.phase)
            title = entry_title(perspective, words, entry)
            return title or (phase.title if phase is not None else perspective.stage.title)
