"""The dealt hand: few moves in front, each argued for; the legal moves stay what they are."""

from __future__ import annotations

import random
from typing import Any

import pytest

import tabletop
from tabletop.engine.prospects import prospects
from tabletop.engine.views import View
from tabletop.presentation.moves import Hand, hand_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tests.engine.siblings import siblings

WORDS = Words("en")


def planning(game: tabletop.Game, seed: int = 3, turn: int = 1) -> Any:
    """A state in which Washington plans."""
    state = game.start(seed)
    while state.phase != "planning" or state.turn < turn:
        seat = state.acting[0]
        state = game.apply(state, seat, game.actions(state, seat)[0])
    return state


def hand(game: tabletop.Game, state: Any, seat: str = "washington") -> Hand:
    view: View = game.view(state, seat)
    return hand_of(Perspective(game.program, seat, view, prospects(game, state, view), (seat,)), WORDS)


@pytest.fixture(scope="module")
def summit() -> tabletop.Game:
    return tabletop.Game(tabletop.load("summit-2018"))


def test_a_week_deals_few_moves_and_an_adviser_argues_for_each(summit: tabletop.Game) -> None:
    held = hand(summit, planning(summit))
    advice = summit.scenario.presentation.advice
    assert advice is not None
    assert 3 <= len(held.in_front) <= advice.deals < len(held.moves)
    assert all(one.counsel for one in held.in_front)
    assert {one.key for one in held.in_front} | {one.key for one in held.aside} == {one.key for one in held.moves}
    legal = {str(one) for one in summit.actions(planning(summit), "washington") if one.kind != "pass"}
    assert {one.key for one in held.moves} == legal


def test_what_was_chosen_and_what_is_too_dear_since_keeps_its_place(summit: tabletop.Game) -> None:
    state = planning(summit)
    before = hand(summit, state)
    first = next(one for one in before.in_front if one.cost)
    after = hand(summit, summit.apply(state, "washington", first.key))
    assert after.dealt == before.dealt
    assert [one.key for one in after.in_front] == [one.key for one in before.in_front]
    assert not next(one for one in after.in_front if one.key == first.key).is_open


def test_advice_hangs_on_the_situation(summit: tabletop.Game) -> None:
    told = {hand(summit, planning(summit, seed, turn)).dealt for seed in (1, 2, 3) for turn in (1, 5, 9)}
    assert len(told) >= 4


def test_advice_tells_a_seat_nothing_that_it_may_not_know(summit: tabletop.Game) -> None:
    state = planning(summit, turn=3)
    for _, world in siblings(state, "washington", random.Random(1)):
        assert hand(summit, world) == hand(summit, state)


def test_a_pack_without_advice_deals_nothing() -> None:
    game = tabletop.Game(tabletop.load("first-summit"))
    state = game.start(1)
    seat = state.acting[0]
    assert hand(game, state, seat).dealt == ()
