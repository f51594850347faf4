"""Numbers every move that a seat can ever make, the same in every game of a scenario."""

from __future__ import annotations

from tabletop.engine.layout import PASS
from tabletop.engine.program import Program
from tabletop.engine.state import State


class Numbering:
    """The moves of each seat, numbered from 0 in the order in which the pack lists them; 0 is to pass.

    >>> import tabletop
    >>> game = tabletop.Game(tabletop.load("first-summit"))
    >>> numbering = Numbering(game.program)
    >>> numbering.counts, numbering.labels(0)[:3]
    ((20, 4), ('pass', 'first_headline: no_day_yet', 'first_headline: smile_and_say_soon'))
    """

    def __init__(self, program: Program) -> None:
        self.program = program
        self.moves = tuple(
            (PASS, *(number for number, move in enumerate(program.moves) if move.seat == seat))
            for seat in range(len(program.scenario.seats))
        )
        self._numbers = tuple({move: number for number, move in enumerate(moves)} for moves in self.moves)

    @property
    def counts(self) -> tuple[int, ...]:
        """How many moves each seat has."""
        return tuple(map(len, self.moves))

    @property
    def most(self) -> int:
        """The largest number of moves of any seat."""
        return max(self.counts)

    def legal(self, state: State, seat: int) -> list[int]:
        """The numbers of a seat's legal moves, ascending; none if it need not act."""
        if self.program.seat_ids[seat] not in state.acting:
            return []
        numbers = self._numbers[seat]
        return sorted(numbers[move] for move in state.legal(seat))

    def number(self, seat: int, move: int) -> int:
        """The number of a program's move among those of its seat."""
        return self._numbers[seat][move]

    def label(self, seat: int, number: int) -> str:
        """The label of a move: an action with its parameters, or a card with its option."""
        action = self.program.actions[self.moves[seat][number]]
        return f"{action.card}: {action}" if action.card else str(action)

    def labels(self, seat: int) -> tuple[str, ...]:
        """The labels of all moves of a seat."""
        return tuple(self.label(seat, number) for number in range(len(self.moves[seat])))
