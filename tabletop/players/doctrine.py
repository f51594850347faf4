"""A player that follows a doctrine of the scenario: the first habit that applies decides."""

from __future__ import annotations

from tabletop.engine import machine
from tabletop.engine.program import PASS, DoctrineRuleCode, Program
from tabletop.players.protocol import Dice


class DoctrinePlayer:
    """Follows a doctrine. Its conditions were checked when the pack was loaded: they read only what the seat knows."""

    def __init__(self, rules: tuple[DoctrineRuleCode, ...]) -> None:
        self.rules = rules

    def move(self, p: Program, s: list[int], seat: int) -> int:
        """The move that the doctrine takes in a state of the machine."""
        legal = machine.legal(p, s, seat)
        if len(legal) == 1:
            return legal[0]
        dice = Dice(s, seat)
        open_now = frozenset(legal)
        for rule in self.rules:
            if rule.moves.isdisjoint(open_now) or (rule.when >= 0 and not p.formulas[rule.when](s)):
                continue
            if rule.odds < 100 and dice.below(100) >= rule.odds:
                continue
            fitting = [move for move in legal if move in rule.moves]
            return fitting[0] if len(fitting) == 1 else dice.choice(fitting)
        return PASS if PASS in legal else dice.choice(legal)
