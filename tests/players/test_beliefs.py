"""Beliefs in large packs: by games that stood alike, or else looked alike."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import pytest

import tabletop
from tabletop.engine import layout as code
from tabletop.engine.information_state import masked_core
from tabletop.players.beliefs import FEW, Beliefs, drawn

Town = Callable[..., tabletop.Scenario]


def states(game: tabletop.Game, count: int) -> list[list[int]]:
    return [list(game.start(seed).core) for seed in range(count)]


def test_where_enough_games_are_just_alike_they_alone_count(town: Town) -> None:
    game = tabletop.Game(town())
    rows = states(game, 2 * FEW)
    for row in rows[FEW:]:
        row[game.program.places["calm"]] = 9
    beliefs = Beliefs(game.program, 0, lambda: [[row] for row in rows])
    known = masked_core(game.program, rows[0], 0, beliefs.secret)
    like = beliefs.like(known)
    assert len(like) == FEW
    assert {weight for _, weight in like} == {1 / FEW}
    mood = game.program.places["mood"]
    shares = beliefs.shares(like)["mood"]
    assert shares["sour"] == pytest.approx(sum(row[mood] for row in rows[:FEW]) / FEW)


def test_a_donor_lends_all_that_is_unknown_together(town: Town) -> None:
    game = tabletop.Game(town())
    p = game.program
    beliefs = Beliefs(p, 0, list)
    known = masked_core(p, states(game, 1)[0], 0, beliefs.secret)
    for row in states(game, 20):
        row[p.places["rumour"]] = 1 + row[p.places["mood"]]
        lent = beliefs.lent(known, row)
        assert all(lent[place] == row[place] for place in beliefs.secret)
        assert masked_core(p, lent, 0, beliefs.secret) == known


def test_cards_that_wait_are_lent_where_the_game_stands_at_the_same_moment(town: Town) -> None:
    game = tabletop.Game(town())
    p = game.program
    beliefs = Beliefs(p, 0, list)
    row = states(game, 1)[0]
    row[p.cards[0].place] = 0
    known = masked_core(p, row, 0, beliefs.secret)
    row[code.WAITING], row[code.QUEUE], row[p.cards[0].place] = 1, 0, row[code.TURN]
    assert beliefs.lent(known, row)[code.WAITING] == 1
    assert masked_core(p, beliefs.lent(known, row), 0, beliefs.secret) == known
    row[code.TURN] += 1
    assert beliefs.lent(known, row)[code.WAITING] == 0


def test_what_waits_for_a_far_turn_is_weighed_without_overflow(town: Town) -> None:
    """An effect that is put off by 30 turns stands in a place of 60 bits, whose square no machine word holds."""
    np = pytest.importorskip("numpy")

    def far(pack: dict[str, Any]) -> None:
        pack["stages"][0]["turns"] = 40
        pack["actions"][0]["effects"] = [{"change": "calm", "by": 2, "after": 30, "why": "They talk."}]

    game = tabletop.Game(town(far))
    p = game.program
    place = next(
        p.code[p.code[code.EFFECTS] + code.EFFECT_ROW * number + code.EFFECT_PLACE]
        for number, origin in enumerate(p.origins)
        if origin.effect.after
    )
    rows = states(game, 2 * FEW)
    for row in rows:
        row[place] = 3 << 58 if row[p.places["mood"]] else 1 << 58
    with np.errstate(all="raise"):
        beliefs = Beliefs(p, 0, lambda: np.array([[row] for row in rows], dtype=np.int64))
        known = masked_core(p, rows[0], 0, beliefs.secret)
        known[place], known[p.places["calm"]] = 3 << 58, 49
        like = beliefs.like(known)
    assert sum(weight for _, weight in like) == pytest.approx(1)
    assert all(math.isfinite(weight) for _, weight in like)
    assert beliefs.shares(like)["mood"]["sour"] == pytest.approx(1)


def test_what_is_drawn_is_drawn_as_often_as_is_its_due() -> None:
    weights = [0.5, 0.3, 0.2]
    for seed in range(20):
        found = drawn(weights, 100, seed)
        assert [found.count(at) for at in range(3)] == pytest.approx([50, 30, 20], abs=1)
    single = [drawn(weights, 1, seed)[0] for seed in range(3000)]
    assert [single.count(at) / 3000 for at in range(3)] == pytest.approx(weights, abs=0.03)
