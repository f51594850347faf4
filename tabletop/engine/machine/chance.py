"""Chance: draws from weighted possibilities."""

from __future__ import annotations

from tabletop.engine.execution import ExecutionContext, evaluate_weights, forced_outcome, weighted_index
from tabletop.engine.layout import DRAWS, SEED_HIGH, SEED_LOW, Code, State
from tabletop.engine.philox import below


def draw(p: Code, s: State, r: ExecutionContext, group: int, site: int, subject: int) -> int:
    """A random index in a group of weights, in proportion to them; -1 if all are 0."""
    total = evaluate_weights(p, s, r, group)
    if total <= 0:
        return -1
    told = forced_outcome(r, site, subject)
    if told >= 0:
        return told
    left = below(total, s[DRAWS], s[SEED_HIGH], s[SEED_LOW])
    s[DRAWS] += 1
    return weighted_index(p, s, r, left)
