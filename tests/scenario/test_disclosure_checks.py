"""The checks find what tells of a secret, say who learns what, and are quiet where the author means it."""

from __future__ import annotations

import copy
import json
import pathlib
from collections.abc import Callable
from typing import Any

import pytest

import tabletop
from tests.conftest import TOWN

Pack = dict[str, Any]


@pytest.fixture
def said(tmp_path: pathlib.Path) -> Callable[..., list[str]]:
    """What the checks say of the town, changed."""

    def check(change: Callable[[Pack], object]) -> list[str]:
        pack = copy.deepcopy(TOWN)
        change(pack)
        (tmp_path / "scenario.yaml").write_text(json.dumps(pack, indent=1), encoding="utf-8")
        return [
            problem.message
            for problem in tabletop.check(tmp_path)
            if "learn" in problem.message or "tells" in problem.message
        ]

    return check


def _rule(effect: Pack, **fields: Any) -> Callable[[Pack], None]:
    def change(pack: Pack) -> None:
        pack["rules"] = [{"id": "tide", "title": "Tide", "at": "news", "effects": [effect | {"why": "So."}], **fields}]

    return change


def _told(seen: str, name: str, more: str = "") -> str:
    return f"everybody sees {seen}, and so learns of {name}{more}; write 'reveals: [{name}]' if that is meant"


_PROOF = ", since it never does for some of its values"
_CALM = {"change": "calm", "by": 1}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (_rule(_CALM | {"when": "mood == sunny"}), _told("calm change", "mood")),
        (_rule(_CALM, when="mood == sunny"), _told("calm change", "mood")),
        (_rule({"change": "calm", "by": "1 if mood == sunny else 2"}), _told("by how much calm changes", "mood")),
        (_rule({"set": "open_bridge", "to": "mood == sunny"}), _told("what open_bridge becomes", "mood")),
        (_rule({"deal": "flood", "when": "rumour > 3"}), _told("a card come up", "rumour")),
        (_rule({"tell": ["all"], "text": "Hm.", "when": "rumour > 3"}), _told("a text", "rumour")),
        (_rule({"end": "bad", "when": "rumour > 3"}), _told("the game end", "rumour")),
        (_rule(_CALM | {"lasts": 2, "until": "rumour > 3"}), _told("calm change", "rumour")),
        (lambda pack: pack["cards"][0].update(eligible="rumour > 3"), _told("it come up", "rumour")),
        (
            lambda pack: pack["cards"][0].update(weight="10 if mood == sour else 0"),
            _told("the card come up", "mood", _PROOF),
        ),
        (lambda pack: pack["stages"][0].update(until="rumour > 3"), _told("how long it lasts", "rumour")),
        (
            lambda pack: pack["actions"][0].update(seats=["miller"], requires="rumour > 3"),
            _told("it done", "rumour", ", which it requires"),
        ),
        (lambda pack: pack["actions"][0].update(secret=True, seats=["miller"]), _told("calm change", "talk")),
        (lambda pack: pack["actions"][1].update(secret=True, effects=[]), _told("hours spent", "build")),
        (
            lambda pack: pack["variables"][0].update(start="mood == sour"),
            "'open_bridge' tells of mood from the start to seats that may not know it",
        ),
    ],
)
def test_what_tells_of_a_secret_is_found(said: Any, change: Callable[[Pack], None], message: str) -> None:
    assert said(change) == [message]


def test_what_follows_from_a_private_roll_is_followed(said: Any) -> None:
    def change(pack: Pack) -> None:
        _rule({"roll": "den"})(pack)
        inner = {
            "id": "inner",
            "title": "Inner",
            "outcomes": [{"id": "one", "weight": 1, "effects": [_CALM | {"why": "So."}]}],
        }
        outer = {
            "id": "den",
            "title": "Den",
            "known_to": ["miller"],
            "outcomes": [{"id": "x", "weight": 1, "effects": [{"roll": "inner"}]}],
        }
        pack["tables"] = [inner, outer]

    assert said(change) == [_told("calm change", "den")]


def test_an_outcome_that_only_some_truths_allow_proves_them(said: Any) -> None:
    def change(pack: Pack, least: int = 0) -> None:
        _rule({"roll": "sky"})(pack)
        weight = f"10 if mood == sunny else {least}"
        pack["tables"] = [
            {"id": "sky", "title": "Sky", "outcomes": [{"id": "blue", "weight": weight}, {"id": "grey", "weight": 5}]}
        ]

    assert said(change) == [_told("'blue' come up", "mood", _PROOF)]
    assert said(lambda pack: change(pack, 1)) == []


def test_only_those_who_see_it_are_named(said: Any) -> None:
    def change(pack: Pack) -> None:
        pack["variables"].append({"id": "notes", "range": [0, 9], "known_to": ["mayor"]})
        _rule({"change": "notes", "by": 1, "when": "mood == sunny"})(pack)

    assert said(change) == ["mayor sees notes change, and so learns of mood; write 'reveals: [mood]' if that is meant"]


@pytest.mark.parametrize(
    "change",
    [
        _rule(_CALM | {"when": "mood == sunny", "reveals": ["mood"]}),
        _rule(_CALM, when="mood == sunny", reveals=["mood"]),
        _rule({"change": "rumour", "by": 1, "when": "mood == sunny"}),
        lambda pack: pack["cards"][0].update(eligible="rumour > 3", reveals=["rumour"]),
        lambda pack: pack["actions"][0].update(secret=True, seats=["miller"], reveals=["talk"]),
    ],
)
def test_what_is_meant_or_is_seen_by_nobody_else_is_not_complained_of(
    said: Any, change: Callable[[Pack], None]
) -> None:
    assert said(change) == []


def test_what_is_revealed_must_be_a_secret(tmp_path: pathlib.Path) -> None:
    pack = copy.deepcopy(TOWN)
    _rule(_CALM | {"reveals": ["moot"]})(pack)
    (tmp_path / "scenario.yaml").write_text(json.dumps(pack), encoding="utf-8")
    (problem,) = [one for one in tabletop.check(tmp_path) if one.severity == "error"]
    assert problem.message == "there is no secret, secret action or private table 'moot'"
    assert problem.suggestion == "mood"


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_the_shipped_packs_tell_only_what_they_mean_to(pack: str) -> None:
    scenario = tabletop.load(pack)
    assert not [problem for problem in tabletop.check(_folder(pack)) if "learn" in problem.message], scenario.id


def _folder(pack: str) -> pathlib.Path:
    return pathlib.Path(__file__).parents[2] / "scenarios" / pack
