"""Lays the parts of a program out as one flat list of integers, in the layout of `tabletop.engine.layout`."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

import attrs

from tabletop.engine import layout as at
from tabletop.engine.program import CardCode, DeckCode, Habit, Move, PhaseCode, StageCode, TableCode


@attrs.frozen(kw_only=True)
class Parts:
    """The parts of a program. A block is a half-open range of effect numbers; all other numbers are as in a program."""

    size: int
    effects: tuple[tuple[int, ...], ...]
    clocked: tuple[int, ...]
    blocks: tuple[tuple[int, int], ...]
    tables: tuple[TableCode, ...]
    cards: tuple[CardCode, ...]
    decks: tuple[DeckCode, ...]
    moves: tuple[Move, ...]
    phases: tuple[PhaseCode, ...]
    stages: tuple[StageCode, ...]
    seat_places: tuple[int, ...]
    picks_room: int
    objectives: tuple[tuple[int, ...], ...]
    starts: tuple[tuple[int, int], ...]
    priors: tuple[tuple[int, int], ...]
    refresh: tuple[tuple[int, int], ...]
    endings: tuple[int, ...]
    score_place: int
    doctrines: Mapping[tuple[str, str], tuple[Habit, ...]]


def assemble(parts: Parts) -> tuple[list[int], dict[tuple[str, str], int]]:
    """The code of a program, and the address of each doctrine in it."""
    assembly = _Assembly(parts)
    assembly.lay_out()
    return assembly.code, assembly.doctrines


class _Assembly:
    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.code = [0] * at.PROGRAM_HEAD
        self.doctrines: dict[tuple[str, str], int] = {}
        self.choices: list[tuple[int, ...]] = []

    def lay_out(self) -> None:
        parts, head = self.parts, self.code
        head[at.SIZE], head[at.SCORES] = parts.size, parts.score_place
        head[at.ROOMS], head[at.SEATS] = parts.seat_places[0], len(parts.seat_places)
        head[at.SEAT_ROOM] = at.PICKS + parts.picks_room
        head[at.EFFECTS] = self._rows(parts.effects)
        head[at.TABLES] = self._rows((one.group, self._rows(map(self._block, one.blocks))) for one in parts.tables)
        head[at.CARDS] = self._rows(map(self._card, parts.cards))
        head[at.MOVES] = self._rows(map(self._move, parts.moves))
        head[at.DECKS] = self._rows(map(self._deck, parts.decks))
        head[at.PHASES] = self._rows(map(self._phase, parts.phases))
        head[at.STAGES] = self._rows(map(self._stage, parts.stages))
        head[at.SEAT_ROWS] = self._rows((self._run(points), len(points)) for points in parts.objectives)
        head[at.STARTS], head[at.START_COUNT] = self._rows(parts.starts), len(parts.starts)
        head[at.PRIORS], head[at.PRIOR_COUNT] = self._rows(parts.priors), len(parts.priors)
        head[at.REFRESH], head[at.REFRESH_COUNT] = self._rows(parts.refresh), len(parts.refresh)
        head[at.CLOCKED] = self._run([self._effect(number) for number in parts.clocked])
        head[at.CLOCKED_COUNT] = len(parts.clocked)
        head[at.ENDINGS], head[at.ENDING_COUNT] = self._run(parts.endings), len(parts.endings)
        head[at.PHASE_COUNT], head[at.MOVE_COUNT] = len(parts.phases), len(parts.moves)
        for (seat, name), habits in parts.doctrines.items():
            self.doctrines[seat, name] = self._doctrine(habits)

    def _run(self, words: Sequence[int]) -> int:
        self.code += words
        return len(self.code) - len(words)

    def _rows(self, rows: Iterable[Sequence[int]]) -> int:
        # The targets of rows are laid out first, so that the rows themselves are contiguous.
        return self._run([word for row in list(rows) for word in row])

    def _effect(self, number: int) -> int:
        return self.code[at.EFFECTS] + at.EFFECT_ROW * number

    def _block(self, number: int) -> tuple[int, int]:
        if number < 0:
            return 0, 0
        first, end = self.parts.blocks[number]
        return self._effect(first), self._effect(end)

    def _card(self, card: CardCode) -> tuple[int, ...]:
        first = len(self.choices)
        self.choices += [choice.options for choice in card.choices]
        choices = [
            (
                choice.seat,
                choice.condition,
                self._run(choice.options),
                len(choice.options),
                first + number,
                choice.open_condition,
            )
            for number, choice in enumerate(card.choices)
        ]
        return *self._block(card.block), card.place, self._rows(choices), len(choices)

    def _move(self, move: Move) -> tuple[int, ...]:
        costs = self._rows(move.cost)
        once = int(move.once == "game")
        return (
            *self._block(move.block),
            move.requires,
            move.memory,
            once,
            int(move.closes),
            costs,
            len(move.cost),
            move.open_requires,
            int(move.secret),
            move.open_costs,
        )

    def _deck(self, deck: DeckCode) -> tuple[int, ...]:
        return deck.group, self._run(deck.cards), len(deck.cards), int(deck.refill)

    def _phase(self, phase: PhaseCode) -> tuple[int, ...]:
        picks = dict(zip(phase.seats, phase.picks, strict=True))
        menus = [
            (len(moves), self._run(moves), picks.get(seat, 0), int(is_open))
            for seat, (moves, is_open) in enumerate(zip(phase.moves, phase.open_menus, strict=True))
        ]
        return (
            self._rows((condition, *self._block(block)) for condition, block in phase.rules),
            len(phase.rules),
            phase.deck,
            self._run(phase.seats),
            len(phase.seats),
            phase.order,
            int(phase.may_pass),
            phase.when,
            self._rows(menus),
        )

    def _stage(self, stage: StageCode) -> tuple[int, ...]:
        return stage.phases[0], stage.phases[-1], stage.turns, stage.then, stage.until, int(stage.clock)

    def _doctrine(self, habits: Sequence[Habit]) -> int:
        # A doctrine belongs to one seat, so its moves are in no other seat's menus.
        menus = [(*itertools.chain.from_iterable(phase.moves), at.PASS) for phase in self.parts.phases]
        tables = [self._habits(habits, moves) for moves in (*menus, *self.choices)]
        return self._rows(tables)

    def _habits(self, habits: Sequence[Habit], moves: Sequence[int]) -> tuple[int, int]:
        rows = []
        for habit in habits:
            if not habit.moves.isdisjoint(moves):
                fitting = [move for move in moves if move in habit.moves]
                rows.append((habit.when, habit.odds, self._run(fitting), len(fitting)))
        return self._rows(rows), len(rows)
