"""The staging of turns: nothing great happens out of sight, it is short, and its page adds up.

`TABLETOP_STAGED=200` plays so many games of each pack.
"""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

import pytest

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.staging import BRIEFEST, GREAT, LONGEST, StagedTurn, staged, worth_showing
from tabletop.presentation.stakes import stakes_of
from tabletop.presentation.week_summary import week_summary
from tabletop.presentation.words import Words
from tabletop.session import Session
from tests.presentation.played_games import PACKS, finished, loaded

GAMES = int(os.environ.get("TABLETOP_STAGED", "1"))
WORDS = Words("en")


def played(pack: str, seed: int) -> Iterator[tuple[Session, str, int]]:
    """A game by one person against bots; whenever the person must decide, and at the end, the seat and up to where in
    its log it had been shown what happened."""
    scenario, dice = loaded(pack), random.Random(seed)
    session = Session(scenario, seed=seed, humans=(scenario.player,))
    seat, since = scenario.player, 0
    while True:
        for _ in session.run_bots():
            pass
        yield session, seat, since
        since = len(session.view(seat).log)
        if session.is_over:
            return
        session.decide(seat, dice.choice(session.game.actions(session.state, seat)))


def shown_in(session: Session, seat: str, since: int) -> tuple[StagedTurn, ...]:
    perspective = Perspective.of(session, seat)
    return worth_showing(staged(perspective, WORDS, since), perspective)


@pytest.mark.parametrize("pack", PACKS)
def test_no_change_of_five_no_end_of_a_stage_and_no_crisis_passes_unseen(pack: str) -> None:
    for seed in range(GAMES):
        places: set[int] = set()
        kinds: list[str] = []
        for session, seat, since in played(pack, seed):
            for turn in shown_in(session, seat, since):
                for step in turn.steps:
                    places |= step.places
                    kinds += [step.kind]
        log, meters = session.view(seat).log, {meter.id for meter in session.scenario.meters}
        great = [at for at, one in enumerate(log) if one.target in meters and abs(one.amount) >= GREAT]
        assert places >= set(great), [log[at] for at in set(great) - places]
        ends = [at for at, one in enumerate(log) if one.kind in ("stage", "ending") and one.turn > 0]
        assert places >= set(ends)
        # That one has come is counted behind the scenes, and told by how chance fell.
        crises = [at for at, one in enumerate(log) if one.target == "crises" and one.amount]
        rolls = [max(before for before in range(at) if log[before].kind == "roll") for at in crises]
        assert places >= set(rolls), [log[at] for at in set(rolls) - places]
        assert kinds.count("ending") == 1


@pytest.mark.parametrize("pack", PACKS)
def test_a_staging_is_over_in_eight_seconds_and_each_step_can_be_seen(pack: str) -> None:
    for session, seat, since in played(pack, 11):
        for turn in shown_in(session, seat, since):
            assert all(step.milliseconds >= BRIEFEST for step in turn.steps)
            assert sum(step.milliseconds for step in turn.steps) <= max(8000, BRIEFEST * len(turn.steps)), turn.label
    assert LONGEST <= 8000


@pytest.mark.parametrize("pack", PACKS)
def test_the_page_of_a_turn_adds_up_and_names_what_moved_each_meter(pack: str) -> None:
    session = finished(pack, 5)
    perspective = Perspective.of(session, session.scenario.player)
    for turn in perspective.turns:
        summary = week_summary(perspective, WORDS, turn)
        for one in summary.moved:
            own = [e for e in perspective.view.log if e.turn == turn and e.target == one.change.target]
            assert one.change.amount == sum(entry.amount for entry in own) != 0
            assert one.causes
            if not one.rest:
                assert sum(cause.amount for cause in one.causes) == one.change.amount
        sizes = [abs(one.change.amount) * 100 // (one.high - one.low) for one in summary.moved]
        assert sizes == sorted(sizes, reverse=True)


def test_a_page_is_shown_when_a_turn_ends_and_names_the_next() -> None:
    pages = [
        turn.summary
        for session, seat, since in played("first-summit", 3)
        for turn in shown_in(session, seat, since)
        if turn.summary is not None
    ]
    assert [page.turn for page in pages] == list(range(1, len(pages) + 1))
    assert all(page.next_name for page in pages[:-1])
    assert pages[-1].stage_ended
    assert not pages[-1].next_name


@pytest.mark.parametrize("pack", PACKS)
def test_what_history_would_say_now_is_what_it_says_when_the_game_ends_there(pack: str) -> None:
    for seed in range(4):
        session = finished(pack, seed)
        for seat in session.scenario.seats:
            stakes = stakes_of(Perspective.of(session, seat.id), WORDS)
            assert session.state.outcome in [one.id for one in stakes.endings]
            known = [one.points for one in stakes.objectives]
            if None not in known:
                assert stakes.points == session.state.scores[seat.id]
            if len(stakes.endings) == 1:
                assert stakes.endings[0].id == session.state.outcome


def test_the_points_of_the_pages_of_successive_weeks_add_up() -> None:
    session = finished("summit-2018", 3)
    seat = session.scenario.player
    perspective = Perspective.of(session, seat)
    pages = [stakes_of(perspective, WORDS, turn) for turn in sorted(perspective.turns)]
    assert len(pages) > 10
    for earlier, later in itertools.pairwise(pages):
        assert earlier.points is not None
        assert later.points == earlier.points + later.change
    assert pages[-1].points == stakes_of(perspective, WORDS).points
