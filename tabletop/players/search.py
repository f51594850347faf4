"""A player that thinks: it searches a tree of its own decisions, from positions that it holds possible.

It reads a state only as far as its seat knows it; where views are equal, it decides alike. It wants the points of its
own seat, takes the others to follow their doctrines, and never does worse in expectation than the doctrine of its own
that it finds best, if it is given time enough.
"""

from __future__ import annotations

import functools
import hashlib
import math
import struct
import time
from collections.abc import Mapping, Sequence

import attrs

from tabletop.engine import layout as code
from tabletop.engine.available import has_compiled
from tabletop.engine.bots import RANDOM
from tabletop.engine.growth import Edge, Tree, games_by_turn
from tabletop.engine.program import Action, Program
from tabletop.engine.secrets import blanked
from tabletop.engine.state import State
from tabletop.players.beliefs import MOST_TURNS, Beliefs, Likeness, likely_casts
from tabletop.players.doctrine import DoctrinePlayer
from tabletop.players.protocol import MachinePlayer

Z95 = 1.959963984540054
#: Playouts between two looks at the clock.
_BREATH = 200
_MOST_PLAYOUTS = 60_000
#: Positions that a search starts from, in turn, and games that beliefs are formed from.
_POSITIONS = 500
_REMEMBERED = 1500
_UNTRIED = 1000.0
#: How many standard errors a move must be better than the plan.
_CLEARLY = 1.5


@attrs.frozen(kw_only=True)
class Strength:
    """How well it plays: playouts a move, whether it weighs what it has seen, and whether it knows the doctrines of its
    seat, so as to think beyond the next move with them."""

    name: str
    text: str
    playouts: int
    weighs_evidence: bool = True
    knows_doctrines: bool = True


STRENGTHS = {
    strength.name: strength
    for strength in (
        Strength(
            name="attache",
            text="An attaché, new to the desk: a quick look ahead, and no long view.",
            playouts=40,
            weighs_evidence=False,
            knows_doctrines=False,
        ),
        Strength(name="envoy", text="An envoy: knows the schools of thought, and weighs the next moves.", playouts=600),
        Strength(name="statesman", text="A statesman: reads the other side, and thinks it through.", playouts=6000),
    )
}


@attrs.frozen(kw_only=True)
class Prospect:
    """What may come of one action: points expected with a 95% interval, and the share of thought given to it."""

    action: Action
    expected: float
    low: float
    high: float
    attention: float


@attrs.frozen(kw_only=True)
class Thought:
    """What a search came to: prospects, the best first; how likely it takes each hidden truth to be; which doctrine of
    its own it would go on with; and the playouts that it took."""

    prospects: tuple[Prospect, ...]
    beliefs: Mapping[str, Mapping[str, float]]
    doctrine: str
    playouts: int

    @property
    def choice(self) -> Action:
        """The action to take."""
        return self.prospects[0].action


@attrs.frozen
class _Outlook:
    """A position as a seat sees it: what it knows, and the games that look like its own."""

    beliefs: Beliefs
    known: list[int]
    like: Likeness


