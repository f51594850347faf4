"""A game state: frozen, comparable, with values by name and a fingerprint."""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Sequence
from fractions import Fraction
from types import MappingProxyType

import attrs

from tabletop.engine import layout as code
from tabletop.engine.log import Entry, History
from tabletop.engine.program import Program
from tabletop.scenario.scope import track_ids


@attrs.frozen(kw_only=True)
class ChanceOutcome:
    """One outcome of a chance node, with its probability."""

    id: str
    text: str
    probability: Fraction


@attrs.frozen(kw_only=True)
class ChanceNode:
    """A chance event: its `kind` (hidden, table, card) and `subject` (id)."""

    kind: str
    subject: str
    outcomes: tuple[ChanceOutcome, ...]


@attrs.frozen(kw_only=True)
class Unresolved:
    """A move made with explicit chance that waits for chance outcomes; `move` is None at the start."""

    seat: int
    move: int | None
    outcomes: tuple[int, ...]
    node: ChanceNode
    indices: tuple[int, ...]


@attrs.frozen(kw_only=True, repr=False)
class State:
    """A position. States are equal if the rules cannot distinguish them; the log does not count.

    `acting` has the seats that must act now; none when the game is over or chance must be resolved. `core` is
    the machine's row of integers and is never changed; it is a list, since copying it to a tuple costs time and
    Python reads a single kind of sequence faster.
    """

    program: Program = attrs.field(eq=False)
    core: Sequence[int] = attrs.field(eq=tuple)
    history: History = attrs.field(factory=History, eq=False)
    explicit: bool = False
    unresolved: Unresolved | None = None
    acting: tuple[str, ...] = attrs.field(init=False, eq=False)
    _menus: dict[int, tuple[int, ...]] = attrs.field(factory=dict, init=False, eq=False)

    @acting.default
    def _acting(self) -> tuple[str, ...]:
        waits = self.unresolved is not None or self.core[code.PHASE] < 0
        return () if waits else self.program.acting(self.core)

    def told_in(self, program: Program) -> State:
        """The same state, told in the words of a program that is this one in another language."""
        return self if program is self.program else attrs.evolve(self, program=program)

    # Legal moves are asked for again and again, by views, bots and players: a state works them out once for each seat.

    def legal(self, seat: int) -> tuple[int, ...]:
        """The legal moves of a seat that must act, by number in the program: at least one, PASS last if legal."""
        found = self._menus.get(seat)
        if found is None:
            found = self._menus[seat] = tuple(self.program.legal(self.core, seat))
        return found

    def is_open(self, seat: int, move: int) -> bool:
        """Whether a move is among the legal ones of a seat that must act."""
        known = self._menus.get(seat)
        return self.program.is_open(self.core, seat, move) if known is None else move in known

    # A state is immutable, so a copy is the state itself.

    def __copy__(self) -> State:
        return self

    def __deepcopy__(self, memo: object) -> State:
        return self

    def __repr__(self) -> str:
        return f"<State {self.program.scenario.id} turn {self.turn} {self.stage}/{self.phase} {self.fingerprint}>"

    @property
    def turn(self) -> int:
        """Turns begun so far, over all stages."""
        return self.core[code.TURN]

    @property
    def stage_turn(self) -> int:
        """Turns begun in this stage."""
        return self.core[code.STAGE_TURN]

    @property
    def stage(self) -> str:
        """The id of the stage."""
        return self.program.scenario.stages[self.core[code.STAGE]].id

    @property
    def phase(self) -> str:
        """The id of the phase; empty before the first."""
        at = self.core[code.PHASE]
        if at < 0:
            return ""
        stage = self.program.stages[self.core[code.STAGE]]
        return self.program.scenario.stages[self.core[code.STAGE]].phases[stage.phases.index(at)].id

    @property
    def card(self) -> str | None:
        """The id of the card that waits for an answer, if any."""
        at = self.core[code.CARD]
        return None if at < 0 else self.program.scenario.cards[at].id

    @property
    def waiting(self) -> tuple[str, ...]:
        """The ids of the cards that come up next, for the facilitator; the first comes first."""
        waiting = self.core[code.QUEUE : code.QUEUE + self.core[code.WAITING]]
        return tuple(self.program.scenario.cards[card].id for card in waiting)

    @property
    def decisions(self) -> int:
        """Decisions made so far."""
        return self.core[code.DECISIONS]

    @property
    def meters(self) -> MappingProxyType[str, int]:
        """Every meter by id."""
        return self._read(meter.id for meter in self.program.scenario.meters)

    @property
    def tracks(self) -> MappingProxyType[str, int]:
        """Every track by id; a track `by` items once for each (`heard_miller`)."""
        return self._read(name for track in self.program.scenario.tracks for name in track_ids(track))

    @property
    def resources(self) -> MappingProxyType[str, int]:
        """Every seat's resources by id."""
        return self._read(r.id for seat in self.program.scenario.seats for r in seat.resources)

    @property
    def variables(self) -> MappingProxyType[str, int | bool | str]:
        """Every variable by id: a number, true or false, or the name of its value."""
        return MappingProxyType({v.id: self.value(v.id) for v in self.program.scenario.variables})

    @property
    def hidden(self) -> MappingProxyType[str, int | bool | str]:
        """The hidden truths by id. For the facilitator, the debrief and tests: players get a view."""
        return MappingProxyType({h.id: self.value(h.id) for h in self.program.scenario.hidden})

    @property
    def assumptions(self) -> MappingProxyType[str, int | bool]:
        """The assumptions that this game is played under."""
        return MappingProxyType({a.id: self.value(a.id) for a in self.program.scenario.assumptions})  # type: ignore[misc]

    def _read(self, names: object) -> MappingProxyType[str, int]:
        places = self.program.places
        return MappingProxyType({name: self.core[places[name]] for name in names})  # type: ignore[attr-defined]

    def value(self, name: str) -> int | bool | str:
        """The value of any declared name. Raises KeyError for an unknown one."""
        symbol = self.program.scope.symbols[name]
        if symbol.formula is not None:
            number = int(self.program.valued[name](list(self.core)))
        else:
            number = self.core[self.program.places[name]]
        if symbol.kind == "bool":
            return bool(number)
        return symbol.members[number] if symbol.kind == "choice" else number

    @property
    def chance(self) -> ChanceNode | None:
        """The chance node to be resolved now, if chance is explicit; else None."""
        return None if self.unresolved is None else self.unresolved.node

    @property
    def finished(self) -> bool:
        """Whether the game is over."""
        return self.core[code.OUTCOME] >= 0

    @property
    def outcome(self) -> str | None:
        """The id of the ending, once the game is over."""
        at = self.core[code.OUTCOME]
        return None if at < 0 else self.program.scenario.endings[at].id

    @property
    def scores(self) -> MappingProxyType[str, int]:
        """Points by seat, once the game is over; empty before."""
        if not self.finished:
            return MappingProxyType({})
        first = self.program.score_place
        return MappingProxyType(
            {seat.id: self.core[first + number] for number, seat in enumerate(self.program.scenario.seats)}
        )

    @property
    def log(self) -> tuple[Entry, ...]:
        """What happened and why, from the start."""
        return self.history.entries(self.program)

    @property
    def fingerprint(self) -> str:
        """Sixteen hex digits that two states share only if they are the same position of the same scenario."""
        hasher = hashlib.blake2b(self.program.digest.encode(), digest_size=8)
        hasher.update(struct.pack(f"<{len(self.core)}q", *self.core))
        if self.unresolved is not None:
            hasher.update(repr((self.unresolved.seat, self.unresolved.move, self.unresolved.outcomes)).encode())
        return hasher.hexdigest()
