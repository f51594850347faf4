"""Centre: what is happening: the map with the card of the turn on it, or the table at which leaders sit."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from tabletop.presentation.board import seat_of
from tabletop.presentation.event_card import event_card
from tabletop.presentation.negotiation import negotiation_of
from tabletop.presentation.perspective import Perspective
from tabletop.window.board.event import card_sheet, quiet_card
from tabletop.window.board.negotiation import negotiation_table
from tabletop.window.board.theatre import SeatMark, Theatre
from tabletop.window.frames import Align, Fitting, Layers, Pad, Sized
from tabletop.window.layout import Element
from tabletop.window.theme import GAP, SMALL_GAP

if TYPE_CHECKING:
    from tabletop.window.board.at_table import AtTable

#: How much wider a card gets that has more to say than there is room for.
_WIDER = 1.3


def centre(table: AtTable, perspective: Perspective, card_wide: float) -> Element:
    """The board of the moment; a card on it is `card_wide` units wide."""
    negotiation = negotiation_of(perspective, table.words) if perspective.card is None else None
    if negotiation is not None:
        return negotiation_table(negotiation, table.grown, table.explain_value)
    return Fitting(
        _with_map(table, perspective, card_wide, scrolls=False),
        _with_map(table, perspective, card_wide * _WIDER, scrolls=True),
        grow=1,
    )


def _with_map(table: AtTable, perspective: Perspective, card_wide: float, *, scrolls: bool) -> Element:
    """The map with the card of the turn on it."""
    card = perspective.card or perspective.card_of_turn
    marks: dict[str, Element] = {
        seat.id: SeatMark(
            seat_of(perspective, table.words, seat.id),
            table.grown,
            functools.partial(table.explain_seat, seat.id),
            str(perspective.view.turn),
        )
        for seat in perspective.scenario.seats
    }
    if card is not None:
        lying = card_sheet(
            event_card(perspective, table.words, card),
            table.words("table.why"),
            lambda: table.explain_card(card.id),
            f"{card.id}.{perspective.view.turn}",
            table.look.card_picture(card.id),
            scrolls,
        )
    else:
        lying = quiet_card(perspective.stage.title, perspective.stage.text, [])
    board = Theatre(marks, table.look.scenery, covered=card_wide + GAP)
    over = Align(Sized(lying, width=card_wide), 1.0, 0.0)
    layers = Layers(board, Pad(over, SMALL_GAP))
    layers.grow = 1
    return layers
