"""The scale of a negotiation: what a seat may know of the other side's price, and no more."""

from __future__ import annotations

import functools
import os
import random
from collections.abc import Iterator

import pytest

import tabletop
from tabletop.engine.state import State
from tabletop.engine.views import public_view
from tabletop.presentation.negotiation import negotiation_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.scale import ScaleShown, scale_of
from tabletop.presentation.words import Words
from tabletop.scenario.expressions import Expression
from tabletop.scenario.negotiation import Scale
from tests.engine.siblings import siblings, viewers

POSITIONS = int(os.environ.get("TABLETOP_SCALES", "2"))
WORDS = Words("en")


@functools.cache
def summit() -> tabletop.Game:
    return tabletop.Game(tabletop.load("summit-2018"))


def seen(state: State, seat: str) -> Perspective:
    game = summit()
    view = game.view(state, seat) if seat else public_view(state)
    return Perspective(game.program, seat, view)


def at_table(talks: int, seed: int) -> Iterator[State]:
    """Positions at the table, after so many weeks of talks before it; all else as chance has it."""
    game, rng = summit(), random.Random(seed)
    state = game.start(seed=seed)
    while not state.finished and state.stage != "aftermath":
        seat = state.acting[0]
        if seat == "washington" and state.stage == "table":
            yield state
        state = game.apply(state, seat, chosen(game, state, seat, talks, rng))


def chosen(game: tabletop.Game, state: State, seat: str, talks: int, rng: random.Random) -> tabletop.Action:
    """Washington goes to the table as soon as it can after so many weeks, talking until then; others do anything."""
    moves = [one for one in game.actions(state, seat) if not {"leave", "sign"} & one.tags and one.id != "leave_table"]
    moves = moves or list(game.actions(state, seat))
    if seat != "washington":
        return rng.choice(moves)
    wanted = ["attend", "keep_preparing"]
    wanted += ["announce"] if state.turn > 3 else ["hold_off"]
    wanted += ["working_talks", "senior_envoy"] if state.value("intentions") < talks else []
    for id in wanted:
        found = [one for one in moves if one.id == id]
        if found:
            return found[0]
    if state.phase == "planning":
        moves = [one for one in moves if not any("intentions" in effect.changed for effect in one.effects)] or moves
    return rng.choice(moves)


def scale(state: State, seat: str) -> ScaleShown:
    table = negotiation_of(seen(state, seat), WORDS)
    assert table is not None
    assert table.scale is not None
    return table.scale


@functools.cache
def positions(count: int) -> list[State]:
    found: list[State] = []
    for seed in range(10 * count):
        if len(found) >= count:
            break
        found += at_table(talks=seed % 6, seed=seed)
    return found[:count]


def test_a_scale_shows_what_the_seat_may_know_and_no_more() -> None:
    compared = 0
    for number, state in enumerate(positions(POSITIONS)):
        rng = random.Random(number)
        for seat in viewers(state.program):
            own = negotiation_of(seen(state, seat), WORDS)
            for _, other in siblings(state, seat, rng):
                assert negotiation_of(seen(other, seat), WORDS) == own
                compared += 1
    assert compared >= 7 * POSITIONS


def test_their_price_is_never_ruled_out_and_whoever_knows_it_sees_it() -> None:
    for state in positions(POSITIONS):
        price = state.value("price")
        shown = scale(state, "washington")
        assert price in [mark.at for mark in shown.marks if not mark.is_out]
        known = scale(state, "pyongyang")
        assert (known.low, known.high, known.width, known.is_sure) == (price, price, 0, True)


