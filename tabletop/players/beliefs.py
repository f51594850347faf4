"""A seat's beliefs about hidden variables, estimated from simulated games that resemble the present one.

Games between likely players are simulated once; their states at the seat's first decision of each turn are kept. For
what the seat does not see, values are copied from games that resemble the present one in features that correlate with
the hidden variables.
"""

from __future__ import annotations

import functools
import itertools
import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter, mul
from typing import Any, TypeAlias

from tabletop.engine import layout as code
from tabletop.engine.bots import RANDOM
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.information_state import masked_core, secret_places
from tabletop.engine.philox import below
from tabletop.engine.program import Program
from tabletop.players.throws import thrown

#: States of simulated games, with weights that add up to 1.
Likeness: TypeAlias = list[tuple[Sequence[int], float]]

#: A place that correlates with hidden variables, its weight, and its values in the games of a turn.
_Feature: TypeAlias = tuple[int, float, Any]

#: The number of turns of a game whose states are kept.
MOST_TURNS = 30
#: Features that explain less than this share of the variance are ignored.
TELLING = 0.02
#: States that are equal in these places are at the same moment of a turn.
_MOMENT = (code.TURN, code.PHASE, code.STEP, code.CARD, code.CHOICE)
#: The minimum number of identical-looking games for using only these.
FEW = 40


def likely_casts(p: Program, count: int, own: int, seed: int) -> list[list[int]]:
    """Rows of players by seat: a seat's first doctrine in half of them, its other doctrines or random play in the rest.
    The own seat plays each of its doctrines equally often."""
    columns = []
    for seat, noun in enumerate(p.scenario.seats):
        doctrines = [at for (name, _), at in p.doctrines.items() if name == noun.id]
        if not doctrines:
            columns.append([RANDOM] * count)
            continue
        fates = thrown(100, count, seat, seed)
        others = thrown(len(doctrines), count, seat + 64, seed)
        columns.append(
            [
                RANDOM if fate < 10 else doctrines[0] if seat != own and fate < 60 else doctrines[other]
                for fate, other in zip(fates, others, strict=True)
            ]
        )
    return [list(row) for row in zip(*columns, strict=True)]


def likely_players(p: Program, own: int) -> dict[int, list[tuple[int, float]]]:
    """The possible players of the other seats with their probabilities, as in `likely_casts`."""
    found = {}
    for number, seat in enumerate(p.scenario.seats):
        doctrines = [at for (name, _), at in p.doctrines.items() if name == seat.id]
        if doctrines and number != own:
            shares = dict.fromkeys(doctrines, 0.4 / len(doctrines))
            shares[doctrines[0]] += 0.5
            found[number] = [(RANDOM, 0.1), *shares.items()]
    return found


def drawn(weights: Sequence[float], count: int, seed: int) -> list[int]:
    """Systematic resampling: `count` indices in proportion to the weights, in random order; none without weights."""
    if not weights:
        return []
    # Evenly spaced over the cumulative weights, for low variance.
    start = below(1 << 30, seed, 0, 1) / (1 << 30)
    sums, last = list(itertools.accumulate(weights)), len(weights) - 1
    found = [min(bisect_left(sums, (number + start) / count), last) for number in range(count)]
    # Shuffled, so that a prefix is a fair sample too.
    return [found[number] for number in _shuffled(count, seed)]


@functools.lru_cache(maxsize=1024)
def _shuffled(count: int, seed: int) -> tuple[int, ...]:
    """The numbers below a count in random order."""
    throws = thrown(1 << 30, count, 2, seed)
    return tuple(sorted(range(count), key=throws.__getitem__))


