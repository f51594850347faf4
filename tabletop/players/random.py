"""A player that takes any legal move with equal chance."""

from __future__ import annotations

from tabletop.engine import machine
from tabletop.engine.program import Action, Program
from tabletop.engine.views import View
from tabletop.players.protocol import Dice


class RandomPlayer:
    """Takes any legal move, each with equal chance."""

    def choose(self, view: View, dice: Dice) -> Action:
        """Any of the view's actions."""
        return dice.choice(view.actions)

    def move(self, p: Program, s: list[int], seat: int) -> int:
        """The same choice, straight from the machine's state."""
        legal = machine.legal(p, s, seat)
        return legal[0] if len(legal) == 1 else Dice(s, seat).choice(legal)
