"""Knowledge: all of a session that the page of a seat, or of everybody, may be made of, as plain values.

A page is worked out from this and from nothing else; while it is equal, so is the page, and need not be made again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.session import Session
from tabletop.session.facilitator_view import public
from tabletop.session.meter_courses import meter_courses
from tabletop.session.notes import Note, notes, turn_of
from tabletop.session.public_screen import decided_seats, ending_view
from tabletop.session.stated_beliefs import StatedBelief, stated_beliefs, told_values

if TYPE_CHECKING:
    from tabletop.engine.program import Program
    from tabletop.engine.views import View


@attrs.frozen(kw_only=True)
class Ended:
    """What may be known of a game that is over: its last view, the course of each meter, how many decisions were taken
    back by hindsight, the hidden truths that are told, and what was believed of them, with the views of those who did.
    """

    view: View
    courses: dict[str, tuple[int, ...]]
    hindsight: int
    truths: Mapping[str, str]
    beliefs: tuple[StatedBelief, ...]
    views: Mapping[str, View]


@attrs.frozen(kw_only=True)
class Knowledge:
    """What a seat knows now, or everybody (""). `decided` are the seats of which everybody may know that they have
    chosen; `messages` those to the seat, `news` those of this turn, `notes` the notes of this turn for all, the latest
    first. `order` is that in which the view names things, as a page follows it.
    """

    program: Program = attrs.field(eq=id, repr=False)
    perspective: Perspective = attrs.field(eq=lambda one: (one.seat, one.view, one.prospects, one.humans))
    order: tuple[str, ...]
    decided: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    news: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    ended: Ended | None = None


def knowledge_of(session: Session, seat: str, written: Sequence[Note] | None = None) -> Knowledge:
    """What a seat knows, or everybody (""). `written` are the notes and messages of the session, where they have been
    read already."""
    if seat:
        perspective = Perspective.of(session, seat)
    else:
        perspective = Perspective(session.game.program, "", public(session), humans=session.humans)
    view, written = perspective.view, notes(session) if written is None else written
    messages = [note for note in written if seat and seat in note.to]
    return Knowledge(
        program=perspective.program,
        perspective=perspective,
        order=(*view.facts, "", *view.meters, "", *view.tracks, "", *view.resources, "", *view.assumptions),
        decided=() if seat else decided_seats(session),
        messages=tuple(note.text for note in messages)[::-1],
        news=_of_this_turn(session, messages),
        notes=_of_this_turn(session, [note for note in written if note.shown]),
        ended=_ended(session, seat) if view.finished else None,
    )


def _of_this_turn(session: Session, written: Sequence[Note]) -> tuple[str, ...]:
    return tuple(one.text for one in reversed(written) if turn_of(session, one) == session.turn)


def _ended(session: Session, seat: str) -> Ended:
    truths, beliefs = told_values(session), tuple(stated_beliefs(session, seat))
    stating = {one.seat for one in beliefs} if truths else set()
    return Ended(
        view=ending_view(session, seat),
        courses=meter_courses(session),
        hindsight=session.hindsight,
        truths=MappingProxyType(truths),
        beliefs=beliefs if truths else (),
        views=MappingProxyType({one.id: session.view(one.id) for one in session.scenario.seats if one.id in stating}),
    )
