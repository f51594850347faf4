"""How plain data becomes a scenario, and how every mismatch is told in the author's words."""

from __future__ import annotations

import os
import pathlib
from typing import Any

import attrs
import pytest
import yaml

from tabletop.scenario.expressions import Expression
from tabletop.scenario.pack import Scenario
from tabletop.scenario.pack_files import read_pack
from tabletop.scenario.problems import Mark, PackError, Problem, capped, nearest
from tabletop.scenario.structuring import structure
from tests.work import counted

SOUND = """\
id: test
title: Test
version: "1.0"
summary: A test.
player: washington
meters:
  - {id: tension, name: Tension, range: [0, 10], start: 3, thresholds: [{at: 5, name: high}]}
seats:
  - id: washington
    name: Washington
    resources: [{id: attention, name: Attention, start: 3}]
    objectives: [{id: calm, text: Keep calm., points: 10 - tension}]
stages:
  - id: weeks
    title: Weeks
    turn: week
    turns: 3
    phases:
      - {id: plan, title: Plan, seats: [washington], picks: {washington: 2}}
endings:
  - {id: over, title: Over, text: It is over.}
variables:
  - {id: limits, start: false}
  - {id: count, range: [0, 9], start: 0}
assumptions:
  - {id: works, title: It works, value: true, alternatives: [{value: 3, held_by: All}], case_for: A., case_against: B.}
worldviews:
  - {id: critics, name: Critics, values: {works: false, odds: 7}}
actions:
  - id: talk
    label: Talk
    seats: [washington]
    phases: [plan]
    cost: {attention: 1}
    parameters: [{name: partner, values: [seoul, tokyo], labels: [Seoul, Tokyo]}]
    requires: limits
    effects:
      - {change: tension, by: -1, why: Talking helps.}
doctrines:
  - {id: d, seat: washington, name: D, rules: [{play: talk, using: {partner: seoul}, when: true}]}
"""


