"""Every value of the presentation goes through JSON and back, and is made of what a seat may know alone.

`TABLETOP_SIBLINGS=1000` looks at so many positions of both packs.
"""

from __future__ import annotations

import ast
import json
import os
import pathlib
import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs
import pytest

import tabletop
from tabletop.engine.views import public_view
from tabletop.presentation.belief_record import belief_records
from tabletop.presentation.board import board_of, heading_of, seat_of
from tabletop.presentation.calendar import calendar_of
from tabletop.presentation.changes import net_changes
from tabletop.presentation.chronicle import chronicle
from tabletop.presentation.clock_reading import clock_reading
from tabletop.presentation.ending import EndFacts, ending
from tabletop.presentation.entry_explanation import entry_explanation
from tabletop.presentation.event_card import event_card
from tabletop.presentation.evidence import dossiers_of
from tabletop.presentation.explanations import explanation, topics_of
from tabletop.presentation.glossary import glossary
from tabletop.presentation.hopes import seat_hopes
from tabletop.presentation.moves import hand_of
from tabletop.presentation.negotiation import is_negotiation, negotiation_of
from tabletop.presentation.opening import opening_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.played_assumptions import played_assumptions
from tabletop.presentation.prompt import prompt_of
from tabletop.presentation.public_board import RoomFacts, public_board
from tabletop.presentation.record import ruling_lines
from tabletop.presentation.revealed import revealed
from tabletop.presentation.saved_game import saved_game
from tabletop.presentation.set_pieces import asked_about, set_pieces_since
from tabletop.presentation.staging import staged
from tabletop.presentation.stakes import gauge_groups, stakes_of
from tabletop.presentation.timeline import timeline
from tabletop.presentation.truths import known_truths, unknown_truths
from tabletop.presentation.week_summary import week_summary
from tabletop.presentation.words import Words
from tabletop.session.advice import choice_of
from tabletop.session.score_ranges import ScoreRange
from tabletop.session.stated_beliefs import StatedBelief
from tabletop.session.step_tree import Position
from tests.engine.siblings import siblings
from tests.presentation.played_games import PACKS, loaded

POSITIONS = int(os.environ.get("TABLETOP_SIBLINGS", "2"))
HOME = pathlib.Path(tabletop.__file__).parent / "presentation"

pytestmark = pytest.mark.xdist_group("siblings")


def positions(pack: str, count: int, seed: int) -> Iterator[Position]:
    """Moments of games in which seats do anything, and some ends; people have all the seats."""
    game, rng = tabletop.Game(loaded(pack)), random.Random(seed)
    players = {seat.id: "" for seat in game.scenario.seats}
    for _ in range(count):
        state = game.start(seed=rng.getrandbits(64))
        for _ in range(rng.choice((2, 12, 40, 80, 400))):
            if state.finished:
                break
            seat = rng.choice(state.acting)
            state = game.apply(state, seat, rng.choice(game.actions(state, seat)))
        yield Position(game=game, state=state, players=players)


def perspective_of(position: Position, seat: str) -> Perspective:
    """What a seat sees of a position, or everybody ("")."""
    if seat:
        return Perspective.of(position, seat)
    return Perspective(position.game.program, "", public_view(position.state), humans=position.humans)


def first_values(scenario: tabletop.Scenario) -> dict[str, str]:
    """Hidden truths as if each had its first value."""
    return {noun.id: noun.values[0] for noun in scenario.hidden}


def early_beliefs(scenario: tabletop.Scenario) -> list[StatedBelief]:
    """A belief on each hidden truth in the first turn, that holds its first value for certain."""
    where = {"number": 1, "step": 0, "turn": 1, "seen": 1, "seat": scenario.player}
    return [
        StatedBelief(**where, hidden=noun.id, shares={value: 100 * (not at) for at, value in enumerate(noun.values)})
        for noun in scenario.hidden
    ]


def values_of(perspective: Perspective, words: Words) -> dict[str, object]:
    """Every value that is made of a perspective and nothing else, by what it is."""
    scenario, log = perspective.scenario, perspective.view.log
    courses = {meter.id: tuple(perspective.history(meter.id)) for meter in scenario.meters}
    found: dict[str, object] = {
        "board": board_of(perspective, words),
        "calendar": calendar_of(perspective, words),
        "chronicle": chronicle(perspective),
        "prompt": prompt_of(perspective, words),
        "public": public_board(perspective, words, RoomFacts(clock=clock_reading(words, 42.5, is_running=True))),
        "revealed": revealed(perspective, words, log[-12:]),
        "saved": saved_game(perspective, courses, branches=1, decisions=2),
    }
    table = negotiation_of(perspective, words)
    found |= {"negotiation": table} if table is not None else {}
    if perspective.seat:
        found |= {"hand": hand_of(perspective, words), "heading": heading_of(perspective, words)}
        found |= {"opening": opening_of(perspective, words)}
        asked = [asked_about(perspective, words, one) for one in hand_of(perspective, words).moves]
        found |= {f"asked {one.key}": one for one in asked if one is not None}
    if perspective.view.finished:
        found["ending"] = ending(perspective, words, EndFacts(courses=courses, hindsight=1))
        spans = {seat.id: ScoreRange(low=-50, high=50) for seat in scenario.seats}
        found |= {f"hope {one.seat}": one for one in seat_hopes(perspective, words, spans)}
    found |= {f"seat {seat.id}": seat_of(perspective, words, seat.id) for seat in scenario.seats}
    came = {entry.card for entry in log[-60:] if entry.kind == "card"}
    cards = [card for at, card in enumerate(scenario.cards) if at < 3 or card.id in came]
    found |= {f"card {card.id}": event_card(perspective, words, card) for card in cards}
    every = topics_of(perspective) if perspective.seat else ()
    first_of_kind = {one.kind: one for one in reversed(every)}.values()
    topics = {*first_of_kind, *every[len(log) % 8 :: 8]}  # the others at other positions
    found |= {f"{one.kind} {one.id}": explanation(perspective, words, one.kind, one.id) for one in topics}
    places = range(max(0, len(log) - 6), len(log))
    found |= {f"entry {place}": entry_explanation(perspective, words, place) for place in places}
    rows: dict[str, Sequence[object]] = {
        "assumption": played_assumptions(perspective, words),
        "belief": belief_records(perspective, words, first_values(scenario), early_beliefs(scenario)),
        "change": net_changes(perspective, words, 0),
        "dossier": dossiers_of(perspective, words),
        "event": timeline(perspective, words),
        "piece": set_pieces_since(perspective, words, 0),
        "ruling": ruling_lines(perspective, words),
        "staged": staged(perspective, words, max(0, len(log) - 40)),
        "stakes": (stakes_of(perspective, words),),
        "term": glossary(scenario, words),
        "truth": known_truths(perspective),
        "gauge group": gauge_groups(words, board_of(perspective, words).gauges) if perspective.seat else (),
        "week": tuple(week_summary(perspective, words, turn) for turn in list(perspective.turns)[-2:]),
        "unknown": unknown_truths(perspective),
    }
    return found | {f"{name} {at}": one for name, several in rows.items() for at, one in enumerate(several)}


