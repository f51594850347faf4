"""A class and its questions in a pack: what can be declared, and where a mistake is told."""

from __future__ import annotations

import pathlib
from collections.abc import Callable

import jsonschema
import pytest
import yaml

import tabletop
from tabletop.scenario.loading import check, load
from tabletop.scenario.schema import json_schema

CLASSROOM = """\
classroom:
  - id: lesson
    title: A lesson
    phases:
      - {id: guess, title: Guess, minutes: 5, asks: before}
      - {id: play, title: Play, minutes: 20, turns: 2, seconds: {plan: 60}}
      - {id: review, title: Review, minutes: 20, asks: after, kept: true}
questions:
  - {id: calm_then, moment: before, kind: number, meter: calm, text: How calm will it be}
  - {id: who, moment: before, kind: choice, among: seats, text: Who will win}
  - {id: which, moment: before, kind: choice, options: [this, that], text: Which}
  - {id: why, moment: after, kind: text, text: Why, points: 2}
"""

MISTAKES = [
    ("minutes: 5", "minutes: 0", "5:44: a phase of a class takes from 1 to 1440 minutes"),
    ("asks: before", "asks: befor", "5:53: 'befor' is none of nothing, before, during, after (did you mean 'before'?)"),
    ("asks: before", "asks: during", "5:53: there is no question of the moment 'during' to be asked"),
    ("turns: 2", "turns: 500", "6:53: the game has up to"),
    ("seconds: {plan: 60}", "seconds: {plans: 60}", "there is no phase 'plans' (did you mean 'plan'?)"),
    ("seconds: {plan: 60}", "seconds: {plan: 0}", "a phase has from 1 to 86,400 seconds"),
    ("id: play", "id: guess", "'guess' is declared more than once in the class 'lesson'"),
    ("meter: calm", "meter: clam", "there is no meter 'clam' (did you mean 'calm'?)"),
    ("meter: calm", "range: [9, 1]", "the range goes from the lower number to the higher"),
    ("kind: number", "kind: text", "only a question that asks for a number has a meter"),
    ("among: seats", "among: assumptions", "the scenario has no assumptions to choose among"),
    ("among: seats", "among: seats, options: [a, b]", "the options are all seats already"),
    ("options: [this, that]", "options: [this]", "a choice has from 2 to 20 options, and this has 1"),
    ("options: [this, that]", "options: [this, this]", "the option 'this' is there twice"),
    (
        "kind: text, text: Why",
        "kind: text, text: Why, options: [a, b]",
        "only a question of the kind choice has options",
    ),
    ("points: 2", "points: 101", "an answer is worth from 0 to 100 points"),
    ("moment: after", "moment: during", "no phase of a class asks the questions of the moment 'during'"),
    ("moment: after", "moment: later", "'later' is none of before, during, after"),
    ("id: why", "id: who", "'who' is declared more than once in questions"),
]

Packs = Callable[[str], pathlib.Path]


@pytest.fixture
def pack(tmp_path: pathlib.Path, town: Callable[..., tabletop.Scenario]) -> Packs:
    """Writes the town with this class and gives the folder."""

    def write(classroom: str) -> pathlib.Path:
        town()
        (tmp_path / "town" / "classroom.yaml").write_text(classroom, encoding="utf-8")
        return tmp_path / "town"

    return write


def test_a_class_and_its_questions_are_read(pack: Packs) -> None:
    scenario = load(pack(CLASSROOM))
    (plan,) = scenario.classroom
    assert [(phase.id, phase.asks, phase.seconds, phase.kept) for phase in plan.phases] == [
        ("guess", "before", {}, False),
        ("play", "nothing", {"plan": 60}, False),
        ("review", "after", {}, True),
    ]
    assert [question.points for question in scenario.questions] == [1, 1, 1, 2]
    assert not [one for one in check(pack(CLASSROOM)) if "classroom.yaml" in str(one)]


def test_the_schema_takes_a_class(pack: Packs) -> None:
    jsonschema.validate(yaml.safe_load(CLASSROOM), json_schema())


@pytest.mark.parametrize(("right", "wrong", "told"), MISTAKES, ids=[str(number) for number in range(len(MISTAKES))])
def test_every_mistake_is_told_where_it_is(pack: Packs, right: str, wrong: str, told: str) -> None:
    assert right in CLASSROOM
    problems = [str(problem) for problem in check(pack(CLASSROOM.replace(right, wrong, 1)))]
    assert any(told in problem and "classroom.yaml" in problem for problem in problems), problems
