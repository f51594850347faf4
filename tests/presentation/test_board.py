"""The board, the calendar and the table of a negotiation, worked out from what a seat may know and nothing else."""

from __future__ import annotations

import json
import os
import pathlib
import random
from typing import Any

import pytest

import tabletop
from tabletop.engine.prospects import prospects
from tabletop.presentation.board import Board, board_of
from tabletop.presentation.calendar import Calendar, calendar_of
from tabletop.presentation.negotiation import Negotiation, negotiation_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.words import LANGUAGES, Words
from tests.engine.siblings import siblings
from tests.presentation.positions import PACKS, positions

WORDS = Words("en")
POSITIONS = int(os.environ.get("TABLETOP_SIBLINGS", "4"))
OWN = pathlib.Path(__file__).parents[1] / "window" / "packs"
EVERY_PACK = (*PACKS, str(OWN / "islands"), str(OWN / "harbour"))


def seen(game: tabletop.Game, state: Any, seat: str) -> Perspective:
    view = game.view(state, seat)
    return Perspective(game.program, seat, view, prospects(game, state, view), (seat,))


def played(scenario: tabletop.Scenario, seat: str, *moves: str) -> Perspective:
    """A game in which a seat makes some moves, and all else is passed or taken as it comes."""
    game, wanted = tabletop.Game(scenario), list(moves)
    state = game.start(3)
    while wanted and not state.finished:
        acting = state.acting[0]
        open_now = game.actions(state, acting)
        mine = next((one for one in open_now if acting == seat and one.id == wanted[0]), None)
        if mine is not None:
            wanted.pop(0)
        passing = next((one for one in open_now if one.kind == "pass"), open_now[0])
        state = game.apply(state, acting, mine or passing)
    return seen(game, state, seat)


@pytest.mark.parametrize("pack", EVERY_PACK, ids=lambda pack: pathlib.Path(pack).name)
def test_board_calendar_and_negotiation_go_through_json_and_back(pack: str) -> None:
    for position in positions(pack, 6, seed=4):
        for language in LANGUAGES:
            words = Words(language)
            for kind, value in (
                (Board, board_of(position.perspective, words)),
                (Calendar, calendar_of(position.perspective, words)),
                (Negotiation, negotiation_of(position.perspective, words)),
            ):
                if value is not None:
                    assert from_plain(kind, json.loads(json.dumps(to_plain(value)))) == value  # type: ignore[type-var]


@pytest.mark.parametrize("pack", EVERY_PACK, ids=lambda pack: pathlib.Path(pack).name)
def test_the_board_is_the_same_in_worlds_that_differ_in_what_the_seat_may_not_know(pack: str) -> None:
    rng = random.Random(7)
    for position in positions(pack, POSITIONS, seed=5):
        game, state = position.session.game, position.session.state
        for seat in state.program.seat_ids:
            here = seen(game, state, seat)
            for kind, sibling in siblings(state, seat, rng):
                there = seen(game, sibling, seat)
                for built in (board_of, calendar_of, negotiation_of):
                    assert built(there, WORDS) == built(here, WORDS), f"{kind} tells {seat}"


def test_a_day_that_is_named_stands_in_the_calendar_with_its_date() -> None:
    scenario = tabletop.load(OWN / "islands")
    assert calendar_of(played(scenario, "orla"), WORDS).standing is None
    calendar = calendar_of(played(scenario, "orla", "name_day"), WORDS)
    assert calendar.standing is not None
    day = calendar.turns[calendar.standing.turn - 1]
    assert day.is_set
    assert day.date in calendar.standing.text
    assert day.date in calendar.tip


def test_turns_are_dated_from_the_first_day_where_a_stage_has_no_dates() -> None:
    stage, table = tabletop.load(OWN / "islands").stages
    assert stage.dates[:2] == ("2 October 1911", "9 October 1911")
    assert len(stage.dates) == stage.turns
    assert table.dates == ("First bell", "Second bell", "Last bell")


def test_a_pack_without_a_calendar_has_turns_and_no_standing_date() -> None:
    calendar = calendar_of(played(tabletop.load(OWN / "harbour"), "mayor"), WORDS)
    assert calendar.standing is None
    assert [turn.number for turn in calendar.turns] == [1, 2, 3, 4, 5]
    assert not any(turn.is_set for turn in calendar.turns)


def test_the_table_has_the_sides_offers_and_way_out_that_the_pack_says() -> None:
    scenario = tabletop.load(OWN / "islands")
    table = negotiation_of(played(scenario, "orla", "name_day", "go_now", "put_berth"), WORDS)
    assert table is not None
    own, other = table.sides
    assert (own.seat, other.seat) == ("orla", "venn")
    assert own.is_own
    assert [(item.fact.id, item.is_on) for item in own.groups[0].items] == [("berth", True), ("fare", False)]
    assert [one.label for one in table.way_out] == ["Get up and go"]
    assert negotiation_of(played(scenario, "orla"), WORDS) is None


def test_an_answer_that_means_yes_is_good() -> None:
    scenario = tabletop.load(OWN / "islands")
    table = negotiation_of(played(scenario, "orla", "name_day", "go_now", "put_berth", "raise_fare"), WORDS)
    assert table is not None
    assert all(one.sign == -1 for one in table.answers)


def test_a_hidden_truth_says_who_else_knows_it(town: Any) -> None:
    game = tabletop.Game(town())
    board = board_of(seen(game, game.start(1), "miller"), WORDS)
    assert [one.note for one in board.secrets] == ["Only you know it."]
    assert board_of(seen(game, game.start(1), "mayor"), WORDS).secrets == ()