def test_the_bar_is_sharper_with_intentions_gauged() -> None:
    def width(talks: int) -> float:
        widths = [
            scale(state, "washington").width for seed in range(4 + POSITIONS // 5) for state in at_table(talks, seed)
        ]
        assert len(widths) > 3
        return sum(widths) / len(widths)

    blind, gauged = width(0), width(5)
    assert gauged < 0.8 * blind


def test_the_weights_are_all_that_moves_the_price() -> None:
    for state in positions(POSITIONS):
        assert sum(one.points for one in scale(state, "washington").weights) == state.value("pull")


def test_a_price_that_hangs_on_another_seats_secret_has_no_scale() -> None:
    state = positions(1)[0]
    secret = Scale(of="pyongyang", wants=Expression("cheating"), given=Expression("worth"))
    assert scale_of(seen(state, "washington"), WORDS, secret) is None
    assert scale_of(seen(state, "pyongyang"), WORDS, secret) is not None


def test_the_paper_grows_by_a_line_that_says_what_it_is_worth() -> None:
    game, state = summit(), next(one for one in positions(POSITIONS) if one.value("offer_aid") is False)
    before = negotiation_of(seen(state, "washington"), WORDS)
    offer = next(one for one in game.actions(state, "washington") if one.id == "offer_aid")
    after = negotiation_of(seen(game.apply(state, "washington", offer), "washington"), WORDS)
    assert before is not None
    assert before.paper is not None
    assert after is not None
    assert after.paper is not None
    assert len(after.paper.lines) == len(before.paper.lines) + 1
    line = next(one for one in after.paper.lines if one.id == "offer_aid")
    assert line.worth_text == "10 to them"
    assert any("Leverage" in span.text for span in line.moves)


@pytest.mark.parametrize("seat", ["washington", "seoul", ""])
def test_what_is_said_at_the_table_is_heard_alike_by_all(seat: str) -> None:
    for state in positions(3):
        table, own = negotiation_of(seen(state, seat), WORDS), negotiation_of(seen(state, "pyongyang"), WORDS)
        assert table is not None
        assert own is not None
        assert table.spoken == own.spoken


def test_looking_at_the_scale_changes_nothing_of_what_follows() -> None:
    game, lines = summit(), []
    for looks in (False, True):
        state, rng = positions(1)[0], random.Random(4)
        line = []
        while not state.finished:
            seat = state.acting[0]
            if looks and state.stage == "table":
                negotiation_of(seen(state, seat), WORDS)
            state = game.apply(state, seat, rng.choice(list(game.actions(state, seat))))
            line.append(state.fingerprint)
        lines.append(line)
    assert lines[0] == lines[1]


def move(state: State, id: str) -> State:
    """Washington makes a move, by the first of its variants that is open."""
    game = summit()
    found = next(one for one in game.actions(state, "washington") if one.id == id)
    return game.apply(state, "washington", found)


def test_a_recess_with_ones_own_people_tells_how_far_off_they_are_at_a_price() -> None:
    known = next(state for state in at_table(talks=5, seed=11) if state.value("intentions") >= 3)
    after = move(known, "recess_delegation")
    assert after.meters["eagerness"] == known.meters["eagerness"] + 2
    gap = after.value("gap")
    assert isinstance(gap, int)
    told = "far" if gap > 45 else "some_way" if gap > 25 else "near" if gap > 12 else "close"
    assert after.value("distance") == told
    assert scale(after, "washington").width <= scale(known, "washington").width
    blind = next(iter(at_table(talks=0, seed=11)))
    assert move(blind, "recess_delegation").value("distance") == "unknown"


def test_an_ally_that_is_rung_up_in_a_recess_is_consulted() -> None:
    open_now = ((one, {each.id for each in summit().actions(one, "washington")}) for one in positions(30))
    state = next(one for one, ids in open_now if "recess_ally" in ids)
    after = move(state, "recess_ally")
    rung = [name for name in after.tracks if after.tracks[name] > state.tracks[name]]
    assert rung in (["consultation_seoul"], ["consultation_tokyo"])
    assert after.value("movement") == max(0, state.value("movement") - 3)  # type: ignore[operator]


def test_leaving_is_a_threat_once_before_it_is_a_fact() -> None:
    state = positions(1)[0]
    after = move(state, "threaten_to_leave")
    assert after.stage == "table"
    assert after.value("summit") == "met"
    assert "threaten_to_leave" not in [one.id for one in summit().actions(after, "washington")]
    assert "walk_out" in [one.id for one in summit().actions(after, "washington")]
