"""Advice of the search player in words: what it would do, why, and what else it weighed."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import signed
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.program import Action
    from tabletop.players.search import Thought

#: How many moves are listed, and how many consequences are named.
_MOVES, _CONSEQUENCES = 5, 3


@attrs.frozen(kw_only=True)
class Weighed:
    """A move that was weighed: its name, and what is expected of it."""

    label: str
    expected: str


@attrs.frozen(kw_only=True)
class Advice:
    """What the search player would do: the move's name, the reasons in sentences, what else it weighed, how much it
    played out, and the plan that it goes on with."""

    choice: str
    reasons: tuple[str, ...]
    weighed: tuple[Weighed, ...]
    basis: str
    plan: str = ""


def advice_of(perspective: Perspective, words: Words, thought: Thought) -> Advice:
    """A thought of the search player's in words."""
    doctrine = next((one for one in perspective.scenario.doctrines if one.id == thought.doctrine), None)
    return Advice(
        choice=_label(words, thought.choice),
        reasons=(*_consequences(perspective, words, thought), *_beliefs(perspective, words, thought)),
        weighed=tuple(
            Weighed(
                label=_label(words, one.action),
                expected=words(
                    "table.advice_points",
                    points=round(one.expected),
                    low=round(one.low),
                    high=round(one.high),
                    share=round(100 * one.attention),
                ),
            )
            for one in thought.prospects[:_MOVES]
        ),
        basis=words("table.advice_text", count=thought.playouts),
        plan=words("table.advice_plan", plan=doctrine.name) if doctrine is not None else "",
    )


def _consequences(perspective: Perspective, words: Words, thought: Thought) -> list[str]:
    """What the move leads to that the next best would not; nothing where it is the only one."""
    if thought.against is None:
        return []
    against = _label(words, thought.against)
    told = [
        f"{perspective.names.full(one.meter)} {signed(_whole(one.expected))}"
        for one in thought.consequences[:_CONSEQUENCES]
    ]
    if not told:
        return [words("table.advice_alike", other=against)]
    return [words("table.advice_because", other=against, changes=words.listed(told))]


def _beliefs(perspective: Perspective, words: Words, thought: Thought) -> list[str]:
    """What it takes for likely of what the seat does not know, where that is more than a guess."""
    found = []
    for hidden in perspective.scenario.hidden:
        shares = thought.beliefs.get(hidden.id)
        if shares and hidden.id not in perspective.view.facts:
            named = sorted(shares.items(), key=lambda one: -one[1])
            each = [f"{value.replace('_', ' ')} {round(100 * share)}%" for value, share in named]
            found.append(words("table.advice_takes", truth=hidden.name, shares=words.listed(each)))
    return found


def _whole(amount: float) -> int:
    """An amount in whole points, away from zero: what is told at all is never told as nothing."""
    return int(math.copysign(max(1, round(abs(amount))), amount))


def _label(words: Words, action: Action) -> str:
    return words("moves.nothing") if action.kind == "pass" else action.label