class SearchPlayer(MachinePlayer):
    """Plays any seat of any pack."""

    def __init__(
        self, strength: str = "statesman", playouts: int | None = None, seconds: float | None = None, seed: int = 0
    ) -> None:
        """`playouts` or `seconds` a move take the place of the strength's own; with `seconds`, a slow machine plays
        worse and no two games need be alike. Raises KeyError for a strength that there is none of."""
        self.strength = STRENGTHS[strength]
        self.playouts = playouts or self.strength.playouts
        self.seconds = seconds
        self.seed = seed

    def move(self, p: Program, s: Sequence[int], seat: int) -> int:
        """The move that it takes in a state of the machine."""
        legal = p.legal(s, seat)
        if len(legal) == 1:
            return legal[0]
        outlook = self._outlook(p, s, seat)
        edges = _worthiest_first(p, outlook.known, self._grown(p, s, seat, outlook), legal, seat)
        return edges[0].move if edges else legal[0]

    def think(self, state: State, seat: str) -> Thought:
        """What it makes of a position of a seat that must act. Raises ValueError where it need not."""
        p, number = state.program, state.program.seat_number(seat)
        if seat not in state.acting:
            raise ValueError(f"{seat} need not act")
        legal = p.legal(state.core, number)
        outlook = self._outlook(p, state.core, number)
        grown = self._grown(p, state.core, number, outlook)
        names = {at: name for (of, name), at in p.doctrines.items() if of == seat}
        return Thought(
            prospects=tuple(
                _prospect(p, edge, grown.playouts) for edge in _worthiest_first(p, outlook.known, grown, legal, number)
            ),
            beliefs=outlook.beliefs.shares(outlook.like),
            doctrine=names.get(grown.doctrine, ""),
            playouts=grown.playouts,
        )

    def _outlook(self, p: Program, core: Sequence[int], seat: int) -> _Outlook:
        beliefs = _beliefs(p, _assumptions(p, core), seat)
        known = blanked(p, core, seat, beliefs.secret)
        return _Outlook(beliefs, known, beliefs.like(known, self.strength.weighs_evidence))

    def _grown(self, p: Program, core: Sequence[int], seat: int, outlook: _Outlook) -> Tree:
        known = outlook.known
        seal = hashlib.blake2b(struct.pack(f"<{len(known)}q", *known), digest_size=4)
        seal.update(struct.pack("<qqq", core[code.SEED_LOW], core[code.SEED_HIGH], self.seed))
        seed = int.from_bytes(seal.digest(), "little")
        most = _MOST_PLAYOUTS if self.seconds is not None else self.playouts
        count = min(most, _POSITIONS)
        doctrines = [at for (of, _), at in p.doctrines.items() if of == p.scenario.seats[seat].id]
        if not doctrines or not self.strength.knows_doctrines:
            doctrines = [RANDOM]
        grown = Tree(
            p,
            outlook.beliefs.positions(known, outlook.like, count, seed),
            likely_casts(p, count, seat, seed),
            doctrines,
            seat,
            seed,
            most,
        )
        self._spend(grown)
        return grown

    def _spend(self, grown: Tree) -> None:
        if self.seconds is None:
            grown.grow(self.playouts)
            return
        until = time.monotonic() + self.seconds
        while grown.playouts == 0 or (time.monotonic() < until and grown.playouts < _MOST_PLAYOUTS):
            grown.grow(_BREATH if has_compiled() else 1)


def _assumptions(p: Program, core: Sequence[int]) -> tuple[int, ...]:
    return tuple(core[place] for place in p.assumptions.values())


@functools.lru_cache(maxsize=32)
def _beliefs(p: Program, assumptions: tuple[int, ...], seat: int) -> Beliefs:
    opening = list(p.initial)
    for place, value in zip(p.assumptions.values(), assumptions, strict=True):
        opening[place] = value
    games = _REMEMBERED if has_compiled() else _REMEMBERED // 10
    casts = likely_casts(p, games, seat, seat)
    return Beliefs(p, seat, games_by_turn(p, opening, casts, seat, MOST_TURNS, seat))


def _worthiest_first(p: Program, known: Sequence[int], grown: Tree, legal: Sequence[int], seat: int) -> list[Edge]:
    """The legal moves that were tried, by what they promise at the least: seldom tried ones must look better.

    What the doctrine that it goes on with would do comes first, unless another move is clearly better: chance makes
    some of many moves look good, and a plan that is followed through is worth more than its parts.
    """
    edges = sorted((edge for edge in grown.edges() if edge.move in legal), key=_at_least, reverse=True)
    if grown.doctrine == RANDOM:
        return edges
    # What a doctrine leaves to chance is thrown for with dice of the search's own: those of the game are unknown.
    thrown = list(known)
    thrown[code.SEED_LOW] = grown.seed
    suggested = DoctrinePlayer(grown.doctrine).move(p, thrown, seat)
    plan = next((edge for edge in edges if edge.move == suggested), None)
    if plan is None:
        return edges
    doubt = math.hypot(_error(edges[0]), _error(plan))
    if edges[0].total / edges[0].visits - plan.total / plan.visits <= _CLEARLY * doubt:
        edges.remove(plan)
        edges.insert(0, plan)
    return edges


def _at_least(edge: Edge) -> float:
    return edge.total / edge.visits - _error(edge)


def _error(edge: Edge) -> float:
    """The standard error of the mean points of a move; what three playouts say counts for little."""
    if edge.visits < 2:
        return _UNTRIED
    mean = edge.total / edge.visits
    variance = max(0.0, edge.squares - edge.visits * mean * mean) / (edge.visits - 1)
    return math.sqrt(variance / edge.visits) + _UNTRIED / edge.visits**2


def _prospect(p: Program, edge: Edge, playouts: int) -> Prospect:
    mean, half = edge.total / edge.visits, Z95 * _error(edge)
    return Prospect(
        action=p.actions[edge.move],
        expected=mean,
        low=mean - half,
        high=mean + half,
        attention=edge.visits / playouts,
    )
