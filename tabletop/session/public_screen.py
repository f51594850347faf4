"""Public screen: what has just come of everybody's decisions, the words for all, and the hidden truths once told."""

from __future__ import annotations

from types import MappingProxyType

import attrs

from tabletop.engine.log import Entry
from tabletop.engine.views import View, closing_view, public_log, public_view
from tabletop.session.commands import ROOM, Command, Decide, Overrule, RoomSet, TruthTold
from tabletop.session.notes import Note, notes, turn_of
from tabletop.session.session import Session
from tabletop.session.step_tree import Step

#: What is said of things, and does not have to be read before the game goes on.
_PASSING = frozenset(["turn", "stage", "ruling"])


@attrs.frozen(kw_only=True)
class Reveal:
    """What has come of the last decisions, as everybody may know it.

    While it is `held`, screens show it and nothing after it: a facilitator has not gone on yet. It `tells` where there
    is more in it than that a turn has begun.
    """

    entries: tuple[Entry, ...]
    tells: bool
    held: bool


def is_facilitated(session: Session) -> bool:
    """Whether somebody runs the game from the facilitator's desk, and so says when the room reads on."""
    seats = {seat.id for seat in session.scenario.seats}
    return any(_is_from_the_desk(one, seats) for one in session.commands)


def _is_from_the_desk(command: Command, seats: set[str]) -> bool:
    if isinstance(command.said, Decide):
        return command.who not in seats and command.who != command.said.by
    return command.kind not in ("go", "branch", "hand", "belief") and command.kind not in ROOM


def waits_for_the_room(session: Session) -> bool:
    """Whether screens show what was revealed until somebody says that the room has read it. They do at a facilitator's
    desk; where people play from their own devices, each of these goes on by itself."""
    return is_facilitated(session) and not any(one.kind == RoomSet.kind for one in session.commands)


def reveal(session: Session) -> Reveal:
    """What has come of the last decisions, up to the card that waits for an answer."""
    line = session.course.at.line()
    start, went_on = _start_of_latest(session, line)
    here = {step.number for step in line}
    seen = max((one.parent for one in session.commands if one.kind == "next" and one.parent in here), default=-1)
    is_new = not went_on and start >= 0 and seen < session.course.at.number
    log = public_log(session.state)
    known = _known(session, line[max(start, 0)])
    before = _up_to_the_card(session, log[known:]) if start >= 0 else ()
    telling = any(entry.kind not in _PASSING for entry in before)
    return Reveal(entries=before, tells=telling, held=is_new and telling and waits_for_the_room(session))


def _start_of_latest(session: Session, line: list[Step]) -> tuple[int, bool]:
    """The place in the line before the last decisions of which something is known, -1 where there are none; and
    whether a person has gone on since, such as by choosing face down."""
    found, went_on = False, False
    for at in range(len(line) - 1, 0, -1):
        said = line[at].said
        is_person = not (isinstance(said, Decide | Overrule) and said.by)
        tells = _known(session, line[at]) > _known(session, line[at - 1])
        went_on = went_on or (is_person and not found and not tells)
        found = found or tells
        if found and is_person:
            return at - 1, went_on
    return (0 if found else -1), went_on


def _known(session: Session, step: Step) -> int:
    return len(public_log(session.position_at(step).state))


def _up_to_the_card(session: Session, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries before the card that lies on the table came up; all of them where none does."""
    card = session.state.card
    at = [place for place, entry in enumerate(entries) if entry.kind == "card" and entry.card == card]
    return entries[: at[-1]] if card is not None and at else entries


def announcements(session: Session) -> list[Note]:
    """The words for everybody that stand on the screens: those of this turn that were not withdrawn."""
    turn = session.state.turn
    return [note for note in notes(session, "note") if note.shown and turn_of(session, note) == turn]


# Hidden truths


def told_truths(session: Session) -> frozenset[str]:
    """The hidden truths that may be shown to everybody: once the game is over, all of them, or where there is a
    facilitator, those that were told."""
    every = [hidden.id for hidden in session.scenario.hidden]
    if not session.state.finished:
        return frozenset()
    if not is_facilitated(session):
        return frozenset(every)
    told = {name for one in session.commands if isinstance(one.said, TruthTold) for name in one.said.names}
    return frozenset(told & set(every))


def everything_is_told(session: Session) -> bool:
    """Whether players may know everything: the game is over, and every hidden truth is told."""
    return session.state.finished and len(told_truths(session)) == len(session.scenario.hidden)


def ending_view(session: Session, seat: str = "") -> View:
    """What may be read of a game that is over by a seat, or by everybody (""): all of it once every hidden truth is
    told, else what they know of it and the truths that were told."""
    if everything_is_told(session):
        return closing_view(session.state)
    told = told_truths(session)
    view = session.view(seat) if seat else public_view(session.state)
    facts = {**view.facts, **{name: session.state.value(name) for name in told}}
    return attrs.evolve(view, facts=MappingProxyType(facts))


def decided_seats(session: Session) -> tuple[str, ...]:
    """The seats that have chosen all that they choose in this phase, never how much that is."""
    acting = session.state.acting
    return tuple(seat for seat in public_view(session.state).acting if seat not in acting)
