"""The flagship: whole, fair, and faithful to what its sources oblige it to show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import pytest

import tabletop
from tabletop.analysis.playouts import Playouts
from tabletop.scenario.cards import Card
from tabletop.scenario.effects import Effect
from tabletop.scenario.library import locate

#: The meters that a warning's cards have to move, as the article's argument has it.
MOVES = {
    "C04": {"alliance_cohesion"},
    "C07": {"alliance_cohesion"},
    "C08": {"chinese_influence"},
    "C11": {"chinese_influence"},
    "C14": {"alliance_cohesion", "chinese_influence"},
    "C15": {"chinese_influence"},
    "C16": {"alliance_cohesion", "chinese_influence"},
    "C17": {"alliance_cohesion", "chinese_influence"},
    "C19": {"alliance_cohesion"},
    "C20": {"alliance_cohesion", "chinese_influence"},
}


def effects_of(card: Card) -> Iterator[Effect]:
    yield from card.effects
    for choice in card.choices:
        for option in choice.options:
            yield from option.effects


def carriers(summit: tabletop.Scenario) -> dict[str, set[str]]:
    """By claim, everything in the pack that cites it."""
    found: dict[str, set[str]] = defaultdict(set)
    for kind in ("cards", "actions", "rules", "tables", "endings", "assumptions"):
        for noun in getattr(summit, kind):
            for claim in noun.claims:
                found[claim].add(f"{kind} {noun.id}")
    for rule in summit.rules:
        for effect in rule.effects:
            for claim in effect.claims:
                found[claim].add(f"rules {rule.id}")
    return found


def test_the_pack_has_nothing_to_put_right() -> None:
    assert tabletop.check(locate("summit-2018")) == []


def test_every_claim_of_the_packs_own_sources_is_carried_by_something(summit: tabletop.Scenario) -> None:
    found = carriers(summit)
    assert {f"C{number:02}" for number in range(1, 24)} <= {claim.id for claim in summit.claims}
    assert [claim.id for claim in summit.claims if not found[claim.id]] == []


@pytest.mark.parametrize("claim", MOVES)
def test_each_warning_is_carried_by_two_cards_that_move_its_meters(summit: tabletop.Scenario, claim: str) -> None:
    cards = [card for card in summit.cards if claim in card.claims]
    moving = [card for card in cards if MOVES[claim] <= {effect.change for effect in effects_of(card)}]
    assert len(moving) >= 2
    assert next(one.kind for one in summit.claims if one.id == claim) == "warning"


def test_every_step_is_a_track_with_actions_of_its_own(summit: tabletop.Scenario) -> None:
    assert {"intentions", "consultation", "deliberation"} == {track.id for track in summit.tracks}
    moved = {effect.change for action in summit.actions for effect in action.effects}
    assert {"intentions", "deliberation", "consultation_{partner}", "consultation_{rival}"} <= moved


def test_there_are_as_many_parts_as_a_whole_game_needs(summit: tabletop.Scenario) -> None:
    assert {seat.id for seat in summit.seats} == {"washington", "seoul", "tokyo", "beijing", "pyongyang", "moscow"}
    assert all(seat.brief and seat.private_brief and seat.objectives for seat in summit.seats)
    assert len(summit.cards) >= 48
    assert 3 * sum(bool(card.choices) for card in summit.cards) >= len(summit.cards)
    assert any(card.kind == "opportunity" for card in summit.cards)
    assert len(summit.assumptions) >= 6
    assert len(summit.endings) >= 8
    by_seat = {seat.id: [a for a in summit.actions if seat.id in a.seats] for seat in summit.seats}
    assert len(by_seat["washington"]) >= 14
    assert all(len(actions) >= 5 for actions in by_seat.values())
    assert all(any(d.seat == seat.id for d in summit.doctrines) for seat in summit.seats)
    mine = {doctrine.id for doctrine in summit.doctrines if doctrine.seat == "washington"}
    assert {"prepare", "rush", "engage", "press", "concede"} <= mine


def test_the_calendar_has_every_decision(summit: tabletop.Scenario) -> None:
    calendar = {action.id for action in summit.actions if "calendar" in action.phases}
    assert calendar == {"hold_off", "announce", "keep_preparing", "delay", "suspend", "cancel", "reinstate", "attend"}


def test_every_card_is_dated_and_says_where_it_comes_from(summit: tabletop.Scenario) -> None:
    for card in summit.cards:
        assert card.date, card.id
        assert card.claims or card.sources, card.id
        assert card.certainty == "invented" or card.sources or card.claims, card.id


def test_cards_are_short_enough_to_be_read_aloud(summit: tabletop.Scenario) -> None:
    for card in summit.cards:
        assert len(card.title.split()) <= 5, card.id
        assert len(card.text.split()) <= 45, card.id
        assert all(len(effect.why.split()) <= 22 for effect in effects_of(card)), card.id


def test_an_option_is_a_real_choice(summit: tabletop.Scenario) -> None:
    for card in summit.cards:
        for choice in card.choices:
            assert len(choice.options) >= 2, card.id
            assert len({option.effects for option in choice.options}) == len(choice.options), card.id


def test_each_assumption_has_its_critics_case(summit: tabletop.Scenario) -> None:
    for assumption in summit.assumptions:
        assert len(assumption.case_for.split()) >= 15, assumption.id
        assert len(assumption.case_against.split()) >= 15, assumption.id
        assert assumption.alternatives, assumption.id


def test_the_meeting_itself_scores_nothing(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    assert "summit" in game.program.scope.symbols
    for objective in summit.seats[0].objectives:
        assert "summit" not in game.program.scope.integer(objective.points.source).names, objective.id


def test_nothing_is_decided_by_which_doctrine_plays(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    assert not {doctrine.id for doctrine in summit.doctrines} & set(game.program.scope.symbols)


@pytest.mark.parametrize(("intention", "more"), [("ready", "signs_good"), ("stalling", "signs_bad")])
def test_talks_narrow_the_uncertainty_without_ending_it(summit: tabletop.Scenario, intention: str, more: str) -> None:
    sincere = 100 if intention == "ready" else 0
    game = tabletop.Game(summit, {"sincere_kim": sincere})
    playouts = Playouts(game, {})
    totals = {"signs_good": 0, "signs_bad": 0}
    for number in range(80):
        state = playouts.finished(number)
        for name in totals:
            totals[name] += state[game.program.places[name]]
    assert totals[more] == max(totals.values())
    assert min(totals.values()) > 0
