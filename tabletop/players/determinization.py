"""Determinization: the full positions that are consistent with what a seat knows, weighted by Bayes' rule.

The game is replayed from its start with everything that the seat has seen and done as evidence: its own moves are
fixed, chance and other players take every course that is consistent with what it saw. Histories that lead to the same
position are merged. The result is exact unless there are too many positions at once; then they are resampled without
bias (P. Fearnhead and P. Clifford, "On-line inference for hidden Markov models via particle filters", Journal of the
Royal Statistical Society B 65, 2003).

The result depends only on what the seat knows.
"""

from __future__ import annotations

import functools
import heapq
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias, TypeVar

import attrs

from tabletop.engine import layout as code
from tabletop.engine import machine
from tabletop.engine.bots import RANDOM
from tabletop.engine.execution import CHANCE_CARD, CHANCE_HIDDEN, MOVED, ChanceNeeded, Note
from tabletop.engine.information_state import masked_core, secret_places
from tabletop.engine.log import Entry, entry_of
from tabletop.engine.program import Program
from tabletop.players.move_probabilities import move_chances

#: The player of a seat is not yet determined.
UNKNOWN = -2
#: The possible players of a seat, with probabilities (sum 1).
Prior: TypeAlias = Sequence[tuple[int, float]]

#: Size limit of the cache of notes.
_MOST_REMEMBERED = 200_000
_NONE = -1


class NoteObserver:
    """Numbers what one seat sees of notes: equal numbers for notes that look the same to it, 0 for invisible ones."""

    def __init__(self, p: Program, seat: int) -> None:
        self._p, self._seat = p, p.seat_ids[seat]
        self.entries: list[Entry | None] = [None]
        self._numbers: dict[Entry, int] = {}
        self._of_notes: dict[Note | Entry, int] = {}

    def number(self, note: Note | Entry) -> int:
        """The number of what the seat sees of a note."""
        found = self._of_notes.get(note)
        if found is None:
            entry = entry_of(self._p, note).seen_by(self._seat)
            found = 0 if entry is None else self._numbers.setdefault(entry, len(self.entries))
            if found == len(self.entries):
                self.entries.append(entry)
            if len(self._of_notes) < _MOST_REMEMBERED:
                self._of_notes[note] = found
        return found


@functools.lru_cache(maxsize=32)
def observer_of(p: Program, seat: int) -> NoteObserver:
    """The observer of a seat (cached)."""
    return NoteObserver(p, seat)


@attrs.frozen(kw_only=True)
class Evidence:
    """What a seat knows of a game: the opening, the masked state, what it has seen (numbers of its observer) and, if
    available, its decisions: how much it had seen before each, and the move. `legal` are its legal moves now."""

    opening: tuple[int, ...]
    known: tuple[int, ...]
    seen: tuple[int, ...]
    legal: tuple[int, ...] = ()
    decided: tuple[tuple[int, int], ...] | None = None


@attrs.frozen(eq=False)
class Path:
    """The history of a position: a linked list of decisions, each with its chance outcomes and notes."""

    before: Path | None
    seat: int
    move: int
    chance: tuple[int, ...]
    notes: tuple[Note, ...]

    def steps(self) -> list[Path]:
        """The steps from the start; the first one is the opening, without a seat."""
        found: list[Path] = []
        at: Path | None = self
        while at is not None:
            found.append(at)
            at = at.before
        return found[::-1]


@attrs.frozen
class PossiblePosition:
    """A possible position with its probability, the players of the seats in it (a doctrine's address, RANDOM or
    UNKNOWN), and one history that leads to it."""

    core: tuple[int, ...]
    weight: float
    cast: tuple[int, ...]
    path: Path


def evidence_of(
    p: Program,
    core: Sequence[int],
    notes: Sequence[Note | Entry],
    seat: int,
    decided: Sequence[tuple[int, int]] | None = None,
    acts: bool = True,
) -> Evidence | None:
    """What a seat knows of a game, from its state and notes; None if a facilitator intervened, so that the rules alone
    do not lead there. `decided` counts the notes before each decision."""
    if any(isinstance(note, Entry) for note in notes):
        return None
    observer = observer_of(p, seat)
    numbers = [observer.number(note) for note in notes]
    opening = list(p.initial)
    for place in p.assumptions.values():
        opening[place] = core[place]
    own = None
    if decided is not None:
        own = tuple((sum(number > 0 for number in numbers[:before]), move) for before, move in decided)
    return Evidence(
        opening=tuple(opening),
        known=tuple(masked_core(p, core, seat, _secret(p, seat))),
        seen=tuple(number for number in numbers if number),
        legal=tuple(p.legal(core, seat)) if acts else (),
        decided=own,
    )


