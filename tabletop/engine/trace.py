"""What the machine notes as it runs, as rows of integers, and how chance is foretold where it is explicit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

from tabletop.engine.program import PHASE, TURN

#: (kind, subject, second, third, turn, phase, move, seat, card)
Note: TypeAlias = tuple[int, int, int, int, int, int, int, int, int]

# Kinds of notes.
CHANGED, MOVED, CARD_DEALT, NOTHING_DEALT, ROLLED, TOLD, TURN_BEGAN, STAGE_BEGAN, ENDED = range(9)

# Where chance enters.
CHANCE_HIDDEN, CHANCE_TABLE, CHANCE_CARD = range(3)


class ChanceNeeded(Exception):
    """The machine has come to a chance that nobody has foretold."""

    def __init__(self, weights: Sequence[int], site: int, subject: int) -> None:
        super().__init__()
        self.weights = tuple(weights)
        self.site = site
        self.subject = subject


class Trace:
    """What happens between two decisions, and because of which move, seat and card.

    With `outcomes`, chance is explicit: draws give these in order, and a draw beyond them raises ChanceNeeded.
    """

    __slots__ = ("card", "explicit", "keeps", "move", "notes", "outcomes", "seat", "used")

    def __init__(self, keeps: bool = True, outcomes: Sequence[int] | None = None) -> None:
        self.keeps = keeps
        self.notes: list[Note] = []
        self.move = self.seat = self.card = -1
        self.explicit = outcomes is not None
        self.outcomes = tuple(outcomes or ())
        self.used = 0

    def note(self, s: Sequence[int], kind: int, subject: int, second: int = 0, third: int = 0) -> None:
        """Writes one thing down, where anything is kept."""
        if self.keeps:
            self.notes.append((kind, subject, second, third, s[TURN], s[PHASE], self.move, self.seat, self.card))

    def foretold(self, weights: Sequence[int], site: int, subject: int) -> int:
        """The next outcome of explicit chance. Raises ChanceNeeded when there is none left."""
        if self.used >= len(self.outcomes):
            raise ChanceNeeded(weights, site, subject)
        self.used += 1
        return self.outcomes[self.used - 1]