def scenario_and_problems(
    folder: pathlib.Path, main: str = SOUND, **files: str
) -> tuple[Scenario | None, list[Problem]]:
    for name, text in {"scenario.yaml": main, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    document = read_pack(folder)
    scenario, problems, _ = structure(document)
    return scenario, capped(sorted(problems, key=lambda problem: attrs.astuple(problem.mark or Mark("", 0, 0))))


def problems_of(folder: pathlib.Path, main: str = SOUND, **files: str) -> list[str]:
    """The problems as they are printed, with file names relative to the pack."""
    _, problems = scenario_and_problems(folder, main, **files)
    return [str(problem).replace(f"{folder}{os.sep}", "") for problem in problems]


def sound(folder: pathlib.Path, main: str = SOUND, **files: str) -> Scenario:
    scenario, problems = scenario_and_problems(folder, main, **files)
    assert scenario is not None, problems
    return scenario


# What comes out


def test_a_sound_pack_becomes_a_scenario(tmp_path: pathlib.Path) -> None:
    scenario = sound(tmp_path)
    assert scenario.meters[0].range == (0, 10)
    assert scenario.stages[0].phases[0].picks == {"washington": 2}
    assert scenario.actions[0].parameters[0].labels == ("Seoul", "Tokyo")
    assert scenario.actions[0].effects[0].by == Expression("-1")
    assert scenario.assumptions[0].value is True
    assert scenario.worldviews[0].values == {"works": False, "odds": 7}
    assert scenario.digest == read_pack(tmp_path).digest != ""


@pytest.mark.parametrize(
    ("written", "source"), [("true", "true"), ("false", "false"), ("-3", "-3"), ("a + 1", "a + 1")]
)
def test_an_expression_may_be_a_number_a_truth_or_text(tmp_path: pathlib.Path, written: str, source: str) -> None:
    scenario = sound(tmp_path, SOUND.replace("start: false", f"start: {written}"))
    assert scenario.variables[0].start == Expression(source)


def test_what_may_be_left_out_may_be_null(tmp_path: pathlib.Path) -> None:
    assert sound(tmp_path, SOUND.replace("start: false", "start: null")).variables[0].start is None


def test_places_of_items_are_their_positions_in_the_scenario(tmp_path: pathlib.Path) -> None:
    more = {"a.yaml": "variables: [{id: a}]\n", "b.yaml": "variables:\n  - {id: b}\n"}
    scenario = sound(tmp_path, **more)
    document = read_pack(tmp_path)
    for place, variable in enumerate(scenario.variables):
        mark = document.marks[("variables", place, "id")]
        line = pathlib.Path(mark.file).read_text(encoding="utf-8").splitlines()[mark.line - 1]
        assert line[mark.column - 1 :].startswith(variable.id)


# Mistakes, told in the author's words


@pytest.mark.parametrize(
    ("sound_part", "mistake", "words"),
    [
        (
            "cost: {attention: 1}",
            "cost: [attention]",
            "34:11: 'cost' wants a mapping of resource to number, not a list",
        ),
        (
            "cost: {attention: 1}",
            "cost: {attention: lots}",
            "34:23: 'attention' wants a whole number, not the text 'lots'",
        ),
        (
            "cost: {attention: 1}",
            'cost: {attention: "1"}',
            "34:23: 'attention' wants a whole number, not the text '1': write it without quotes",
        ),
        ("cost: {attention: 1}", "cost:", "34:10: 'cost' wants a mapping of resource to number, not nothing"),
        ("turns: 3", "turns: 2.5", "17:12: 'turns' wants a whole number, not the number 2.5"),
        ("turns: 3", "turns: true", "17:12: 'turns' wants a whole number, not true"),
        ("turns: 3", "turns: 3\n    clock: 1", "18:12: 'clock' wants true or false, not the number 1: write true"),
        (
            "turns: 3",
            'turns: 3\n    clock: "true"',
            "18:12: 'clock' wants true or false, not the text 'true': write it without quotes",
        ),
        ('version: "1.0"', "version: 1.0", "3:10: 'version' wants text, not the number 1.0: write it in quotes"),
        ("title: Test", "title: 5", "2:8: 'title' wants text, not the number 5: write it in quotes"),
        ("title: Test", "title: true", "2:8: 'title' wants text, not true: write it in quotes"),
        ("title: Test", "title:", "2:7: 'title' wants text, not nothing"),
        ("title: Test", "title: [Test]", "2:8: 'title' wants text, not a list"),
        (
            "seats: [washington]\n",
            "seats: washington\n",
            "32:12: 'seats' wants a list, not the text 'washington': write [washington]",
        ),
        (
            "seats: [washington]\n",
            "seats: [1]\n",
            "32:13: item 1 of 'seats' wants text, not the number 1: write it in quotes",
        ),
        (
            "range: [0, 10]",
            "range: [0, 5, 10]",
            "7:41: 'range' wants two whole numbers, such as [0, 100], not a list: this one has 3",
        ),
        ("range: [0, 10]", "range: [0, ten]", "7:41: 'range' wants two whole numbers, such as [0, 100], not a list"),
        ("range: [0, 10]", "range: 10", "7:41: 'range' wants two whole numbers, such as [0, 100], not the number 10"),
        ("value: true", "value: maybe", "26:41: 'value' wants a whole number, or true or false, not the text 'maybe'"),
        (
            "requires: limits",
            "requires: [limits]",
            "36:15: 'requires' wants an expression or a whole number, not a list",
        ),
        (
            "requires: limits",
            "requires: 1.5",
            "36:15: 'requires' wants an expression or a whole number, not the number 1.5",
        ),
        ("{partner: seoul}", "{partner: 1}", "40:78: 'partner' wants text, not the number 1: write it in quotes"),
        (
            "{works: false, odds: 7}",
            "{works: maybe}",
            "28:50: 'works' wants a whole number, or true or false, not the text 'maybe'",
        ),
        (
            "{works: false, odds: 7}",
            "[]",
            "28:42: 'values' wants a mapping of assumption to number or true or false, not a list",
        ),
        (
            "{at: 5, name: high}",
            "high",
            "7:73: item 1 of 'thresholds' wants keys and values, such as 'id: …', not the text 'high'",
        ),
        ("    effects:", "    effcts:", "30:5: missing 'effects'|37:5: unknown key 'effcts' (did you mean 'effects'?)"),
        ("title: Test", "titel: Test", "1:1: missing 'title'|2:1: unknown key 'titel' (did you mean 'title'?)"),
        ("title: Test", "title: Test\ndigest: abc", "3:1: unknown key 'digest'"),
        ("    name: Washington\n", "", "9:5: missing 'name'"),
    ],
)
def test_a_mismatch_is_told_where_it_stands(tmp_path: pathlib.Path, sound_part: str, mistake: str, words: str) -> None:
    assert SOUND.count(sound_part) == 1
    expected = [f"scenario.yaml:{part}" for part in words.split("|")]
    assert problems_of(tmp_path, SOUND.replace(sound_part, mistake)) == expected


def test_what_every_scenario_needs_is_asked_for_at_the_top_of_its_main_file(tmp_path: pathlib.Path) -> None:
    needed = ["id", "title", "version", "summary", "player", "meters", "seats", "stages", "endings"]
    expected = [f"scenario.yaml:1:1: missing '{name}'" for name in needed]
    assert sorted(problems_of(tmp_path, "question: Why?\n")) == sorted(expected)


def test_all_mistakes_of_all_files_are_found_in_one_run(tmp_path: pathlib.Path) -> None:
    main = (
        SOUND.replace("turns: 3", "turns: three").replace("start: 3}]\n", "begin: 3}]\n").replace("title: Test\n", "")
    )
    cards = (
        "cards:\n  - {id: a, title: 5, txt: x}\n  - just words\n  - {id: b, title: B, text: x, effects: [{by: []}]}\n"
    )
    said = problems_of(tmp_path, main, **{"cards.yaml": cards, "more.yaml": "crads: {}\n"})
    assert said == [
        "cards.yaml:2:5: missing 'text'",
        "cards.yaml:2:20: 'title' wants text, not the number 5: write it in quotes",
        "cards.yaml:2:23: unknown key 'txt' (did you mean 'text'?)",
        "cards.yaml:3:5: item 2 of 'cards' wants keys and values, such as 'id: …', not the text 'just words'",
        "cards.yaml:4:47: 'by' wants an expression or a whole number, not a list",
        "more.yaml:1:1: unknown key 'crads' (did you mean 'cards'?)",
        "scenario.yaml:1:1: missing 'title'",
        "scenario.yaml:10:17: missing 'start'",
        "scenario.yaml:10:50: unknown key 'begin'",
        "scenario.yaml:16:12: 'turns' wants a whole number, not the text 'three'",
    ]


def test_no_message_speaks_of_classes(tmp_path: pathlib.Path) -> None:
    """Every value in turn is replaced by each kind that it is not."""
    data = yaml.safe_load(SOUND)
    for section in list(data):
        wrongs: list[Any] = [None, [], {}, 5, 1.5, "text", [[]], [None], [{}], {"a": None}]
        for wrong in wrongs:
            text = yaml.safe_dump({**data, section: wrong}, sort_keys=False)
            for line in problems_of(tmp_path, text):
                assert not any(
                    word in line for word in ("tabletop", "class", "cattrs", "tuple", "dict", "Error", "None")
                )


def test_a_file_that_could_not_be_read_is_not_called_missing(tmp_path: pathlib.Path) -> None:
    main, _, endings = SOUND.partition("endings:\n")
    endings_only = "endings:\n" + endings.splitlines()[0]
    said = problems_of(tmp_path, main.replace("title: Test\n", ""), **{"endings.yaml": endings_only + "\n  - [\n"})
    assert said == ["scenario.yaml:1:1: missing 'title'"]
    assert problems_of(tmp_path, "a: [\n") == []


def test_what_reading_has_refused_is_not_refused_again(tmp_path: pathlib.Path) -> None:
    assert problems_of(tmp_path, SOUND.replace("turns: 3", "turns: 1_000")) == []


# Briefs


BRIEFS = SOUND.replace("    name: Washington\n", "    name: Washington\n    {}\n")


def test_briefs_are_taken_from_their_files(tmp_path: pathlib.Path) -> None:
    lines = "brief_file: briefs/w.md\n    private_brief_file: ./briefs/secret.md"
    files = {"briefs/w.md": "You are Washington.\n", "briefs/secret.md": "Alone.\n"}
    seat = sound(tmp_path, BRIEFS.replace("{}\n", f"{lines}\n", 1), **files).seats[0]
    assert seat.brief == "You are Washington.\n"
    assert seat.private_brief == "Alone.\n"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../secret.md", "'../secret.md' must be a path within the pack, without a leading '/' or '..'"),
        ("briefs/../../secret.md", "without a leading '/' or '..'"),
        ("/etc/passwd", "'/etc/passwd' must be a path within the pack"),
        (r"briefs\w.md", r"'briefs\\w.md' must be a path within the pack, with '/' between folders"),
        ("C:/w.md", "'C:/w.md' must be a path within the pack, with '/' between folders"),
        ("briefs/v.md", "no file 'briefs/v.md' in the pack (did you mean 'briefs/w.md'?)"),
        ("briefs/w.txt", "'briefs/w.txt' is not a Markdown file: its name must end in .md"),
        ("briefs", "'briefs' is not a Markdown file"),
        ("''", "'' is not a Markdown file"),
    ],
)
def test_a_brief_file_lies_within_the_pack(tmp_path: pathlib.Path, name: str, words: str) -> None:
    (tmp_path / "secret.md").write_text("not in the pack")
    main = BRIEFS.replace("{}\n", f"brief_file: {name}\n", 1)
    (said,) = problems_of(tmp_path / "pack", main, **{"briefs/w.md": "text", "briefs/w.txt": "text"})
    assert words.replace("\\\\", "\\") in said
    assert said.startswith(f"scenario.yaml:11:17: {words[:1]}") or words.startswith("without")


