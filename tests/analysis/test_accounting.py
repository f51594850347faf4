"""The account of a game is what can be worked out on paper, adds up, and is the same however it is computed."""

from __future__ import annotations

import json
import os
import pathlib

import pytest

import tabletop
from tabletop.analysis.account import Account, Estimate, Figure, as_data
from tabletop.analysis.accounting import accounts
from tabletop.analysis.continuation import likeliest_players
from tabletop.analysis.playout_pool import PlayoutPool, Stopped
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.played_step import PlayedStep
from tabletop.players import UnknownPlayer
from tabletop.session.facilitation import Facilitator
from tabletop.session.played_line import played_line
from tabletop.session.session import Session
from tests.analysis import small_packs
from tests.analysis.small_packs import action, doctrine, load, pack, play

ANN = (("ann", Figure("points", "ann")),)

#: Games whose accounts must add up, and repetitions of an account whose intervals are counted.
GAMES = int(os.environ.get("TABLETOP_ACCOUNTS", "4"))
REPETITIONS = int(os.environ.get("TABLETOP_INTERVALS", "0"))


def account_of(
    steps: tuple[PlayedStep, ...],
    playouts: int = 2000,
    wanted: tuple[tuple[str, Figure], ...] = ANN,
    seed: int = 0,
    compiled: bool | None = None,
    **continuation: str,
) -> Account:
    with PlayoutPool(jobs=1, compiled=compiled) as pool:
        *_, last = accounts(steps, pool, wanted, playouts=playouts, continuation=continuation, seed=seed)
    return last[0]


def is_about(found: Estimate, value: float) -> bool:
    """Whether a value that was worked out on paper is within twice the interval: one in 20 is not within it once."""
    return abs(found.mean - value) <= found.high - found.low


def bots_play(session: Session) -> Session:
    while not session.state.finished:
        session.bot_decides(session.bot_choice())
    return session


def seed_for(game: tabletop.Game, actions: list[str], gold: int) -> int:
    """The first seed with which these decisions bring so much."""
    return next(seed for seed in range(99) if play(game, seed, actions)[-1].after.meters["gold"] == gold)


# Known answers


def test_a_coin_is_chance_alone(tmp_path: pathlib.Path) -> None:
    game = load(tmp_path, small_packs.sure_or_risky())
    steps = play(game, seed_for(game, ["risky"], 20), ["risky"])
    found = account_of(steps, ann="bold")
    assert is_about(found.start, 10)
    assert (found.result, found.finished) == (20, True)
    assert found.part("own", "ann") == Estimate.exactly(0)
    assert is_about(found.part("chance"), 10)


def test_the_risk_is_the_players_doing_and_the_fall_of_the_coin_is_not(tmp_path: pathlib.Path) -> None:
    game = load(tmp_path, small_packs.sure_or_risky())
    steps = play(game, seed_for(game, ["risky"], 0), ["risky"])
    found = account_of(steps, ann="careful")
    assert found.start == Estimate.exactly(8)
    deal, decision, fall = found.terms
    assert (deal.step, deal.kind, deal.value) == (0, "chance", Estimate.exactly(0))
    assert (decision.step, decision.kind, decision.seat, decision.action) == (1, "own", "ann", "risky")
    assert is_about(decision.value, 2)
    assert (fall.step, fall.kind, fall.seat) == (1, "chance", "")
    assert is_about(fall.value, -10)


def test_what_was_certain_has_no_interval_and_no_chance(tmp_path: pathlib.Path) -> None:
    game = load(tmp_path, small_packs.sure_or_risky())
    found = account_of(play(game, 1, ["sure"]), ann="careful")
    assert [(term.step, term.kind, term.value.mean) for term in found.terms] == [(0, "chance", 0), (1, "own", 0)]
    assert found.path == {0: Estimate.exactly(8), 1: Estimate.exactly(8)}


