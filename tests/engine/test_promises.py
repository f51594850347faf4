"""What the engine promises of every game, tried on many."""

from __future__ import annotations

import itertools
import os
import random
from collections import defaultdict
from collections.abc import Iterator

import pytest

import tabletop
from tabletop.analysis.playouts import Playouts
from tabletop.engine import machine
from tabletop.engine.decision_limit import most_decisions
from tabletop.engine.execution import CHANGED
from tabletop.engine.layout import DECISIONS, OUTCOME

CHUNKS = 4
#: How many games are followed step by step.
GAMES = int(os.environ.get("TABLETOP_GAMES", "120"))


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_random_games_end_within_the_bound_with_every_meter_in_its_range(summit: tabletop.Scenario, chunk: int) -> None:
    """20,000 games in all; `Playouts` raises if a game takes more decisions than the bound allows."""
    playouts = Playouts(tabletop.Game(summit), {"all": "random"})
    games = 20_000 // CHUNKS
    tally = playouts.tally(chunk * games, games)
    assert tally.games == games
    for meter in summit.meters:
        low, high = meter.range
        assert low <= min(tally.meters[meter.id]) <= max(tally.meters[meter.id]) <= high


def test_the_bound_on_decisions_is_not_reached_by_far(summit: tabletop.Scenario) -> None:
    playouts = Playouts(tabletop.Game(summit), {"all": "random"})
    longest = max(playouts.finished(number)[DECISIONS] for number in range(50))
    assert longest < most_decisions(playouts.program)


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_the_items_of_each_step_sum_to_the_change_of_every_meter(summit: tabletop.Scenario, chunk: int) -> None:
    """Half between doctrines and half at random; every step of every game."""
    game = tabletop.Game(summit)
    doctrines = ["prepare", "rush", "engage", "press", "concede"]
    for number in range(GAMES // CHUNKS):
        players = {"all": "random"} if number % 2 else {"washington": doctrines[number % 5]}
        playouts = Playouts(game, players, seed=chunk * 10_000)
        check_items(playouts, number)


def check_items(playouts: Playouts, number: int) -> None:
    program = playouts.program
    p = program.code
    meters = {meter.id for meter in program.scenario.meters}
    places = {place: name for name, place in program.places.items() if name in meters}
    s = playouts.game.opening(playouts.seed + number)
    before = {place: s[place] for place in places}
    run = program.run()
    machine.begin(p, s, run)
    while True:
        changes: dict[int, int] = defaultdict(int)
        for kind, effect, old, new, *_ in run.notes:
            if kind == CHANGED:
                origin = program.origins[effect]
                changes[program.places[origin.target]] += new - old
                assert origin.id
                assert origin.claims or origin.card
                assert origin.effect.why
        assert all(s[place] - before[place] == changes[place] for place in places)
        if s[OUTCOME] >= 0:
            return
        before = {place: s[place] for place in places}
        run = program.run()
        seat = machine.next_to_act(p, s)
        machine.apply(p, s, run, seat, playouts.players[seat].move(program, s, seat))


def test_every_change_in_the_log_names_rule_card_or_decision_and_claim(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    playouts = Playouts(game, {})
    for seed in range(20):
        state = game.start(seed)
        while not state.finished:
            seat = state.acting[0]
            number = game.program.seat_number(seat)
            move = playouts.players[number].move(game.program, state.core, number)
            state = game.apply(state, seat, game.program.actions[move])
        for entry in state.log:
            if entry.kind == "change":
                assert entry.rule
                assert entry.noun in ("rule", "action", "card", "option", "table")
                assert entry.why
                assert entry.claims or entry.card
                assert entry.decision or entry.card or entry.noun in ("rule", "table")


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_views_are_equal_where_only_what_the_seat_may_not_know_differs(summit: tabletop.Scenario, chunk: int) -> None:
    """1,000 positions in all; Pyongyang's intention and all that only Pyongyang knows are changed in each."""
    game = tabletop.Game(summit)
    dice = random.Random(chunk)
    intentions = summit.hidden[0].values
    for state in itertools.islice(random_positions(game, dice), 1_000 // CHUNKS):
        intention = dice.choice([one for one in intentions if one != state.hidden["intention"]])
        other = game.suppose(state, intention=intention, cheating=dice.randrange(9))
        for seat in summit.seats:
            if seat.id != "pyongyang":
                assert game.view(other, seat.id) == game.view(state, seat.id)


def random_positions(game: tabletop.Game, dice: random.Random) -> Iterator[tabletop.State]:
    """Every twelfth position or so of games in which Washington does what brings the leaders together."""
    while True:
        state = game.start(dice.randrange(10**6))
        while not state.finished:
            seat = dice.choice(state.acting)
            actions = game.actions(state, seat)
            eager = [action for action in actions if action.id in ("announce", "attend")]
            state = game.apply(state, seat, dice.choice(eager or actions))
            if state.finished or dice.randrange(12) == 0:
                yield state


def test_a_seat_sees_less_of_another_seats_secrets_than_its_own(summit: tabletop.Scenario) -> None:
    game = tabletop.Game(summit)
    state = game.start(1)
    assert "intention" in game.view(state, "pyongyang").facts
    assert "price" in game.view(state, "pyongyang").facts
    for seat in ("washington", "seoul", "tokyo", "beijing", "moscow"):
        assert not {"intention", "price", "cheating"} & set(game.view(state, seat).facts)
    assert "signs_good" in game.view(state, "washington").facts
    assert "signs_good" not in game.view(state, "pyongyang").facts
