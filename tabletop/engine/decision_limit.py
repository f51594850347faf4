"""An upper bound on the number of decisions of a game, and the error for games that exceed it."""

from __future__ import annotations

from tabletop.engine.program import Program
from tabletop.scenario.turns import MOST_TURNS


class EndlessGame(RuntimeError):
    """A game that took more decisions than its scenario allows: a fault of the engine."""

    def __init__(self, program: Program, seed: int, most: int) -> None:
        super().__init__(f"{program.scenario.id}, seed {seed}: no end after {most} decisions")

    def __reduce__(self) -> tuple[object, ...]:
        # Pickled from other processes without the program.
        return _told, self.args


def _told(words: str) -> EndlessGame:
    return EndlessGame.__new__(EndlessGame, words)


def most_decisions(p: Program) -> int:
    """An upper bound on the decisions of one game: in each turn all picks and passes, and the choices of cards: every
    card once, plus one for each phase that deals from a deck that is refilled."""
    picks = sum(sum(phase.picks) + len(phase.picks) for phase in p.phases)
    choices = [len(card.choices) for card in p.cards]
    again = sum(phase.deck >= 0 and p.decks[phase.deck].refill for phase in p.phases)
    return MOST_TURNS * (picks + sum(choices) + again * max(choices, default=0))