def test_a_hidden_truth_and_its_sign_are_chance_before_the_first_decision(tmp_path: pathlib.Path) -> None:
    game = load(tmp_path, small_packs.signal())
    steps = play(game, 1, ["bet"])
    rich = steps[0].before.hidden["mine"] == "rich"
    found = account_of(steps, ann="cautious")
    assert found.start == Estimate.exactly(0)
    assert found.terms[1].value == Estimate.exactly(20 if rich else -10)
    random = account_of(steps, ann="random")
    # One bets half of the time: 0.5 * (20 - 10) / 2 before the deal, half of the bet's value after it.
    assert is_about(random.start, 2.5)
    assert is_about(random.path[0], (10 if rich else -5))


def test_what_the_other_player_does_is_the_others_doing(tmp_path: pathlib.Path) -> None:
    game = load(tmp_path, small_packs.second_player())
    found = account_of(play(game, 1, ["ask", "refuse"]), ann="worker", bob="random")
    assert found.start == Estimate.exactly(5)
    own, other = found.part("own", "ann"), found.part("other", "bob")
    assert is_about(own, 1)
    assert is_about(other, -6)
    assert found.part("chance") == Estimate.exactly(0)
    kind = account_of(play(game, 1, ["ask", "refuse"]), ann="worker", bob="kind")
    assert kind.part("own", "ann") == Estimate.exactly(7)
    assert kind.part("other", "bob") == Estimate.exactly(-12)


def test_whose_account_it_is_says_whose_decisions_are_own(tmp_path: pathlib.Path) -> None:
    game = load(tmp_path, small_packs.second_player())
    wanted = (("bob", Figure("points", "ann")), ("", Figure("outcome", "up")))
    steps = play(game, 1, ["ask", "refuse"])
    with PlayoutPool(jobs=1) as pool:
        *_, (bobs, nobodys) = accounts(steps, pool, wanted, playouts=500, continuation={"ann": "worker"})
    assert [(part.kind, part.seat) for part in bobs.parts if part.seat] == [("other", "ann"), ("own", "bob")]
    assert {part.kind for part in nobodys.parts} == {"chance", "other"}
    assert (nobodys.start, nobodys.result) == (Estimate.exactly(1), 0)


def test_chance_that_comes_to_the_same_changes_nothing(tmp_path: pathlib.Path) -> None:
    game = load(tmp_path, small_packs.sure_or_risky("pays_10=50 pays_10=50"))
    found = account_of(play(game, 1, ["risky"]), ann="bold")
    assert all(term.value == Estimate.exactly(0) for term in found.terms)


# The facilitator


def facilitated(tmp_path: pathlib.Path) -> tuple[Session, Facilitator]:
    game = load(tmp_path, small_packs.sure_or_risky())
    session = Session(game.scenario, seed=seed_for(game, ["risky"], 0), humans=["ann"])
    return session, Facilitator(session)


def test_a_value_that_a_facilitator_sets_is_a_ruling(tmp_path: pathlib.Path) -> None:
    session, facilitator = facilitated(tmp_path)
    facilitator.set("gold", 30, why="A gift.")
    session.decide("ann", "sure")
    found = account_of(played_line(session), ann="careful")
    assert found.part("ruling") == Estimate.exactly(30)
    assert [term.action for term in found.terms if term.kind == "ruling"] == ["set"]
    assert found.result == 38


def test_a_fall_that_is_overruled_counts_as_chance_first_and_as_ruling_then(tmp_path: pathlib.Path) -> None:
    session, facilitator = facilitated(tmp_path)
    session.decide("ann", "risky")
    facilitator.overrule(session.course.at.number, 0, "pays_20", why="It was on its edge.")
    found = account_of(played_line(session), ann="careful")
    assert found.result == 20
    assert found.part("ruling") == Estimate.exactly(20)
    assert is_about(found.part("chance"), -10)
    assert found.part("own", "ann").low < 2 < found.part("own", "ann").high


