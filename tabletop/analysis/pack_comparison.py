"""Two versions of a pack, compared by the same games: what an edit changed, and by how much.

Game number n of both has the same seed, so that what the edit does not touch happens alike in both, and cancels out of
the differences. Nothing is said of what did not change, or of what may be chance.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypeAlias

import attrs

from tabletop.analysis.intervals import Z95, newcombe
from tabletop.analysis.playouts import CHUNK, Playouts
from tabletop.engine.game import Game
from tabletop.engine.layout import OUTCOME
from tabletop.scenario import Scenario

#: After so many games of each version it says what it has found so far.
LOOKS = (200, 1_000, 5_000, 20_000)
#: The chance that anything at all is said of two versions that play alike, over all figures and looks.
_ALARM = 0.01

FigureKind: TypeAlias = Literal["ending", "points", "meter", "card", "action"]
Column: TypeAlias = list[int]


@attrs.frozen(kw_only=True)
class Difference:
    """A figure that differs: its kind, id and name, what it was and what it is, and the difference with a 95% interval.

    Endings, cards and actions are shares of games, from 0 to 1; points and meters are means at the end. `before` or
    `after` is None for what only the other version has.
    """

    kind: FigureKind
    id: str
    name: str
    before: float | None
    after: float | None
    difference: float
    low: float
    high: float


@attrs.frozen(kw_only=True)
class Comparison:
    """What is known after so many `games` of each version: the differences, the largest of each kind first, and the
    endings that never came in the new version, by name."""

    games: int
    differences: tuple[Difference, ...]
    never: tuple[str, ...]


@attrs.define
class _Version:
    """A version of the pack, and its games so far: a column a figure, and how often each card and action came."""

    scenario: Scenario
    playouts: Playouts
    columns: dict[tuple[FigureKind, str], Column] = attrs.field(factory=dict)
    uses: dict[tuple[FigureKind, str], int] = attrs.field(factory=dict)

    @classmethod
    def of(cls, scenario: Scenario, players: Mapping[str, str], seed: int) -> _Version:
        known = {seat.id for seat in scenario.seats} | {"all"}
        own = {seat: player for seat, player in players.items() if seat in known}
        return cls(scenario, Playouts(Game(scenario), own, seed))

    @property
    def _keys(self) -> list[tuple[FigureKind, str]]:
        seats, meters = self.scenario.seats, self.scenario.meters
        return [*(("points", seat.id) for seat in seats), *(("meter", meter.id) for meter in meters)]

    @property
    def _places(self) -> list[int]:
        program = self.playouts.program
        scores = [program.score_place + at for at in range(len(self.scenario.seats))]
        return [OUTCOME, *scores, *(program.places[meter.id] for meter in self.scenario.meters)]

    def play(self, first: int, games: int) -> None:
        """Plays so many more games."""
        for start in range(first, first + games, CHUNK):
            rows = self._rows(start, min(CHUNK, first + games - start))
            for at, ending in enumerate(self.scenario.endings):
                self._column("ending", ending.id).extend(int(row[0] == at) for row in rows)
            for at, (kind, id) in enumerate(self._keys, 1):
                self._column(kind, id).extend(row[at] for row in rows)

    def _column(self, kind: FigureKind, id: str) -> Column:
        return self.columns.setdefault((kind, id), [])

    def _rows(self, first: int, games: int) -> Sequence[Sequence[int]]:
        if not self.playouts.compiled:
            states = (self.playouts.finished(number) for number in range(first, first + games))
            return [[state[place] for place in self._places] for state in states]
        import numpy as np

        program = self.playouts.program
        table = np.zeros((len(program.moves) + len(program.cards), 3), dtype=np.int64)
        batch = self.playouts.batch_of([("place", place) for place in self._places])
        found: Any = batch.figures(self.playouts.seed + first, games, table, np.zeros(len(table), dtype=np.int64))
        self._count(table[:, 0].tolist())
        return found.tolist()  # type: ignore[no-any-return]

    def _count(self, used: Sequence[int]) -> None:
        program = self.playouts.program
        for action, times in zip(program.actions, used, strict=False):
            if action.kind == "action":
                key: tuple[FigureKind, str] = ("action", f"{action.seat}: {action}")
                self.uses[key] = self.uses.get(key, 0) + times
        for card, times in zip(self.scenario.cards, used[len(program.moves) :], strict=True):
            self.uses["card", card.id] = self.uses.get(("card", card.id), 0) + times

    def name(self, kind: FigureKind, id: str) -> str:
        """What a figure is called."""
        if kind == "action":
            return id
        nouns: Mapping[str, Any] = {
            "ending": self.scenario.endings,
            "points": self.scenario.seats,
            "meter": self.scenario.meters,
            "card": self.scenario.cards,
        }
        noun = next(one for one in nouns[kind] if one.id == id)
        return str(noun.name if kind in ("points", "meter") else noun.title)


def compare(
    new: Scenario, old: Scenario, players: Mapping[str, str] | None = None, seed: int = 0, most: int = LOOKS[-1]
) -> Iterator[Comparison]:
    """What differs between two versions of a pack, after more and more games of each, up to `most`.

    `players` are those of `simulate`: by default every seat follows its first doctrine. Raises UnknownPlayer,
    EndlessGame, and PlayerFailed.
    """
    versions = [_Version.of(scenario, players or {}, seed) for scenario in (new, old)]
    looks = [look for look in LOOKS if look < most] + [most]
    played = 0
    for look in looks:
        for version in versions:
            version.play(played, look - played)
        played = look
        yield _compared(*versions, games=look, looks=len(looks))


def _compared(new: _Version, old: _Version, *, games: int, looks: int) -> Comparison:
    keys = list(dict.fromkeys([*new.columns, *old.columns]))
    counted = list(dict.fromkeys([*new.uses, *old.uses]))
    alarm = _ALARM / (looks * max(1, len(keys) + len(counted)))
    z = statistics.NormalDist().inv_cdf(1 - alarm / 2)
    found = [_paired(new, old, key, z) for key in keys] + [_shares(new, old, key, games, z) for key in counted]
    order: dict[FigureKind, int] = {"ending": 0, "points": 1, "meter": 2, "card": 3, "action": 4}
    told = sorted((one for one in found if one), key=lambda one: (order[one.kind], -abs(one.difference)))
    never = [ending.title for ending in new.scenario.endings if not any(new.columns["ending", ending.id])]
    return Comparison(games=games, differences=tuple(told), never=tuple(never))


def _paired(new: _Version, old: _Version, key: tuple[FigureKind, str], z: float) -> Difference | None:
    """The difference of a figure, game by game; None where it may be chance."""
    after, before = new.columns.get(key), old.columns.get(key)
    if after is None or before is None:
        return _only_one(new, old, key)
    gaps = [one - other for one, other in zip(after, before, strict=True)]
    differ = [gap for gap in gaps if gap]
    count, mean = len(gaps), sum(gaps) / len(gaps)
    variance = (sum(gap * gap for gap in gaps) - count * mean * mean) / max(1, count - 1)
    error = math.sqrt(max(0.0, variance) / count)
    # The test of signs holds also where few games differ, for which the normal interval is too sure.
    rose = sum(gap > 0 for gap in differ)
    signs = (abs(2 * rose - len(differ)) - 1) / math.sqrt(len(differ)) if differ else 0.0
    is_clear = abs(mean) > z * error and (key[0] != "ending" or signs > z)
    if not differ or not is_clear:
        return None
    return Difference(
        kind=key[0],
        id=key[1],
        name=new.name(*key),
        before=sum(before) / count,
        after=sum(after) / count,
        difference=mean,
        low=mean - Z95 * error,
        high=mean + Z95 * error,
    )


def _only_one(new: _Version, old: _Version, key: tuple[FigureKind, str]) -> Difference | None:
    """Of an ending, a seat or a meter that only one version has: what it comes to there."""
    version = new if key in new.columns else old
    column = version.columns[key]
    value = sum(column) / len(column)
    if key[0] == "ending" and not value:
        return None
    sign = 1 if version is new else -1
    return Difference(
        kind=key[0],
        id=key[1],
        name=version.name(*key),
        before=None if version is new else value,
        after=value if version is new else None,
        difference=sign * value,
        low=sign * value,
        high=sign * value,
    )


def _shares(new: _Version, old: _Version, key: tuple[FigureKind, str], games: int, z: float) -> Difference | None:
    """The difference between the shares of games in which a card or an action came; None where it may be chance."""
    after, before = new.uses.get(key), old.uses.get(key)
    version = new if after is not None else old
    if after == before or not (after or before):
        return None
    low, high = newcombe(after or 0, games, before or 0, games)
    difference = ((after or 0) - (before or 0)) / games
    if after is not None and before is not None:
        pooled = (after + before) / (2 * games)
        if abs(difference) <= z * math.sqrt(2 * pooled * (1 - pooled) / games):
            return None
    return Difference(
        kind=key[0],
        id=key[1],
        name=version.name(*key),
        before=None if before is None else before / games,
        after=None if after is None else after / games,
        difference=difference,
        low=low,
        high=high,
    )
