"""The section 'presentation' of a pack: checked with places, and pictures that are unsafe or too large are refused."""

from __future__ import annotations

import json
import pathlib
from typing import Any

import pytest

import tabletop
from tabletop.scenario.loading import check
from tabletop.scenario.pack_files import digest_of, texts_of
from tabletop.scenario.pictures import MOST_BYTES_OF_A_PICTURE, faults_of, view_of
from tests.conftest import TOWN

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">{}</svg>'


def pack(folder: pathlib.Path, presentation: Any, **pictures: str) -> pathlib.Path:
    """The town with a presentation, and pictures by their names."""
    folder = folder / "town"
    folder.mkdir()
    (folder / "scenario.yaml").write_text(json.dumps(TOWN), encoding="utf-8")
    text = json.dumps({"presentation": presentation}, indent=1)
    (folder / "presentation.yaml").write_text(f"presentation:\n  {text[text.index(':') + 1 : -1].strip()}\n")
    for name, svg in pictures.items():
        (folder / f"{name}.svg").write_text(svg, encoding="utf-8")
    return folder


def said(folder: pathlib.Path) -> list[str]:
    return [str(problem).replace(f"{folder}/", "") for problem in check(folder) if problem.severity == "error"]


def test_what_it_names_must_be_in_the_pack_and_the_message_says_where(tmp_path: pathlib.Path) -> None:
    shown = {
        "calendar": {"stage": "spring", "variable": "open_brige", "counts": "rumour", "first": "soon"},
        "negotiation": {"stage": "week", "sides": [{"seat": "mayor"}], "way_out": ["flee"]},
        "seats": {"miler": {"icon": "flag"}, "mayor": {"icon": "flagg", "colour": "red"}},
        "meters": {"calm": {"icon": "handshake"}},
        "kinds": {"rumour": {"icon": "flag"}},
        "cards": {"flod": "flood.svg"},
        "title": {"connections": [{"between": ["mayor"]}], "labels": {"mayor": "above"}},
        "advice": {
            "deals": 20,
            "advisers": [{"id": "clerk", "name": "Clerk", "seat": seat} for seat in ("mayor", "m")],
            "counsel": [
                {"adviser": "clrk", "urges": "build", "text": "Go."},
                {"adviser": "clerk", "urges": "buld", "text": "Go."},
                {"adviser": "clerk", "text": "Go."},
                {"adviser": "clerk", "urges": "build", "using": {"place": "mill"}, "weight": 0, "text": "Go."},
            ],
        },
        "lesson": {"steps": [{"id": "a", "title": "A", "waits": ["patience"], "when": "calmness > 3"}]},
    }
    found = said(pack(tmp_path, shown, flood=SVG.format("")))
    for words in (
        "there is no stage 'spring'",
        "there is no variable 'open_brige' (did you mean 'open_bridge'?)",
        "'soon' is no date: write it as \"2018-03-08\"",
        "a table has two sides, and this one has 1",
        "there is no action 'flee'",
        "there is no seat 'miler' (did you mean 'miller'?)",
        "there is no icon 'flagg' (did you mean 'flag'?)",
        "'red' is no colour: write it as \"#5585ac\"",
        "there is no kind of card 'rumour'",
        "there is no card 'flod' (did you mean 'flood'?)",
        "a line is drawn between two seats",
        "'above' is none of left, right, below",
        "'patience' is none of sheet_closed, sheet_read, card_answered, decided, taken_back, game_over",
        "unknown name 'calmness'",
        "a turn deals 1 to 9 moves, not 20",
        "'clerk' is declared more than once here",
        "there is no seat 'm'",
        "there is no adviser 'clrk' (did you mean 'clerk'?)",
        "there is no action 'buld' (did you mean 'build'?)",
        "an adviser 'urges' an action or 'warns' of it",
        "there is no parameter of build called 'place'",
        "a weight is 1 to 100, not 0",
    ):
        assert any(words in one and one.startswith("presentation.yaml:") for one in found), (words, found)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("../secret.svg", "must be a path within the pack, without a leading '/' or '..'"),
        ("/etc/passwd.svg", "must be a path within the pack, without a leading '/' or '..'"),
        ("C:\\map.svg", "must be a path within the pack, with '/' between folders"),
        ("mapp.svg", "no file 'mapp.svg' in the pack (did you mean 'map.svg'?)"),
        ("map.png", "is not an SVG picture: its name must end in .svg"),
    ],
)
def test_a_picture_is_a_file_of_the_pack(tmp_path: pathlib.Path, name: str, message: str) -> None:
    folder = pack(tmp_path, {"map": {"file": name}}, map=SVG.format(""))
    assert any(message in one for one in said(folder)), said(folder)