def test_what_was_undone_has_no_part_in_it(tmp_path: pathlib.Path) -> None:
    session, _ = facilitated(tmp_path)
    session.decide("ann", "risky")
    session.go(0)
    session.decide("ann", "sure")
    found = account_of(played_line(session), ann="careful")
    assert (found.start, found.result) == (Estimate.exactly(8), 8)


# It adds up


@pytest.mark.parametrize("name", ["first-summit", "summit-2018"])
def test_the_parts_and_the_start_add_up_to_the_result(name: str) -> None:
    scenario = tabletop.load(name)
    games = GAMES if name == "first-summit" or GAMES > 4 else 1
    with PlayoutPool(jobs=1) as pool:
        for seed in range(games):
            session = bots_play(Session(scenario, seed=seed, players={"all": "random"} if seed % 2 else {}))
            *_, last = accounts(played_line(session), pool, playouts=20)
            for one in last:
                assert abs(one.rest) < 1e-9
                assert abs(one.start.mean + sum(part.value.mean for part in one.parts) - one.result) < 1e-9
                assert sum(fall.value.mean for fall in one.falls) == pytest.approx(one.part("chance").mean)
                state = session.state
                came = {"points": state.scores, "meter": state.meters, "outcome": {str(state.outcome): 1}}
                assert one.result == came[one.figure.kind].get(one.figure.name, 0)


def test_a_game_that_is_not_over_is_accounted_for_so_far(tutorial: tabletop.Scenario) -> None:
    session = Session(tutorial, seed=1)
    for _ in range(4):
        session.bot_decides(session.bot_choice())
    found = account_of(played_line(session), 100, ((tutorial.player, Figure("points", tutorial.player)),))
    assert not found.finished
    assert abs(found.rest) < 1e-9
    assert is_about(found.path[4], found.result)


# The same whatever computes it


def data_of(steps: tuple[PlayedStep, ...], jobs: int, compiled: bool, playouts: int = 30) -> str:
    with PlayoutPool(jobs=jobs, compiled=compiled) as pool:
        *_, last = accounts(steps, pool, playouts=playouts)
    return json.dumps([as_data(one) for one in last])


def test_plain_and_compiled_playouts_on_any_number_of_cores_give_the_same_bytes(tutorial: tabletop.Scenario) -> None:
    steps = played_line(bots_play(Session(tutorial, seed=5)))
    plain = data_of(steps, 1, compiled=False)
    if has_compiled():
        assert data_of(steps, 1, compiled=True) == data_of(steps, 2, compiled=True) == plain
    assert data_of(steps, 2, compiled=False) == plain


