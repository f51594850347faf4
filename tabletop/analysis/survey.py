"""Statistics of a scenario by assumption, hidden variable and doctrine, and of the use of cards and moves.

Every figure is a mean, or a difference between games that differ in one thing.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from tabletop.analysis.balance import (
    Estimate,
    Matrix,
    MatrixLine,
    OutcomeLine,
    PartLine,
    ReplyLine,
    TornadoLine,
    UseLine,
)
from tabletop.analysis.intervals import difference_of_means, mean_interval
from tabletop.analysis.playouts import CHUNK, Playouts
from tabletop.engine.game import Game
from tabletop.engine.layout import OUTCOME
from tabletop.scenario import Scenario

#: Like the built-in `map`, perhaps in parallel.
Each: TypeAlias = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
Rows: TypeAlias = Sequence[Sequence[int]]


def solo_seat(scenario: Scenario) -> str:
    """The seat whose points are reported: the single player's seat, or the first."""
    return scenario.player or scenario.seats[0].id


def doctrines_of(scenario: Scenario, seat: str) -> list[str]:
    """The doctrines of a seat, or random play if it has none."""
    return [doctrine.id for doctrine in scenario.doctrines if doctrine.seat == seat] or ["random"]


def rows(playouts: Playouts, games: int, nodes: Sequence[Any]) -> list[list[int]]:
    """The values of formulas at the end of each game."""
    if playouts.built_in and playouts.compiled:
        batch = playouts.batch_of(nodes)
        return [row for first in range(0, games, CHUNK) for row in _chunk(batch, playouts.seed + first, games - first)]
    places = [node[1] for node in nodes]
    return [[state[place] for place in places] for state in map(playouts.finished, range(games))]


def _chunk(batch: Any, first: int, left: int) -> list[list[int]]:
    found: list[list[int]] = batch.figures(first, min(CHUNK, left)).tolist()
    return found


def _estimate(values: Sequence[int]) -> Estimate:
    mean, low, high = mean_interval(sum(values), sum(value * value for value in values), len(values))
    return Estimate(value=mean, low=low if len(values) > 1 else None, high=high if len(values) > 1 else None)