@pytest.mark.parametrize(
    ("inside", "message"),
    [
        ("<script>alert(1)</script>", "runs no scripts"),
        ('<rect width="5" height="5" onclick="x()"/>', "runs no scripts"),
        ('<foreignObject width="5" height="5"/>', "runs no scripts"),
        ('<image href="http://example.org/a.png"/>', "refers to nothing"),
        ('<image href="data:image/png;base64,AAAA"/>', "refers to nothing"),
        ('<use href="other.svg#a"/>', "refers to nothing"),
        ('<rect width="5" height="5" fill="url(http://example.org/a)"/>', "refers to nothing outside itself"),
        ('<rect width="5" height="5" style="fill:url(file:///etc/passwd)"/>', "refers to nothing outside itself"),
        ("<style>@import url(http://example.org)</style>", "not in <style>"),
        ("<text>Hello</text>", "text in a picture is not drawn"),
        ("<animate/>", "is not drawn"),
        ("<?php echo 1 ?>", "no processing instructions"),
        ('<path d="M0 0H1e300"/>', "too large for the picture"),
        ('<path stroke-dasharray="0.0001" d="M0 0L100 50"/>', "too many dashes"),
        ('<g stroke-dasharray="0.0001"><path d="M0 0L100 50"/></g>', "too many dashes"),
        ('<path style="stroke-dasharray:0.0001" d="M0 0L100 50"/>', "too many dashes"),
        ('<g transform="scale(90)"><path stroke-dasharray="1" d="M0 0L9 5"/></g>', "a line with dashes is not scaled"),
        ("<g>" * 30 + "</g>" * 30, "elements"),
        ("<g/>" * 5000, "elements"),
    ],
)
def test_an_unsafe_picture_is_refused_with_its_line(tmp_path: pathlib.Path, inside: str, message: str) -> None:
    folder = pack(tmp_path, {"map": {"file": "map.svg"}}, map=SVG.format("\n" + inside))
    found = said(folder)
    assert any(message in one and one.startswith("map.svg:2:") for one in found), found
    with pytest.raises(tabletop.PackError):
        tabletop.load(folder)


@pytest.mark.parametrize(
    ("svg", "message"),
    [
        ("", "this is no SVG"),
        ("<svg", "this is no SVG"),
        ("<html/>", "this is no SVG"),
        (
            '<!DOCTYPE svg [<!ENTITY a "aaaa">]><svg xmlns="http://www.w3.org/2000/svg"/>',
            "no document type",
        ),
        ('<svg xmlns="http://www.w3.org/2000/svg"/>', "viewBox"),
        (SVG.format("<g/>" * (MOST_BYTES_OF_A_PICTURE // 4)), "at most 400 kB"),
    ],
    ids=["empty", "cut", "a page", "entities", "no viewBox", "huge"],
)
def test_what_is_no_picture_is_refused(svg: str, message: str) -> None:
    assert any(message in fault.message for fault in faults_of(svg))


def test_a_picture_as_an_editor_saves_it_is_taken() -> None:
    svg = """<?xml version="1.0" encoding="UTF-8"?>
    <svg xmlns="http://www.w3.org/2000/svg" xmlns:i="http://www.inkscape.org/namespaces/inkscape" viewBox="-5 -5 20 10">
    <metadata/><i:view i:zoom="2"/>
    <defs><linearGradient id="a"><stop offset="0" stop-color="#fff"/></linearGradient></defs>
    <g style="fill:url(#a);stroke:none" i:label="Layer"><path d="M0,0 C1,2 3,4 5,6z"/></g></svg>"""
    assert faults_of(svg.strip()) == []
    assert view_of(svg) == (-5, -5, 20, 10)


def test_how_a_pack_is_shown_is_no_part_of_its_rules(tmp_path: pathlib.Path) -> None:
    folder = pack(tmp_path, {"map": {"file": "map.svg"}}, map=SVG.format(""))
    before = digest_of(texts_of(folder))
    (folder / "map.svg").write_text(SVG.format("<g/>"), encoding="utf-8")
    (folder / "presentation.yaml").write_text("presentation:\n  map: {file: map.svg, places: {mayor: [3, 4]}}\n")
    assert digest_of(texts_of(folder)) == before == tabletop.load(folder).digest
    (folder / "presentation.yaml").unlink()
    assert digest_of(texts_of(folder)) == before


def test_a_pack_that_says_nothing_of_it_is_sound(town: Any) -> None:
    scenario = town()
    assert scenario.presentation == tabletop.load("first-summit").presentation.__class__()
    assert scenario.pictures == {}
