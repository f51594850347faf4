"""An experiment is flagged where a single rule leads from what its arms vary to its figure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import tabletop
from tabletop.analysis.balance import experiment_lines
from tabletop.analysis.experiments import evaluate, worlds_of
from tabletop.analysis.rule_paths import graph_of, restates_a_rule, rules_between

Town = Callable[..., tabletop.Scenario]

#: Rain raises the river, the river rolls for a flood, a flood costs calm.
RULES = [
    {
        "id": "rain_falls",
        "title": "Rain",
        "at": "plan",
        "when": "rain >= 2",
        "effects": [{"change": "river", "by": 1, "why": "It rains."}, {"roll": "spate"}],
    }
]
TABLES = [
    {
        "id": "spate",
        "title": "Spate",
        "outcomes": [
            {"id": "dry", "text": "Dry.", "weight": 10},
            {
                "id": "wet",
                "text": "Wet.",
                "weight": "height",
                "effects": [{"change": "calm", "by": -5, "why": "Wet feet."}],
            },
        ],
    }
]
VARIABLES = [{"id": "rain", "range": [0, 9], "start": 0}, {"id": "river", "range": [0, 9], "start": 0}]
VALUES = [{"id": "height", "formula": "river * 2"}]


def rainy(town: Town, **experiment: Any) -> tabletop.Scenario:
    arms: dict[str, Any] = {"higher": {"given": {"rain": 5}}, "lower": {"given": {"rain": 0}}}
    one = {"id": "e", "title": "E", **arms, **experiment}

    def change(pack: dict[str, Any]) -> None:
        pack["variables"] += VARIABLES

    doctrines = [{"id": "talker", "seat": "mayor", "name": "Talker", "rules": [{"play": "talk"}]}]
    return town(change, rules=RULES, tables=TABLES, values=VALUES, doctrines=doctrines, experiments=[one])


def between(scenario: tabletop.Scenario) -> int | None:
    return rules_between(graph_of(scenario), scenario.experiments[0])


def test_the_thing_varied_itself_is_no_finding(town: Town) -> None:
    assert between(rainy(town, measure="rain")) == 0


def test_one_rule_that_names_both_is_a_path_of_one(town: Town) -> None:
    scenario = rainy(town, measure="river")
    assert between(scenario) == 1
    assert restates_a_rule(graph_of(scenario), scenario.experiments[0])


def test_a_consequence_of_a_consequence_is_two_rules_away(town: Town) -> None:
    scenario = rainy(town, measure="calm")
    assert between(scenario) == 2
    assert not restates_a_rule(graph_of(scenario), scenario.experiments[0])


def test_a_weight_that_reads_a_place_through_a_formula_is_one_rule(town: Town) -> None:
    arms = {"higher": {"given": {"river": 0}}, "lower": {"given": {"river": 9}}}
    assert between(rainy(town, measure="calm", **arms)) == 1


def test_a_formula_is_read_through(town: Town) -> None:
    assert between(rainy(town, measure="height")) == 1


def test_a_move_that_is_taken_away_counts_as_the_first_rule(town: Town) -> None:
    arms = {"higher": {}, "lower": {"without": {"mayor": ["talk"]}}}
    assert between(rainy(town, measure="calm", **arms)) == 1
    assert between(rainy(town, measure="river", **arms)) is None


def test_points_weigh_many_figures_and_players_decide_many_things(town: Town) -> None:
    assert between(rainy(town, measure="points_mayor")) is None
    arms = {"higher": {"players": {"mayor": "random"}}, "lower": {"given": {"rain": 3}}}
    assert between(rainy(town, measure="rain", **arms)) is None


def test_a_figure_that_no_game_changes_is_flagged(town: Town) -> None:
    arms = {"higher": {"measure": "mood == sunny"}, "lower": {"measure": "mood == sour"}}
    assert between(rainy(town, **arms)) == 0


def test_the_report_says_which_experiments_restate_a_rule(town: Town) -> None:
    scenario = rainy(town, measure="river")
    (line,) = experiment_lines(scenario, evaluate(scenario, 4))
    assert line["restates"]


def test_no_experiment_of_the_flagship_restates_a_rule(summit: tabletop.Scenario) -> None:
    graph = graph_of(summit)
    assert [one.id for one in summit.experiments if restates_a_rule(graph, one)] == []


# Where nobody claims that it holds, and what is told beside it


def test_an_experiment_is_tried_once_in_every_world(summit: tabletop.Scenario) -> None:
    own = next(one for one in summit.experiments if not one.under)
    assert worlds_of(summit, own) == {"": True}
    others = {one.id: False for one in summit.worldviews if one.values}
    assert worlds_of(summit, own, everywhere=True) == {"": True} | others


@pytest.mark.parametrize("everywhere", [False, True])
def test_other_worlds_stand_with_the_experiment_that_is_claimed(town: Town, everywhere: bool) -> None:
    scenario = rainy(town, measure="calm", beside=["river", "calm > 0"])

    found = evaluate(scenario, 6, everywhere=everywhere)
    (line,) = experiment_lines(scenario, found)
    names = [one["name"] for one in line["beside"]]
    assert names == ["river", "calm > 0"]
    assert [one["unit"] for one in line["beside"]] == ["steps", "share"]
    assert line["beside"][0]["higher"]["value"] > line["beside"][0]["lower"]["value"]
    assert len(line["elsewhere"]) == (len(found) - 1)
