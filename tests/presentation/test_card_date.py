"""The date on a card: that of the event, or that of history where the game has taken another course."""

from __future__ import annotations

import pytest

import tabletop
from tabletop.engine.adjudication import inject
from tabletop.presentation.card_date import card_date
from tabletop.presentation.event_card import event_card
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words


def first_week(summit: tabletop.Scenario, card: str) -> Perspective:
    """Washington's view of a first week in which a facilitator has brought in a card."""
    game = tabletop.Game(summit)
    view = game.view(inject(game, game.start(seed=2), card), "washington")
    return Perspective(game.program, "washington", view)


@pytest.mark.parametrize(
    ("language", "card", "shown"),
    [
        ("en", "poison_counts_too", "5-8 March 2018"),
        ("en", "coin_before_the_deal", "as in May 2018"),
        ("ko", "coin_before_the_deal", "실제 역사에서는 2018년 5월"),
        ("en", "the_other_plan", "spring 2018"),
    ],
)
def test_a_card_out_of_its_window_is_shown_as_in_history(
    summit: tabletop.Scenario, language: str, card: str, shown: str
) -> None:
    perspective, words = first_week(summit, card), Words(language)
    noun = perspective.names.cards[card]
    assert card_date(perspective, words, noun) == shown
    assert event_card(perspective, words, noun).date == shown


def test_a_card_that_has_not_come_up_is_dated_as_if_it_came_now(summit: tabletop.Scenario) -> None:
    perspective = first_week(summit, "the_other_plan")
    coin = perspective.names.cards["who_pays_the_hotel"]
    assert card_date(perspective, Words("en"), coin) == "as in June 2018"
