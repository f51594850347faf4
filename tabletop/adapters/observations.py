"""What a seat knows of a position, as a vector of numbers between 0 and 1 and as a line of text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeAlias

import attrs

from tabletop.adapters import game_bounds
from tabletop.adapters.action_numbers import Numbering
from tabletop.engine import layout as code
from tabletop.engine.execution import Formula
from tabletop.engine.program import Program
from tabletop.engine.state import State
from tabletop.engine.views import acting_as_seen, card_as_seen
from tabletop.scenario.expression_language import Symbol

#: Numbers that can be written to: a list or an array.
Row: TypeAlias = Any

#: Names provided by the rules, which are encoded separately.
_SHOWN_OTHERWISE = ("turn", "stage_turn", "stage")


@attrs.frozen
class Fact:
    """A named value: one number, or one for each of its named values."""

    symbol: Symbol
    at: int
    place: int
    formula: Formula | None

    def known_by(self, seat: str) -> bool:
        return self.symbol.known_to is None or seat in self.symbol.known_to

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(f"{self.symbol.id}={one}" for one in self.symbol.members) or (self.symbol.id,)

    def value(self, core: Sequence[int]) -> int:
        return core[self.place] if self.formula is None else int(self.formula(core))

    def write(self, row: Row, core: Sequence[int]) -> None:
        value, low, high = self.value(core), self.symbol.low, self.symbol.high
        if self.symbol.members:
            row[self.at + value] = 1.0
        else:
            row[self.at] = _share(value, low, high)

    def text(self, core: Sequence[int]) -> str:
        value = self.value(core)
        return f"{self.symbol.id}={self.symbol.members[value] if self.symbol.members else value}"


class Observations:
    """Vectors of the same length for all seats of a scenario: first public knowledge, then the seat's own.

    `names` describes each number. A number is scaled to 0..1 over the range of its meter, track or fact; a name with
    `=` is 1 if it holds. Everything that the seat may not know is 0.

    >>> import tabletop
    >>> game = tabletop.Game(tabletop.load("first-summit"))
    >>> observations = Observations(game.program)
    >>> state = game.start(seed=7)
    >>> row = observations.row(state, 0)
    >>> [name for name, number in zip(observations.names, row) if number == 1 and "=" in name][:3]
    ['stage=weeks', 'phase=event', 'card=first_headline']
    >>> observations.private_text(state, 1)
    'seat=ulmar purpose=ceremony picked= may='
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.numbering = Numbering(program)
        self.seats = tuple(seat.id for seat in program.scenario.seats)
        self.points = game_bounds.points(program)
        self.most_turns = game_bounds.turns(program)
        self._names: list[str] = []
        scenario = program.scenario
        self._turn = self._add("turn", "stage_turn")
        self._stage = self._add(*(f"stage={stage.id}" for stage in scenario.stages))
        self._phase = self._add(*(f"phase={phase.id}" for stage in scenario.stages for phase in stage.phases))
        self._card = self._add(*(f"card={card.id}" for card in scenario.cards))
        self._acting = self._add(*(f"acting={seat}" for seat in self.seats))
        self._ending = self._add(*(f"ending={ending.id}" for ending in scenario.endings))
        self._points = self._add(*(f"points {seat}" for seat in self.seats))
        self.public_facts = tuple(self._facts(public=True))
        self.public_size = len(self._names)
        self._seat = self._add(*(f"seat={seat}" for seat in self.seats))
        self.private_facts = tuple(self._facts(public=False))
        self._picked = self._add(*(f"picked {number}" for number in range(self.numbering.most)))
        self.names = tuple(self._names)
        self._last_text: tuple[object, str] = (None, "")

    # Immutable and determined by the program.

    def __deepcopy__(self, memo: object) -> Observations:
        return self

    def __reduce__(self) -> tuple[type[Observations], tuple[Program]]:
        return Observations, (self.program,)

    @property
    def size(self) -> int:
        """The length of a vector."""
        return len(self.names)

    def _add(self, *names: str) -> int:
        self._names += names
        return len(self._names) - len(names)

    def _facts(self, public: bool) -> Iterator[Fact]:
        p = self.program
        for symbol in p.scope.symbols.values():
            if symbol.id not in _SHOWN_OTHERWISE and (symbol.known_to is None) == public:
                fact = Fact(symbol, len(self._names), p.places.get(symbol.id, -1), p.valued.get(symbol.id))
                self._add(*fact.names)
                yield fact

    # Numbers

    def row(self, state: State, seat: int) -> list[float]:
        """What a seat knows, as numbers."""
        return self.public_row(state) + self.private_row(state, seat)

    def public_row(self, state: State) -> list[float]:
        """What everybody knows, as numbers."""
        row = [0.0] * self.public_size
        self.write_course(row, state)
        for fact in self.public_facts:
            fact.write(row, state.core)
        return row

    def write_course(self, row: Row, state: State) -> None:
        """Writes into a row of zeros how the game stands, apart from its facts: what everybody knows of that."""
        core = state.core
        row[self._turn] = _share(core[code.TURN], 0, self.most_turns)
        row[self._turn + 1] = _share(core[code.STAGE_TURN], 0, self.program.stages[core[code.STAGE]].turns)
        row[self._stage + core[code.STAGE]] = 1.0
        if core[code.PHASE] >= 0:
            row[self._phase + core[code.PHASE]] = 1.0
        if card_as_seen(state, "") is not None:
            row[self._card + core[code.CARD]] = 1.0
        for seat in self.who_acts(state):
            row[self._acting + seat] = 1.0
        if core[code.OUTCOME] >= 0:
            row[self._ending + core[code.OUTCOME]] = 1.0
            for seat, (low, high) in enumerate(self.points):
                row[self._points + seat] = _share(core[self.program.score_place + seat], low, high)

    def private_row(self, state: State, seat: int) -> list[float]:
        """What a seat knows and others may not, as numbers."""
        row = [0.0] * self.size
        self.write_own(row, state, seat)
        for fact in self.private_facts:
            if fact.known_by(self.seats[seat]):
                fact.write(row, state.core)
        return row[self.public_size :]

    def write_own(self, row: Row, state: State, seat: int) -> None:
        """Writes into a row of zeros which seat it is, and what it has chosen."""
        row[self._seat + seat] = 1.0
        for number in self.picked(state, seat):
            row[self._picked + number] += 1 / self.program.picks_room

    # Words

    def public_text(self, state: State) -> str:
        """What everybody knows, in one line of text; made once for all seats."""
        key = state.core, state.acting, state.finished
        if key != self._last_text[0]:
            self._last_text = key, self._public_text(state)
        return self._last_text[1]

    def _public_text(self, state: State) -> str:
        core = state.core
        card = card_as_seen(state, "") or ""
        parts = [f"turn={state.turn} stage={state.stage} phase={state.phase} card={card}"]
        parts.append("acting=" + ",".join(self.seats[seat] for seat in self.who_acts(state)))
        parts += [fact.text(core) for fact in self.public_facts]
        if state.finished:
            parts.append(f"ending={state.outcome}")
            parts += [f"points_{seat}={points}" for seat, points in state.scores.items()]
        return " ".join(parts)

    def private_text(self, state: State, seat: int) -> str:
        """What a seat knows and others may not, in one line of text, with its picked and legal moves."""
        name = self.seats[seat]
        parts = [f"seat={name}", *(fact.text(state.core) for fact in self.private_facts if fact.known_by(name))]
        if card_as_seen(state, "") is None and (card := card_as_seen(state, name)) is not None:
            parts.append(f"card={card}")
        parts.append("picked=" + ",".join(self.numbering.label(seat, number) for number in self.picked(state, seat)))
        parts.append("may=" + ",".join(map(str, self.numbering.legal(state, seat))))
        return " ".join(parts)

    # Who does what

    def who_acts(self, state: State) -> list[int]:
        """The numbers of the seats that act, as everybody sees it."""
        return [self.seats.index(name) for name in acting_as_seen(state, "")]

    def picked(self, state: State, seat: int) -> list[int]:
        """The numbers of a seat's face-down choices."""
        core, p = state.core, self.program
        if core[code.PHASE] < 0 or not p.phases[core[code.PHASE]].is_face_down:
            return []
        first = p.seat_places[seat] + code.PICKS
        count = core[p.seat_places[seat] + code.PICKED]
        return [self.numbering.number(seat, move) for move in core[first : first + count]]


def _share(value: int, low: int, high: int) -> float:
    """A value scaled to 0..1 between low and high."""
    return min(1.0, max(0.0, (value - low) / (high - low))) if high > low else 0.0
