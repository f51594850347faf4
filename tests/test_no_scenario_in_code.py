"""The program knows no scenario by name: what a pack is about is said by the pack alone."""

from __future__ import annotations

import pathlib
import re

import pytest

import tabletop

ROOT = pathlib.Path(tabletop.__file__).parent
NOUNS = re.compile(
    r"weeks_to_|announced|accepted|summit|washington|seoul|tokyo|beijing|pyongyang|moscow|korea|\bkim\b|trump|alliance"
    r"|leverage|corvane|ulmar|kessin",
    re.IGNORECASE,
)
#: Examples in docstrings are run with the shipped packs, and name them.
EXAMPLE = re.compile(r"^[ ]*>>> (?:.*\n)(?:[ ]*\S.*\n)*", re.MULTILINE)
#: What players read may use these as plain words.
PLAIN = re.compile("announced|accepted", re.IGNORECASE)
SOURCES = sorted(ROOT.rglob("*.py"))
WORDS = sorted((ROOT.parent / "assets" / "words").rglob("*.yaml"))


@pytest.mark.parametrize("file", [*SOURCES, *WORDS], ids=lambda file: str(file.relative_to(ROOT.parent)))
def test_no_line_of_code_names_what_only_one_scenario_has(file: pathlib.Path) -> None:
    text = EXAMPLE.sub("", file.read_text(encoding="utf-8"))
    found = [line for line in text.split("\n") if NOUNS.search(line)]
    assert [line for line in found if file.suffix != ".yaml" or not PLAIN.search(line)] == []