def test_a_brief_is_given_in_one_way(tmp_path: pathlib.Path) -> None:
    main = BRIEFS.replace("{}\n", "brief: Short.\n    brief_file: w.md\n", 1)
    assert problems_of(tmp_path, main, **{"w.md": "Long."}) == [
        "scenario.yaml:12:17: give 'brief' or 'brief_file', not both"
    ]


def test_brief_files_are_looked_for_even_in_a_pack_that_is_wrong_elsewhere(tmp_path: pathlib.Path) -> None:
    main = BRIEFS.replace("{}\n", "brief_file: w.md\n", 1).replace("turns: 3", "turns: x")
    assert len(problems_of(tmp_path, main)) == 2


# Large packs and hostile ones


@pytest.mark.parametrize(
    "section",
    [
        "cards: [" + "1, " * 12_000 + "]\n",
        "cards: [" + "{}, " * 12_000 + "]\n",
        "cards:\n  - {" + ", ".join(f"efects{n}: 1" for n in range(5_000)) + "}\n",
        "".join(f"efects{n}: 1\n" for n in range(5_000)),
        "cards:\n" + "  - {efects: 1}\n" * 4_000,
        "cards:\n  - ? " + "x" * 1_000_000 + "\n    : 1\n",
        "worldviews: [{id: w, name: W, values: {" + ", ".join(f"k{n}: x" for n in range(5_000)) + "}}]\n",
        "cards: [" + ("{choices: [" + "{}, " * 300 + "]}, ") * 40 + "]\n",
    ],
    ids=["numbers", "cards", "keys of a card", "keys", "cards with a key", "a long key", "values", "choices"],
)
def test_a_flood_of_mistakes_is_told_soon_and_briefly(tmp_path: pathlib.Path, section: str) -> None:
    with counted(1_600_000):
        said = problems_of(tmp_path, SOUND, **{"more.yaml": section})
    assert 1 <= len(said) <= 200
    assert max(map(len, said)) < 300