def through_json(value: object) -> object:
    return value if isinstance(value, str) else from_plain(type(value), json.loads(json.dumps(to_plain(value))))


@pytest.mark.parametrize("pack", PACKS)
def test_every_value_goes_through_json_and_back(pack: str) -> None:
    for number, position in enumerate(positions(pack, POSITIONS, 3)):
        words = Words(("en", "ko")[number % 2])
        for seat in (*random.Random(number).sample(list(position.players), 1), ""):
            for name, value in values_of(perspective_of(position, seat), words).items():
                assert through_json(value) == value, f"{name} of {seat or 'everybody'}"


@pytest.mark.parametrize("pack", PACKS)
def test_no_value_tells_what_a_seat_may_not_know(pack: str) -> None:
    rng, words = random.Random(7), Words()
    for number, position in enumerate(positions(pack, POSITIONS, 7)):
        for seat in (*random.Random(number).sample(list(position.players), 1), ""):
            before = values_of(perspective_of(position, seat), words)
            for kind, sibling in siblings(position.state, seat, rng):
                if kind not in ("everything", "history"):
                    continue
                after = values_of(perspective_of(attrs.evolve(position, state=sibling), seat), words)
                differing = [name for name in before | after if before.get(name) != after.get(name)]
                assert not differing, f"{kind} tells {seat or 'the room'} by {differing[:3]}"


#: Values that are made of a session and its branches, beside those of reviews and of paper; they have their own tests.
OF_SESSIONS = (
    "advice",
    "branches",
    "chance_falls",
    "facilitator_board",
    "planned_injects",
    "record",
    "settable_values",
    "steps",
    "turning_points",
    "what_if",
)
#: What values are made from.
SOURCES = {"Perspective", "Names", "TurnLabel", "RoomFacts", "EndFacts", "TableFacts", "Topic", "Due", "Happening"}
SOURCES |= {"Axis", "Cause", "Extent", "RuleWords", "Sum", "_Teller"}
#: What seldom falls due; it goes through JSON where it does.
SELDOM = {"CardEffectDue"}


def telling_positions(pack: str) -> Iterator[Position]:
    """A game that doctrines play, in the middle, at its negotiation if it has one, and at its end."""
    game = tabletop.Game(loaded(pack))
    players = {seat.id: "" for seat in game.scenario.seats}
    told = set[str]()
    for seed in range(20):
        position = Position(game=game, state=game.start(seed=seed), players=players)
        while not position.state.finished:
            seat = position.acting[0]
            position = attrs.evolve(position, state=game.apply(position.state, seat, choice_of(position, seat)))
            turn = position.state.turn
            what = "end" if position.state.finished else f"turn {turn}" if turn == 5 else ""
            what = what or ("desk" if turn == 6 and position.state.phase == "planning" else "")
            if not what and turn > 4 and is_negotiation(perspective_of(position, position.acting[0])):
                what = "table" if position.state.stage_turn == 2 else ""
            if what and what not in told:
                told.add(what)
                yield position
        if "table" in told or pack != PACKS[0]:
            return


def test_no_kind_of_value_is_left_out() -> None:
    seen: set[str] = set()
    for pack in PACKS:
        for position in telling_positions(pack):
            knowing = [one for hidden in loaded(pack).hidden for one in hidden.known_to]
            for seat in {*position.acting[:1], *knowing[:1], ""}:
                for value in values_of(perspective_of(position, seat), Words()).values():
                    gather(value, seen)
    every = {
        node.name
        for file in HOME.glob("*.py")
        if file.stem not in OF_SESSIONS
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef) and any("frozen" in ast.unparse(one) for one in node.decorator_list)
    }
    left = sorted(every - seen - SOURCES - SELDOM)
    assert left == [], left


def gather(value: Any, seen: set[str]) -> None:
    """The names of the classes of a value and of everything in it."""
    if attrs.has(type(value)):
        seen.add(type(value).__name__)
        gather(tuple(attrs.asdict(value, recurse=False).values()), seen)
    elif isinstance(value, Mapping):
        gather(tuple(value.values()), seen)
    elif isinstance(value, tuple | list):
        for one in value:
            gather(one, seen)
