"""Beliefs: what a seat may take for true where it cannot know, from games that went as this one did so far.

Games are played out once between likely players, and kept as they stood at the seat's first decision of each turn.
Those that look like the present one, in whatever tells hidden truths apart, lend it what the seat does not see.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from tabletop.engine import layout as code
from tabletop.engine.bots import RANDOM
from tabletop.engine.philox import below
from tabletop.engine.program import Program
from tabletop.engine.secrets import secret_places

#: Games as they stood, with weights that add up to 1.
Likeness: TypeAlias = list[tuple[Sequence[int], float]]

#: Turns of a game that are kept.
MOST_TURNS = 30
#: A feature that explains less than this share of what is hidden is not looked at.
TELLING = 0.02
#: So many games, at least, are not told apart, as one that looks just alike may be a chance.
FEW = 40


def likely_casts(p: Program, count: int, own: int, seed: int) -> list[list[int]]:
    """Rows of doctrines by seat: a seat's first in half of them, its others or random play in the rest. The own seat
    plays any of its doctrines as often."""
    by_seat = [[at for (name, _), at in p.doctrines.items() if name == seat.id] for seat in p.scenario.seats]
    rows = []
    for number in range(count):
        row = []
        for seat, doctrines in enumerate(by_seat):
            fate = below(100, number, seat, seed)
            if not doctrines or fate < 10:
                row.append(RANDOM)
            elif seat != own and fate < 60:
                row.append(doctrines[0])
            else:
                row.append(doctrines[below(len(doctrines), number, seat + 64, seed)])
        rows.append(row)
    return rows


class Beliefs:
    """What one seat believes in games of one opening (assumptions included)."""

    def __init__(self, p: Program, seat: int, games: Sequence[Sequence[Sequence[int]]]) -> None:
        """`games` are states of games played out, by game and turn; where a game had ended, a state is all 0."""
        self.program, self.seat = p, seat
        self.secret = secret_places(p, seat)
        self.hidden = [p.places[hidden.id] for hidden in p.scenario.hidden if p.places[hidden.id] in self.secret]
        self._donors: dict[tuple[int, int], list[Sequence[int]]] = defaultdict(list)
        for game in games:
            for state in game:
                if state[code.TURN]:
                    self._donors[state[code.STAGE], state[code.STAGE_TURN]].append(state)
        self._telling: dict[tuple[int, int], list[tuple[int, float]]] = {}

    def like(self, known: Sequence[int], weighs: bool = True) -> Likeness:
        """Games that stood as far on as this one, with weights by how much they look like it, which add up to 1; all
        alike where evidence is not weighed."""
        turn = self._nearest(known[code.STAGE], known[code.STAGE_TURN])
        donors = self._donors.get(turn, [])
        if not self.secret or not donors:
            return []
        if not weighs:
            return [(donor, 1 / len(donors)) for donor in donors]
        distances = self._distances(known, donors, turn)
        sharpness = 4.0
        while True:
            weights = [math.exp(-sharpness * distance) for distance in distances]
            total, squares = sum(weights), sum(weight * weight for weight in weights)
            if total * total >= min(FEW, len(donors)) * squares * 0.999:
                return [(donor, weight / total) for donor, weight in zip(donors, weights, strict=True)]
            sharpness /= 2

    def positions(self, known: Sequence[int], like: Likeness, count: int, seed: int) -> list[list[int]]:
        """So many positions that the seat may hold possible, where it knows no more than `known`; `like` says which
        games look like it."""
        if not like:
            return [list(known)] * count
        positions, sum_so_far, at = [], like[0][1], 0
        # Evenly spaced over the weights, so that few positions lend what many would.
        start = below(1000, seed, 0, 1) / 1000
        for number in range(count):
            while sum_so_far < (number + start) / count and at + 1 < len(like):
                at += 1
                sum_so_far += like[at][1]
            position = list(known)
            for place in self.secret:
                position[place] = int(like[at][0][place])
            positions.append(position)
        # Whoever takes the first few must not take all of one kind.
        order = sorted(range(count), key=lambda number: below(1 << 30, number, 2, seed))
        return [positions[number] for number in order]

    def shares(self, like: Likeness) -> Mapping[str, Mapping[str, float]]:
        """For every hidden truth that the seat does not know, how likely it takes each value to be, by games that look
        like its own."""
        shares: dict[str, Counter[str]] = {}
        for hidden in self.program.scenario.hidden:
            place = self.program.places[hidden.id]
            if place in self.secret and like:
                shares[hidden.id] = Counter(dict.fromkeys(hidden.values, 0.0))
                for donor, weight in like:
                    shares[hidden.id][hidden.values[donor[place]]] += weight  # type: ignore[assignment]
        return shares

    def _nearest(self, stage: int, turn: int) -> tuple[int, int]:
        """The turn of the stage, nearest to this one, that enough games came to."""
        enough = [at for (in_stage, at), donors in self._donors.items() if in_stage == stage and len(donors) >= FEW]
        return stage, min(enough, key=lambda at: (abs(at - turn), at), default=turn)

    def _distances(self, known: Sequence[int], donors: list[Sequence[int]], turn: tuple[int, int]) -> list[float]:
        if turn not in self._telling:
            self._telling[turn] = self._features(donors)
        features = self._telling[turn]
        distances = [sum(scale * (donor[place] - known[place]) ** 2 for place, scale in features) for donor in donors]
        least = min(distances)
        return [distance - least for distance in distances]

    def _features(self, donors: list[Sequence[int]]) -> list[tuple[int, float]]:
        """Places that tell hidden truths apart, with the share that each explains (eta squared) over its variance."""
        groups: dict[tuple[int, ...], list[Sequence[int]]] = defaultdict(list)
        for donor in donors:
            groups[tuple(donor[place] for place in self.hidden)].append(donor)
        if len(groups) < 2:
            return []
        found = []
        for place in range(code.HEADER, self.program.score_place):
            if place in self.secret:
                continue
            column = [donor[place] for donor in donors]
            mean = sum(column) / len(column)
            whole = sum((value - mean) ** 2 for value in column)
            if whole == 0:
                continue
            between = 0.0
            for group in groups.values():
                its_mean = sum(donor[place] for donor in group) / len(group)
                between += len(group) * (its_mean - mean) ** 2
            if between / whole >= TELLING:
                found.append((place, between / whole / (whole / len(column))))
        return found
