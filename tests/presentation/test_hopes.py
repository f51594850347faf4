"""The verdict compares seats by what each could have reached, not by raw points."""

from __future__ import annotations

import tabletop
from tabletop.presentation.hopes import seat_hopes
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.session.score_ranges import ScoreRange, kept_ranges, score_ranges
from tests.presentation.played_games import finished, loaded


def test_a_seat_of_few_points_may_have_come_nearer_to_its_hopes_than_one_of_many() -> None:
    session = finished("first-summit", 4)
    corvane, ulmar = (session.state.scores[seat.id] for seat in session.scenario.seats)
    ranges = {
        "corvane": ScoreRange(low=corvane - 10, high=corvane + 90),
        "ulmar": ScoreRange(low=ulmar - 9, high=ulmar + 1),
    }
    hopes = seat_hopes(Perspective.of(session, "corvane"), Words(), ranges)
    assert [(one.seat, one.percent, one.rank) for one in hopes] == [("ulmar", 90, 1), ("corvane", 10, 2)]
    assert {one.seat: one.points for one in hopes} == session.state.scores


def test_no_hope_is_above_all_and_none_below_nothing() -> None:
    span = ScoreRange(low=0, high=10)
    assert [span.share(points) for points in (-5, 0, 5, 10, 25)] == [0, 0, 0.5, 1, 1]
    assert ScoreRange(low=3, high=3).share(3) == 0.5


def test_what_seats_could_reach_is_worked_out_once_for_the_same_rules() -> None:
    game = tabletop.Game(loaded("first-summit"))
    told: list[float] = []
    first = score_ranges(game, told.append)
    assert all(one.low <= one.high for one in first.values())
    assert kept_ranges(game) in (None, first)  # None where there is no cache folder
    assert score_ranges(game) == first
    other = tabletop.Game(game.scenario, {"papers_matter": False})
    assert score_ranges(other) != first