@functools.lru_cache(maxsize=32)
def _secret(p: Program, seat: int) -> frozenset[int]:
    return secret_places(p, seat)


#: The key by which equal positions are merged: state, players, numbers of things seen and decided so far, and, if
#: histories are kept apart, the path.
_Key: TypeAlias = tuple[tuple[int, ...], tuple[int, ...], int, int, Path | None]

#: The probability of a position, and one history of it.
_Weighted: TypeAlias = tuple[float, Path]
#: A decision: position, seat, move, and the players if it was made.
_Step: TypeAlias = tuple[_Key, int, int, tuple[int, ...]]
_Any = TypeVar("_Any", _Key, _Step)


class WorkLimitExceeded(Exception):
    """More work than was allowed for."""


class Determinization:
    """Computes the possible positions from what a seat knows."""

    def __init__(
        self,
        p: Program,
        seat: int,
        evidence: Evidence,
        priors: Mapping[int, Prior] | None = None,
        *,
        most: int,
        work: int | None = None,
        seed: int = 0,
        by_path: bool = False,
    ) -> None:
        """`priors` are the possible players of each seat (default: random play); `most` bounds the positions kept at a
        time, `work` the runs of the machine. `by_path` keeps positions with different histories apart, since other
        seats have seen different things; else one history is kept for each position."""
        self.p, self.seat, self.evidence = p, seat, evidence
        self._priors = priors or {}
        self._most, self._work, self._by_path = most, work, by_path
        self._dice = random.Random(seed)
        self._observer = observer_of(p, seat)
        self._known = [*evidence.known]
        self._acts = bool(evidence.legal)
        entries = [self._observer.entries[number] for number in evidence.seen]
        self._seen = entries
        #: The cards that the seat saw come up, in order ("" for one that it may not read), and how many of them came
        #: before each entry.
        self._cards = [entry.rule for entry in entries if entry is not None and entry.is_card]
        self._cards_before = [0]
        self._picked: dict[tuple[int, str, str], list[int]] = defaultdict(list)
        for number, entry in zip(evidence.seen, entries, strict=True):
            assert entry is not None
            self._cards_before.append(self._cards_before[-1] + entry.is_card)
            if entry.kind == "action" and entry.noun == "action":
                self._picked[entry.turn, entry.phase, entry.seat].append(number)
        self._truths = self._fixed_truths()
        self._open: dict[tuple[int, int], dict[_Key, _Weighted]] = {}
        self._found: dict[_Key, _Weighted] = {}
        self.is_exact = True

    def possible(self) -> list[PossiblePosition]:
        """The positions, with weights that add up to 1; none if no history is consistent with what the seat knows.
        Raises WorkLimitExceeded."""
        nobody = (UNKNOWN,) * len(self.p.seat_ids)
        start = list(self.evidence.opening)
        for core, seen, chance, notes, weight in self._runs(start, -1, -1, 0):
            self._put(core, nobody, seen, 0, weight, Path(None, -1, -1, chance, notes))
        order = list(self._open)
        heapq.heapify(order)
        while order:
            group = self._thinned(self._open.pop(heapq.heappop(order)))
            steps = [step for key, at in group.items() for step in self._steps_from(key, at)]
            for (key, actor, move, cast), (weight, path) in self._thinned(dict(steps)).items():
                self._make(key, actor, move, weight, cast, path)
            for fresh in self._open.keys() - set(order):
                heapq.heappush(order, fresh)
        total = sum(weight for weight, _ in self._found.values())
        return [PossiblePosition(key[0], weight / total, key[1], path) for key, (weight, path) in self._found.items()]

    def _put(self, core: Sequence[int], cast: tuple[int, ...], seen: int, own: int, weight: float, path: Path) -> None:
        if core[code.TURN] <= self._known[code.TURN]:
            key = tuple(core), cast, seen, own, path if self._by_path else None
            self._merge(self._open.setdefault((seen, core[code.DECISIONS]), {}), key, weight, path)

    def _merge(self, into: dict[_Key, _Weighted], key: _Key, weight: float, path: Path) -> None:
        before = into.get(key)
        if before is None:
            into[key] = weight, path
            return
        total = before[0] + weight
        into[key] = total, path if self._dice.random() * total < weight else before[1]

    # From one decision to the next

    def _steps_from(self, key: _Key, at: _Weighted) -> Iterator[tuple[_Step, _Weighted]]:
        """The possible next decisions; none if this is already the present position."""
        core, cast, seen, own, _ = key
        weight, path = at
        actor = machine.next_to_act(self.p.code, core)
        if (actor == self.seat or not self._acts) and self._is_here(key):
            self._merge(self._found, key, weight, path)
            if self._acts:
                return
        if actor < 0:
            return
        if actor == self.seat:
            move = self._own_move(core, seen, own)
            if move is not None:
                yield (key, actor, move, cast), at
            return
        for player, share in [(cast[actor], 1.0)] if cast[actor] != UNKNOWN else self._prior(actor):
            played = (*cast[:actor], player, *cast[actor + 1 :])
            for move, chance in move_chances(self.p, core, actor, player).items():
                if self._may_have_made(core, actor, move, seen):
                    yield (key, actor, move, played), (weight * share * chance, path)

    def _prior(self, seat: int) -> Prior:
        return self._priors.get(seat, ((RANDOM, 1.0),))

    def _make(self, key: _Key, actor: int, move: int, weight: float, cast: tuple[int, ...], path: Path) -> None:
        core, _, seen, own, _ = key
        for after, seen_after, chance, notes, share in self._runs(core, actor, move, seen):
            step = Path(path, actor, move, chance, notes)
            self._put(after, cast, seen_after, own + (actor == self.seat), weight * share, step)

    def _runs(
        self, core: Sequence[int], actor: int, move: int, seen: int
    ) -> Iterator[tuple[list[int], int, tuple[int, ...], tuple[Note, ...], float]]:
        """All outcomes of a move (or of the opening) that are consistent with what the seat saw: state, number of
        things seen, chance outcomes, notes, probability."""
        p = self.p
        waiting: list[tuple[tuple[int, ...], float]] = [((), 1.0)]
        while waiting:
            if self._work is not None:
                if self._work == 0:
                    raise WorkLimitExceeded
                self._work -= 1
            chance, weight = waiting.pop()
            state, run = list(core), p.run(outcomes=chance)
            try:
                if actor < 0:
                    machine.begin(p.code, state, run)
                else:
                    machine.apply(p.code, state, run, actor, move)
            except ChanceNeeded as needed:
                so_far = self._seen_after(run.notes, seen)
                if so_far >= 0:
                    total = sum(needed.weights)
                    for index in self._outcomes(needed, state, so_far):
                        waiting.append(((*chance, index), weight * needed.weights[index] / total))
                continue
            so_far = self._seen_after(run.notes, seen)
            if so_far >= 0:
                yield state, so_far, chance, tuple(run.notes), weight

    def _seen_after(self, notes: Sequence[Note], seen: int) -> int:
        """How many things the seat has seen after some more notes, if they match what it saw; else -1."""
        all_seen, number_of = self.evidence.seen, self._observer.number
        for note in notes:
            number = number_of(note)
            if number:
                if seen >= len(all_seen) or all_seen[seen] != number:
                    return -1
                seen += 1
        return seen

    def _outcomes(self, needed: ChanceNeeded, state: Sequence[int], seen: int) -> list[int]:
        """The chance outcomes that may be consistent."""
        able = [index for index, weight in enumerate(needed.weights) if weight > 0]
        if needed.site == CHANCE_HIDDEN:
            truth = self._truths.get(needed.subject, _NONE)
            return able if truth == _NONE else [index for index in able if index == truth]
        if needed.site == CHANCE_CARD and state[code.WAITING] < code.QUEUE_LENGTH:
            # Queued cards come up in order, and everybody sees them.
            place = self._cards_before[seen] + state[code.WAITING]
            if place < len(self._cards) and self._cards[place]:
                cards = self.p.decks[needed.subject].cards
                named = self.p.scenario.cards
                return [index for index in able if named[cards[index]].id == self._cards[place]]
        return able

    def _fixed_truths(self) -> dict[int, int]:
        """The hidden variables that the seat knows and that never change, by number."""
        p, secret = self.p, _secret(self.p, self.seat)
        changed = {name for origin in p.origins for name in origin.effect.changed}
        return {
            number: self._known[p.places[noun.id]]
            for number, noun in enumerate(p.scenario.hidden)
            if noun.id not in changed and p.places[noun.id] not in secret
        }

    # What the seat knows

    def _is_here(self, key: _Key) -> bool:
        """Whether the seat would know exactly the same in this position."""
        core, _, seen, own, _ = key
        evidence, known = self.evidence, self._known
        if seen < len(evidence.seen) or (evidence.decided is not None and own < len(evidence.decided)):
            return False
        if any(core[place] != known[place] for place in (code.TURN, code.PHASE, code.STEP, code.CARD, code.CHOICE)):
            return False
        if masked_core(self.p, core, self.seat, _secret(self.p, self.seat)) != known:
            return False
        return not self._acts or tuple(self.p.legal(core, self.seat)) == evidence.legal

    def _own_move(self, core: Sequence[int], seen: int, own: int) -> int | None:
        """The move that the seat made here; None if it cannot have been in this position."""
        legal = self.p.legal(core, self.seat)
        decided = self.evidence.decided
        if decided is not None:
            if own == len(decided) or decided[own][0] != seen or decided[own][1] not in legal:
                return None
            return decided[own][1]
        for move in legal:
            if move != code.PASS and self._may_have_made(core, self.seat, move, seen):
                return move
        # A seat sees its own moves; passes leave no note.
        return code.PASS if legal[-1] == code.PASS else None

    def _may_have_made(self, core: Sequence[int], actor: int, move: int, seen: int) -> bool:
        """Whether a move of a seat is consistent with what was seen of it, then or when it was revealed."""
        p = self.p
        is_pick = core[code.CARD] < 0 and p.phases[core[code.PHASE]].is_face_down
        if is_pick:
            return self._may_have_picked(core, actor, move)
        if move == code.PASS:
            return True
        number = self._observer.number(self._noted(core, actor, move))
        return number == 0 or (seen < len(self.evidence.seen) and self.evidence.seen[seen] == number)

    def _may_have_picked(self, core: Sequence[int], actor: int, move: int) -> bool:
        p, known = self.p, self._known
        place = p.seat_places[actor]
        picked = core[place + code.PICKS : place + code.PICKS + core[place + code.PICKED]]
        is_now = core[code.TURN] == known[code.TURN] and core[code.PHASE] == known[code.PHASE]
        if is_now and known[code.STEP] == code.ACT:
            if actor != self.seat:
                return True
            own = known[place + code.PICKS : place + code.PICKS + known[place + code.PICKED]]
            return own[len(picked) : len(picked) + 1] == [move] if move != code.PASS else len(picked) == len(own)
        numbers = [self._observer.number(self._noted(core, actor, one)) for one in picked]
        made = sum(number > 0 for number in numbers)
        revealed = self._revealed(core, actor)
        if move == code.PASS:
            return made == len(revealed)
        number = self._observer.number(self._noted(core, actor, move))
        return number == 0 or revealed[made : made + 1] == [number]

    def _revealed(self, core: Sequence[int], actor: int) -> list[int]:
        phase = core[code.PHASE]
        return self._picked.get((core[code.TURN], _phase_id(self.p, phase), self.p.seat_ids[actor]), [])

    def _noted(self, core: Sequence[int], actor: int, move: int) -> Note:
        """The note that a move leaves, at once or when it is revealed."""
        return MOVED, move, actor, 0, core[code.TURN], core[code.PHASE], (move, actor, core[code.CARD])

    # Resampling

    def _thinned(self, group: dict[_Any, _Weighted]) -> dict[_Any, _Weighted]:
        """At most `most` positions of a group, with the same expected weights: likely ones are kept unchanged, of the
        others a sample with larger weights."""
        if len(group) <= self._most:
            return group
        self.is_exact = False
        total = sum(weight for weight, _ in group.values())
        least, room = total / self._most, self._most
        for weight in sorted((weight for weight, _ in group.values()), reverse=True):
            # Those heavier than the threshold are kept.
            if weight * room < total:
                break
            total -= weight
            room -= 1
            least = total / room if room else 0.0
        kept: dict[_Any, _Weighted] = {}
        left = self._dice.random() * least
        for key, (weight, path) in group.items():
            if weight >= least:
                kept[key] = weight, path
                continue
            left -= weight
            if left < 0:
                kept[key] = least, path
                left += least
        return kept


@functools.lru_cache(maxsize=256)
def _phase_id(p: Program, phase: int) -> str:
    stage = p.phases[phase].stage
    return p.scenario.stages[stage].phases[p.stages[stage].phases.index(phase)].id
