"""What chance is thrown for, and what may come of it, in words that tell one outcome from another."""

from __future__ import annotations

from tabletop.engine.state import ChanceNode
from tabletop.presentation.names import Names
from tabletop.presentation.words import Words


def chance_subject(names: Names, words: Words, node: ChanceNode) -> str:
    """What chance is thrown for: a table, a hidden truth or a card of a deck."""
    if node.kind != "card":
        return names.full(node.subject)
    decks = {deck.id: deck.name for deck in names.scenario.decks}
    return words("chance_falls.card_of", deck=decks.get(node.subject, node.subject))


def outcome_name(names: Names, node: ChanceNode, outcome: str) -> str:
    """What an outcome is called: the title of a card, or the id as words."""
    if node.kind == "card" and outcome in names.cards:
        return names.cards[outcome].title
    if node.kind == "hidden":
        return names.value(node.subject, outcome)
    return names.outcome(node.subject, outcome)
