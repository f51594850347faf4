"""What a seat is shown is the same in every world that differs only in what the seat may not know.

`TABLETOP_SIBLINGS=1000` looks at so many positions of each shipped pack, and at all generated ones.
"""

from __future__ import annotations

import os
import pathlib
import random
import typing
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import tabletop
from tabletop.adapters.observation_history import ObservationHistory
from tabletop.adapters.observations import Observations
from tabletop.engine import execution, layout
from tabletop.engine.adjudication import RulingRefused, inject, set_value, settable, step_with
from tabletop.engine.forecasts import forecast
from tabletop.engine.game import Game, IllegalAction
from tabletop.engine.machine import effects as effect_machine
from tabletop.engine.state import State
from tabletop.engine.views import View, public_view
from tabletop.scenario import effects as effect_nouns
from tabletop.scenario import pack as pack_nouns
from tabletop.scenario.actions import Action
from tabletop.scenario.board import Hidden, Meter, Track, Value, Variable
from tabletop.scenario.cards import Card, Choice, Option
from tabletop.scenario.effects import Effect, Outcome, Rule, Table
from tabletop.scenario.seats import Resource
from tabletop.scenario.turns import Phase, Stage
from tests.engine.siblings import siblings, unaccounted, viewers
from tests.packs.generated import PACKS, generated_pack, write_pack

POSITIONS = int(os.environ.get("TABLETOP_SIBLINGS", "6"))
GENERATED = PACKS if POSITIONS >= 1000 else 12
OF_EACH_GENERATED = 20 if POSITIONS >= 1000 else 4

pytestmark = pytest.mark.xdist_group("siblings")


def positions(game: Game, count: int, seed: int) -> Iterator[State]:
    """So many positions of games at random, in which a facilitator has a hand now and then."""
    rng = random.Random(seed)
    found = 0
    for _ in range(200 + count):
        state = game.start(rng.getrandbits(64))
        while True:
            if rng.random() < 0.15 or state.finished:
                yield state
                found += 1
            if found == count:
                return
            if state.finished:
                break
            state = _step(game, state, rng)
    raise AssertionError("no game has so many positions")


def _step(game: Game, state: State, rng: random.Random) -> State:
    seat = rng.choice(state.acting)
    action = rng.choice(game.actions(state, seat))
    try:
        deed = rng.random()
        if deed < 0.03 and game.scenario.cards:
            return inject(game, state, rng.choice(game.scenario.cards).id, "So that you learn.", rng.random() < 0.5)
        if deed < 0.06:
            name = rng.choice(settable(game))
            symbol = game.program.scope.symbols[name]
            number = rng.randint(symbol.low, symbol.high)
            value = symbol.members[number] if symbol.members else number
            return set_value(game, state, name, value, "So that you learn.", rng.random() < 0.5)
        if deed < 0.1:
            _, draws = step_with(game, state, seat, action)
            if draws:
                draw = rng.choice(draws)
                ruled = {draw.place: rng.choice(draw.node.outcomes).id}
                return step_with(game, state, seat, action, overruled=ruled, why="So it is.", shown=rng.random() < 0.5)[
                    0
                ]
    except RulingRefused:
        pass
    return game.apply(state, seat, action)


def shown(
    game: Game, observations: Observations, recall: ObservationHistory, state: State, seat: str
) -> dict[str, Any]:
    """Everything that the engine and the adapters say to a seat, or to the public."""
    if not seat:
        return {
            "view": public_view(state),
            "row": observations.public_row(state),
            "text": observations.public_text(state),
            "recall": [line for line in recall.lines(state.history.notes(), "") if line],
        }
    view, number = game.view(state, seat), game.program.seat_number(seat)
    return {
        "view": view,
        "actions": game.actions(state, seat),
        "expected": [forecast(state, seat, action) for action in view.actions],
        "refusals": _refusals(game, state, seat, view),
        "row": observations.row(state, number),
        "text": observations.public_text(state) + observations.private_text(state, number),
        "recall": [line for line in recall.lines(state.history.notes(), seat) if line],
    }


def _refusals(game: Game, state: State, seat: str, view: View) -> list[str]:
    """What is said to a seat that tries what it may not do."""
    if seat not in view.acting:
        try:
            game.apply(state, seat, "pass")
        except IllegalAction as error:
            return [str(error)]
    open_now = {action.id for action in view.actions}
    tried = [action for action in game.scenario.actions if seat in action.seats and action.id not in open_now]
    return [game.why_not(state, seat, action.id) for action in tried]


def assert_nothing_tells(game: Game, states: Iterator[State], seed: int) -> int:
    """Asserts that siblings look alike, and says how many were compared."""
    observations, recall, rng = Observations(game.program), ObservationHistory(game.program), random.Random(seed)
    compared = 0
    for state in states:
        for seat in viewers(game.program):
            before = shown(game, observations, recall, state, seat)
            for kind, sibling in siblings(state, seat, rng):
                after = shown(game, observations, recall, sibling, seat)
                differing = [name for name in before if before[name] != after[name]]
                assert not differing, f"{kind} tells {seat or 'everybody'} by {', '.join(differing)} in {state!r}"
                compared += 1
    return compared


