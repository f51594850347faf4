"""Effects as a facilitator types them."""

from __future__ import annotations

from typing import Any

import pytest

import tabletop
from tabletop.scenario.effect_shorthand import NotAnEffect, forms, spoken_effect, worded_effect
from tabletop.scenario.improvised_cards import improvised

SAID: dict[str, dict[str, Any]] = {
    "tension +5 because Shots were heard.": {"change": "tension", "by": 5, "why": "Shots were heard."},
    "Alliance -3 because Nobody asked, because nobody could.": {
        "change": "alliance_cohesion",
        "by": -3,
        "why": "Nobody asked, because nobody could.",
    },
    "leverage -2 when tension > 50 after 2 because Trains run.": {
        "change": "leverage",
        "by": -2,
        "when": "tension > 50",
        "after": 2,
        "why": "Trains run.",
    },
    "consultation tokyo +1 because Tokyo was called.": {
        "change": "consultation_tokyo",
        "by": 1,
        "why": "Tokyo was called.",
    },
    "calendar = suspended because It was said on the air.": {
        "set": "calendar",
        "to": "suspended",
        "why": "It was said on the air.",
    },
    "test halt to no because A launcher moved.": {"set": "test_halt", "to": False, "why": "A launcher moved."},
    "tell tokyo, seoul: Call: at once.": {"tell": ["tokyo", "seoul"], "text": "Call: at once."},
    "tell all: The line is quiet.": {"tell": ["all"], "text": "The line is quiet."},
    "deal walk_by_the_sea": {"deal": "walk_by_the_sea"},
}


@pytest.mark.parametrize("words", SAID)
def test_what_is_said_is_an_effect_that_the_checks_accept(summit: tabletop.Scenario, words: str) -> None:
    effect = spoken_effect(summit, words)
    assert effect == SAID[words]
    improvised(summit, {"title": "A card", "text": "Its text.", "effects": [effect]})


@pytest.mark.parametrize("words", SAID)
def test_what_is_written_out_is_read_back_the_same(summit: tabletop.Scenario, words: str) -> None:
    assert spoken_effect(summit, worded_effect(SAID[words])) == SAID[words]


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("tension +5", "players will ask why: add 'because'"),
        ("tension +5 because", "write the reason after 'because'"),
        ("tensoin +5 because X.", "did you mean 'tension'"),
        ("consult +1 because X.", "which one?"),
        ("tell tokio: Hello.", "did you mean 'tokyo'"),
        ("tension +2 after two because X.", "'after' wants a number of turns"),
        ("everybody is nervous", "says nothing that happens"),
        ("", "says nothing that happens"),
    ],
)
def test_what_is_no_effect_is_told_with_what_would_be_one(summit: tabletop.Scenario, words: str, fault: str) -> None:
    with pytest.raises(NotAnEffect, match=fault.replace("?", r"\?")):
        spoken_effect(summit, words)


def test_the_examples_are_in_the_scenarios_own_names(tutorial: tabletop.Scenario) -> None:
    for form in forms(tutorial):
        improvised(tutorial, {"title": "A card", "text": "Its text.", "effects": [spoken_effect(tutorial, form)]})
