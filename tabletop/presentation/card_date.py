"""The date on a card: that of the event, or that of history where the game has taken another course."""

from __future__ import annotations

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.cards import Card
from tabletop.scenario.windows import is_timely


def card_date(perspective: Perspective, words: Words, card: Card) -> str:
    """The date on the card; "as in June 2018" if it came up, or would come up now, outside its window."""
    days = card.window.days if card.window is not None else None
    came = [entry.turn for entry in perspective.view.log if entry.kind == "card" and entry.card == card.id]
    when = perspective.turns.get(came[-1], perspective.label) if came else perspective.label
    if days is None or is_timely(card.window, when.stage.begins, when.number):
        return card.date
    return words("event-card.as_in", month=words.month(days[0]))
