"""The dealt hand: the few moves that this turn calls for, and what the seat's advisers say of each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.perspective import Perspective

if TYPE_CHECKING:
    from tabletop.engine.program import Action
    from tabletop.scenario.advice import Counsel as Said

#: So many moves of one group are dealt while others are counselled too, so that a hand holds a choice.
MOST_OF_A_GROUP = 2


@attrs.frozen(kw_only=True)
class Counsel:
    """What an adviser says of a move: the office, in full and `brief`, the sentence, and whether it speaks for it."""

    office: str
    brief: str
    text: str
    is_for: bool = True


def counsel_on(perspective: Perspective, action: Action) -> tuple[Counsel, ...]:
    """What the seat's advisers say of a move now: the weightiest first, and those for it before those against it."""
    advice = perspective.scenario.presentation.advice
    if advice is None:
        return ()
    advisers = {one.id: one for one in advice.advisers}
    said = sorted(_said(perspective, action), key=lambda one: (not one.urges, -one.weight))
    return tuple(
        Counsel(
            office=advisers[one.adviser].name,
            brief=advisers[one.adviser].brief,
            text=one.text,
            is_for=bool(one.urges),
        )
        for one in said
    )


def dealt(perspective: Perspective, candidates: Sequence[Action]) -> tuple[str, ...]:
    """The keys of the moves to lie in front of the seat, of those that it can make or has chosen: at most so many as
    the pack deals, those with the weightiest counsel, two of a group before any third, in the order of the scenario.

    None at all where the pack deals nothing, or all of them fit on the table anyhow.
    """
    advice = perspective.scenario.presentation.advice
    if advice is None or len(candidates) <= advice.deals:
        return ()
    weights = {str(one): sum(said.weight for said in _said(perspective, one)) for one in candidates}
    groups = {str(one): one.group for one in candidates}
    heard = sorted((one for one in weights if weights[one]), key=lambda one: -weights[one])
    taken: list[str] = []
    for most in (MOST_OF_A_GROUP, len(heard)):
        for one in heard:
            of_group = sum(groups[other] == groups[one] for other in taken)
            if one not in taken and len(taken) < advice.deals and of_group < most:
                taken.append(one)
    return tuple(one for one in weights if one in taken)


def _said(perspective: Perspective, action: Action) -> list[Said]:
    advice = perspective.scenario.presentation.advice
    lines = [advice.counsel[at] for at in perspective.prospects.counsel] if advice else []
    if action.kind != "action":
        return []
    parameters = dict(action.parameters)
    return [
        one
        for one in lines
        if one.action == action.id and all(parameters.get(name) == value for name, value in one.using.items())
    ]
