"""Lines of play that were tried, each beside the game: where they part, what differs, and whether chance did."""

from __future__ import annotations

from collections.abc import Collection

import attrs

from tabletop.presentation.branches import BranchComparison, DecisionDifference, MeterDifference
from tabletop.presentation.words import Words


@attrs.frozen(kw_only=True)
class TriedBranch:
    """A line of play beside the game: its name, where both part (week and move), and whether chance fell alike.

    `decisions` are those that both sides had to make, and made otherwise, `unseen` those among which is a move that
    only its seat saw; `left` says how many others differ since only one side was asked. `ended` and `game_ended` say
    where each stands.
    """

    name: str
    title: str
    parted: str
    chance: str
    game_ended: str
    ended: str
    decisions: tuple[DecisionDifference, ...]
    unseen: tuple[DecisionDifference, ...]
    left: str
    same: str
    meters: tuple[MeterDifference, ...]


def tried_branch(
    words: Words, found: BranchComparison, secret: Collection[str], *, when: str, what: str, chance: str
) -> TriedBranch:
    """A comparison of the game with another branch, which part `when` (a turn) something was done (`what`);
    `chance` is from `branch_chance`, `secret` are moves that only their seat sees."""
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
        decisions=tuple(one for one in both if not _is_unseen(one, secret)),
        unseen=tuple(one for one in both if _is_unseen(one, secret)),
        left=words("review.asked_once", count=left) if left else "",
        same=found.same,
        meters=found.meters,
    )


def _is_unseen(one: DecisionDifference, secret: Collection[str]) -> bool:
    return any(move in secret for side in (one.one, one.other) for move in side.split(", "))
