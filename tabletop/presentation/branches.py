"""The branches of a session in words: as a tree, and two of them side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.names import Names
from tabletop.presentation.steps import moment_words, step_words
from tabletop.presentation.story import TurnLabel
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.program import Action
    from tabletop.session.branch_comparison import Comparison, Difference, MeterComparison
    from tabletop.session.step_summary import BranchSummary, StepSummary


@attrs.frozen(kw_only=True)
class BranchLine:
    """A branch in the tree: how deep it stands, its last step by number, how many it has had, where it ends, and which
    other it left, where it `left` one."""

    name: str
    depth: int
    tip: int
    steps: str
    where: str
    left: str
    is_current: bool


@attrs.frozen(kw_only=True)
class BranchSide:
    """One of two branches: how many steps it has had since they parted, where it ends, and how far beyond the other's
    end it has gone ("" for not at all). `text` says the first two."""

    name: str
    steps: int
    where: str
    text: str
    further: str


@attrs.frozen(kw_only=True)
class RulingOnBranch:
    """What a facilitator did on one of two branches."""

    branch: str
    text: str


@attrs.frozen(kw_only=True)
class DecisionDifference:
    """What a seat decided in a phase of a turn on either branch, where that is not the same."""

    when: str
    seat: str
    who: str
    one: str
    other: str


@attrs.frozen(kw_only=True)
class MeterDifference:
    """A meter where two branches parted and at the end of each; `apart` is how much higher it ends on the other."""

    id: str
    name: str
    short: str
    parted: int
    one: int
    other: int
    apart: int


@attrs.frozen(kw_only=True)
class BranchComparison:
    """Two branches side by side. `same` says that nothing was decided otherwise, and is "" where something was.

    Meters come by how far apart they end.
    """

    title: str
    parted: str
    parted_step: int
    one: BranchSide
    other: BranchSide
    rulings: tuple[RulingOnBranch, ...]
    decisions: tuple[DecisionDifference, ...]
    same: str
    meters: tuple[MeterDifference, ...]


def branch_tree(names: Names, words: Words, branches: Sequence[BranchSummary]) -> tuple[BranchLine, ...]:
    """The branches, each under the one that it left."""
    return tuple(_under(names, words, branches, "", 0))


def _under(
    names: Names, words: Words, branches: Sequence[BranchSummary], parent: str, depth: int
) -> Iterator[BranchLine]:
    for one in branches:
        if one.branch.parent == parent:
            yield _line(names, words, one, depth)
            yield from _under(names, words, branches, one.branch.name, depth + 1)


def _line(names: Names, words: Words, one: BranchSummary, depth: int) -> BranchLine:
    branch, left = one.branch, ""
    if branch.parent:
        when = moment_words(names, one.origin.moment, has_phase=False)
        left = words("branches.left", parent=branch.parent, when=when)
    return BranchLine(
        name=branch.name,
        depth=depth,
        tip=branch.tip,
        steps=words("branches.steps", count=branch.steps),
        where=_where(names, words, one.tip),
        left=left,
        is_current=branch.current,
    )


def _where(names: Names, words: Words, step: StepSummary) -> str:
    """Where a branch ends: with a verdict, or in a turn."""
    ending = next((one for one in names.scenario.endings if one.id == step.moment.outcome), None)
    return words("branches.over", ending=ending.title) if ending else moment_words(names, step.moment)


def branch_comparison(names: Names, words: Words, found: Comparison) -> BranchComparison:
    """Two branches side by side."""
    sides = [
        BranchSide(
            name=name,
            steps=steps,
            where=_where(names, words, end),
            text=words("branches.since", count=steps, where=_where(names, words, end)),
            further=words("branches.further", branch=name, count=further) if further else "",
        )
        for name, steps, end, further in zip(
            (found.one, found.other), found.steps, found.ends, found.further, strict=True
        )
    ]
    rulings = tuple(
        RulingOnBranch(branch=name, text=step_words(names, words, step))
        for name, steps in zip((found.one, found.other), found.rulings, strict=True)
        for step in steps
    )
    parted = words(
        "branches.parted",
        when=moment_words(names, found.parted.moment, has_phase=False),
        step=found.parted.number,
        what=step_words(names, words, found.parted),
    )
    return BranchComparison(
        title=words("branches.compared", one=found.one, other=found.other),
        parted=parted,
        parted_step=found.parted.number,
        one=sides[0],
        other=sides[1],
        rulings=rulings,
        decisions=tuple(_difference(names, words, one) for one in found.decisions),
        same="" if rulings or found.decisions else words("branches.same"),
        meters=tuple(_meter(names, one) for one in sorted(found.meters, key=lambda one: -abs(one.apart))),
    )


def _difference(names: Names, words: Words, one: Difference) -> DecisionDifference:
    phase = names.phases[one.phase].title
    turn = TurnLabel(names.stages[one.stage], one.stage_turn, words.language).name
    return DecisionDifference(
        when=", ".join(part for part in (turn, phase) if part),
        seat=one.seat,
        who=names.seat(one.seat),
        one=_labels(words, one.one),
        other=_labels(words, one.other),
    )


def _labels(words: Words, actions: Sequence[Action]) -> str:
    labels = [words("steps.passes") if action.kind == "pass" else action.label for action in actions]
    return ", ".join(labels) or words("branches.nothing")


def _meter(names: Names, one: MeterComparison) -> MeterDifference:
    return MeterDifference(
        id=one.meter,
        name=names.full(one.meter),
        short=names.short(one.meter),
        parted=one.parted,
        one=one.one,
        other=one.other,
        apart=one.apart,
    )
