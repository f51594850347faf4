"""Cards are found by words."""

from __future__ import annotations

import tabletop
from tabletop.session.card_search import find_cards


def test_an_id_or_a_title_names_one_card(summit: tabletop.Scenario) -> None:
    for words in ("walk_by_the_sea", "walk by the sea", "A Walk in Dalian", "a walk in dalian"):
        assert [card.id for card in find_cards(summit, words)] == ["walk_by_the_sea"]


def test_every_word_has_to_be_there_and_titles_come_first(summit: tabletop.Scenario) -> None:
    found = find_cards(summit, "tokyo")
    assert "tokyo" in found[0].title.lower()
    assert len(found) > 3
    both = find_cards(summit, "tokyo missiles")
    assert set(both) < set(found)
    assert find_cards(summit, "tokyo zeppelin") == []


def test_no_words_are_every_card(summit: tabletop.Scenario) -> None:
    assert find_cards(summit, "") == list(summit.cards)
