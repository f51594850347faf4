"""Mistakes of authors that were silent or misleading: each told at its place, with its cause and its mend."""

from __future__ import annotations

import os
import pathlib
from typing import Any

import pytest
import yaml

import tabletop
from tabletop.scenario.injects import check_schedule, read_schedule
from tabletop.scenario.loading import check, load
from tests.scenario.ferry import FERRY

MISTAKES: list[dict[str, Any]] = yaml.safe_load(
    (pathlib.Path(__file__).parent / "mistakes.yaml").read_text(encoding="utf-8")
)


def said_of(folder: pathlib.Path, files: dict[str, str]) -> list[str]:
    """What is said of a pack of these files, as it is printed but for the folder."""
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return [
        str(problem).replace(f"{folder}{os.sep}", "") + ("" if problem.severity == "error" else " [warning]")
        for problem in check(folder)
    ]


def with_mistake(file: str, sound: str, mistake: str) -> dict[str, str]:
    """The files of the sound pack, in one of which something else stands."""
    assert sound in FERRY[file]
    return {**FERRY, file: FERRY[file].replace(sound, mistake, 1)}


def test_the_pack_of_these_tests_is_sound_and_plays(tmp_path: pathlib.Path) -> None:
    assert said_of(tmp_path, FERRY) == []
    assert tabletop.Game(load(tmp_path)).start(1).acting


@pytest.mark.parametrize("row", MISTAKES, ids=lambda row: row["mistake"].strip()[-40:])
def test_a_mistake_is_told_at_its_place(tmp_path: pathlib.Path, row: dict[str, Any]) -> None:
    assert said_of(tmp_path, with_mistake(row["file"], row["sound"], row["mistake"])) == row["said"]


def test_a_warning_is_answered_by_a_comment_on_its_line_and_an_error_is_not(tmp_path: pathlib.Path) -> None:
    rope = "tracks:\n  - {id: rope, name: Rope}  # meant: the facilitator moves it\n"
    assert said_of(tmp_path, with_mistake("board.yaml", "tracks:\n", rope)) == []
    wrong = with_mistake("board.yaml", "start: 50, good_for: [east], bad_for: [west]}", "start: 500}  # meant")
    assert said_of(tmp_path, wrong) == ["board.yaml:2:37: 500 is out of range: 'trust' goes from 0 to 100"]


def test_what_a_schedule_or_an_experiment_sets_is_set(tmp_path: pathlib.Path) -> None:
    moon = "variables:\n  - {id: moon, values: [new, full], start: new}\n"
    files = with_mistake("board.yaml", "variables:\n", moon)
    assert said_of(tmp_path, files) == [
        "board.yaml:6:5: nothing sets the variable 'moon': it stays new; let an effect or an inject do so [warning]"
    ]
    night = "injects:\n  - {id: rises, title: It rises, turn: 1, set: moon, to: full, why: It does.}\n"
    assert said_of(tmp_path, {**files, "injects/night.yaml": night}) == []
    (tmp_path / "injects" / "night.yaml").unlink()
    given = FERRY["play.yaml"].replace("{players: {east: careful}}", "{players: {east: careful}, given: {moon: full}}")
    assert said_of(tmp_path, {**files, "play.yaml": given}) == []


def test_a_long_card_of_a_schedule_is_told_and_can_be_used(tmp_path: pathlib.Path) -> None:
    assert said_of(tmp_path, FERRY) == []
    card = "cards:\n  - {id: talk, title: Talk, text: " + "word " * 50 + ", certainty: invented}\n"
    injects = "injects:\n  - {id: one, title: One, turn: 1, card: talk, why: So.}\n"
    schedule = tmp_path / "injects" / "night.yaml"
    schedule.parent.mkdir()
    schedule.write_text(card + injects, encoding="utf-8")
    problems = check_schedule(schedule, load(tmp_path))
    assert [(problem.message, problem.severity) for problem in problems] == [
        ("the text of 'talk' has 50 words; a card has at most 45: say it in fewer", "warning")
    ]
    assert len(read_schedule(schedule, load(tmp_path))[0].cards) == 1


def test_a_comment_after_two_spaces_and_one_after_no_prose_cut_nothing_off(tmp_path: pathlib.Path) -> None:
    commented = FERRY["cards.yaml"].replace("title: The River Rises\n", "title: The River Rises  # five words\n")
    commented = commented.replace("trust < 90\n", "trust < 90 # as it says\n")
    assert said_of(tmp_path, {**FERRY, "cards.yaml": commented}) == []


def test_braces_in_a_brief_are_told_in_the_brief(tmp_path: pathlib.Path) -> None:
    files = with_mistake("scenario.yaml", "brief: You need the ferry.", "brief_file: west.md")
    brief = "You need the ferry.\nIt costs {debt} coins.\n"
    said = "players would read '{debt}' as it stands: nothing is put in its place; write the word out"
    assert said_of(tmp_path, {**files, "west.md": brief}) == [f"west.md:2:10: {said} [warning]"]


def test_a_file_that_cannot_be_read_is_one_mistake_and_none_in_another_file(tmp_path: pathlib.Path) -> None:
    for file in FERRY:
        for line in (line for line in FERRY[file].split("\n") if ": " in line and "{" not in line):
            cut = FERRY[file].replace(line, line.replace(": ", ': "', 1), 1)
            said = said_of(tmp_path, {**FERRY, file: cut})
            assert all(one.startswith(f"{file}:") for one in said), (line, said)
            assert len(said) <= 1 or '"' not in said[0], (line, said)


@pytest.mark.parametrize(
    ("change", "cost"),
    [
        (("turns: 3\n    dates: [Monday, Tuesday, Wednesday]\n", "turns: 300\n"), []),
        (
            ("turns: 3\n    dates: [Monday, Tuesday, Wednesday]\n", "turns: 400\n"),
            [
                "scenario.yaml:17:12: one game can take some 23 seconds and 607 MB of memory: in 399 turns 1,900 rules "
                "have 758,100 effects; have fewer of them [warning]"
            ],
        ),
    ],
)
def test_a_pack_that_takes_minutes_or_gigabytes_to_play_says_what_makes_it_so(
    tmp_path: pathlib.Path, change: tuple[str, str], cost: list[str]
) -> None:
    count = 1900 if cost else 100
    rules = "rules:\n" + "".join(
        f"  - {{id: r{n}, title: R, at: dawn, effects: [{{change: trust, by: 1, why: So.}}]}}\n" for n in range(count)
    )
    files = with_mistake("scenario.yaml", *change)
    assert said_of(tmp_path, {**files, "rules.yaml": rules}) == cost


def test_a_thousand_misspelt_names_take_little_longer_than_as_many_that_are_right(tmp_path: pathlib.Path) -> None:
    """Counted in comparisons of names letter by letter, which is what took the time."""
    import difflib

    cards = "cards:\n" + "".join(
        f"  - {{id: card_of_the_week_{n}, title: T, text: T., effects: [{{deal: crad_of_the_weak_{n}}}]}}\n"
        for n in range(1000)
    )
    before = difflib.SequenceMatcher.ratio
    counted = 0

    def counting(self: difflib.SequenceMatcher[str]) -> float:
        nonlocal counted
        counted += 1
        return before(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(difflib.SequenceMatcher, "ratio", counting)
        said = said_of(tmp_path, {**FERRY, "cards2.yaml": cards})
    assert len(said) == 200
    assert "there is no card 'crad_of_the_weak_0' (did you mean 'card_of_the_week_0'?)" in said[0]
    assert 0 < counted <= 200 * 40
