"""Effects: now, later, lasting, and by chance."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import tabletop

Town = Callable[..., tabletop.Scenario]


def quiet(pack: dict[str, Any]) -> None:
    """Takes the weather out of the town, so that only what a test adds happens."""
    pack["cards"][0]["effects"] = []


def talk_does(*effects: dict[str, Any]) -> Callable[[dict[str, Any]], None]:
    def change(pack: dict[str, Any]) -> None:
        quiet(pack)
        pack["actions"][0]["effects"] = list(effects)

    return change


def calm_by_turn(game: tabletop.Game, first: str = "talk") -> list[int]:
    """The calm after each turn in which the mayor acts only once, at first."""
    state = game.apply(game.apply(game.start(1), "mayor", first), "mayor", "pass")
    seen = []
    while not state.finished:
        seat = state.acting[0]
        state = game.apply(state, seat, "pass")
        if seat == "miller":
            seen.append(state.meters["calm"])
    return seen


def test_an_effect_put_off_happens_when_it_is_due(town: Town) -> None:
    game = tabletop.Game(town(talk_does({"change": "calm", "by": 5, "why": "w", "after": 2})))
    assert calm_by_turn(game) == [50, 55, 55, 55]


def test_a_lasting_effect_happens_each_turn_and_then_stops(town: Town) -> None:
    game = tabletop.Game(town(talk_does({"change": "calm", "by": 1, "why": "w", "lasts": 2})))
    assert calm_by_turn(game) == [51, 52, 52, 52]


def test_until_stops_what_was_set_in_motion(town: Town) -> None:
    effect = {"change": "calm", "by": 1, "why": "w", "lasts": 3, "until": "calm >= 52"}
    assert calm_by_turn(tabletop.Game(town(talk_does(effect)))) == [51, 52, 52, 52]


def test_an_effect_put_off_twice_happens_twice(town: Town) -> None:
    game = tabletop.Game(town(talk_does({"change": "calm", "by": 5, "why": "w", "after": 1})))
    state = game.apply(game.apply(game.start(1), "mayor", "talk"), "mayor", "pass")
    state = game.apply(state, "miller", "talk")
    assert state.meters["calm"] == 60


@pytest.mark.parametrize(("by", "expected"), [(-80, 0), (80, 100)])
def test_a_meter_stops_at_the_ends_of_its_range_and_the_log_says_so(town: Town, by: int, expected: int) -> None:
    game = tabletop.Game(town(talk_does({"change": "calm", "by": by, "why": "w"})))
    state = game.apply(game.apply(game.start(1), "mayor", "talk"), "mayor", "pass")
    state = game.apply(state, "miller", "pass")
    assert state.meters["calm"] == expected
    assert [entry.amount for entry in state.log if entry.kind == "change"] == [expected - 50]


def test_a_condition_is_read_when_the_effect_is_set_in_motion(town: Town) -> None:
    first = {"change": "purse", "by": -30, "why": "w"}
    second = {"change": "calm", "by": 9, "why": "w", "when": "purse >= 50"}
    game = tabletop.Game(town(talk_does(first, second)))
    assert calm_by_turn(game) == [50, 50, 50, 50]


def test_an_ending_stops_everything_at_once(town: Town) -> None:
    end, late = {"end": "bad", "why": "w"}, {"change": "calm", "by": 9, "why": "w"}
    game = tabletop.Game(town(talk_does(end, late)))
    state = game.apply(game.apply(game.start(1), "mayor", "talk"), "mayor", "pass")
    state = game.apply(state, "miller", "pass")
    assert state.finished
    assert (state.outcome, state.meters["calm"], dict(state.scores)) == ("bad", 50, {"mayor": 50, "miller": 50})


def test_a_roll_follows_its_weights_and_its_outcome_is_logged(town: Town) -> None:
    table = {
        "id": "weather",
        "title": "Weather",
        "outcomes": [
            {"id": "sun", "weight": 1, "modifiers": [{"by": 2, "why": "w", "when": "mood == sunny"}], "effects": []},
            {"id": "rain", "weight": 0, "effects": []},
        ],
    }
    game = tabletop.Game(town(talk_does({"roll": "weather"}), tables=[table]))
    state = game.apply(game.apply(game.start(1), "mayor", "talk"), "mayor", "pass")
    state = game.apply(state, "miller", "pass")
    assert [entry.outcome for entry in state.log if entry.kind == "roll"] == ["sun"]


def test_a_card_dealt_by_an_effect_puts_its_choice_before_play_goes_on(town: Town) -> None:
    card = {
        "id": "fair",
        "title": "The Fair",
        "text": "Stalls.",
        "choices": [
            {
                "seat": "miller",
                "prompt": "Open the mill?",
                "options": [
                    {
                        "id": "yes_open",
                        "label": "Yes",
                        "effects": [{"change": "purse", "by": 7, "why": "Flour sells."}],
                    },
                    {"id": "no_open", "label": "No", "effects": []},
                ],
            }
        ],
    }

    def change(pack: dict[str, Any]) -> None:
        talk_does({"deal": "fair"})(pack)
        pack["cards"].append(card)

    game = tabletop.Game(town(change))
    state = game.apply(game.apply(game.start(1), "mayor", "talk"), "mayor", "pass")
    state = game.apply(state, "miller", "pass")
    assert (state.card, state.acting) == ("fair", ("miller",))
    assert [action.id for action in game.actions(state, "miller")] == ["yes_open", "no_open"]
    state = game.apply(state, "miller", "yes_open")
    assert state.meters["purse"] == 57
    assert state.turn == 2


def test_a_deck_deals_each_card_once_unless_it_is_refilled(town: Town) -> None:
    def dealt(refill: bool) -> int:
        game = tabletop.Game(town(decks=[{"id": "days", "name": "Days", "refill": refill}]))
        state = game.start(1)
        while not state.finished:
            state = game.apply(state, state.acting[0], "pass")
        return sum(entry.kind == "card" for entry in state.log)

    assert dealt(refill=False) == 1
    assert dealt(refill=True) == 4


def test_a_private_word_reaches_only_those_it_is_meant_for(town: Town) -> None:
    game = tabletop.Game(town(talk_does({"tell": ["miller"], "text": "The dam leaks."})))
    state = game.apply(game.apply(game.start(1), "mayor", "talk"), "mayor", "pass")
    state = game.apply(state, "miller", "pass")
    assert any(entry.kind == "word" for entry in game.view(state, "miller").log)
    assert not any(entry.kind == "word" for entry in game.view(state, "mayor").log)


def test_whom_an_action_tells_may_be_chosen_with_it(town: Town) -> None:
    def change(pack: dict[str, Any]) -> None:
        talk_does({"tell": ["{whom}"], "text": "The dam leaks."})(pack)
        pack["actions"][0]["parameters"] = [{"name": "whom", "values": ["mayor", "miller"]}]

    game = tabletop.Game(town(change))
    state = game.apply(game.apply(game.start(1), "mayor", "talk(whom=miller)"), "mayor", "pass")
    state = game.apply(state, "miller", "pass")
    heard = {
        seat: [entry.text for entry in game.view(state, seat).log if entry.kind == "word"]
        for seat in ("mayor", "miller")
    }
    assert heard == {"mayor": [], "miller": ["The dam leaks."]}


def test_a_roll_that_a_secret_action_brought_about_does_not_tell_on_it(town: Town) -> None:
    table = {"id": "weather", "title": "Weather", "outcomes": [{"id": "sun", "weight": 1, "effects": []}]}

    def change(pack: dict[str, Any]) -> None:
        talk_does({"roll": "weather"})(pack)
        pack["actions"][0]["secret"] = True

    game = tabletop.Game(town(change, tables=[table]))
    state = game.apply(game.apply(game.start(1), "mayor", "pass"), "miller", "talk")
    assert not any(entry.kind == "roll" for entry in game.view(state, "mayor").log)
    (roll,) = [entry for entry in game.view(state, "miller").log if entry.kind == "roll"]
    assert (roll.outcome, roll.seat, roll.decision, roll.title) == ("sun", "miller", "talk", "Weather")


def test_a_secret_action_leaves_only_what_can_be_seen(town: Town) -> None:
    def change(pack: dict[str, Any]) -> None:
        quiet(pack)
        pack["actions"][0]["secret"] = True

    game = tabletop.Game(town(change))
    state = game.apply(game.apply(game.start(1), "mayor", "pass"), "miller", "talk")
    mayor, miller = game.view(state, "mayor"), game.view(state, "miller")
    assert not any(entry.kind == "action" for entry in mayor.log)
    seen = [entry for entry in mayor.log if entry.kind == "change"]
    assert [(entry.target, entry.amount, entry.rule, entry.seat) for entry in seen] == [("calm", 2, "", "")]
    assert any(entry.rule == "talk" for entry in miller.log)