class Beliefs:
    """The beliefs of one seat in games of one opening (assumptions included)."""

    def __init__(self, p: Program, seat: int, games: Callable[[], Sequence[Sequence[Sequence[int]]]]) -> None:
        """`games` returns states of simulated games by game and turn, all 0 after the end of a game; it is called when
        first needed."""
        self.program, self.seat, self._games = p, seat, games
        self.secret = secret_places(p, seat)
        self.hidden = [p.places[hidden.id] for hidden in p.scenario.hidden if p.places[hidden.id] in self.secret]
        self._telling: dict[tuple[int, int], list[_Feature]] = {}
        self._alike: dict[tuple[int, int], dict[tuple[int, ...], list[Sequence[int]]]] = {}

    @functools.cached_property
    def _donors(self) -> dict[tuple[int, int], list[Sequence[int]]]:
        """The simulated states by stage and turn."""
        donors: dict[tuple[int, int], list[Sequence[int]]] = defaultdict(list)
        for game in self._games():
            for state in game:
                if state[code.TURN]:
                    donors[state[code.STAGE], state[code.STAGE_TURN]].append(state)
        return donors

    def like(self, known: Sequence[int], weighs: bool = True) -> Likeness:
        """States of simulated games at the same turn, weighted by similarity to the known state (sum 1); with equal
        weights if not `weighs`."""
        if not self.secret:
            return []
        turn = self._nearest(known[code.STAGE], known[code.STAGE_TURN])
        donors = self._donors.get(turn, [])
        if not donors:
            return []
        if weighs:
            # If enough games look identical to the seat, only these count.
            same = self._just_like(turn).get(tuple(known), [])
            donors = same if len(same) >= FEW else donors
        if not weighs or donors is same:
            return [(donor, 1 / len(donors)) for donor in donors]
        weights = self._weights(known, donors, turn)
        return list(zip(donors, weights, strict=True))

    def lent(self, known: Sequence[int], donor: Sequence[int]) -> list[int]:
        """A possible position for a seat that knows `known`: unknown values are copied from the state of another game,
        the donor. Others' face-down choices stay open."""
        # As Python's integers at once: picking them out of an array one by one takes several times as long.
        donor, position = _integers(donor), list(known)
        for place in self.secret:
            position[place] = donor[place]
        if all(donor[place] == known[place] for place in _MOMENT):
            self._lend_queue(position, donor)
        return position

    def all_lent(self, known: Sequence[int], donors: Sequence[Sequence[int]]) -> Any:
        """What `lent` gives for each donor, in rows; an array where there are arrays."""
        if not donors or not has_compiled():
            return [self.lent(known, donor) for donor in donors]
        import numpy as np

        states, here, secret = np.array(donors), np.array(known, dtype=np.int64), sorted(self.secret)
        rows = np.tile(here, (len(donors), 1))
        rows[:, secret] = states[:, secret]
        moment = list(_MOMENT)
        for at in np.flatnonzero((states[:, moment] == here[moment]).all(axis=1)):
            rows[at] = self.lent(known, donors[int(at)])
        return rows

    def _lend_queue(self, position: list[int], donor: Sequence[int]) -> None:
        """Copies the donor's queue of cards, without cards that the seat has seen come up."""
        for card in donor[code.QUEUE : code.QUEUE + donor[code.WAITING]]:
            place = self.program.cards[card].place
            if position[place] == 0:
                position[place] = position[code.TURN]
                position[code.QUEUE + position[code.WAITING]] = card
                position[code.WAITING] += 1

    def shares(self, like: Likeness) -> Mapping[str, Mapping[str, float]]:
        """The seat's probability of each value of every hidden variable that it does not know, from weighted games."""
        shares: dict[str, Counter[str]] = {}
        for hidden in self.program.scenario.hidden:
            place = self.program.places[hidden.id]
            if place in self.secret and like:
                shares[hidden.id] = Counter(dict.fromkeys(hidden.values, 0.0))
                for donor, weight in like:
                    shares[hidden.id][hidden.values[donor[place]]] += weight  # type: ignore[assignment]
        return shares

    def _just_like(self, turn: tuple[int, int]) -> dict[tuple[int, ...], list[Sequence[int]]]:
        """The states of a turn by what the seat would know of them."""
        if turn not in self._alike:
            found: dict[tuple[int, ...], list[Sequence[int]]] = defaultdict(list)
            for donor in self._donors[turn]:
                found[tuple(masked_core(self.program, _integers(donor), self.seat, self.secret))].append(donor)
            self._alike[turn] = found
        return self._alike[turn]

    def _nearest(self, stage: int, turn: int) -> tuple[int, int]:
        """The nearest turn of the stage that enough games reached."""
        enough = [at for (in_stage, at), donors in self._donors.items() if in_stage == stage and len(donors) >= FEW]
        return stage, min(enough, key=lambda at: (abs(at - turn), at), default=turn)

    def _weights(self, known: Sequence[int], donors: list[Sequence[int]], turn: tuple[int, int]) -> list[float]:
        """The likeness of each game to the known state, sum 1: as sharp as leaves FEW games with a say."""
        if turn not in self._telling:
            self._telling[turn] = self._features(donors)
        telling, fewest = self._telling[turn], min(FEW, len(donors))
        return (
            _weights_by_array(known, telling, fewest)
            if has_compiled() and telling
            else _weights_by_hand(known, telling, fewest, len(donors))
        )

    def _features(self, donors: list[Sequence[int]]) -> list[_Feature]:
        """Places that correlate with hidden variables, each with the share of variance explained (eta squared) divided
        by its variance, and its value in each game."""
        # As Python integers: places of delayed effects may be too large to be summed and squared in 64 bits.
        rows = [_integers(donor) for donor in donors]
        groups: dict[tuple[int, ...], list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            groups[tuple(row[place] for place in self.hidden)].append(number)
        if len(groups) < 2:
            return []
        found, games = [], len(rows)
        columns = list(zip(*rows, strict=True))
        # Picking many values out of a column at once is many times quicker than one by one; one more makes it a tuple.
        picked = [(len(group), itemgetter(*group, group[0])) for group in groups.values()]
        for place in range(code.HEADER, self.program.score_place):
            column = columns[place]
            if place in self.secret or min(column) == max(column):
                continue
            total = sum(column)
            whole = games * sum(map(mul, column, column)) - total * total
            between = -total * total + sum(
                games * (sum(values := pick(column)) - values[-1]) ** 2 / size for size, pick in picked
            )
            if between / whole >= TELLING:
                found.append((place, between / whole / (whole / games**2), _column(column)))
        return found


def _column(values: Sequence[int]) -> Any:
    """The values of a place, as an array of floats where there are arrays: large ones are squared later."""
    if not has_compiled():
        return list(values)
    import numpy as np

    return np.array(values, dtype=np.float64)


def _integers(state: Sequence[int]) -> list[int]:
    """A state as a list of Python's integers, be it a row of an array or a list."""
    listed = getattr(state, "tolist", None)
    return list(state) if listed is None else listed()


#: The likeness of games falls by this factor (natural logarithm) for each unit of distance, at most.
_SHARPEST = 4.0


def _weights_by_hand(known: Sequence[int], telling: list[_Feature], fewest: int, count: int) -> list[float]:
    distances = [0.0] * count
    for place, scale, column in telling:
        here = known[place]
        distances = [so_far + scale * (value - here) ** 2 for so_far, value in zip(distances, column, strict=True)]
    least, sharpness = min(distances), _SHARPEST
    while True:
        weights = [math.exp(-sharpness * (distance - least)) for distance in distances]
        total, squares = sum(weights), sum(weight * weight for weight in weights)
        if total * total >= fewest * squares * 0.999:
            return [weight / total for weight in weights]
        sharpness /= 2


def _weights_by_array(known: Sequence[int], telling: list[_Feature], fewest: int) -> list[float]:
    """The same on arrays, many times as fast."""
    import numpy as np

    distances = np.zeros(len(telling[0][2]))
    for place, scale, column in telling:
        distances += scale * (column - known[place]) ** 2
    distances -= distances.min()
    sharpness = _SHARPEST
    while True:
        weights = np.exp(-sharpness * distances)
        total = float(weights.sum())
        if total * total >= fewest * float((weights * weights).sum()) * 0.999:
            found: list[float] = (weights / total).tolist()
            return found
        sharpness /= 2
