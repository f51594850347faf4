"""Experiments in a pack: what can be declared, where a mistake is told, and what changing them leaves alone."""

from __future__ import annotations

import pathlib
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest
import yaml

import tabletop
from tabletop.scenario.loading import check, load
from tabletop.scenario.schema import json_schema
from tabletop.scenario.variants import varied

EXTRA: dict[str, Any] = {
    "doctrines": [
        {"id": "builder", "seat": "mayor", "name": "Builder", "rules": [{"play": "build"}]},
        {"id": "talker", "seat": "mayor", "name": "Talker", "rules": [{"play": "talk"}]},
    ],
    "assumptions": [
        {
            "id": "water",
            "title": "Water",
            "value": True,
            "alternatives": [{"value": False, "held_by": "Some"}],
            "case_for": "Wet.",
            "case_against": "Dry.",
        }
    ],
    "worldviews": [{"id": "doubters", "name": "Doubters", "values": {"water": False}}],
    "claims": [{"id": "C1", "kind": "principle", "summary": "Talking calms."}],
}
EXPERIMENTS = """\
experiments:
  - id: talking_calms
    claims: [C1]
    title: Talking calms
    text: Who talks has a calmer town.
    under: [doubters]
    measure: calm + points_mayor
    among: outcome != bad or turn < 9
    by: 2
    higher: {players: {mayor: talker}, given: {mood: sunny, plans: 1, open_bridge: true, rumour: 3}}
    lower: {players: {mayor: builder}, assume: {water: false}, without: {mayor: [talk]}}
  - id: talking_is_seen
    title: Talking is seen
    when: turn >= 2
    higher: {players: {mayor: talker}, measure: calm > 50, among: mood == sunny}
    lower: {players: {miller: random}, measure: calm > 50}
"""

MISTAKES = [
    ("claims: [C1]", "claims: [C2]", "3:14: there is no claim 'C2'"),
    ("under: [doubters]", "under: [doubter]", "6:13: there is no worldview 'doubter' (did you mean 'doubters'?)"),
    ("calm + points_mayor", "calm + point_mayor", "7:14: unknown name 'point_mayor' (did you mean 'points_mayor'?)"),
    (
        "measure: calm + points_mayor",
        "measure: outcome",
        "7:14: a condition or an amount can be measured, and 'outcome' is neither",
    ),
    ("outcome != bad", "outcome != bed", "8:12: unknown name 'bed' (did you mean 'bad'?)"),
    (
        "higher: {players: {mayor: talker}, given",
        "higher: {players: {mayr: talker}, given",
        "10:30: there is no seat 'mayr' (did you mean 'mayor'?)",
    ),
    (
        "higher: {players: {mayor: talker}, given",
        "higher: {players: {mayor: talkr}, given",
        "10:31: there is no doctrine of mayor called 'talkr' (did you mean 'talker'?)",
    ),
    ("mood: sunny", "mood: sunni", "10:54: there is no value of mood called 'sunni' (did you mean 'sunny'?)"),
    ("plans: 1", "plans: 4", "10:68: 4 is out of range: 'plans' goes from 0 to 3"),
    ("plans: 1", "plan: 1", "10:67: there is no meter, track or variable 'plan' (did you mean 'plans'?)"),
    (
        "plans: 1",
        "water: true",
        "10:68: 'water' is an assumption; given can be a meter, track, variable, hidden variable",
    ),
    ("open_bridge: true", "open_bridge: 1", "10:84: 'open_bridge' takes true or false"),
    ("rumour: 3", "rumour: much", "10:98: 'rumour' takes a number"),
    ("assume: {water: false}", "assume: {wter: false}", "11:55: there is no assumption 'wter' (did you mean 'water'?)"),
    ("assume: {water: false}", "assume: {water: 3}", "11:56: 'water' takes true or false"),
    (
        "without: {mayor: [talk]}",
        "without: {mayor: [tak]}",
        "11:82: there is no action, option or tag of mayor called 'tak' (did you mean 'talk'?)",
    ),
    (
        "without: {mayor: [talk]}",
        "without: {mayor: talk}",
        "11:81: 'mayor' wants a list, not the text 'talk': write [talk]",
    ),
    ("when: turn >= 2", "when: outcome == bad", "14:11: unknown name 'outcome'"),
    (
        "higher: {players: {mayor: talker}, measure: calm > 50, among: mood == sunny}",
        "higher: {players: {mayor: talker}, measure: calm}",
        "12:5: one arm measures a condition and the other an amount, which cannot be compared",
    ),
    (
        "lower: {players: {miller: random}, measure: calm > 50}",
        "lower: {players: {miller: random}}",
        "12:5: nothing is measured: 'talking_is_seen' or both of its arms need a 'measure'",
    ),
    (
        "lower: {players: {miller: random}, measure: calm > 50}",
        "lower: {players: {mayor: talker}, measure: calm > 50, among: mood == sunny}",
        "12:5: the two arms of 'talking_is_seen' are the same",
    ),
    ("id: talking_is_seen", "id: talking_calms", "12:9: 'talking_calms' is declared more than once in experiments"),
    ("title: Talking calms", "titel: Talking calms", "4:5: unknown key 'titel' (did you mean 'title'?)"),
]

