"""What lies behind the screen is worked out once, for the drawer and the console."""

from __future__ import annotations

import json
import pathlib
import random

import pytest

import tabletop
from tabletop.presentation.chance_falls import ChanceFall, chance_falls
from tabletop.presentation.facilitator_board import FacilitatorBoard, facilitator_board
from tabletop.presentation.names import names_in
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.planned_injects import PlannedInject, planned_injects
from tabletop.presentation.settable_values import SettableValue, settable_values
from tabletop.presentation.words import Words
from tabletop.session import Facilitator, Session
from tabletop.session.facilitator_view import facilitator_view, whole
from tabletop.session.schedule import offers, schedule, schedules_at_hand
from tabletop.session.step_summary import recent_falls
from tests.presentation.played_games import PACKS, going_on, loaded, moved_on


def whole_perspective(session: Session) -> Perspective:
    return Perspective(session.game.program, "", whole(session), humans=session.humans)


def board(session: Session, language: str = "en") -> FacilitatorBoard:
    return facilitator_board(whole_perspective(session), Words(language), facilitator_view(session))


@pytest.mark.parametrize("pack", PACKS)
def test_what_lies_behind_the_screen_goes_through_json_and_back(pack: str) -> None:
    for session in going_on(pack, 6, 6):
        for language in ("en", "ko"):
            value = board(session, language)
            assert from_plain(FacilitatorBoard, json.loads(json.dumps(to_plain(value)))) == value
            for settable in settable_values(whole_perspective(session), Words(language)):
                assert from_plain(SettableValue, json.loads(json.dumps(to_plain(settable)))) == settable
            for fall in chance_falls(names_in(session.game.program), Words(language), recent_falls(session, 40)):
                assert from_plain(ChanceFall, json.loads(json.dumps(to_plain(fall)))) == fall


@pytest.mark.parametrize("pack", PACKS)
def test_every_value_is_what_the_game_has_and_can_be_set_to_its_example(pack: str) -> None:
    session = next(going_on(pack, 9, 1))
    for one in settable_values(whole_perspective(session), Words()):
        assert one.value == session.state.value(one.id)
        example = {"yes": True}.get(one.example, int(one.example) if one.example.isdecimal() else one.example)
        Facilitator(session).set(one.id, example, "To try it.")
        assert session.state.value(one.id) == example
        session.back(1)


def test_choices_face_down_lie_behind_the_screen() -> None:
    session = next(one for one in going_on("summit-2018", 4, 60) if any(one.view(seat).picked for seat in one.humans))
    picked = {seat: tuple(action.label for action in session.view(seat).picked) for seat in session.humans}
    assert {one.seat: one.picks for one in board(session).seats} == picked


def test_falls_of_one_table_are_told_apart() -> None:
    session = Session(loaded("summit-2018"), seed=2, humans=[seat.id for seat in loaded("summit-2018").seats])
    moved_on(session, random.Random(2), 90)
    names = names_in(session.game.program)
    falls = chance_falls(names, Words(), recent_falls(session, 200))
    assert len({one.subject for one in falls}) < len(falls)
    assert len({(one.title, one.when, one.step) for one in falls}) == len(falls)


def test_an_overruled_fall_keeps_what_the_model_drew() -> None:
    session = Session(loaded("summit-2018"), seed=2, humans=[seat.id for seat in loaded("summit-2018").seats])
    moved_on(session, random.Random(2), 40)
    names = names_in(session.game.program)
    fall = next(one for one in chance_falls(names, Words(), recent_falls(session, 40)) if len(one.options) > 1)
    other = next(one for one in fall.options if one.id != fall.stands.id)
    Facilitator(session).overrule(fall.step, fall.place, other.id, "The room saw it otherwise.")
    ruled = next(one for one in chance_falls(names, Words(), recent_falls(session, 40)) if one.is_ruled)
    assert (ruled.stands.id, ruled.model.id) == (other.id, fall.stands.id)


def test_a_planned_inject_says_what_it_does_and_what_it_waits_for() -> None:
    session = Session(tabletop.load("summit-2018"), seed=1, pack="summit-2018", humans=("washington",))
    path: pathlib.Path = next(iter(schedules_at_hand(session).values()))
    Facilitator(session).load_schedule(path)
    cards = schedule(session).cards
    found = planned_injects(whole_perspective(session), Words(), offers(session), cards)
    assert found
    for one in found:
        assert from_plain(PlannedInject, json.loads(json.dumps(to_plain(one)))) == one
        assert one.deed
        assert bool(one.waiting) == (one.standing == "later")
