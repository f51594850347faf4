"""Words: both languages have every entry with the same places, and none is left over."""

from __future__ import annotations

import datetime
import pathlib
import re
import string

import pytest

import tabletop
from tabletop.presentation.words import LANGUAGES, PLURALS, Words, catalogue

#: Where words of the catalogue are said.
SPEAKERS = ("presentation", "window", "terminal", "host", "report")
_HOME = pathlib.Path(tabletop.__file__).parent
SOURCES = [
    file.read_text(encoding="utf-8")
    for part in SPEAKERS
    for file in (_HOME / part).rglob("*")
    if file.suffix in (".py", ".html", ".typ")
]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def plain(keys: set[str]) -> set[str]:
    return {re.sub(rf"\.({'|'.join(PLURALS)})$", "", key) for key in keys}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_entry_with_the_same_places(language: str) -> None:
    ours, theirs = catalogue(language), catalogue("en")
    assert plain(set(ours)) == plain(set(theirs))
    for key in set(ours) & set(theirs):
        assert places(ours[key]) == places(theirs[key]), key


def test_every_entry_is_used_and_every_entry_used_is_there() -> None:
    known = plain(set(catalogue("en")))
    subjects = {key.split(".")[0] for key in known}
    quoted = {
        text
        for source in SOURCES
        for text in re.findall(r"""f?["']([a-z_-]+\.[a-z0-9_.{}-]+)["']""", source)
        if text.split(".")[0] in subjects
    }
    patterns = [re.compile(re.sub(r"\\{.*?\\}", "[a-z0-9_-]+", re.escape(text)) + "$") for text in quoted]
    assert {key for key in known if not any(pattern.match(key) for pattern in patterns)} == set()
    exact = {
        text
        for text in quoted
        if "{" not in text and not text.endswith((".yaml", ".py", ".png", ".json", ".html", ".typ"))
    }
    assert {text for text in exact if text not in known} <= {
        text for text in exact if text.startswith("hello.") or text.endswith("_") or text[-1].isdigit()
    }


def test_a_count_chooses_its_form_and_a_missing_entry_is_an_error() -> None:
    with pytest.raises(KeyError, match=r"title\.nothing"):
        Words("ko")("title.nothing")
    assert "45" in Words("ko")("title.new_note", minutes=45)


def test_a_language_has_the_plurals_that_are_its_own() -> None:
    assert Words("en")("prompt.pick", count=1).startswith("Choose one move")
    assert Words("en")("prompt.pick", count=0).startswith("Choose up to 0 moves")
    assert Words("ko")("prompt.pick", count=1).startswith("행동을 1개까지")


def test_lists_numbers_and_days_follow_the_language() -> None:
    day = datetime.datetime(2018, 6, 12, 9, 4)
    assert [Words(one).listed(["Seoul", "Tokyo", "Moscow"], "or") for one in LANGUAGES] == [
        "Seoul, Tokyo or Moscow",
        "Seoul, Tokyo 또는 Moscow",
    ]
    assert [Words(one).moment(day) for one in LANGUAGES] == ["12 Jun 2018, 09:04", "2018. 6. 12., 09:04"]
    assert Words("ko").number(12345) == "12,345"
