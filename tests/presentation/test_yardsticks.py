"""A finished game is told once more by every yardstick of its scenario, in every face."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import tabletop
from tabletop.engine.views import view_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.yardsticks import yardsticks
from tabletop.session import Session
from tabletop.session.public_screen import ending_view
from tests.presentation.played_games import finished

Town = Callable[..., tabletop.Scenario]


@pytest.fixture(scope="module")
def session() -> Session:
    return finished("summit-2018", seed=11)


def test_everybody_reads_the_same_points_by_each_yardstick(session: Session) -> None:
    scenario = session.game.scenario
    told = [
        yardsticks(Perspective(session.game.program, seat.id, ending_view(session, seat.id))) for seat in scenario.seats
    ]
    assert [one.id for one in told[0]] == [one.id for one in scenario.values if one.held_by]
    assert len(told[0]) == 5
    assert all(one == told[0] for one in told)


def test_a_yardstick_is_worth_what_its_formula_says(session: Session) -> None:
    view = ending_view(session)
    found = {one.id: one for one in yardsticks(Perspective(session.game.program, "", view))}
    meters, facts = view.meters, view.facts
    seoul = (60 - meters["tension"]) - 20 * facts["crises"] - (200 if facts["war"] else 0) + 60 - meters["arsenal"]
    bound = facts["signed"] in ("freeze", "partial", "complete") and not facts["exposed"]
    seoul += 15 * facts["channel"] + 25 * bound + 5 * facts["panmunjom"]
    assert found["by_seoul"].points == seoul


def test_nothing_is_told_by_a_yardstick_while_the_game_goes_on() -> None:
    game = tabletop.Game(tabletop.load("summit-2018"))
    state = game.start(1)
    assert yardsticks(Perspective(game.program, "washington", view_of(state, "washington"))) == ()


@pytest.mark.parametrize(
    ("formula", "word"),
    [("calm > 3", "must be an amount"), ("1 if mood == sunny else 0", "may not read what some seats do not know")],
)
def test_a_yardstick_is_an_amount_that_everybody_may_know(town: Town, formula: str, word: str) -> None:
    with pytest.raises(tabletop.PackError, match=word):
        town(values=[{"id": "ruler", "name": "Ruler", "held_by": "Somebody", "formula": formula}])
