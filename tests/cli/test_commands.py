"""The command line: plain words, exit statuses that scripts can rely on, and nothing slow before it is needed."""

from __future__ import annotations

import functools
import json
import pathlib
import shutil
import subprocess
import sys

import jsonschema
import pytest
import yaml
from click.testing import CliRunner, Result

from tabletop.cli import main
from tabletop.scenario.library import shipped
from tabletop.scenario.translation_tables import language_of

EVERY_FILE = [
    file
    for pack in shipped().values()
    for file in sorted(pack.rglob("*.yaml"))
    if not language_of(file.relative_to(pack).as_posix())
]


def tabletop(*arguments: str) -> Result:
    return CliRunner().invoke(main, list(arguments))


def test_help_names_every_command_and_loads_nothing_heavy() -> None:
    heavy = ("rich", "yaml", "cattrs", "attrs", "pygame")
    program = f"import sys, tabletop.cli; print(*[m for m in {heavy} if m in sys.modules])"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert loaded.strip() == ""
    known = (
        "play",
        "resume",
        "facilitate",
        "sessions",
        "scenarios",
        "check",
        "schema",
        "compare",
        "simulate",
        "review",
        "screenshot",
        "bench",
    )
    for command in known:
        assert command in tabletop("--help").output
        assert tabletop(command, "--help").exit_code == 0


def test_the_shipped_scenarios_are_listed_for_people_and_for_scripts() -> None:
    assert "summit-2018" in tabletop("scenarios").output
    listed = json.loads(tabletop("scenarios", "--json").output)
    assert {one["id"] for one in listed} == {"summit-2018", "first-summit"}
    assert all({"seats", "assumptions", "doctrines", "player"} <= set(one) for one in listed)


def test_a_sound_pack_checks_with_status_0() -> None:
    result = tabletop("check", "summit-2018", "first-summit")
    assert (result.exit_code, result.output.count("nothing to put right")) == (0, 2)


def test_a_mistake_is_told_with_its_place_and_status_1(tmp_path: pathlib.Path) -> None:
    (tmp_path / "scenario.yaml").write_text("id: broken\ntitel: Broken\n", encoding="utf-8")
    result = tabletop("check", str(tmp_path))
    assert result.exit_code == 1
    assert f"{tmp_path / 'scenario.yaml'}:2:1: unknown key 'titel' (did you mean 'title'?)" in result.output
    rows = json.loads(tabletop("check", str(tmp_path), "--format", "json").output)
    assert {"file", "line", "column", "message", "severity", "suggestion", "pack"} == set(rows[0])


def test_a_pack_that_is_not_there_is_told_with_status_1() -> None:
    result = tabletop("check", "summit-2019")
    assert (result.exit_code, "summit-2018" in result.output) == (1, True)


@pytest.mark.parametrize("file", EVERY_FILE, ids=lambda file: f"{file.parent.name}/{file.name}")
def test_the_schema_validates_every_file_of_the_shipped_packs(file: pathlib.Path) -> None:
    data = yaml.load(file.read_text(encoding="utf-8"), getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    printed_schema(file.parent.name == "injects").validate(data)


@functools.cache
def printed_schema(is_of_schedules: bool) -> jsonschema.Draft202012Validator:
    """The schema that the command prints, found to be one."""
    schema = json.loads(tabletop("schema", *["--schedule"] * is_of_schedules).output)
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema)


def test_a_schedule_is_checked_with_its_pack_or_by_itself(tmp_path: pathlib.Path) -> None:
    bad = "injects:\n  - {id: music, title: Music, turn: 2, card: bnad}\n"
    elsewhere = tmp_path / "mine.yaml"
    elsewhere.write_text(bad)
    result = tabletop("check", str(elsewhere))
    assert (result.exit_code, "for which scenario is it?" in result.output) == (1, True)
    for result in (
        tabletop("check", str(elsewhere), "--scenario", "first-summit"),
        tabletop("check", str(_with_its_scenario(elsewhere, bad))),
    ):
        assert (result.exit_code, "there is no card 'bnad'" in result.output) == (1, True)
    pack = tmp_path / "pack"
    shutil.copytree(shipped()["first-summit"], pack)
    assert tabletop("check", str(pack)).exit_code == 0
    (pack / "injects" / "mine.yaml").write_text(bad)
    result = tabletop("check", str(pack))
    assert f"{pack / 'injects' / 'mine.yaml'}:2:46: there is no card 'bnad'" in result.output
    result = tabletop("check", str(pack / "injects" / "mine.yaml"))
    assert (result.exit_code, "there is no card 'bnad'" in result.output) == (1, True)


def _with_its_scenario(file: pathlib.Path, text: str) -> pathlib.Path:
    file.write_text(f"scenario: first-summit\n{text}")
    return file


@pytest.mark.parametrize("scenario", ["summit-2018", "first-summit"])
def test_the_same_seed_tells_the_same_story_to_the_byte(scenario: str) -> None:
    first, second = (tabletop("play", scenario, "--auto", "--seed", "7") for _ in range(2))
    assert first.exit_code == 0
    assert first.output == second.output
    assert first.output != tabletop("play", scenario, "--auto", "--seed", "8").output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["play", "summit-2019"], "did you mean 'summit-2018'"),
        (["play", "--seat", "tokio"], "did you mean 'tokyo'"),
        (["play", "--auto", "--player", "washington=rsh"], "did you mean 'rush'"),
        (["play", "--auto", "--assume", "sincere_kim=101"], "from 0 to 100"),
        (["plya"], "No such command"),
    ],
)
def test_bad_usage_ends_with_status_2_and_words(arguments: list[str], words: str) -> None:
    result = tabletop(*arguments)
    assert (result.exit_code, words in result.output, "Traceback" in result.output) == (2, True, False)


def test_a_game_that_is_not_there_cannot_be_resumed(tmp_path: pathlib.Path) -> None:
    result = tabletop("resume", "--save", str(tmp_path))
    assert (result.exit_code, "no game to resume" in result.output) == (1, True)
