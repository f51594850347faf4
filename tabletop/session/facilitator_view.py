"""What a facilitator may see (hidden variables, face-down choices, coming cards), and what everybody may see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import attrs

from tabletop.engine.log import Entry
from tabletop.engine.program import Action
from tabletop.engine.views import View, public_log, public_view, whole_view
from tabletop.scenario.cards import Card
from tabletop.session.notes import notes
from tabletop.session.session import Session
from tabletop.session.step_tree import Step


@attrs.frozen(kw_only=True)
class FacilitatorView:
    """What only a facilitator may see beside the whole view.

    What seats have chosen face down, the cards that come up next, who plays each seat ("" for a person), and how many
    messages each has.
    """

    picked: Mapping[str, tuple[Action, ...]]
    waiting: tuple[Card, ...]
    players: Mapping[str, str]
    messages: Mapping[str, int]


def facilitator_view(session: Session) -> FacilitatorView:
    """The facilitator's view of a session now."""
    cards = {card.id: card for card in session.scenario.cards}
    picked = {seat.id: session.view(seat.id).picked for seat in session.scenario.seats}
    return FacilitatorView(
        picked={seat: actions for seat, actions in picked.items() if actions},
        waiting=tuple(cards[id] for id in session.state.waiting),
        players=session.position.players,
        messages=Counter(seat for note in notes(session, "message") for seat in note.to),
    )


def whole(session: Session) -> View:
    """Everything, with the whole log: only for a facilitator."""
    return whole_view(session.state)


def public(session: Session) -> View:
    """What everybody in the room may know: for a projector."""
    return public_view(session.state)


def log_after(session: Session, step: Step, seat: str = "") -> tuple[Entry, ...]:
    """What a seat, or everybody (""), knew of what had happened after a step."""
    there = session.position_at(step)
    return there.view(seat).log if seat else public_log(there.state)


def whole_after(session: Session, step: Step) -> View:
    """All that there was after a step: for a facilitator's eyes only."""
    return whole_view(session.position_at(step).state)


def waiting_cards(session: Session) -> tuple[str, ...]:
    """The ids of the cards that come up next, for a facilitator's eyes only."""
    return session.state.waiting
