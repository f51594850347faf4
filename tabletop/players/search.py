"""The search player: playouts and tree search over positions that its seat considers possible (see `engine/ismcts.py`).

It reads a state only as far as its seat knows it; where views are equal, it decides alike. It wants the points of its
own seat and takes the others to follow their doctrines. First it finds the doctrine of its own that would do best from
here on; then it races all legal moves, each to be followed by what the tree below it has learned and by that doctrine,
and leaves the doctrine's way only for a move that is clearly better. (To improve on a policy by playing it out is the
rollout algorithm: D. P. Bertsekas, J. N. Tsitsiklis and C. Wu, "Rollout Algorithms for Combinatorial Optimization",
Journal of Heuristics 3, 1997.)
"""

from __future__ import annotations

import functools
import hashlib
import struct
import time
from collections.abc import Mapping, Sequence

import attrs

from tabletop.engine import layout as code
from tabletop.engine.bots import RANDOM
from tabletop.engine.compiled.playout_tree import Tree, games_by_turn
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.execution import Note
from tabletop.engine.information_state import masked_core
from tabletop.engine.ismcts import FOLLOW
from tabletop.engine.log import Entry
from tabletop.engine.program import Action, Program
from tabletop.engine.state import State
from tabletop.players.beliefs import MOST_TURNS, Beliefs, Likeness, drawn, likely_casts, likely_players
from tabletop.players.cancelling import check_cancelled
from tabletop.players.determinization import UNKNOWN, Determinization, PossiblePosition, WorkLimitExceeded, evidence_of
from tabletop.players.doctrine import DoctrinePlayer
from tabletop.players.protocol import MachinePlayer
from tabletop.players.racing import Race

Z95 = 1.959963984540054
#: Playouts of each candidate between two looks at the race and the clock, and of all in one decision.
_BREATH = 50
_MOST_PLAYOUTS = 60_000
#: Room for later decisions in a tree.
_MOST_NODES = 20_000
#: Positions that a search starts from, in turn, and games that beliefs are formed from.
_POSITIONS = 500
_REMEMBERED = 1500
#: Packs whose rules are no longer than this are gone through exactly, with so many positions kept at a time and so many
#: runs of the machine; in others, games that look like the present one have to do.
_SMALL, _KEPT, _WORK = 4_000, 200, 4_000
#: The part of its time in which it looks for the doctrine to go on with.
_FOR_DOCTRINE = 0.25
#: How many standard errors a move must be better than what the doctrine would do.
_CLEARLY = 1.0


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
class _Situation:
    """A position as a seat sees it: what it knows, the positions that it holds possible (none where games that look
    like its own have to do), and the seed of its thoughts. Nothing of it depends on what the seat does not know."""

    beliefs: Beliefs
    known: list[int]
    possible: list[PossiblePosition]
    like: Likeness
    seed: int

    def positions(self, count: int, seat: int) -> tuple[list[list[int]], list[list[int]]]:
        """So many positions that the seat may hold possible, as often as each is likely, and their players by seat."""
        p = self.beliefs.program
        casts = likely_casts(p, count, seat, self.seed)
        chosen = drawn([weight for _, weight in self.like], count, self.seed)
        if not self.possible:
            donors = [self.like[at][0] for at in chosen]
            return [self.beliefs.lent(self.known, donor) for donor in donors] or [self.known] * count, casts
        for row, at in zip(casts, chosen, strict=True):
            row[:] = [
                any_of if one == UNKNOWN else one for one, any_of in zip(self.possible[at].cast, row, strict=True)
            ]
        return [list(self.possible[at].core) for at in chosen], casts


@attrs.frozen
class _SearchOutcome:
    """What came of thinking: the race of the legal moves, the one to take, the doctrine to go on with, the playouts."""

    race: Race
    taken: int
    doctrine: int
    playouts: int


