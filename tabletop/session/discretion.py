"""Discretion: a card that is not for everybody is read by its own seats alone, on every screen.

The rules treat it as any other card. What it does to the board is seen by all; why is not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import attrs

from tabletop.engine.log import Entry
from tabletop.engine.state import State
from tabletop.engine.views import View, public_log
from tabletop.scenario import Scenario

_NO_CAUSE: dict[str, Any] = {
    "noun": "",
    "rule": "",
    "title": "",
    "card": "",
    "seat": "",
    "decision": "",
    "claims": (),
    "sources": (),
    "why": "The cause is not known to you.",
}


def unread(scenario: Scenario, seat: str) -> frozenset[str]:
    """The cards that a seat, or a screen that all look at (""), may not read."""
    return frozenset(card.id for card in scenario.cards if card.known_to and seat not in card.known_to)


def discreet(scenario: Scenario, entries: Sequence[Entry], seat: str) -> tuple[Entry, ...]:
    """The entries as a seat reads them, one for each: that something came up, and not what."""
    hidden = unread(scenario, seat)
    if not hidden:
        return tuple(entries)
    names = {one.id: one.name for one in scenario.seats}
    return tuple(_without_cause(entry, names) if entry.card in hidden else entry for entry in entries)


def _without_cause(entry: Entry, names: dict[str, str]) -> Entry:
    bare = attrs.evolve(entry, **_NO_CAUSE)
    match entry.kind:
        case "card":
            return attrs.evolve(bare, kind="quiet", text="Something comes up that is not for everybody.")
        case "action":
            return attrs.evolve(bare, kind="quiet", text=f"{names.get(entry.seat, entry.seat)} has dealt with it.")
        case "roll" | "word":
            return attrs.evolve(bare, kind="quiet", text="Something follows from it that is not for everybody.")
        case _:
            return bare


def discreet_view(scenario: Scenario, view: View) -> View:
    """A view without the cards that its seat may not read."""
    hidden = unread(scenario, view.seat)
    if not hidden:
        return view
    card = None if view.card in hidden else view.card
    return attrs.evolve(view, card=card, log=discreet(scenario, view.log, view.seat))


def public_entries(state: State) -> tuple[Entry, ...]:
    """What everybody in the room may read of what happened."""
    return discreet(state.program.scenario, public_log(state), "")
