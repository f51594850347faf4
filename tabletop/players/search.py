"""The search player: playouts and tree search over positions that its seat considers possible (see `engine/ismcts.py`).

It uses only what its seat knows of a state: equal views lead to equal decisions. It maximizes the points of its seat
and assumes that the others follow their doctrines. First it finds its best doctrine from here on; then it races all
legal moves, each continued by the tree below it and by that doctrine, and deviates from the doctrine only for a move
that is clearly better. (Improving a policy by playing it out is the rollout algorithm: D. P. Bertsekas, J. N.
Tsitsiklis and C. Wu, "Rollout Algorithms for Combinatorial Optimization", Journal of Heuristics 3, 1997.)
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import attrs

from tabletop.engine import layout as code
from tabletop.engine.bots import RANDOM
from tabletop.engine.compiled.playout_tree import Tree
from tabletop.engine.compiled.support import has_compiled
from tabletop.engine.execution import Note
from tabletop.engine.ismcts import FOLLOW
from tabletop.engine.log import Entry
from tabletop.engine.program import Action, Program
from tabletop.engine.state import State
from tabletop.players.cancelling import check_cancelled
from tabletop.players.consequences import Z95, Consequence, consequences
from tabletop.players.doctrine_player import DoctrinePlayer
from tabletop.players.protocol import MachinePlayer
from tabletop.players.racing import Race
from tabletop.players.situation import Situation, situation_of

#: Playouts of each candidate between two checks of the race and the clock, and of all candidates in one decision.
_BATCH = 50
#: Fewer are not worth a check.
_LEAST_BATCH = 4
_MOST_PLAYOUTS = 60_000
#: Maximum number of nodes (later decisions) in a tree.
_MOST_NODES = 20_000
#: The number of positions that playouts start from, in turn.
_POSITIONS = 500
#: The share of the budget for choosing the doctrine.
_FOR_DOCTRINE = 0.25
#: How many standard errors a move must be better than the doctrine's move.
_CLEARLY = 1.0


@attrs.frozen(kw_only=True)
class Strength:
    """A playing strength: playouts a move, whether it uses evidence, and whether it uses its seat's doctrines to look
    beyond the next move."""

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
    """The evaluation of one action: expected points with a 95% interval, and its share of the playouts."""

    action: Action
    expected: float
    low: float
    high: float
    attention: float


@attrs.frozen(kw_only=True)
class Thought:
    """The result of a search: prospects, the best first; the probabilities of hidden variables; the doctrine that it
    would continue with; the number of playouts; and what the best move leads to `against` the one that comes next,
    None where there is no other."""

    prospects: tuple[Prospect, ...]
    beliefs: Mapping[str, Mapping[str, float]]
    doctrine: str
    playouts: int
    against: Action | None = None
    consequences: tuple[Consequence, ...] = ()

    @property
    def choice(self) -> Action:
        """The action to take."""
        return self.prospects[0].action


@attrs.frozen
class _SearchOutcome:
    """The outcome of a search: the race of the legal moves, the chosen one, the doctrine, the number of playouts."""

    race: Race
    taken: int
    doctrine: int
    playouts: int


class _Budget:
    """A budget of playouts or seconds, and the playouts spent."""

    def __init__(self, playouts: int, seconds: float | None) -> None:
        self.spent = 0
        self._most = playouts if seconds is None else _MOST_PLAYOUTS
        self._begun, self._seconds = time.monotonic(), seconds

    def next_batch(self, running: int, share: float) -> int:
        """The number of playouts of each candidate in the next batch, if `running` candidates share a part of the
        budget; 0 if it is used up."""
        left = int(self._most * share) - self.spent
        if self._seconds is None:
            each = max(0, left) // running
            return max(min(_LEAST_BATCH, each), min(_BATCH, each // 4))
        is_late = time.monotonic() - self._begun >= self._seconds * share
        return 0 if is_late or left < running else _BATCH if has_compiled() else 1


class SearchPlayer(MachinePlayer):
    """Plays any seat of any pack."""

    reads_log = thinks = True

    def __init__(
        self, strength: str = "statesman", playouts: int | None = None, seconds: float | None = None, seed: int = 0
    ) -> None:
        """`playouts` or `seconds` a move replace those of the strength; with `seconds`, a slow machine plays worse and
        games are not reproducible. Raises KeyError for an unknown strength."""
        self.strength = STRENGTHS[strength]
        self.playouts = playouts or self.strength.playouts
        self.seconds = seconds
        self.seed = seed

    def move(self, p: Program, s: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None = None) -> int:
        """The chosen move in a state of the machine; with `notes` of the game so far, what the seat saw of them is
        evidence."""
        legal = p.legal(s, seat)
        if len(legal) == 1:
            return legal[0]
        return legal[self._search(p, self._situation(p, s, seat, notes), legal, seat).taken]

    def think(self, state: State, seat: str) -> Thought:
        """Evaluates the position of a seat that must act. Raises ValueError if it need not act."""
        p, number = state.program, state.program.seat_number(seat)
        if seat not in state.acting:
            raise ValueError(f"{seat} need not act")
        legal = list(state.legal(number))
        situation = self._situation(p, state.core, number, state.history.notes())
        found = self._search(p, situation, legal, number)
        names = {at: name for (of, name), at in p.doctrines.items() if of == seat}
        others = [at for at in range(len(legal)) if at != found.taken]
        others.sort(key=lambda at: found.race.mean(at) - found.race.error(at), reverse=True)
        best, second = legal[found.taken], legal[others[0]] if others else None
        return Thought(
            prospects=tuple(_prospect(p.actions[legal[at]], found.race, at) for at in (found.taken, *others)),
            beliefs=situation.beliefs.shares(situation.like),
            doctrine=names.get(found.doctrine, ""),
            playouts=found.playouts,
            against=None if second is None else p.actions[second],
            consequences=() if second is None else consequences(p, situation, number, found.doctrine, best, second),
        )

    def _situation(self, p: Program, core: Sequence[int], seat: int, notes: Sequence[Note | Entry] | None) -> Situation:
        return situation_of(p, core, seat, notes, self.seed, self.strength.weighs_evidence)

    def _search(self, p: Program, situation: Situation, legal: Sequence[int], seat: int) -> _SearchOutcome:
        budget = _Budget(self.playouts, self.seconds)
        count = _POSITIONS if self.seconds is not None else min(self.playouts, _POSITIONS)
        positions, casts = situation.positions(count, seat)

        # A playout adds one node at most.
        nodes = _MOST_NODES if self.seconds is not None else min(_MOST_NODES, self.playouts)
        tree = Tree(p, positions, casts, seat, situation.seed, nodes)
        doctrine, race = self._doctrine(p, seat, tree, budget), Race(len(legal))
        # Other random numbers than for the doctrines, so that a lucky doctrine has no advantage.
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
        """The doctrine of the seat with the most points from here on."""
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


def is_slow_here() -> bool:
    """Whether playouts run in plain Python, as the extra `fast` is not installed or does not load."""
    return not has_compiled()


def _best_move(p: Program, situation: Situation, race: Race, legal: Sequence[int], seat: int, doctrine: int) -> int:
    """The index of the chosen move: the best one, unless the doctrine's move is not clearly worse (among many moves
    some look good by chance, and a consistent plan is worth more than single moves)."""
    best = race.leader
    if doctrine == RANDOM:
        return best
    # The doctrine's random choices use the search's own dice, as those of the game are unknown.
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