class _Budget:
    """Playouts or seconds that may be spent, and the playouts that were."""

    def __init__(self, playouts: int, seconds: float | None) -> None:
        self.spent = 0
        self._most = playouts if seconds is None else _MOST_PLAYOUTS
        self._begun, self._seconds = time.monotonic(), seconds

    def next_batch(self, running: int, share: float) -> int:
        """How many playouts of each candidate come next, if so many are running and only a share may be spent of all;
        0 where nothing is left."""
        left = int(self._most * share) - self.spent
        if self._seconds is None:
            return max(1, min(_BREATH, left // (4 * running))) if left >= running else 0
        is_late = time.monotonic() - self._begun >= self._seconds * share
        return 0 if is_late or left < running else _BREATH if has_compiled() else 1


class SearchPlayer(MachinePlayer):
    """Plays any seat of any pack."""

    reads_log = thinks = True

    def __init__(
        self, strength: str = "statesman", playouts: int | None = None, seconds: float | None = None, seed: int = 0
    ) -> None:
        """`playouts` or `seconds` a move take the place of the strength's own; with `seconds`, a slow machine plays
        worse and no two games need be alike. Raises KeyError for a strength that there is none of."""
        self.strength = STRENGTHS[strength]
        self.playouts = playouts or self.strength.playouts
        self.seconds = seconds
        self.seed = seed

    def move(self, p: Program, s: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None = None) -> int:
        """The move that it takes in a state of the machine; where `notes` of the game so far are at hand, what the seat
        saw of them counts as evidence."""
        legal = p.legal(s, seat)
        if len(legal) == 1:
            return legal[0]
        return legal[self._search(p, self._situation(p, s, seat, notes), legal, seat).taken]

    def think(self, state: State, seat: str) -> Thought:
        """What it makes of a position of a seat that must act. Raises ValueError where it need not."""
        p, number = state.program, state.program.seat_number(seat)
        if seat not in state.acting:
            raise ValueError(f"{seat} need not act")
        legal = p.legal(state.core, number)
        situation = self._situation(p, state.core, number, state.history.notes())
        found = self._search(p, situation, legal, number)
        names = {at: name for (of, name), at in p.doctrines.items() if of == seat}
        others = [at for at in range(len(legal)) if at != found.taken]
        others.sort(key=lambda at: found.race.mean(at) - found.race.error(at), reverse=True)
        return Thought(
            prospects=tuple(_prospect(p.actions[legal[at]], found.race, at) for at in (found.taken, *others)),
            beliefs=situation.beliefs.shares(situation.like),
            doctrine=names.get(found.doctrine, ""),
            playouts=found.playouts,
        )

    def _situation(
        self, p: Program, core: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None
    ) -> _Situation:
        beliefs = _beliefs(p, _assumptions(p, core), seat)
        known = masked_core(p, core, seat, beliefs.secret)
        hasher = hashlib.blake2b(struct.pack(f"<{len(known) + 1}q", *known, self.seed), digest_size=4)
        seed = int.from_bytes(hasher.digest(), "little")
        possible = [] if notes is None or not self.strength.weighs_evidence else _possible(p, core, seat, notes, seed)
        if possible:
            like: Likeness = [(one.core, one.weight) for one in possible]
        else:
            like = beliefs.like(known, self.strength.weighs_evidence)
        return _Situation(beliefs, known, possible, like, seed)

    def _search(self, p: Program, situation: _Situation, legal: Sequence[int], seat: int) -> _SearchOutcome:
        budget = _Budget(self.playouts, self.seconds)
        count = _POSITIONS if self.seconds is not None else min(self.playouts, _POSITIONS)
        positions, casts = situation.positions(count, seat)

        tree = Tree(p, positions, casts, seat, situation.seed, _MOST_NODES)
        doctrine, race = self._doctrine(p, seat, tree, budget), Race(len(legal))
        # Other chance than the doctrines met, so that none is taken for good that only had luck.
        first = begun = budget.spent
        while batch := budget.next_batch(len(race.running), 1.0) or int(first == begun):
            check_cancelled()
            race.add(tree.play_out([legal[at] for at in race.running], doctrine, first, batch))
            first += batch
            budget.spent += batch * len(race.running)
            if race.is_over:
                break
        return _SearchOutcome(race, _best_move(p, situation, race, legal, seat, doctrine), doctrine, budget.spent)

    def _doctrine(self, p: Program, seat: int, tree: Tree, budget: _Budget) -> int:
        """The doctrine of the seat that would do best from here on."""
        doctrines = [at for (of, _), at in p.doctrines.items() if of == p.scenario.seats[seat].id]
        if not doctrines or not self.strength.knows_doctrines:
            return RANDOM
        race, first = Race(len(doctrines)), 0
        while len(race.running) > 1 and (batch := budget.next_batch(len(race.running), _FOR_DOCTRINE)):
            check_cancelled()
            race.add([row for at in race.running for row in tree.play_out([FOLLOW], doctrines[at], first, batch)])
            first += batch
            budget.spent += batch * len(race.running)
            if race.is_over:
                break
        return doctrines[race.leader]


def _possible(
    p: Program, core: Sequence[int], seat: int, notes: Sequence[Note | Entry], seed: int
) -> list[PossiblePosition]:
    """The positions that a seat may hold possible; none where the pack is too large for that, or a facilitator has had
    a hand in the game."""
    if len(p.code) > _SMALL:
        return []
    evidence = evidence_of(p, core, notes, seat)
    if evidence is None:
        return []
    try:
        return Determinization(p, seat, evidence, likely_players(p, seat), most=_KEPT, work=_WORK, seed=seed).possible()
    except WorkLimitExceeded:
        return []


def _assumptions(p: Program, core: Sequence[int]) -> tuple[int, ...]:
    return tuple(core[place] for place in p.assumptions.values())


@functools.lru_cache(maxsize=32)
def _beliefs(p: Program, assumptions: tuple[int, ...], seat: int) -> Beliefs:
    opening = list(p.initial)
    for place, value in zip(p.assumptions.values(), assumptions, strict=True):
        opening[place] = value
    games = _REMEMBERED if has_compiled() else _REMEMBERED // 10
    casts = likely_casts(p, games, seat, seat)
    return Beliefs(p, seat, lambda: games_by_turn(p, opening, casts, seat, MOST_TURNS, seat))


def _best_move(p: Program, situation: _Situation, race: Race, legal: Sequence[int], seat: int, doctrine: int) -> int:
    """Which of the legal moves it takes: the best, unless what the doctrine would do is not clearly worse: chance makes
    some of many moves look good, and a plan that is followed through is worth more than its parts."""
    best = race.leader
    if doctrine == RANDOM:
        return best
    # What a doctrine leaves to chance is thrown for with dice of the search's own: those of the game are unknown.
    thrown = list(situation.known)
    thrown[code.SEED_LOW] = situation.seed
    suggested = DoctrinePlayer(doctrine).move(p, thrown, seat)
    if suggested not in legal:
        return best
    plan = legal.index(suggested)
    return best if race.is_better(best, plan, _CLEARLY) else plan


def _prospect(action: Action, race: Race, at: int) -> Prospect:
    mean, half = race.mean(at), Z95 * race.error(at)
    return Prospect(
        action=action, expected=mean, low=mean - half, high=mean + half, attention=race.tries(at) / race.all_tries
    )
