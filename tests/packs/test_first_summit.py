"""The tutorial: small, quick, and it teaches the calendar."""

from __future__ import annotations

import tabletop
from tabletop.analysis.playouts import Playouts
from tabletop.analysis.tally import report_of
from tabletop.scenario.library import locate


def test_the_pack_has_nothing_to_put_right() -> None:
    assert tabletop.check(locate("first-summit")) == []


def test_it_is_as_small_as_a_tutorial_should_be(tutorial: tabletop.Scenario) -> None:
    assert len(tutorial.meters) == 2
    assert len(tutorial.tracks) == 1
    assert len(tutorial.cards) == 6
    assert tutorial.minutes <= 10


def test_it_has_the_decisions_of_the_calendar(tutorial: tabletop.Scenario) -> None:
    taught = {"hold_off", "announce", "keep_preparing", "delay", "cancel", "attend"}
    assert taught <= {action.id for action in tutorial.actions}


def test_going_prepared_beats_rushing(tutorial: tabletop.Scenario) -> None:
    game = tabletop.Game(tutorial)
    prepare, rush = (
        report_of(Playouts(game, {tutorial.player: doctrine}).tally(0, 500), game.program)["score_intervals"]
        for doctrine in ("prepare", "rush")
    )
    assert prepare[tutorial.player][0] > rush[tutorial.player][1]
