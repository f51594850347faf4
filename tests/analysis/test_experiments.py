"""Experiments played: what is read of which games, what may be concluded from it, and what is played only once."""

from __future__ import annotations

import math
import os
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import attrs
import pytest

import tabletop
from tabletop.analysis.experiments import Finding, Setup, Task, evaluate, setup_of, verdict
from tabletop.analysis.intervals import difference_of_means, newcombe
from tabletop.analysis.measuring import at_the_end, play
from tabletop.analysis.playouts import Playouts
from tabletop.scenario.experiments import Arm
from tabletop.scenario.scope import scope_of_the_end

Town = Callable[..., tabletop.Scenario]

#: Most of the time is the translation of the rules with what an arm changes of them. TABLETOP_EXPERIMENTS=1 plays all
#: experiments of the flagship, as .ci/run does; the others take every eighth.
EVERY = 1 if os.environ.get("TABLETOP_EXPERIMENTS") else 8

DOCTRINES = [
    {"id": "builder", "seat": "mayor", "name": "Builder", "rules": [{"play": "build"}]},
    {"id": "talker", "seat": "mayor", "name": "Talker", "rules": [{"play": "talk"}]},
]
TALKS, BUILDS = {"players": {"mayor": "talker"}}, {"players": {"mayor": "builder"}}


def found(town: Town, games: int = 40, **experiment: Any) -> Finding:
    one = {"id": "e", "title": "E", "higher": TALKS, "lower": BUILDS} | experiment
    return evaluate(town(doctrines=DOCTRINES, experiments=[one]), games)[0]


def test_newcombes_method_agrees_with_a_published_example() -> None:
    # Newcombe, Statistics in Medicine 17, 1998, page 873, table II: 56 of 70 against 48 of 80, method 10.
    low, high = newcombe(56, 70, 48, 80)
    assert (round(low, 4), round(high, 4)) == (0.0524, 0.3339)


def test_welchs_interval_agrees_with_the_formula() -> None:
    # 1, 2, 3 against 0, 0, 6: means 2 and 2, variances 1 and 12.
    low, high = difference_of_means((6, 14, 3), (6, 36, 3)) or (0.0, 0.0)
    assert low == -high
    assert high == pytest.approx(1.959963984540054 * math.sqrt(1 / 3 + 12 / 3))
    assert difference_of_means((6, 36, 1), (6, 36, 3)) is None


@pytest.mark.parametrize(
    ("low", "high", "by", "word"),
    [
        (1, 2, 0, "held"),
        (1, 2, 1.5, "inconclusive"),
        (1, 2, 3, "not held"),
        (-1, 1, 0, "inconclusive"),
        (-1, 1, -2, "held"),
        (0, 0, 0, "inconclusive"),
        (None, None, 0, "inconclusive"),
    ],
)
def test_a_verdict_is_where_the_whole_interval_lies(low: float, high: float, by: float, word: str) -> None:
    assert verdict(low, high, by) == word


def test_a_direction_that_the_rules_have_is_held_and_the_contrary_is_not(town: Town) -> None:
    assert found(town, measure="calm").verdict == "held"
    assert found(town, measure="0 - calm").verdict == "not held"
    assert found(town, measure="calm", by=100).verdict == "not held"


def test_a_condition_is_a_share_and_an_amount_a_mean(town: Town) -> None:
    share, mean = found(town, measure="purse > 45"), found(town, measure="calm")
    assert share.is_share
    assert (share.higher.value, share.lower.value) == (1, 0)
    assert not mean.is_share
    assert mean.higher.low <= mean.higher.value <= mean.higher.high
    assert mean.difference == mean.higher.value - mean.lower.value


def test_a_figure_can_be_read_before_the_end(town: Town) -> None:
    early = found(town, measure="purse", when="turn >= 2")
    assert (early.higher.value, early.lower.value, early.higher.games) == (50, 45, 40)
    never = found(town, measure="calm", when="turn >= 99")
    assert (never.higher.games, never.low, never.verdict) == (0, None, "inconclusive")


def test_games_in_which_among_does_not_hold_do_not_count(town: Town) -> None:
    one = found(town, 200, measure="calm", among="mood == sunny")
    assert 0 < one.higher.games < 200
    each = found(
        town,
        200,
        measure="mood == sour",
        higher={"among": "mood == sour", **TALKS},
        lower={"among": "mood == sunny", **TALKS},
    )
    assert (each.higher.value, each.lower.value) == (1, 0)
    assert each.higher.games + each.lower.games == 200


def test_two_figures_of_the_same_games_are_compared_game_by_game(town: Town) -> None:
    sunny, sour = {"measure": "mood == sunny", **TALKS}, {"measure": "mood == sour", **TALKS}
    one = found(town, 200, higher=sour, lower=sunny)
    share = one.higher.value
    assert one.lower.value == pytest.approx(1 - share)
    # Of the difference of a share and its rest the spread is twice that of the share.
    half = 2 * 1.959963984540054 * math.sqrt(share * (1 - share) / 199)
    assert one.high == pytest.approx(one.difference + half)


def test_the_end_has_its_outcome_and_points(town: Town) -> None:
    scenario = town(doctrines=DOCTRINES)
    game = tabletop.Game(scenario)
    scope = scope_of_the_end(scenario, game.program.scope)
    nodes = [at_the_end(game.program, scope.read(source).node) for source in ("outcome == good", "points_miller")]
    good, points = play(game, {}, 5, 30, nodes)
    tally = Playouts(game, {}, 5).tally(0, 30)
    assert good[1] == tally.outcomes[0]
    assert points == tally.scores["miller"]


def test_arms_that_are_played_alike_share_their_games(town: Town) -> None:
    def each(work: Callable[[Task], list[Counter[int]]], tasks: Iterable[Task]) -> list[list[Counter[int]]]:
        asked.extend(tasks)
        return [work(task) for task in asked]

    asked: list[Task] = []
    arms = {"title": "E", "higher": TALKS, "lower": BUILDS}
    experiments = [{"id": "a", "measure": "calm", **arms}, {"id": "b", "measure": "purse > 50", **arms}]
    evaluate(town(doctrines=DOCTRINES, experiments=experiments), 5, each=each)
    assert len(asked) == 2
    assert all(len(task.measures) == 2 for task in asked)


def test_naming_a_default_makes_no_other_setup(summit: tabletop.Scenario) -> None:
    plain = setup_of(summit, Arm(), "article")
    named = setup_of(summit, Arm(players={"washington": "prepare"}, assume={"sincere_kim": 15}))
    assert plain == named
    assert isinstance(plain, Setup)
    assert setup_of(summit, Arm(), "critics") != plain


def test_the_same_seed_finds_the_same(town: Town) -> None:
    assert found(town, 30, measure="calm") == found(town, 30, measure="calm")


@pytest.mark.xdist_group("directions")
def test_no_experiment_of_the_flagship_points_the_other_way(summit: tabletop.Scenario) -> None:
    """So few games decide little; `tabletop balance` plays many."""
    played = summit.experiments[EVERY // 2 :: EVERY]
    findings = evaluate(attrs.evolve(summit, experiments=played), 60)
    assert [finding.experiment for finding in findings if finding.verdict == "not held"] == []
    assert {finding.experiment for finding in findings} == {experiment.id for experiment in played}
