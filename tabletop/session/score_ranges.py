"""Score ranges: what each seat could reach, from games of bots among themselves, kept in the user's cache.

In such a game every seat is played by one of its doctrines, drawn by lot, or at random. The least and the most are the
points that one game in twenty does not come up to, or goes beyond.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Mapping, Sequence

import attrs

from tabletop import __version__
from tabletop.engine.game import Game
from tabletop.players import cast, decide
from tabletop.storage.cache import Cache

#: How many games are played, and how many decisions one of them may take at most.
GAMES, _LONGEST = 160, 4000
_KEPT = 60
_TAIL = 0.05


@attrs.frozen(kw_only=True)
class ScoreRange:
    """The points that a seat could hope for, and those that it had to fear; `low` is at most `high`."""

    low: int
    high: int

    def share(self, points: int) -> float:
        """Where points lie between the two: 0 at the least, 1 at the most, never beyond.

        >>> ScoreRange(low=-10, high=30).share(10)
        0.5
        """
        if self.high <= self.low:
            return 0.5
        return max(0.0, min(1.0, (points - self.low) / (self.high - self.low)))


def kept_ranges(game: Game) -> Mapping[str, ScoreRange] | None:
    """The ranges that were worked out before for the same rules and assumptions; None where there are none."""
    cache = Cache.of_user("scores")
    found = None if cache is None else cache.read(_name(game))
    if found is None:
        return None
    try:
        data = json.loads(found)
        return {seat.id: ScoreRange(low=data[seat.id][0], high=data[seat.id][1]) for seat in game.scenario.seats}
    except (ValueError, KeyError, IndexError, TypeError):
        return None


def score_ranges(game: Game, tell: Callable[[float], object] = lambda share: None) -> Mapping[str, ScoreRange]:
    """What each seat could reach, kept for the next time. `tell` is called with the share that is done, from 0 to 1,
    and may raise to give up.

    It takes a few seconds unless the figures were kept.
    """
    kept = kept_ranges(game)
    if kept is not None:
        return kept
    points: dict[str, list[int]] = {seat.id: [] for seat in game.scenario.seats}
    dice = random.Random(1)
    for number in range(GAMES):
        tell(number / GAMES)
        for seat, scored in _scores(game, dice).items():
            points[seat].append(scored)
    found = {seat: _range(scored) for seat, scored in points.items()}
    cache = Cache.of_user("scores")
    if cache is not None:
        written = json.dumps({seat: [one.low, one.high] for seat, one in found.items()})
        if cache.keep(_name(game), written.encode()):
            cache.trim(_KEPT, but=_name(game))
    return found


def _scores(game: Game, dice: random.Random) -> Mapping[str, int]:
    """The points of every seat in one game."""
    seats = [seat.id for seat in game.scenario.seats]
    named = {seat: [one.id for one in game.scenario.doctrines if one.seat == seat] for seat in seats}
    players = cast(game, {seat: dice.choice([*named[seat], "random"]) for seat in seats})
    state = game.start(seed=dice.getrandbits(32))
    for _ in range(_LONGEST):
        if state.finished:
            break
        seat = state.acting[0]
        state = game.apply(state, seat, decide(players[seat], game, state, seat))
    return state.scores


def _range(points: Sequence[int]) -> ScoreRange:
    ranked = sorted(points)
    cut = int(len(ranked) * _TAIL)
    return ScoreRange(low=ranked[cut], high=ranked[-1 - cut])


def _name(game: Game) -> str:
    """By rules, assumptions and this program's version, which may change how bots play."""
    whole = json.dumps([game.program.digest, dict(game.assumptions), GAMES, __version__], sort_keys=True)
    return hashlib.sha256(whole.encode()).hexdigest()[:40]
