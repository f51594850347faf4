"""Days of turns and windows of cards: what can be declared, and when a dated card is told to come at the wrong time."""

from __future__ import annotations

import pathlib

import pytest

from tabletop.scenario.loading import check
from tabletop.scenario.windows import Window, days_of_turn, is_timely

PACK = """\
id: spring
title: Spring
version: "1.0"
summary: A spring.
player: east
meters:
  - {id: calm, name: Calm, good_for: [east]}
variables:
  - {id: date_set, start: false}
seats:
  - {id: east, name: East, brief: You wait., objectives: [{id: calm, text: Calm., points: calm}]}
stages:
  - id: weeks
    title: Weeks
    turn: week
    turns: 4
    begins: ["2018-03-08", "2018-03-15", "2018-03-22", "2018-03-29"]
    phases:
      - {id: news, title: News, deal: news}
      - {id: plan, title: Plan, seats: [east]}
actions:
  - {id: name_it, label: Name the day, seats: [east], phases: [plan], effects: [{set: date_set, to: true, why: So.}]}
decks:
  - {id: news, name: News}
cards:
  - id: visit
    deck: news
    title: A Visit
    text: They come.
    date: 16 March 2018
    window: {first: "2018-03-16", last: "2018-03-24"}
    turns: [2, 3]
    effects: [{change: calm, by: 1, why: They are kind.}]
  - id: eve
    deck: news
    title: The Eve
    text: It is tomorrow.
    date: 11 June 2018
    window: {first: "2018-06-11", last: "2018-06-11", moves: true}
    eligible: date_set
    effects: [{change: calm, by: 1, why: It is near.}]
endings:
  - {id: over, title: Over, text: It is over.}
"""

MISTAKES = [
    (
        "turns: [2, 3]",
        "turns: [1, 3]",
        "32:12: the card 'visit' can come up in week 1 (2018-03-08 to 2018-03-14), outside its window, 2018-03-16 to "
        "2018-03-24: let its 'turns' be [2, 3]",
    ),
    (
        "    turns: [2, 3]\n",
        "",
        "31:13: the card 'visit' can come up in week 1 (2018-03-08 to 2018-03-14), outside its window, 2018-03-16 to "
        "2018-03-24: let its 'turns' be [2, 3]",
    ),
    (
        '"2018-03-16", last: "2018-03-24"',
        '"2018-05-16", last: "2018-05-24"',
        "32:12: the card 'visit' can come up in week 2 (2018-03-15 to 2018-03-21), outside its window, 2018-05-16 to "
        "2018-05-24: no turn has a day of it",
    ),
    (
        '    window: {first: "2018-03-16", last: "2018-03-24"}\n',
        "",
        "30:11: the card 'visit' has a date, and no 'window' says on which days it may come up",
    ),
    (
        "    eligible: date_set\n",
        "",
        "39:62: 'eve' moves with the course of the game, and nothing ties it to that: say in 'eligible' "
        "what must be so",
    ),
    ('first: "2018-03-16"', 'first: "16 March"', "31:21: '16 March' is no date: write it as \"2018-03-08\""),
    (
        'first: "2018-03-16"',
        'first: "2018-03-26"',
        "31:41: 2018-03-24 is before 2018-03-26, the first day of the window",
    ),
    ('"2018-03-29"]', '"late March"]', "17:56: 'late March' is no date: write it as \"2018-03-08\""),
    ('"2018-03-29"]', '"2018-03-20"]', "17:56: turn 4 begins on 2018-03-20, not after turn 3"),
    (', "2018-03-29"]', "]", "17:13: 'weeks' has 4 turns, and says of 3 when they begin: say it of each"),
]


def told(folder: pathlib.Path, text: str) -> list[str]:
    (folder / "scenario.yaml").write_text(text)
    return [str(problem).partition("scenario.yaml:")[2] for problem in check(folder)]


def test_cards_that_come_in_their_window_or_move_with_the_game_are_fine(tmp_path: pathlib.Path) -> None:
    assert told(tmp_path, PACK) == []


@pytest.mark.parametrize(("old", "new", "message"), MISTAKES, ids=range(len(MISTAKES)))
def test_a_card_out_of_its_time_is_told_where_it_stands(
    tmp_path: pathlib.Path, old: str, new: str, message: str
) -> None:
    assert old in PACK
    assert any(one.startswith(message) for one in told(tmp_path, PACK.replace(old, new, 1)))


def test_a_condition_can_keep_a_card_in_its_window(tmp_path: pathlib.Path) -> None:
    free = PACK.replace("    turns: [2, 3]\n", "    eligible: stage_turn >= 2 and stage_turn <= 3\n")
    assert told(tmp_path, free) == []


def test_what_is_invented_needs_no_window(tmp_path: pathlib.Path) -> None:
    text = PACK.replace('    window: {first: "2018-03-16", last: "2018-03-24"}\n', "    certainty: invented\n")
    assert told(tmp_path, text) == []


def test_the_last_turn_is_as_long_as_the_one_before() -> None:
    days = days_of_turn(["2018-06-01", "2018-09-01"], 2)
    assert days is not None
    assert [str(day) for day in days] == ["2018-09-01", "2018-12-01"]


def test_a_turn_that_touches_the_window_is_timely() -> None:
    window, weeks = Window(first="2018-03-14", last="2018-03-15"), ["2018-03-08", "2018-03-15", "2018-03-22"]
    assert [is_timely(window, weeks, turn) for turn in (1, 2, 3)] == [True, True, False]
    assert is_timely(None, weeks, 3)
    assert is_timely(window, [], 3)
