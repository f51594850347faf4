"""Set pieces of a pack: what is wrong with one is said with its place; what is right is loaded, and changes no game."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

import tabletop
from tabletop.scenario.loading import check
from tests.conftest import TOWN


def pack(folder: pathlib.Path, *pieces: dict[str, Any], **presentation: Any) -> pathlib.Path:
    """The town with set pieces."""
    folder = folder / "town"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(json.dumps(TOWN), encoding="utf-8")
    (folder / "set-pieces.yaml").write_text("set_pieces:\n" + "".join(f"- {json.dumps(one)}\n" for one in pieces))
    if presentation:
        lines = "".join(f"  {key}: {json.dumps(value)}\n" for key, value in presentation.items())
        (folder / "presentation.yaml").write_text(f"presentation:\n{lines}")
    return folder


def said(folder: pathlib.Path) -> list[str]:
    return [str(problem).replace(f"{folder}/", "") for problem in check(folder)]


ACTION = TOWN["actions"][0]["id"]
GOOD: dict[str, Any] = {"id": "one", "layout": "front_page", "title": "It Is So", "after": [ACTION]}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"layout": "front_pge"}, "'front_pge' is none of front_page, arrival"),
        ({"after": ["nobody_does_this"]}, "there is no action, card or outcome"),
        ({"after": []}, "nothing sets off 'one'"),
        ({"changes": ["nothing_known"]}, "there is no meter or variable 'nothing_known'"),
        ({"when": "no_such_name > 3"}, "unknown name 'no_such_name'"),
        ({"title": ""}, "'one' has no title"),
        ({"text": "Be here at {hour}."}, "players would read '{hour}' as it stands"),
        ({"states": [{"title": "A"}, {"when": "turn > 1", "title": "B"}]}, "let it be the last"),
        ({"after": [], "when": "turn > 1", "asks": "Sure?"}, "only an action can be asked about"),
        ({"sources": ["nowhere"]}, "there is no source 'nowhere'"),
        ({"sound": "trumpet"}, "'trumpet' is none of"),
        ({"picture": "here.svg"}, "no file 'here.svg' in the pack"),
        ({"text": "word " * 70}, "70 words; at most 60"),
    ],
)
def test_a_mistake_is_told_with_its_line_and_column(
    tmp_path: pathlib.Path, change: dict[str, Any], message: str
) -> None:
    found = said(pack(tmp_path, {**GOOD, **change}))
    assert any(message in one and one.startswith("set-pieces.yaml:2:") for one in found), found


def test_what_is_secret_is_in_no_set_piece(tmp_path: pathlib.Path, summit: tabletop.Scenario) -> None:
    secret = next(one.id for one in summit.hidden)
    folder = tmp_path / "summit"
    source = pathlib.Path(tabletop.__file__).parents[1] / "scenarios" / "summit-2018"
    for file in source.rglob("*"):
        if file.is_file():
            (folder / file.relative_to(source)).parent.mkdir(parents=True, exist_ok=True)
            (folder / file.relative_to(source)).write_bytes(file.read_bytes())
    with (folder / "set-pieces.yaml").open("a", encoding="utf-8") as written:
        written.write(f"  - {{id: leak, layout: crisis, title: A Leak, when: {secret} == stalling}}\n")
    found = [str(one) for one in check(folder)]
    assert any("a set piece is shown to all, and reads intention, which is secret" in one for one in found), found


def test_set_pieces_are_no_part_of_the_game(tmp_path: pathlib.Path) -> None:
    folder = pack(tmp_path, GOOD)
    digest = tabletop.load(folder).digest
    (folder / "set-pieces.yaml").unlink()
    assert tabletop.load(folder).digest == digest


def test_an_opening_is_three_sentences_of_a_seat_that_is_there(tmp_path: pathlib.Path) -> None:
    long = "One. Two. Three. Four."
    opening = {"nobody": {"text": "So.", "goal": "So."}, TOWN["player"]: {"text": long, "goal": "Win."}}
    found = said(pack(tmp_path, GOOD, opening=opening))
    assert any("there is no seat 'nobody'" in one for one in found), found
    assert any("at most 3 sentences and 70 words, and this has 4" in one for one in found), found
