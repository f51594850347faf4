"""Full-text search for cards of a scenario."""

from __future__ import annotations

import re
from collections.abc import Sequence

from tabletop.scenario import Scenario
from tabletop.scenario.cards import Card


def find_cards(scenario: Scenario, words: str) -> Sequence[Card]:
    """The cards that contain every word, matches in the title first; an id or full title selects one card.

    Without words, every card in the scenario's order.

    >>> import tabletop
    >>> [card.title for card in find_cards(tabletop.load("summit-2018"), "dalian")]
    ['A Walk in Dalian']
    """
    wanted = _words(words)
    named = [card for card in scenario.cards if is_named(card, words)]
    if named:
        return named[:1]
    scored = [(_fit(card, wanted), place, card) for place, card in enumerate(scenario.cards)]
    return [card for fit, _, card in sorted(scored, key=lambda one: (-one[0], one[1])) if fit or not wanted]


def is_named(card: Card, words: str) -> bool:
    """Whether the words are the id or the whole title of a card, ignoring punctuation and spaces."""
    return _words(words) in (_words(card.id), _words(card.title))


def _fit(card: Card, wanted: Sequence[str]) -> int:
    """The score of a card: 0 if it lacks a word."""
    title, rest = _words(f"{card.title} {card.id}"), _words(f"{card.text} {card.date} {card.kind}")
    options = _words(" ".join(option.label for choice in card.choices for option in choice.options))
    total = 0
    for word in wanted:
        points = [
            value for value, among in ((3, title), (1, [*rest, *options])) if any(one.startswith(word) for one in among)
        ]
        if not points:
            return 0
        total += max(points)
    return total


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.lower())
