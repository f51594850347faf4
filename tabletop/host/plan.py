"""Plans: where a team takes several moves at once, the plan that most support and the budget allows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.host.ballots import Ballot, Rule


@attrs.frozen(kw_only=True)
class Budget:
    """What a team may spend in a phase: so many `picks`, and of each resource what is `left`; `costs` by move."""

    picks: int
    left: Mapping[str, int]
    costs: Mapping[str, Mapping[str, int]]

    def takes(self, move: str, taken: Sequence[str]) -> bool:
        """Whether a move can be paid for besides those that are taken."""
        if len(taken) >= self.picks:
            return False
        needed: dict[str, int] = {}
        for one in (*taken, move):
            for resource, amount in self.costs.get(one, {}).items():
                needed[resource] = needed.get(resource, 0) + amount
        return all(amount <= self.left.get(resource, 0) for resource, amount in needed.items())


@attrs.frozen(kw_only=True)
class Plan:
    """The moves that are `taken`, those that are `wanted` by as many but cannot be paid for, and the support of all."""

    taken: tuple[str, ...]
    wanted: tuple[str, ...]
    support: Mapping[str, int]
    voters: int


def plan(ballot: Ballot, budget: Budget, rule: Rule, captain: str) -> Plan:
    """The plan as it stands with the ticks so far: the moves that at least half of those who ticked support, those
    with the most support first, and among equals in the order in which they are shown; as many as can be paid for.

    Where a captain decides and has ticked, it is theirs.
    """
    support = ballot.counts()
    voters = len(ballot.votes)
    led = ballot.votes.get(captain) if rule == "captain" else None
    if led is not None:
        ranked = [move for move in ballot.moves if move in led.moves]
    else:
        supported = [move for move in ballot.moves if 2 * support.get(move, 0) >= max(1, voters)]
        ranked = sorted(supported, key=lambda move: -support[move])
    taken: list[str] = []
    wanted: list[str] = []
    for move in ranked:
        (taken if budget.takes(move, taken) else wanted).append(move)
    return Plan(taken=tuple(taken), wanted=tuple(wanted), support=support, voters=voters)
