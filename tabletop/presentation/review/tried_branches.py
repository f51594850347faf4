"""Lines of play that were tried, each beside the game as it stands: where they part, what differs, whether chance did."""

from __future__ import annotations

import attrs

from tabletop.presentation.branches import BranchComparison, DecisionDifference, MeterDifference
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class TriedBranch:
    """A line of play beside the game: its name, where both part (week and move), and whether chance fell alike.

    `decisions` are those that both sides had to make, and made otherwise; `left` says how many others differ since only
    one side was asked. `ended` and `game_ended` say where each stands.
    """

    name: str
    title: str
    parted: str
    chance: str
    game_ended: str
    ended: str
    decisions: tuple[DecisionDifference, ...]
    left: str
    same: str
    meters: tuple[MeterDifference, ...]


def tried_branch(words: Words, found: BranchComparison, when: str, what: str, chance: str) -> TriedBranch:
    """A comparison of the game with another branch, which part `when` (a turn) something was done (`what`);
    `chance` is from `branch_chance`."""
    nothing = words("branches.nothing")
    both = [one for one in found.decisions if nothing not in (one.one, one.other)]
    left = len(found.decisions) - len(both)
    return TriedBranch(
        name=found.other.name,
        title=words("review.tried", name=found.other.name),
        parted=words("review.parted", when=when, what=what),
        chance=chance,
        game_ended=found.one.where,
        ended=found.other.where,
        decisions=tuple(both),
        left=words("review.asked_once", count=left) if left else "",
        same=found.same,
        meters=found.meters,
    )
