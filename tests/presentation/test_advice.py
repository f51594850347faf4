"""Advice in words: what the search player would do, with reasons and not with a number alone."""

from __future__ import annotations

import json

import pytest

import tabletop
from tabletop.engine.prospects import prospects
from tabletop.players.search import SearchPlayer
from tabletop.presentation.advice import Advice, advice_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.words import LANGUAGES, Words


@pytest.mark.parametrize("language", LANGUAGES)
def test_advice_gives_reasons(tutorial: tabletop.Scenario, language: str) -> None:
    game = tabletop.Game(tutorial)
    state = game.start(seed=4)
    seat = state.acting[0]
    thought = SearchPlayer(playouts=200).think(state, seat)
    view = game.view(state, seat)
    told = advice_of(
        Perspective(game.program, seat, view, prospects(game, state, view), (seat,)), Words(language), thought
    )
    assert told.choice == told.weighed[0].label
    assert any(told.weighed[1].label in reason for reason in told.reasons)
    assert from_plain(Advice, json.loads(json.dumps(to_plain(told)))) == told


def test_what_a_move_leads_to_is_told_only_where_it_is_no_chance(tutorial: tabletop.Scenario) -> None:
    game = tabletop.Game(tutorial)
    thought = SearchPlayer(playouts=200).think(game.start(seed=4), tutorial.player)
    assert thought.against is not None
    assert all(one.low <= one.expected <= one.high and one.low * one.high > 0 for one in thought.consequences)
