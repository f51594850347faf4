"""What a facilitator may see (hidden variables, face-down choices, coming cards), and what everybody may see."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tabletop.engine.program import Action
from tabletop.engine.views import View, public_view, whole_view
from tabletop.scenario.cards import Card
from tabletop.session.session import Session


@attrs.frozen(kw_only=True)
class FacilitatorView:
    """What lies behind the screen now: the hidden truths, what seats have chosen face down, and the cards that come
    up next."""

    hidden: Mapping[str, int | bool | str]
    picked: Mapping[str, tuple[Action, ...]]
    waiting: tuple[Card, ...]


def facilitator_view(session: Session) -> FacilitatorView:
    """What lies behind the screen now."""
    cards = {card.id: card for card in session.scenario.cards}
    picked = {seat.id: session.view(seat.id).picked for seat in session.scenario.seats}
    return FacilitatorView(
        hidden=session.state.hidden,
        picked={seat: actions for seat, actions in picked.items() if actions},
        waiting=tuple(cards[id] for id in session.state.waiting),
    )


def whole(session: Session) -> View:
    """All that there is, with the whole log: for a facilitator's eyes only."""
    return whole_view(session.state)


def public(session: Session) -> View:
    """What everybody in the room may know: for a screen that all look at."""
    return public_view(session.state)
