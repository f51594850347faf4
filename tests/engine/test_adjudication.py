"""What a facilitator may do to a position: it follows the rules from there, and touches nothing else."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import tabletop
from tabletop.engine.adjudication import (
    RulingRefused,
    another_round,
    carried_over,
    close_phase,
    inject,
    repeat_phase,
    set_value,
    settable,
    step_with,
)
from tabletop.engine.log import Intervention
from tabletop.scenario.improvised_cards import card_from, improvised
from tests.packs.generated import generated_pack, write_pack

TABLE: dict[str, Any] = {
    "id": "dice",
    "title": "The dice",
    "outcomes": [
        {"id": "low", "text": "Low.", "weight": 1, "effects": [{"change": "calm", "by": -5, "why": "Bad luck."}]},
        {"id": "high", "text": "High.", "weight": 1, "effects": [{"change": "calm", "by": 5, "why": "Good luck."}]},
        {"id": "never", "text": "Never.", "weight": "0", "effects": []},
    ],
}
GAMBLE = {
    "id": "gamble",
    "label": "Gamble",
    "seats": ["mayor"],
    "phases": ["plan"],
    "effects": [{"roll": "dice", "why": "Heads or tails."}],
}
NEWS = {"title": "News from afar", "text": "A rider comes in.", "effects": []}


@pytest.fixture(scope="module")
def packs(tmp_path_factory: pytest.TempPathFactory) -> list[tabletop.Scenario]:
    """Both shipped scenarios, and some made at random."""
    folder = tmp_path_factory.mktemp("packs")
    made = [tabletop.load(write_pack(generated_pack(seed), folder / str(seed))) for seed in range(12)]
    return [tabletop.load("first-summit"), tabletop.load("summit-2018"), *made]


def gambling(pack: dict[str, Any]) -> None:
    pack["tables"] = [TABLE]
    pack["actions"].append(GAMBLE)


def played(game: tabletop.Game, seed: int, most: int = 60) -> Iterator[tuple[tabletop.State, str, str]]:
    """A game at random: each position with what is decided in it."""
    dice, state = random.Random(seed), game.start(seed)
    for _ in range(most):
        if state.finished:
            return
        seat = dice.choice(state.acting)
        action = dice.choice(game.actions(state, seat))
        yield state, seat, str(action)
        state = game.apply(state, seat, action)


# Overruling chance


def test_a_step_in_which_nothing_is_overruled_is_the_step_itself(packs: list[tabletop.Scenario]) -> None:
    draws = 0
    for scenario in packs:
        game = tabletop.Game(scenario)
        begun, _ = step_with(game, None, seed=3)
        assert begun.fingerprint == game.start(3).fingerprint
        assert begun.log == game.start(3).log
        for state, seat, action in played(game, 3):
            stepped, fallen = step_with(game, state, seat, action)
            applied = game.apply(state, seat, action)
            assert stepped.core == applied.core
            assert stepped.log == applied.log
            draws += len(fallen)
            assert all(draw.model == draw.outcome for draw in fallen)
    assert draws > 50


def test_an_overruled_step_has_the_outcome_that_was_ruled_and_keeps_the_models_own(
    town: Callable[..., tabletop.Scenario],
) -> None:
    game = tabletop.Game(town(gambling))
    for seed in range(10):
        state = game.start(seed)
        state = game.apply(state, "miller", "pass")
        state = game.apply(state, "mayor", "gamble")
        _, (draw, *_) = step_with(game, state, "mayor", "talk")
        other = "low" if draw.model == "high" else "high"
        ruled, (after, *_) = step_with(game, state, "mayor", "talk", overruled={0: other}, why="The class votes so.")
        assert (after.model, after.outcome) == (draw.model, other)
        assert ruled.meters["calm"] == game.apply(state, "mayor", "talk").meters["calm"] + (
            10 if other == "high" else -10
        )
        entry = ruled.log[-1]
        assert (entry.kind, entry.why) == ("ruling", "The class votes so.")
        assert entry.intervention is not None
        assert (entry.intervention.outcome, entry.intervention.instead) == (other, draw.model)


def test_what_cannot_come_of_a_draw_cannot_be_ruled(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town(gambling))
    state = game.apply(game.start(1), "miller", "pass")
    state = game.apply(state, "mayor", "gamble")
    for outcome, words in (("never", "cannot come of it now; possible: low, high"), ("hihg", "did you mean 'high'")):
        with pytest.raises(RulingRefused, match=words):
            step_with(game, state, "mayor", "talk", overruled={0: outcome})
    with pytest.raises(RulingRefused, match="no draw 10 in this step"):
        step_with(game, state, "mayor", "talk", overruled={9: "low"})


def test_a_draw_of_a_card_can_be_overruled(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    for state, seat, action in played(game, 5, 400):
        _, draws = step_with(game, state, seat, action)
        for draw in draws:
            if draw.node.kind == "card" and len(draw.node.outcomes) > 1:
                other = next(one.id for one in draw.node.outcomes if one.id != draw.model)
                ruled, _ = step_with(game, state, seat, action, overruled={draw.place: other})
                dealt = [entry.rule for entry in ruled.log[len(state.log) :] if entry.kind == "card"]
                assert other in dealt
                return
    pytest.fail("no card was drawn")


# Cards


def test_a_card_that_was_added_changes_nothing_else(packs: list[tabletop.Scenario]) -> None:
    for scenario in packs:
        game = tabletop.Game(scenario)
        roomy = [meter.id for meter in scenario.meters if meter.range[0] < meter.range[1]]
        effects = [{"change": name, "by": 1, "why": "They hear of it."} for name in roomy[:1]]
        added = game.adding(card_from(improvised(scenario, {**NEWS, "effects": effects})))
        assert added.scenario.cards[:-1] == scenario.cards
        size = game.program.size
        for state, seat, action in played(game, 8, 30):
            beside = carried_over(added, state)
            assert beside.core[:size] == state.core
            assert beside.log == state.log
            assert beside.acting == state.acting
            after, beside_after = game.apply(state, seat, action), added.apply(beside, seat, action)
            assert beside_after.core[:size] == after.core
            assert beside_after.log == after.log
            assert beside_after.scores == after.scores
            for noun in scenario.seats:
                assert added.view(beside_after, noun.id) == game.view(after, noun.id)
        assert added.start(8).core[:size] == game.start(8).core


def test_a_card_brought_in_has_its_effects_and_asks_its_question(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    card = {
        **NEWS,
        "effects": [{"change": "calm", "by": 7, "why": "Good news."}],
        "choices": [
            {
                "seat": "miller",
                "prompt": "Do you tell?",
                "options": [
                    {"id": "tell", "label": "Tell", "effects": [{"change": "purse", "by": 4, "why": "They pay."}]},
                    {"id": "hush", "label": "Hush", "effects": []},
                ],
            }
        ],
    }
    data = improvised(game.scenario, card)
    added = game.adding(card_from(data))
    start = carried_over(added, game.start(2))
    state = inject(added, start, data["id"], "To see what they do.")
    assert state.meters["calm"] == start.meters["calm"] + 7
    assert (state.card, state.acting) == (data["id"], ("miller",))
    ruling = next(entry for entry in state.log if entry.kind == "ruling")
    assert ruling.intervention == Intervention(kind="inject", noun="card", subject=data["id"])
    assert ruling.why == "To see what they do."
    after = added.apply(state, "miller", "tell")
    assert after.meters["purse"] == start.meters["purse"] + 4
    assert after.acting == start.acting


def test_a_card_brought_in_by_stealth_is_read_as_any_other(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    state = inject(game, game.start(2), "flood", "Nobody is to know.", shown=False)
    for seat in ("mayor", "miller"):
        told = [entry.kind for entry in game.view(state, seat).log[len(game.view(game.start(2), seat).log) :]]
        assert "card" in told
        assert "ruling" not in told
    assert "ruling" in [entry.kind for entry in state.log]


def test_several_cards_come_up_one_after_the_other_and_no_more_than_can_wait(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    state = game.start(1)
    asking = [card.id for card in summit.cards if card.choices]
    assert state.card is not None
    for card in asking[:8]:
        state = inject(game, state, card)
    with pytest.raises(RulingRefused, match="8 cards are waiting already"):
        inject(game, state, asking[8])
    while state.card is not None:
        seat = state.acting[0]
        state = game.apply(state, seat, game.actions(state, seat)[0])
    assert not state.finished


def test_there_is_no_card_of_another_name(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    with pytest.raises(RulingRefused, match="did you mean 'flood'"):
        inject(game, game.start(1), "flod")


def test_both_engines_agree_on_a_game_with_cards_added(tutorial: tabletop.Scenario) -> None:
    pytest.importorskip("numba")
    from tabletop.analysis.playouts import Playouts

    game = tabletop.Game(tutorial)
    meter = tutorial.meters[0].id
    added = game.adding(
        card_from(improvised(tutorial, {**NEWS, "effects": [{"change": meter, "by": 3, "why": "They hear of it."}]}))
    )
    playouts = Playouts(added, {"all": "random"})
    ends = playouts.batch.final_states(playouts.seed, 50).tolist()
    for number, end in enumerate(ends):
        assert end == playouts.finished(number)


# Values


def test_a_value_that_is_set_is_that_and_says_why(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    start = game.start(4)
    other = "sour" if start.hidden["mood"] == "sunny" else "sunny"
    for name, value in (
        ("calm", 12),
        ("plans", 2),
        ("hours", 0),
        ("open_bridge", True),
        ("rumour", 9),
        ("mood", other),
    ):
        state = set_value(game, start, name, value, "As agreed.")
        assert state.value(name) == value
        assert state.log[-1].why == "As agreed."
        others = [one for one in settable(game) if one != name]
        assert [state.value(one) for one in others] == [start.value(one) for one in others]


def test_a_seat_reads_only_of_values_that_it_may_know(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    start = game.start(4)
    set_mood = set_value(game, start, "mood", "sour" if start.hidden["mood"] == "sunny" else "sunny", "A hint.")
    assert game.view(set_mood, "mayor").log == game.view(start, "mayor").log
    assert game.view(set_mood, "miller").log[-1].target == "mood"
    quiet = set_value(game, start, "calm", 3, "A hint.", shown=False)
    assert game.view(quiet, "miller").log == game.view(start, "miller").log
    assert game.view(quiet, "miller").meters["calm"] == 3


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("clam", 3, "did you mean 'calm'"),
        ("calm", 101, "from 0 to 100"),
        ("calm", "high", "not 'high'"),
        ("mood", "grim", "one of sunny, sour"),
        ("turn", 3, "no 'turn' to be set"),
    ],
)
def test_a_value_that_cannot_be_is_refused(
    town: Callable[..., tabletop.Scenario], name: str, value: int | str, words: str
) -> None:
    game = tabletop.Game(town())
    with pytest.raises(RulingRefused, match=words):
        set_value(game, game.start(1), name, value)


# Phases


def test_a_phase_that_is_ended_leaves_out_those_who_have_not_chosen(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    state = game.apply(game.start(1), "miller", "talk")
    calm = state.meters["calm"]
    closed = close_phase(game, state, "Time is up.")
    assert closed.turn == state.turn + 1
    said = closed.log[len(state.log) :]
    assert ("ruling", "Time is up.") in [(entry.kind, entry.why) for entry in said]
    assert sum(entry.amount for entry in said if entry.noun == "action") == 2
    assert closed.meters["calm"] == calm + 2 - 3  # the miller talked, and the next week brings a flood


def test_an_extended_phase_reveals_what_was_chosen_and_asks_again(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    start = game.start(1)
    state = game.apply(start, "miller", "talk")
    longer = another_round(game, state, "One more round.")
    assert (longer.turn, longer.phase) == (state.turn, state.phase)
    assert longer.meters["calm"] == state.meters["calm"] + 2
    assert longer.acting == ("mayor",)  # the miller has talked, which can be done once a week
    assert not [entry for entry in longer.log[len(state.log) :] if entry.kind == "card"]


def test_a_repeated_phase_takes_back_what_lay_face_down(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    start = game.start(1)
    state = game.apply(start, "miller", "talk")
    again = repeat_phase(game, state, "", "They misread the card.")
    assert again.acting == start.acting
    assert again.meters == start.meters
    assert (again.turn, again.phase) == (start.turn, start.phase)


def test_an_earlier_phase_can_be_played_again_with_its_card(town: Callable[..., tabletop.Scenario]) -> None:
    game = tabletop.Game(town())
    state = game.start(1)
    again = repeat_phase(game, state, "news")
    assert again.phase == "plan"
    assert [entry.rule for entry in again.log[len(state.log) :] if entry.kind == "card"] == ["flood"]
    with pytest.raises(RulingRefused, match="did you mean 'news'"):
        repeat_phase(game, state, "mews")


def test_nothing_is_rearranged_while_a_card_waits_or_after_the_end(tutorial: tabletop.Scenario) -> None:
    game = tabletop.Game(tutorial)
    waiting = next(state for seed in range(20) for state, *_ in played(game, seed) if state.card is not None)
    for change in (close_phase, another_round, repeat_phase):
        with pytest.raises(RulingRefused, match="a card waits"):
            change(game, waiting)
    state = game.start(1)
    while not state.finished:
        state = game.apply(state, state.acting[0], game.actions(state, state.acting[0])[0])
    for attempt in (
        lambda: close_phase(game, state),
        lambda: repeat_phase(game, state),
        lambda: inject(game, state, tutorial.cards[0].id),
        lambda: set_value(game, state, tutorial.meters[0].id, 1),
    ):
        with pytest.raises(RulingRefused, match="the game is over"):
            attempt()


def test_a_game_goes_on_to_its_end_whatever_was_done_to_its_phases(packs: list[tabletop.Scenario]) -> None:
    for number, scenario in enumerate(packs):
        game, dice = tabletop.Game(scenario), random.Random(number)
        state = game.start(number)
        for _ in range(3_000):
            if state.finished:
                break
            if dice.random() < 0.05 and state.card is None:
                change = dice.choice([close_phase, close_phase, another_round, repeat_phase])
                state = change(game, state, why="So it is.")
            else:
                seat = dice.choice(state.acting)
                state = game.apply(state, seat, dice.choice(game.actions(state, seat)))
            assert state.finished or state.acting
            for meter in scenario.meters:
                assert meter.range[0] <= state.meters[meter.id] <= meter.range[1]
        assert state.finished
