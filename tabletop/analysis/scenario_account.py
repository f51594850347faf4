"""Where a scenario is decided: the accounts of many games between bots, by chance, by seat and by turn.

The expected figure of a game goes up and down from the deal to the end. How much each step moved it is measured by
its square, as the squares of such steps add up to the variance of the result (they are martingale differences) where
everybody plays by the stated continuation; what playouts add to the squares by their own noise is taken off.
"""

from __future__ import annotations

import itertools
import math
import random
import statistics
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TypeVar

import attrs

from tabletop.analysis.account import Account, Estimate, Figure, Term, TermKind
from tabletop.analysis.accounting import accounts, figures_of
from tabletop.analysis.continuation import RANDOM_NAME
from tabletop.analysis.intervals import Z95
from tabletop.analysis.playout_pool import PlayoutPool
from tabletop.engine.game import Game
from tabletop.engine.played_step import PlayedStep, decided
from tabletop.players.player_factory import cast, decide, default_players

#: Playouts of every position: few are enough, as noise is taken off and games differ more.
PLAYOUTS = 60


Key = TypeVar("Key")


@attrs.frozen(kw_only=True)
class Share:
    """How much of all ups and downs came from one source or fell in one turn, from 0 to 1, with its interval over
    games. `kind` is that of a term, `seat` who decided; for a turn (0 is the deal) both are empty."""

    share: Estimate
    kind: TermKind | None = None
    seat: str = ""
    turn: int | None = None


@attrs.frozen(kw_only=True)
class ScenarioAccount:
    """By what a figure of a scenario is decided in so many games: `sources` (chance and every seat) and `turns` each
    add up to 1. `start` is what was to be expected before the deal."""

    seat: str
    figure: Figure
    games: int
    start: float
    sources: tuple[Share, ...]
    turns: tuple[Share, ...]


def scenario_accounts(
    game: Game,
    pool: PlayoutPool,
    games: int,
    wanted: Sequence[tuple[str, Figure]] | None = None,
    *,
    players: Mapping[str, str] | None = None,
    playouts: int = PLAYOUTS,
    seed: int = 0,
    stopped: Callable[[], bool] | None = None,
) -> Iterator[tuple[ScenarioAccount, ...]]:
    """Yields the accounts of a scenario after each game, for every figure that is `wanted`.

    Every seat plays one of its doctrines or at random, another in every game, unless `players` names one for it; what
    it decides is compared with its first doctrine. Raises UnknownPlayer and `playout_pool.Stopped`.
    """
    wanted = figures_of(game.program) if wanted is None else wanted
    found: list[tuple[Account, ...]] = []
    for number in range(games):
        steps = tuple(_played(game, players or {}, seed + number))
        continuation = {seat: name for seat, name in default_players(game.scenario).items() if ":" not in name}
        *_, last = accounts(
            steps, pool, wanted, continuation=continuation, playouts=playouts, seed=seed + number, stopped=stopped
        )
        found.append(last)
        yield tuple(_summed(of_figure) for of_figure in zip(*found, strict=True))


def _played(game: Game, players: Mapping[str, str], seed: int) -> Iterator[PlayedStep]:
    dice = random.Random(seed)
    names = {}
    for noun in game.scenario.seats:
        doctrines = [one.id for one in game.scenario.doctrines if one.seat == noun.id]
        names[noun.id] = dice.choice([*doctrines, RANDOM_NAME])
    casting = cast(game, names | dict(players))
    state = game.start(seed)
    for number in itertools.count(1):
        if state.finished:
            return
        seat = state.acting[0]
        step = decided(game, state, seat, decide(casting[seat], game, state, seat), number)
        yield step
        state = step.after


def _summed(found: Sequence[Account]) -> ScenarioAccount:
    by_source = [_squares(one, lambda term: (term.kind, term.seat)) for one in found]
    by_turn = [_squares(one, lambda term: term.turn) for one in found]
    return ScenarioAccount(
        seat=found[0].seat,
        figure=found[0].figure,
        games=len(found),
        start=statistics.fmean(one.start.mean for one in found),
        sources=tuple(Share(kind=kind, seat=seat, share=share) for (kind, seat), share in _shares(by_source)),
        turns=tuple(Share(turn=turn, share=share) for turn, share in _shares(by_turn)),
    )


def _squares(account: Account, key: Callable[[Term], Key]) -> dict[Key, float]:
    """The squares of the terms of a game, without noise, by a key of theirs."""
    squares: dict[Key, float] = defaultdict(float)
    for term in account.terms:
        error = (term.value.high - term.value.low) / (2 * Z95)
        squares[key(term)] += term.value.mean**2 - error**2
    return squares


def _order(key: object) -> tuple[int, str]:
    return (key, "") if isinstance(key, int) else (0, str(key))


def _shares(games: Sequence[Mapping[Key, float]]) -> list[tuple[Key, Estimate]]:
    """The share of each key in all squares, as a ratio of means over games (with the usual linearized error)."""
    keys = sorted({key for one in games for key in one}, key=_order)
    whole = [sum(one.values()) for one in games]
    total = sum(whole)
    found = []
    for key in keys:
        parts = [one.get(key, 0.0) for one in games]
        share = sum(parts) / total if total > 0 else 0.0
        error = 0.0
        if len(games) > 1 and total > 0:
            rest = [part - share * one for part, one in zip(parts, whole, strict=True)]
            error = math.sqrt(statistics.variance(rest) / len(games)) * len(games) / total
        found.append((key, Estimate(share, share - Z95 * error, share + Z95 * error)))
    return found
