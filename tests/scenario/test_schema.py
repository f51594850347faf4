"""The JSON Schema of the pack format says what the loader says."""

from __future__ import annotations

import copy
import itertools
import json
import os
import pathlib
from collections.abc import Iterator
from typing import Any

import attrs
import jsonschema
import pytest
import yaml

from tabletop.scenario.enum_fields import WORDS
from tabletop.scenario.pack import COMPUTED, Scenario
from tabletop.scenario.pack_files import read_pack
from tabletop.scenario.problems import Path
from tabletop.scenario.schema import json_schema
from tabletop.scenario.structuring import structure

#: Every so manieth change is tried, which in turn are of every kind; with TABLETOP_MUTATIONS every one.
EVERY = 1 if "TABLETOP_MUTATIONS" in os.environ else 8

SOUND: dict[str, Any] = yaml.safe_load("""\
id: test
title: Test
version: "1.0"
summary: A test.
player: washington
meters: [{id: tension, name: Tension, range: [0, 10], thresholds: [{at: 5, name: high}]}]
seats: [{id: washington, name: Washington, resources: [{id: attention, name: Attention, start: 3, refresh: null}]}]
stages:
  - {id: s, title: S, turn: week, turns: 3, phases: [{id: p, title: P, picks: {washington: 2}, order: simultaneous}]}
endings: [{id: over, title: Over, text: It is over., tone: good}]
variables: [{id: limits, start: false}, {id: count, range: [0, 9], start: 0}]
assumptions:
  - {id: works, title: It works, value: true, alternatives: [{value: 3, held_by: All}], case_for: A., case_against: B.}
worldviews: [{id: critics, name: Critics, values: {works: false, odds: 7}}]
claims: [{id: C01, kind: warning, summary: Beware.}]
actions:
  - id: talk
    label: Talk
    seats: [washington]
    phases: [p]
    cost: {attention: 1}
    parameters: [{name: partner, values: [seoul]}]
    requires: limits
    once: never
    secret: true
    effects: [{change: tension, by: -1, why: Talking helps.}, {tell: [all], text: Heard.}]
cards: [{id: c, title: C, text: Text., kind: turn, certainty: invented, turns: [1, 2], weight: 1 + 1}]
doctrines: [{id: d, seat: washington, name: D, rules: [{play: talk, using: {partner: seoul}, when: true}]}]
""")


@pytest.fixture(scope="module")
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json_schema())


def test_the_schema_is_a_sound_one_and_plain_json() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json.loads(json.dumps(json_schema())) == json_schema()


def test_a_whole_pack_and_each_of_its_files_are_valid(validator: jsonschema.Draft202012Validator) -> None:
    validator.validate(SOUND)
    for section, value in SOUND.items():
        validator.validate({section: value})
    validator.validate({})


def test_every_section_is_known_but_what_is_computed() -> None:
    names = {field.name for field in attrs.fields(Scenario)}
    assert set(json_schema()["properties"]) == names - COMPUTED


def test_every_class_is_described_in_the_words_of_its_docstring() -> None:
    definitions = json_schema()["$defs"]
    assert all(definition["description"] for definition in definitions.values())
    assert definitions["Card"]["description"].startswith(
        "An event card. It may be dealt while `eligible` holds and the turn"
    )
    assert "\n" not in definitions["Card"]["description"]


def test_defaults_that_say_something_are_given() -> None:
    properties = json_schema()["$defs"]["Card"]["properties"]
    assert properties["weight"]["default"] == 10
    assert properties["certainty"]["default"] == "certain"
    assert "default" not in properties["date"]
    assert json_schema()["$defs"]["Meter"]["properties"]["range"]["default"] == [0, 100]
    assert json_schema()["properties"]["minutes"]["default"] == 45


@pytest.mark.parametrize(
    ("section", "field"),
    [("cards", "kind"), ("cards", "certainty"), ("claims", "kind"), ("actions", "once"), ("endings", "tone")],
)
def test_words_of_which_one_is_chosen_are_listed(
    validator: jsonschema.Draft202012Validator, section: str, field: str
) -> None:
    item = {**SOUND[section][0], field: "no such word"}
    with pytest.raises(jsonschema.ValidationError):
        validator.validate({section: [item]})


def test_the_words_include_the_defaults() -> None:
    for (kind, name), words in WORDS.items():
        default = attrs.fields_dict(kind)[name].default
        assert default is attrs.NOTHING or default in words


def test_the_schema_and_the_loader_agree_on_every_small_change(
    validator: jsonschema.Draft202012Validator, tmp_path: pathlib.Path
) -> None:
    """Each value is replaced by one of another kind, each key renamed and each left out, in turn."""
    tried = 0
    for changed in itertools.islice(_changes(), 0, None, EVERY):
        (tmp_path / "scenario.yaml").write_text(json.dumps(changed))
        document = read_pack(tmp_path)
        assert validator.is_valid(changed) == (not structure(document)[1]), changed
        tried += 1
    assert tried > 500 // EVERY


def _changes() -> Iterator[dict[str, Any]]:
    enumerated = {name for _, name in WORDS}
    for path in _paths(SOUND):
        *way, last = path
        for wrong in (None, True, 7, 1.5, "text", [], {}, [5], {"a": 5}):
            if wrong == "text" and last in enumerated:
                continue  # which word it is, the checks of meaning ask
            changed = copy.deepcopy(SOUND)
            _at(changed, way)[last] = wrong
            yield changed
        if isinstance(last, str) and len(path) > 1:
            for renamed in ({}, {f"{last}_": 5}):
                changed = copy.deepcopy(SOUND)
                parent = _at(changed, way)
                del parent[last]
                parent.update(renamed)
                yield changed


def _at(data: Any, way: list[str | int]) -> Any:
    for step in way:
        data = data[step]
    return data


def _paths(data: Any, path: Path = ()) -> Iterator[Path]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield (*path, step)
        yield from _paths(value, (*path, step))
