"""What players believed, beside a careful observer who moves by Bayes's rule with what the seat saw."""

from __future__ import annotations

import collections
import functools
import os
import random
from collections.abc import Iterator

import attrs
import pytest

import tabletop
from tabletop.engine.state import State
from tabletop.presentation.belief_record import belief_records, brier
from tabletop.presentation.belief_shares import first_shares, moved, rounded
from tabletop.presentation.evidence import course_of, dossiers_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.board import Hidden
from tabletop.session import Session
from tabletop.session.advice import choice_of
from tabletop.session.stated_beliefs import StatedBelief, believe, stated_beliefs, told_values
from tabletop.session.step_tree import Position

GAMES = int(os.environ.get("TABLETOP_BELIEFS", "25"))
WORDS = Words("en")
ASKED_AT = (2, 5, 9, 13, 17)


@functools.cache
def summit() -> tabletop.Game:
    return tabletop.Game(tabletop.load("summit-2018"))


def intention() -> Hidden:
    return summit().scenario.hidden[0]


@functools.cache
def played(seed: int, turns: int = 17) -> State:
    """A game that doctrines of any school play, so far as evidence comes in."""
    game, rng = summit(), random.Random(seed)
    schools = collections.defaultdict(list)
    for doctrine in game.scenario.doctrines:
        schools[doctrine.seat].append(doctrine.id)
    players = {seat.id: rng.choice([*schools[seat.id], "random"]) for seat in game.scenario.seats}
    position = Position(game=game, state=game.start(seed=seed), players=dict.fromkeys(players, ""))
    while not position.state.finished and position.state.turn < turns:
        seat = position.state.acting[0]
        action = choice_of(position, seat, players[seat])
        position = attrs.evolve(position, state=game.apply(position.state, seat, action))
    return position.state


def seen(state: State, seat: str = "washington") -> Perspective:
    return Perspective(summit().program, seat, summit().view(state, seat))


def by_turn(perspective: Perspective) -> Iterator[dict[str, float]]:
    """What the observer holds in some turns."""
    course = course_of(perspective, intention())
    for turn in ASKED_AT:
        so_far = [shares for place, shares in course if place < 0 or perspective.view.log[place].turn <= turn]
        yield so_far[-1]


def test_a_careful_observer_is_calibrated() -> None:
    """Of what it holds for 60 to 80 per cent likely, so much is so on the average, and so on in each fifth."""
    bins: dict[int, list[tuple[float, bool]]] = collections.defaultdict(list)
    for seed in range(GAMES):
        state = played(seed)
        for shares in by_turn(seen(state)):
            for value, share in shares.items():
                bins[min(4, int(5 * share))].append((share, value == state.value("intention")))
    for one in bins.values():
        held, came = (sum(each) / len(one) for each in zip(*one, strict=True))
        # A game counts once, however often it was looked at; three points, and what chance alone would do.
        chance = 3 * (0.25 / (len(one) / len(ASKED_AT))) ** 0.5 if GAMES < 2000 else 0
        assert abs(held - came) <= 0.03 + chance, f"held {held:.3f}, came {came:.3f} of {len(one)}"


def test_a_careful_observer_scores_better_than_the_prior() -> None:
    observer = prior = 0.0
    for seed in range(GAMES):
        state, true = played(seed), played(seed).value("intention")
        course = course_of(seen(state), intention())
        for at, value in enumerate(intention().values):
            observer += (course[-1][1][value] - (value == true)) ** 2
            prior += (course[0][1][value] - (value == true)) ** 2
            assert at < 3
    assert observer < 0.9 * prior


def test_evidence_is_only_what_the_seat_has_seen() -> None:
    state = played(3)
    assert dossiers_of(seen(state, "washington"), WORDS)[0].pieces
    assert dossiers_of(seen(state, "pyongyang"), WORDS) == ()
    assert len(dossiers_of(seen(state, "moscow"), WORDS)[0].pieces) < len(
        dossiers_of(seen(state, "washington"), WORDS)[0].pieces
    )


def test_whoever_always_answers_the_prior_scores_as_the_prior() -> None:
    session = Session(summit().scenario, seed=5, humans=("washington",))
    always = first_shares(Perspective.of(session, "washington"), "intention")
    while not session.is_over:
        if session.to_act:
            believe(session, "washington", "intention", always)
            session.decide("washington", choice_of(session.position, "washington"))
        for _ in session.run_bots():
            pass
    record = belief_records(
        Perspective.of(session, "washington"), WORDS, told_values(session), stated_beliefs(session, "washington")
    )[0]
    assert record.scores.stated == record.scores.prior
    assert len(record.moments) > 10
    assert record.scores.observer is not None
    assert record.values[record.true].lower() == session.state.value("intention")
    assert [one.piece.place for one in record.evidence] == sorted(one.piece.place for one in record.evidence)


def test_a_record_has_the_team_s_mean_and_the_observer_of_that_moment() -> None:
    state = played(3)
    log = seen(state).view.log
    truth = {"intention": str(state.value("intention"))}

    def stated(number: int, turn: int, person: str, *shares: int) -> StatedBelief:
        held = dict(zip(intention().values, shares, strict=True))
        count = sum(entry.turn <= turn for entry in log)
        return StatedBelief(
            number=number,
            step=0,
            turn=turn,
            seen=count,
            seat="washington",
            hidden="intention",
            shares=held,
            person=person,
        )

    beliefs = [stated(1, 2, "a", 100, 0, 0), stated(2, 2, "b", 0, 100, 0), stated(3, 9, "b", 0, 0, 100)]
    record = belief_records(seen(state), WORDS, truth, beliefs)[0]
    assert [one.stated for one in record.moments] == [(50.0, 50.0, 0.0), (50.0, 0.0, 50.0)]
    assert [one.when for one in record.moments] == ["Week 2", "Week 9"]
    held = [tuple(round(100 * shares[value], 1) for value in intention().values) for shares in by_turn(seen(state))]
    assert [one.observer for one in record.moments] == [held[0], held[2]]
    assert record.scores.stated == pytest.approx(sum(brier(one.stated, record.true) for one in record.moments) / 2)


def test_nothing_is_recorded_of_a_truth_that_is_not_told_or_was_known() -> None:
    state = played(3)
    assert belief_records(seen(state), WORDS, {}, ()) == ()
    assert belief_records(seen(state, "pyongyang"), WORDS, {"intention": "ready"}, ()) == ()


def test_shares_always_make_a_hundred() -> None:
    rng = random.Random(1)
    for _ in range(300):
        shares = rounded({name: rng.random() for name in "abcd"[: rng.randint(1, 4)]})
        for _ in range(5):
            shares = moved(shares, rng.choice(list(shares)), rng.randint(-20, 120))
            assert sum(shares.values()) == 100
            assert all(0 <= share <= 100 for share in shares.values())