def test_rounds_do_not_matter_to_what_comes_out(tmp_path: pathlib.Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = play(load(tmp_path, small_packs.sure_or_risky()), 1, ["risky"])
    at_once = account_of(steps, 500)
    monkeypatch.setattr("tabletop.analysis.accounting.FIRST_ROUND", 7)
    monkeypatch.setattr("tabletop.analysis.accounting.LATER_ROUNDS", 31)
    assert account_of(steps, 500) == at_once


def test_another_seed_gives_other_playouts(tmp_path: pathlib.Path) -> None:
    steps = play(load(tmp_path, small_packs.sure_or_risky()), 1, ["risky"])
    assert account_of(steps, 500, seed=1) != account_of(steps, 500, seed=2)


def test_numbers_too_large_for_squares_in_64_bits_are_summed_all_the_same(tmp_path: pathlib.Path) -> None:
    large = small_packs.sure_or_risky("pays_100=50 loses_100=50")
    large["seats"][0]["objectives"][0]["points"] = "gold * 9000000"
    steps = play(load(tmp_path, large), 1, ["risky"])
    plain = account_of(steps, 100, compiled=False)
    assert abs(plain.rest) < 1e-3
    assert abs(plain.terms[-1].value.mean) > 10**8
    if has_compiled():
        assert account_of(steps, 100, compiled=True) == plain


# Intervals


@pytest.mark.skipif(not REPETITIONS, reason="set TABLETOP_INTERVALS, for example to 200")
def test_intervals_at_95_percent_hold_the_long_run_value_that_often(tutorial: tabletop.Scenario) -> None:
    steps = played_line(bots_play(Session(tutorial, seed=8, players={"all": "random"})))
    wanted = ((tutorial.player, Figure("points", tutorial.player)),)
    truth = account_of(steps, 60_000, wanted, seed=-1)
    held = asked = 0
    for seed in range(REPETITIONS):
        found = account_of(steps, 400, wanted, seed=seed)
        pairs = [
            (found.start, truth.start),
            *zip((t.value for t in found.terms), (t.value for t in truth.terms), strict=True),
        ]
        for one, true in pairs:
            if true.low < true.high:
                asked += 1
                held += one.low <= true.mean <= one.high
    print(f"{held} of {asked} intervals hold the long-run value: {held / asked:.1%}")
    assert 0.93 <= held / asked <= 0.97


# How it goes


def test_coarse_accounts_come_first_and_sharper_ones_follow(tmp_path: pathlib.Path) -> None:
    steps = play(load(tmp_path, small_packs.sure_or_risky()), 1, ["sure"])
    heard: list[tuple[int, int]] = []
    bold = {"ann": "bold"}
    with PlayoutPool(jobs=1) as pool:
        found = [
            one[0]
            for one in accounts(
                steps, pool, ANN, continuation=bold, playouts=900, progress=lambda *at: heard.append(at)
            )
        ]
    assert [one.playouts for one in found] == [40, 440, 840, 900]
    widths = [one.terms[1].value.high - one.terms[1].value.low for one in found]
    assert widths[0] > widths[1] > widths[-1]
    assert heard[-1][0] == heard[-1][1]


@pytest.mark.parametrize("jobs", [1, 2])
def test_whoever_does_not_want_it_any_more_stops_it(tmp_path: pathlib.Path, jobs: int) -> None:
    steps = play(load(tmp_path, small_packs.sure_or_risky()), 1, ["risky"])
    wanted = [True]
    with PlayoutPool(jobs=jobs) as pool:
        going = accounts(steps, pool, ANN, playouts=10**6, stopped=lambda: not wanted[0])
        assert next(going)[0].playouts == 40
        wanted.clear()
        wanted.append(False)
        with pytest.raises(Stopped):
            next(going)


def test_a_seat_goes_on_by_the_doctrine_that_its_decisions_were_most_like(tmp_path: pathlib.Path) -> None:
    game = load(tmp_path, small_packs.sure_or_risky())
    assert likeliest_players(game.program, play(game, 1, ["sure"])) == {"ann": "careful"}
    assert likeliest_players(game.program, play(game, 1, ["risky"])) == {"ann": "bold"}
    assert account_of(play(game, 1, ["risky"])).continuation == {"ann": "bold"}


def test_decisions_like_no_doctrine_are_played_on_at_random(tmp_path: pathlib.Path) -> None:
    days = pack(
        actions=[action("sit"), action("walk"), action("run")],
        doctrines=[doctrine("sitter", "sit"), doctrine("walker", "walk")],
    )
    for noun in days["actions"]:
        noun["once"] = "never"
    days["stages"][0]["turns"] = 6
    game = load(tmp_path, days)
    assert likeliest_players(game.program, play(game, 1, ["run", "sit", "run", "walk", "run", "run"])) == {
        "ann": "random"
    }


def test_what_cannot_be_accounted_for_is_refused_in_words(tmp_path: pathlib.Path) -> None:
    steps = play(load(tmp_path, small_packs.sure_or_risky()), 1, ["risky"])
    with pytest.raises(UnknownPlayer, match="no doctrine 'rash' to go on by"):
        account_of(steps, ann="rash")
    with pytest.raises(ValueError, match="once something has been decided"):
        account_of(())
    with pytest.raises(KeyError, match="no outcome 'sideways'"):
        account_of(steps, wanted=(("", Figure("outcome", "sideways")),))