@pytest.mark.parametrize("pack", ["summit-2018", "first-summit"])
def test_nothing_of_a_shipped_pack_tells_a_seat_what_it_may_not_know(pack: str) -> None:
    game = Game(tabletop.load(pack))
    assert assert_nothing_tells(game, positions(game, POSITIONS, 7), 7) >= POSITIONS * 8


@pytest.mark.parametrize("number", range(GENERATED))
def test_nothing_of_a_generated_pack_tells_a_seat_what_it_may_not_know(number: int, tmp_path: pathlib.Path) -> None:
    game = Game(tabletop.load(write_pack(generated_pack(number), tmp_path / "pack")))
    assert_nothing_tells(game, positions(game, OF_EACH_GENERATED, number), number)


@pytest.mark.parametrize("number", [*range(0, PACKS, 20)])
def test_every_place_of_a_state_is_known_or_kept_and_none_is_forgotten(number: int, tmp_path: pathlib.Path) -> None:
    program = Game(tabletop.load(write_pack(generated_pack(number), tmp_path / "pack"))).program
    for seat in viewers(program):
        assert unaccounted(program, seat) == []


#: What is shown of each noun, and how the test above deals with it. Whoever adds a kind of effect, of note, of place or
#: a field to a noun has to say here what a seat may know of it, and see to it in `siblings`.
_ACCOUNTED: dict[type, set[str]] = {
    Effect: {
        *effect_nouns.VERBS, "by", "to", "text", "when", "why", "claims", "after", "lasts", "until", "reveals",
    },
    Outcome: {"id", "label", "weight", "text", "modifiers", "effects", "reveals"},
    Table: {"id", "title", "outcomes", "text", "known_to", "claims"},
    Rule: {"id", "title", "at", "effects", "text", "when", "claims", "reveals", "paper"},
    Card: {
        "id", "title", "text", "deck", "date", "certainty", "kind", "effects", "choices", "eligible", "turns", "window",
        "weight", "claims", "sources", "known_to", "reveals",
    },
    Choice: {"seat", "prompt", "options", "when", "reveals"},
    Option: {"id", "label", "effects", "text", "requires", "final", "tags", "claims", "reveals"},
    Action: {
        "id", "label", "seats", "phases", "effects", "text", "group", "parameters", "cost", "requires", "refused",
        "once", "one_of", "closes", "secret", "final", "tags", "claims", "reveals",
    },
    Phase: {"id", "title", "text", "deal", "seats", "order", "picks", "may_pass", "when", "reveals"},
    Stage: {"id", "title", "turn", "turns", "phases", "text", "then", "until", "clock", "dates", "begins", "reveals"},
    Resource: {"id", "name", "start", "most", "refresh", "known_to"},
    Meter: {"id", "name", "text", "range", "start", "thresholds", "good_for", "bad_for", "short"},
    Track: {"id", "name", "text", "steps", "start", "thresholds", "by", "known_to", "labels"},
    Variable: {"id", "name", "text", "values", "range", "start", "known_to", "labels"},
    Hidden: {"id", "name", "text", "values", "prior", "known_to", "descriptions", "labels"},
    Value: {"id", "formula", "name", "text", "held_by", "note"},
    View: {
        "seat", "turn", "stage", "stage_turn", "phase", "acting", "card", "meters", "tracks", "resources",
        "assumptions", "facts", "picked", "actions", "log", "finished", "outcome", "scores", "objective_points",
    },
    pack_nouns.Scenario: {
        "id", "title", "version", "summary", "player", "question", "minutes", "introduction", "meters", "tracks",
        "variables", "hidden", "values", "seats", "stages", "actions", "decks", "cards", "tables", "rules", "endings",
        "assumptions", "worldviews", "doctrines", "sources", "claims", "debrief", "glossary", "experiments", "digest",
        "presentation", "pictures", "classroom", "questions", "history", "set_pieces", "author", "licence", "language",
        "translations", "original",
    },
}  # fmt: skip


@pytest.mark.parametrize("noun", _ACCOUNTED, ids=lambda noun: noun.__name__)
def test_a_new_field_is_told_to_this_test(noun: type) -> None:
    assert {field.name for field in attrs.fields(noun)} == _ACCOUNTED[noun]


def test_what_becomes_of_what_effects_name_is_told_to_this_test() -> None:
    roles = {"changes", "rolls", "deals", "enters", "ends", "tells"}
    assert set(typing.get_args(effect_nouns.Role)) == roles == {kind.role for kind in effect_nouns.KINDS.values()}


def test_every_kind_of_effect_has_a_number_of_its_own() -> None:
    assert set(effect_machine.NUMBERS) == set(effect_nouns.VERBS)
    assert sorted(effect_machine.NUMBERS.values()) == list(range(len(effect_nouns.VERBS)))


def test_a_new_kind_of_note_or_place_is_told_to_this_test() -> None:
    notes = [
        execution.CHANGED,
        execution.MOVED,
        execution.CARD_DEALT,
        execution.NOTHING_DEALT,
        execution.ROLLED,
        execution.TOLD,
        execution.TURN_BEGAN,
    ]
    assert [*notes, execution.STAGE_BEGAN, execution.ENDED] == list(range(9))
    assert layout.HEADER == 23
