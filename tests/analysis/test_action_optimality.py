"""Which actions are ever right: found in positions, told from what only seems so, and looked for in other worlds."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

import tabletop
from tabletop.analysis.action_optimality import action_optimality

pytest.importorskip("numba")

Town = Callable[..., tabletop.Scenario]


def with_more_to_do(pack: dict[str, Any]) -> None:
    pack["assumptions"] = [
        {
            "id": "gold_calms",
            "title": "Gold calms",
            "value": False,
            "alternatives": [{"value": True, "held_by": "cynics", "text": "It does."}],
            "case_for": "Nobody here can be bought.",
            "case_against": "Everybody here can be bought.",
        }
    ]
    pack["worldviews"] = [{"id": "cynics", "name": "The cynics", "values": {"gold_calms": True}}]
    for name, by in (("shout", "0 - 5"), ("give_gold", "30 if gold_calms else 0 - 9")):
        pack["actions"].append(
            {
                "id": name,
                "label": name,
                "seats": ["mayor"],
                "phases": ["plan"],
                "effects": [{"change": "calm", "by": by, "why": "They hear of it."}],
            }
        )


def test_what_does_nothing_but_harm_is_never_right(town: Town) -> None:
    found = action_optimality(town(with_more_to_do), games=40)
    assert found["mayor", "shout"].looked > 20
    assert (found["mayor", "shout"].right, found["mayor", "shout"].under) == (0, "")
    assert found["mayor", "talk"].right > 0


def test_what_is_right_under_other_premises_only_is_told_as_such(town: Town) -> None:
    found = action_optimality(town(with_more_to_do), games=40)
    assert (found["mayor", "give_gold"].right, found["mayor", "give_gold"].under) == (0, "cynics")
    assert found["mayor", "talk"].under == ""


def test_it_finds_the_same_on_any_number_of_threads(tutorial: tabletop.Scenario) -> None:
    with ThreadPoolExecutor(3) as threads:
        assert action_optimality(tutorial, games=12, each=threads.map) == action_optimality(tutorial, games=12)


def test_every_action_of_the_tutorial_is_asked_about(tutorial: tabletop.Scenario) -> None:
    found = action_optimality(tutorial, games=12)
    assert set(found) == {(seat, action.id) for action in tutorial.actions for seat in action.seats}
