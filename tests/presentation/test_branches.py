"""Branches in words: a tree, and two of them side by side, the same for both faces."""

from __future__ import annotations

import json
import pathlib
import random

import pytest

from tabletop.presentation.branches import BranchComparison, BranchLine, branch_comparison, branch_tree
from tabletop.presentation.names import names_in
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tabletop.session.branch_comparison import compare
from tabletop.session.step_summary import branch_summaries
from tabletop.terminal.controls.branching import comparison_rows
from tabletop.terminal.marks import Marks
from tabletop.terminal.scene import Sheet, whole_scene
from tabletop.window.screens.facilitate import Drawer
from tests.presentation.played_games import PACKS, loaded, moved_on
from tests.window.driver import drive, new_app


@pytest.fixture(params=PACKS)
def session(request: pytest.FixtureRequest) -> Session:
    """Two branches that part at the third decision, with a ruling on one of them."""
    scenario = loaded(request.param)
    found = Session(scenario, seed=4, humans=[seat.id for seat in scenario.seats])
    moved_on(found, random.Random(1), 3)
    there = found.course.at.number
    moved_on(found, random.Random(2), 4)
    found.go(there)
    found.begin_branch("hard line")
    meter = scenario.meters[0]
    Facilitator(found).set(meter.id, meter.range[1], "To see what they do.")
    moved_on(found, random.Random(3), 3)
    return found


def side_by_side(session: Session, language: str = "en") -> BranchComparison:
    found = compare(session, "main", "hard line")
    return branch_comparison(names_in(session.game.program), Words(language), found)


def test_a_comparison_goes_through_json_and_back(session: Session) -> None:
    for language in ("en", "ko"):
        value = side_by_side(session, language)
        assert from_plain(BranchComparison, json.loads(json.dumps(to_plain(value)))) == value
    for line in branch_tree(names_in(session.game.program), Words(), branch_summaries(session)):
        assert from_plain(BranchLine, json.loads(json.dumps(to_plain(line)))) == line


def test_the_tree_has_each_branch_under_the_one_that_it_left(session: Session) -> None:
    session.begin_branch("softer")
    tree = branch_tree(names_in(session.game.program), Words(), branch_summaries(session))
    assert [(one.name, one.depth) for one in tree] == [("main", 0), ("hard line", 1), ("softer", 2)]
    assert tree[1].left.startswith("left main in ")
    assert [one.name for one in tree if one.is_current] == ["softer"]


def test_the_console_and_the_drawer_lay_out_the_same_comparison(session: Session, tmp_path: pathlib.Path) -> None:
    value = side_by_side(session)
    assert value.rulings
    assert value.decisions
    scene = whole_scene(session, Sheet(Marks(), 100, 60))
    terminal = " ".join(" ".join(row.plain for row in comparison_rows(scene, value, "Chance was the same.")).split())
    session.switch("main")
    app = new_app(tmp_path, (1920, 1080))
    drawer = Drawer(app, session)
    app.push(drawer)
    player = drive(app)
    drawer.page = "past"
    drawer.pages["past"]._compare("hard line")  # type: ignore[attr-defined]
    drawer.refresh()
    player.frame()
    window = " ".join(" ".join(player.texts).split())
    for words in (value.parted, value.one.text, value.other.text, *(one.text for one in value.rulings)):
        assert words in terminal
        assert words in window
    for one in value.decisions[:12]:
        for words in (one.when, one.who, one.one, one.other):
            assert words in terminal
            assert words in window
