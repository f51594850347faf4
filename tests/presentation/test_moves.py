"""What a seat may do: every kind of effect is worded, and the values hold nothing but what its view holds."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from typing import Any, get_args

import attrs
import pytest

import tabletop
from tabletop.engine.prospects import prospects
from tabletop.engine.refusals import Refusal, RefusalKind
from tabletop.presentation.effect_words import Hint
from tabletop.presentation.moves import Hand, Move, hand_of, move_named
from tabletop.presentation.names import names_in
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.plain import from_plain, to_plain
from tabletop.presentation.prompt import Prompt, TableFacts, prompt_of
from tabletop.presentation.refusal_words import refusal_words
from tabletop.presentation.words import LANGUAGES, Words
from tabletop.session import Session
from tests.engine.siblings import siblings
from tests.presentation.played_games import loaded
from tests.presentation.positions import PACKS, positions

WORDS = Words("en")


def seen(game: tabletop.Game, state: Any, seat: str) -> Perspective:
    view = game.view(state, seat)
    return Perspective(game.program, seat, view, prospects(game, state, view), (seat,))


#: One effect of every kind, with delays and conditions.
EVERY_KIND: list[dict[str, Any]] = [
    {"change": "calm", "by": 3, "why": "A band plays.", "after": 2},
    {"change": "purse", "by": "-calm // 10", "when": "mood == sunny", "why": "The guests eat."},
    {"change": "rumour", "by": 1, "lasts": 3, "why": "People talk."},
    {"set": "festival", "to": "announced", "why": "It is on the walls."},
    {"set": "calm", "to": 60, "why": "All sit down."},
    {"roll": "weather", "why": "It is April."},
    {"deal": "flood", "why": "The river is high."},
    {"tell": ["miller"], "text": "Come to the square.", "why": "He is asked."},
    {"tell": ["all"], "text": "Come.", "why": "All are asked."},
    {"enter": "autumn", "when": "calm > 90", "why": "The year turns."},
    {"end": "good", "until": "purse == 0", "after": 1, "why": "It is the last."},
]


def with_a_festival(pack: dict[str, Any]) -> None:
    """A town in which one move does all that moves can do."""
    pack["variables"].append({"id": "festival", "name": "Festival", "values": ["none", "announced"]})
    pack["tables"] = [
        {
            "id": "weather",
            "title": "The weather",
            "text": "As always.",
            "outcomes": [
                {"id": "sun", "weight": 1, "text": "The sun shines."},
                {"id": "rain", "weight": 1, "text": "It rains."},
            ],
        }
    ]
    autumn = {"id": "autumn", "title": "Autumn", "turn": "week", "turns": 1}
    pack["stages"].append({**autumn, "phases": [{"id": "end", "title": "The end", "seats": ["mayor"]}]})
    feast = {"id": "feast", "label": "Hold a feast", "seats": ["mayor"], "phases": ["plan"], "effects": EVERY_KIND}
    rest = {"id": "rest", "label": "Rest", "seats": ["mayor"], "phases": ["end"], "effects": []}
    pack["actions"] += [feast, rest]


def feast(town: Callable[..., tabletop.Scenario], language: str = "en") -> Move:
    game = tabletop.Game(town(with_a_festival))
    hand = hand_of(seen(game, game.start(1), "mayor"), Words(language))
    return next(move for move in hand.moves if move.key == "feast")


def test_every_kind_of_effect_is_worded_with_when_it_comes_and_on_what_it_hangs(town: Callable[..., Any]) -> None:
    move = feast(town)
    assert [one.text for one in move.effects] == [
        "▲ +3 Calm in 2 weeks",
        "▼ −5 Purse perhaps",
        "▲ +1 Rumour for 3 weeks",
        "Festival: announced",
        "Calm: 60",
        "Chance decides: The weather",
        "A card comes up: Flood",
        "A message goes to Miller",
        "A message goes to everybody",
        "Ends the game next week",
        "Leads to: Autumn",
    ]
    assert {one.target for one in move.effects} - {one.target for one in move.hints} == {"rumour", "autumn"}
    conditions = {one.target: one.condition for one in move.effects if one.condition}
    assert conditions == {
        "purse": "if Mood is sunny",
        "autumn": "not now: only if Calm is above 90",
        "good": "until Purse is 0",
    }
    chance = next(one for one in move.effects if one.verb == "roll")
    assert (chance.about, chance.outcomes) == ("As always.", ("The sun shines.", "It rains."))
    assert (move.leads_out, move.is_final, move.caution != "") == (True, True, True)


def test_no_kind_of_effect_is_worded_in_english_for_a_korean_player(town: Callable[..., Any]) -> None:
    for english, korean in zip(feast(town).effects, feast(town, "ko").effects, strict=True):
        assert korean.verb == english.verb
        assert (korean.text != english.text) or (english.tail == "" and english.verb in ("change", "set"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("pack", PACKS)
def test_a_hand_and_a_prompt_go_through_json_and_back(pack: str, language: str) -> None:
    for position in positions(pack, 5, seed=3):
        words = Words(language)
        hand, prompt = hand_of(position.perspective, words), prompt_of(position.perspective, words)
        assert from_plain(Hand, json.loads(json.dumps(to_plain(hand)))) == hand
        assert from_plain(Prompt, json.loads(json.dumps(to_plain(prompt)))) == prompt


@pytest.mark.parametrize("pack", PACKS)
def test_worlds_that_a_seat_cannot_tell_apart_give_it_the_same_hand_and_prompt(pack: str) -> None:
    rng = random.Random(5)
    for position in positions(pack, 5, seed=5):
        game, state = position.session.game, position.session.state
        for seat in game.program.seat_ids:
            here = seen(game, state, seat)
            for _, other in siblings(state, seat, rng):
                there = seen(game, other, seat)
                assert hand_of(there, WORDS) == hand_of(here, WORDS)
                assert prompt_of(there, WORDS) == prompt_of(here, WORDS)


def test_a_key_is_what_a_session_takes_as_the_move() -> None:
    for position in positions("summit-2018", 5, seed=2):
        hand = hand_of(position.perspective, WORDS)
        for move in hand.open:
            assert position.session.game.apply(position.session.state, position.seat, move.key)


def test_a_move_of_another_phase_is_found_by_its_key_with_what_it_would_do() -> None:
    position = next(iter(positions("first-summit", 1, seed=1)))
    hand = hand_of(position.perspective, WORDS)
    other = hand.elsewhere[0]
    move = move_named(position.perspective, WORDS, other.key)
    assert move is not None
    assert (move.label, move.refusal, move.is_open) == (other.label, other.refusal, False)
    assert move_named(position.perspective, WORDS, "no_such_move") is None


def test_for_whom_the_game_waits_is_said_by_name_and_what_the_table_does_first() -> None:
    position = next(iter(positions("summit-2018", 1, seed=1)))
    perspective = position.perspective
    other = next(seat for seat in perspective.names.seats if seat != position.seat)
    thinking = prompt_of(perspective, WORDS, TableFacts(thinking=other))
    assert thinking.text == f"{perspective.names.seat(other)} is thinking…"
    assert prompt_of(perspective, WORDS, TableFacts(thinking=other, held=True)).kind == "held"
    assert prompt_of(perspective, WORDS, TableFacts(paused=True)).kind == "paused"
    waits = attrs.evolve(perspective, view=attrs.evolve(perspective.view, acting=(other,)))
    assert prompt_of(waits, WORDS).text == f"{perspective.names.seat(other)} has to decide."
    over = attrs.evolve(perspective, view=attrs.evolve(perspective.view, finished=True))
    assert prompt_of(over, WORDS, TableFacts(paused=True)).text == "The game is over."


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", get_args(RefusalKind))
def test_every_kind_of_refusal_has_words_in_every_language(kind: RefusalKind, language: str) -> None:
    names = names_in(tabletop.Game(tabletop.load("first-summit")).program)
    refusal = Refusal(
        kind=kind,
        seats=("corvane", "ulmar"),
        once="turn",
        cost=(("days", 2),),
        text="Not before the treaty is drafted.",
        condition="trust >= 40",
        parameters=(("weeks", ("1", "2")),),
    )
    said = refusal_words(names, Words(language), refusal)
    assert said
    assert not said.endswith(".")
    assert "{" not in str(refusal)


def test_a_refusal_says_what_a_cost_and_a_condition_are_called() -> None:
    names = names_in(tabletop.Game(tabletop.load("first-summit")).program)
    cost = Refusal(kind="cost", cost=(("days", 2),))
    assert refusal_words(names, WORDS, cost) == "it costs 2 days, which is more than is left"
    assert str(cost) == "it costs 2 days, which is more than is left"
    condition = Refusal(kind="requires", condition="trust >= 40")
    assert refusal_words(names, WORDS, condition) == "it requires Trust in your word is at least 40"
    assert str(condition) == "it requires trust >= 40"


def test_a_step_among_named_values_is_told_by_the_value_that_it_comes_to() -> None:
    session = Session(loaded("summit-2018"), seed=1, humans=("washington",))
    perspective = Perspective.of(session, "washington")
    told = {}
    for key in ("ask_less", "ask_more"):
        move = move_named(perspective, WORDS, key)
        assert move is not None
        told[key] = [hint.text for hint in move.effects if hint.target == "ask"]
    assert told == {"ask_less": ["You ask for: partial"], "ask_more": ["You ask for: complete"]}


def test_what_a_move_does_to_one_thing_at_one_time_stands_together() -> None:
    base = Hint(
        verb="change", target="leverage", name="Leverage", full_name="Leverage", manner="number", direction=-1, sign=-1
    )
    first = attrs.evolve(base, amount="−13", low=-13, high=-13, reason="The gates open.")
    second = attrs.evolve(base, amount="−5", low=-5, high=-5, reason="They see it.")
    later = attrs.evolve(second, tail="in 2 weeks")
    move = Move(key="x", id="x", kind="action", label="x", effects=(first, second, later))
    assert [hint.text for hint in move.hints] == ["▼ −18 ✗ Leverage", "▼ −5 ✗ Leverage in 2 weeks"]
    assert move.hints[0].reason == "The gates open. They see it."
    away = attrs.evolve(first, amount="+13", low=13, high=13, direction=1, sign=1)
    assert attrs.evolve(move, effects=(first, away)).hints == ()
