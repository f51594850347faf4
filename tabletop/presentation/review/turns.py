"""The timeline of a review: turn by turn what happened and why, what it moved, and what was noted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import attrs

from tabletop.presentation.board_changes import BoardChange
from tabletop.presentation.chronicle import chronicle
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.timeline import TimelineEvent, timeline
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class TurnNote:
    """A note of a facilitator in a turn, with its tags."""

    turn: int
    who: str
    tags: tuple[str, ...]
    text: str


@attrs.frozen(kw_only=True)
class ReviewedTurn:
    """A turn: its number over all stages, its name and date, the stage that it opens ("" where it goes on with one).

    `events` are all that happened in it, in order; `changes` what these come to; `notes` what was written down then.
    """

    turn: int
    name: str
    date: str
    opens: str
    card: str
    events: tuple[TimelineEvent, ...]
    changes: tuple[BoardChange, ...]
    notes: tuple[TurnNote, ...]


def reviewed_turns(
    perspective: Perspective, words: Words, notes: Iterable[TurnNote] = (), *, names_audience: bool = False
) -> tuple[ReviewedTurn, ...]:
    """Every turn of the game so far, as far as the view tells of it."""
    written: dict[int, list[TurnNote]] = {}
    for note in notes:
        written.setdefault(note.turn, []).append(note)
    events: dict[int, list[TimelineEvent]] = {}
    for event in timeline(perspective, words, names_audience=names_audience):
        if event.kind not in ("turn", "stage"):
            events.setdefault(event.turn, []).append(event)
    found = []
    for stage in chronicle(perspective).stages:
        for at, turn in enumerate(stage.turns):
            found.append(
                ReviewedTurn(
                    turn=turn.turn,
                    name=turn.name,
                    date=turn.date,
                    opens="" if at else stage.title,
                    card=turn.card,
                    events=tuple(events.get(turn.turn, ())),
                    changes=_moved(turn.changes),
                    notes=tuple(written.get(turn.turn, ())),
                )
            )
    return tuple(found)


def _moved(changes: Sequence[BoardChange]) -> tuple[BoardChange, ...]:
    return tuple(one for one in changes if one.kind in ("meter", "fact"))
