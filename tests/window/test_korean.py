"""In Korean no screen of the window says anything in English: what is not Korean is a name, a key, or a pack's own."""

from __future__ import annotations

import pathlib
import re

import pytest

import tabletop
from tabletop.scenario.library import shipped
from tabletop.window.registry import Example, entries, show_example
from tests.hangul_pack import in_hangul, latin_words
from tests.sampled import some
from tests.window.driver import drive, new_app

OWN = pathlib.Path(__file__).parent / "packs" / "islands"
SHIPPED = pathlib.Path(__file__).parent.parent.parent / "scenarios"
#: Names of typefaces, of the map's makers, of the first branch, of a language, and formats of files.
NAMES = {"Earth", "Mono", "Natural", "Phosphor", "Plex", "Pretendard", "Serif", "Source", "assets", "English"}
#: How a branch, a facilitator and a misspelt value are called; and a month, as the calendar of a pack is in English.
CALLED = {"main", "facilitator", "trsut", "October"}
#: What is typed by its name: schedules, players and sessions, and what a broken pack says in the screen of its faults.
TO_BE_TYPED = {"lesson", "workshop", "spoiler", "calculating", "patron", "watchful", "summit"}
#: Screens on which packs that ship stand beside one another, in their own language.
LISTS = {"new-game", "scenarios", "scenarios-unsound", "title", "tutorial", "load"}


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> pathlib.Path:
    return in_hangul(OWN, tmp_path_factory.mktemp("packs"))


def ids_of(folder: pathlib.Path) -> set[str]:
    text = "\n".join(file.read_text(encoding="utf-8") for file in folder.rglob("*.yaml"))
    return {word.lower() for word in re.findall("[A-Za-z]{2,}", text)}


@pytest.mark.parametrize("name", some(entries(), 3, 2))
def test_no_screen_says_anything_in_english(name: str, pack: pathlib.Path, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path, (1920, 1080), language="ko")
    screen = show_example(app, name, Example(str(pack)))
    drive(app)
    said = [text.text for text in screen.scene.texts] + [drawn.control.tip for drawn in screen.scene.controls]
    known = {word.lower() for word in NAMES | CALLED} | ids_of(pack)
    if name in LISTS:
        known |= {word for id in shipped() for word in ids_of(SHIPPED / id)}
    assert {word for word in latin_words(" ".join(said)) if word.lower() not in known} == set()


@pytest.mark.parametrize("scenario", ["first-summit", "summit-2018"])
@pytest.mark.parametrize("name", some(entries(), 3, 2))
def test_no_screen_of_a_shipped_pack_says_anything_in_english(name: str, scenario: str, tmp_path: pathlib.Path) -> None:
    app = new_app(tmp_path, (1920, 1080), language="ko")
    screen = show_example(app, name, Example(scenario))
    drive(app)
    said = [text.text for text in screen.scene.texts] + [drawn.control.tip for drawn in screen.scene.controls]
    if name == "scenarios-unsound":
        return  # what is wrong with a pack is told to its author, in English
    # A source is named as it was published: its title, its author and date, and in quotes the column that it was in.
    cited = [part for one in tabletop.load(scenario).sources for part in (one.title[:20], one.author, one.published)]
    own = [re.sub("‘[A-Za-z ]+’", "", text) for text in said if not any(part and part in text for part in cited)]
    known = {word.lower() for word in NAMES | CALLED | TO_BE_TYPED}
    assert {word for word in latin_words(" ".join(own)) if word.lower() not in known} == set()