def test_three_hundred_cards_are_read_and_structured_in_well_under_a_second(tmp_path: pathlib.Path) -> None:
    card = (
        "  - id: card_{n}\n    title: Card\n    text: Some forty words of what happens, in the second person.\n"
        "    date: 8 March 2018\n    claims: [C01, C02]\n    turns: [1, 9]\n    eligible: tension < {n}\n"
        "    effects:\n      - {{change: tension, by: -1, why: It is heard., when: limits}}\n"
        "    choices:\n      - seat: washington\n        prompt: What now?\n        options:\n"
        "          - {{id: a_{n}, label: A, effects: [{{change: tension, by: 1, why: So it goes.}}]}}\n"
        "          - {{id: b_{n}, label: B, effects: []}}\n"
    )
    cards = "cards:\n" + "".join(card.format(n=n) for n in range(300))
    sound(tmp_path, **{"cards.yaml": cards})
    with counted(2_000_000):
        structure(read_pack(tmp_path))


# Problems themselves


def test_a_problem_prints_as_editors_want_it() -> None:
    problem = Problem("unknown key 'effcts'", Mark("pack/cards.yaml", 3, 5), "effects")
    assert str(problem) == "pack/cards.yaml:3:5: unknown key 'effcts' (did you mean 'effects'?)"
    assert str(Problem("no such folder", None)) == "no such folder"


def test_a_pack_error_lists_its_problems_one_a_line() -> None:
    problems: list[Any] = [Problem("one", Mark("a", 1, 1)), Problem("two", None)]
    error = PackError(problems)
    assert str(error) == "a:1:1: one\ntwo"
    assert error.problems == tuple(problems)


def test_only_near_names_are_suggested() -> None:
    assert nearest("tesnion", ["tension", "leverage"]) == "tension"
    assert nearest("budget", ["tension", "leverage"]) == ""
    assert nearest("x" * 1_000_000, ["tension"]) == ""