@attrs.frozen
class Survey:
    """A scenario to be examined with so many games for each figure, from a first seed on."""

    game: Game
    games: int
    seed: int
    each: Each = map

    @property
    def scenario(self) -> Scenario:
        """The scenario."""
        return self.game.scenario

    def points(self, players: Mapping[str, str], seat: str, assume: Mapping[str, Any] | None = None) -> list[int]:
        """The points of a seat in games between these players."""
        game = self.game.assuming(assume or {})
        place = game.program.score_place + game.program.seat_number(seat)
        return [row[0] for row in rows(Playouts(game, players, self.seed), self.games, [("place", place)])]

    def mean(self, players: Mapping[str, str], seat: str, assume: Mapping[str, Any] | None = None) -> Estimate:
        """The mean of these points, with its interval. A player that is not built in makes this slow."""
        return _estimate(self.points(players, seat, assume))

    def base(self) -> Estimate:
        """The points of the solo seat where every seat follows its first doctrine."""
        return _estimate(self.points({}, solo_seat(self.scenario)))

    def tornado(self) -> list[TornadoLine]:
        """The solo seat's points at both ends of each assumption's range."""
        seat = solo_seat(self.scenario)
        ends = [(one, value) for one in self.scenario.assumptions for value in (one.range or (False, True))]
        found = list(self.each(lambda end: _estimate(self.points({}, seat, {end[0].id: end[1]})), ends))
        return [
            TornadoLine(
                id=ends[at][0].id,
                title=ends[at][0].title,
                labels=(_said(ends[at][1]), _said(ends[at + 1][1])),
                points=(found[at], found[at + 1]),
            )
            for at in range(0, len(ends), 2)
        ]

    def by_hidden(self) -> tuple[list[OutcomeLine], Matrix | None]:
        """How games end for each hidden value, and the points of each doctrine of the solo seat against it."""
        scenario, program = self.scenario, self.game.program
        if not scenario.hidden:
            return [], None
        hidden, seat = scenario.hidden[0], solo_seat(scenario)
        points = program.score_place + program.seat_number(seat)
        nodes = [("place", program.places[hidden.id]), ("place", OUTCOME), ("place", points)]
        doctrines = doctrines_of(scenario, seat)
        found = list(
            self.each(lambda one: rows(Playouts(self.game, {seat: one}, self.seed), self.games, nodes), doctrines)
        )
        names = {doctrine.id: doctrine.name for doctrine in scenario.doctrines if doctrine.seat == seat}
        values = range(len(hidden.values))
        matrix = Matrix(
            columns=[value.replace("_", " ") for value in hidden.values],
            rows=[
                MatrixLine(
                    name=names.get(one, one),
                    points=[_estimate([row[2] for row in games if row[0] == value]) for value in values],
                )
                for one, games in zip(doctrines, found, strict=True)
            ],
        )
        return [
            self._outcomes(hidden.values[value], [r for r in found[0] if r[0] == value]) for value in values
        ], matrix

    def by_worldview(self) -> Matrix | None:
        """The points of each doctrine of the solo seat under each worldview; None for a pack without any."""
        scenario, seat = self.scenario, solo_seat(self.scenario)
        names = {one.id: one.name for one in scenario.doctrines if one.seat == seat}
        views, doctrines = scenario.worldviews, doctrines_of(scenario, seat)
        if not views:
            return None
        wanted = [(doctrine, view.values) for doctrine in doctrines for view in views]
        found = iter(self.each(lambda one: self.mean({seat: one[0]}, seat, one[1]), wanted))
        rows = [MatrixLine(name=names.get(one, one), points=[next(found) for _ in views]) for one in doctrines]
        return Matrix(columns=[view.name for view in views], rows=rows)

    def _outcomes(self, name: str, games: Rows) -> OutcomeLine:
        ended = [row[1] for row in games]
        parts = [
            PartLine(title=ending.title, tone=ending.tone, share=ended.count(at) / max(1, len(ended)))
            for at, ending in enumerate(self.scenario.endings)
        ]
        return OutcomeLine(name=name.replace("_", " "), parts=[part for part in parts if part["share"] > 0])

    def replies(self) -> list[ReplyLine]:
        """The best doctrine of the solo seat against each doctrine of another seat, and of each other seat against each
        of the solo seat's, if there is a choice."""
        solo = solo_seat(self.scenario)
        others = [seat.id for seat in self.scenario.seats if seat.id != solo]
        pairs = [(solo, other) for other in others] + [(other, solo) for other in others]
        wanted = [
            (seat, mine, other, its)
            for seat, other in pairs
            for its in doctrines_of(self.scenario, other)
            for mine in doctrines_of(self.scenario, seat)
            if len(doctrines_of(self.scenario, seat)) > 1
        ]
        found = self.each(lambda one: _estimate(self.points({one[0]: one[1], one[2]: one[3]}, one[0])), wanted)
        lines = []
        by_case = itertools.groupby(zip(wanted, found, strict=True), key=lambda pair: (pair[0][0], *pair[0][2:]))
        for (seat, other, its), group in by_case:
            ranked = sorted(group, key=lambda pair: -pair[1]["value"])
            lines.append(
                ReplyLine(
                    seat=self._seat(seat),
                    against=f"{self._doctrine(other, its)} ({self._seat(other)})",
                    best=self._doctrine(seat, ranked[0][0][1]),
                    points=ranked[0][1],
                    lead=ranked[0][1]["value"] - ranked[1][1]["value"],
                )
            )
        return lines

    def _seat(self, seat: str) -> str:
        return next(one.name for one in self.scenario.seats if one.id == seat)

    def _doctrine(self, seat: str, name: str) -> str:
        return next((one.name for one in self.scenario.doctrines if (one.seat, one.id) == (seat, name)), name)

    def uses(self) -> tuple[list[UseLine], list[UseLine]]:
        """Cards and moves: the share of games with each, between all doctrines of the solo seat and in random play; and
        the difference of its seat's points with and without it in random play, where it is not confounded. Empty on the
        Python engine, which does not count uses."""
        import numpy as np

        program, scenario = self.game.program, self.scenario
        solo = program.seat_number(solo_seat(scenario))
        owners = np.array(
            [move.seat if move.seat >= 0 else solo for move in program.moves] + [solo] * len(program.cards),
            dtype=np.int64,
        )
        casts = [
            {"all": "random"},
            *({solo_seat(scenario): one} for one in doctrines_of(scenario, solo_seat(scenario))),
        ]
        counted = list(self.each(lambda players: self._used(players, owners), casts))
        games = self.games * len(casts)
        shares = sum(table[:, 0] for table, _ in counted) / games
        table, moments = counted[0]

        def line(at: int, name: str, seat: str, noun: str) -> UseLine:
            return UseLine(
                id=noun,
                name=name,
                seat=seat,
                share=float(shares[at]),
                looked=0,
                right=0,
                under="",
                effect=_effect(table[at], moments[owners[at]]),
            )

        moves = [
            line(at, action.label, self._seat(action.seat), str(action))
            for at, action in enumerate(program.actions)
            if action.kind == "action"
        ]
        first = len(program.moves)
        cards = [line(first + at, card.title, "", card.id) for at, card in enumerate(scenario.cards)]
        return cards, moves

    def _used(self, players: Mapping[str, str], owners: Any) -> tuple[Any, list[tuple[int, int, int]]]:
        import numpy as np

        playouts, program = Playouts(self.game, players, self.seed), self.game.program
        batch = playouts.batch_of([("place", program.score_place + at) for at in range(len(self.scenario.seats))])
        table, moments = (
            np.zeros((len(owners), 3), dtype=np.int64),
            np.zeros((len(self.scenario.seats), 3), dtype=np.int64),
        )
        for first in range(0, self.games, CHUNK):
            points = batch.figures(self.seed + first, min(CHUNK, self.games - first), table, owners)
            moments += np.stack([points.sum(0), (points * points).sum(0), np.full(points.shape[1], len(points))], 1)
        return table, [(int(a), int(b), int(c)) for a, b, c in moments]


def _effect(used: Any, whole: tuple[int, int, int]) -> Estimate | None:
    """The difference of points between games with and without something."""
    games, total, squares = (int(number) for number in used)
    rest = (whole[0] - total, whole[1] - squares, whole[2] - games)
    interval = difference_of_means((total, squares, games), rest)
    if interval is None:
        return None
    low, high = interval
    return Estimate(value=(low + high) / 2, low=low, high=high)


def _said(value: int | bool) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