Packs = Callable[[str], pathlib.Path]


@pytest.fixture
def pack(tmp_path: pathlib.Path, town: Callable[..., tabletop.Scenario]) -> Packs:
    """Writes the town with these experiments and gives the folder."""

    def cite(data: dict[str, Any]) -> None:
        for noun in (*data["actions"], *data["cards"]):
            noun["claims"] = ["C1"]

    def write(experiments: str) -> pathlib.Path:
        town(cite, **EXTRA)
        (tmp_path / "town" / "experiments.yaml").write_text(experiments, encoding="utf-8")
        return tmp_path / "town"

    return write


def told(folder: pathlib.Path) -> list[str]:
    return [str(problem).removeprefix(f"{folder / 'experiments.yaml'}:") for problem in check(folder)]


def test_sound_experiments_have_nothing_to_put_right(pack: Packs) -> None:
    folder = pack(EXPERIMENTS)
    assert told(folder) == []
    first, second = load(folder).experiments
    assert first.under == ("doubters",)
    assert first.higher.given == {"mood": "sunny", "plans": 1, "open_bridge": True, "rumour": 3}
    assert first.lower.without == {"mayor": ("talk",)}
    assert str(second.higher.among) == "mood == sunny"


@pytest.mark.parametrize(("right", "wrong", "problem"), MISTAKES)
def test_a_mistake_is_told_at_its_place_with_what_was_meant(pack: Packs, right: str, wrong: str, problem: str) -> None:
    assert right in EXPERIMENTS
    assert problem in told(pack(EXPERIMENTS.replace(right, wrong)))


def test_a_claim_without_an_experiment_is_a_warning_in_a_pack_that_has_some(pack: Packs) -> None:
    problems = check(pack(EXPERIMENTS.replace("    claims: [C1]\n", "")))
    assert [(problem.message, problem.severity) for problem in problems] == [
        ("no experiment shows whether the claim C1 holds", "warning")
    ]
    assert not [problem for problem in check(pack("experiments: []")) if "experiment" in problem.message]


def test_what_a_seat_must_do_cannot_all_be_taken_from_it(tmp_path: pathlib.Path) -> None:
    text = (pathlib.Path(__file__).parents[2] / "scenarios" / "WRITING.md").read_text(encoding="utf-8")
    guide = text.partition("<!-- pack -->\n```yaml\n")[2].partition("```")[0]
    (tmp_path / "scenario.yaml").write_text(guide, encoding="utf-8")
    arms = "higher: {without: {upstream: [send_them, keep_them]}}, lower: {}, measure: trust"
    (tmp_path / "e.yaml").write_text(f"experiments: [{{id: e, title: E, {arms}}}]", encoding="utf-8")
    assert "leaves upstream no option that is always open on the card 'dry_wind'" in str(check(tmp_path)[0])


def test_rewording_an_experiment_leaves_the_digest_of_the_game_alone(pack: Packs) -> None:
    before = load(pack(EXPERIMENTS))
    after = load(pack(EXPERIMENTS.replace("by: 2", "by: 3")))
    assert before.experiments != after.experiments
    assert before.digest == after.digest
    mixed = load(pack(EXPERIMENTS + "glossary: [{term: Pier, text: A pier.}]\n"))
    assert mixed.digest != before.digest


def test_the_schema_knows_experiments() -> None:
    validator = jsonschema.Draft202012Validator(json_schema())
    data = yaml.safe_load(EXPERIMENTS)
    assert validator.is_valid(data)
    data["experiments"][0]["higher"]["given"]["mood"] = [1]
    assert not validator.is_valid(data)


def test_what_is_given_holds_from_the_start(pack: Packs) -> None:
    scenario = load(pack(EXPERIMENTS))
    game = tabletop.Game(varied(scenario, scenario.experiments[0].higher.given, {}))
    for seed in range(20):
        core = game.start(seed).core
        found = {name: core[game.program.places[name]] for name in ("mood", "plans", "open_bridge", "rumour")}
        assert found == {"mood": 0, "plans": 1, "open_bridge": 1, "rumour": 3}


def test_one_line_of_a_track_can_be_given(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(varied(summit, {"consultation_tokyo": 2}, {}))
    assert game.program.initial[game.program.places["consultation_tokyo"]] == 2
    assert game.program.initial[game.program.places["consultation_seoul"]] == 0


def test_what_is_taken_from_one_seat_is_left_to_the_others(pack: Packs) -> None:
    game = tabletop.Game(varied(load(pack(EXPERIMENTS)), {}, {"mayor": ["talk"]}))
    state = game.start(0)
    assert "talk" not in {action.id for action in game.actions(state, "mayor")}
    assert "talk" in {action.id for action in game.actions(state, "miller")}
