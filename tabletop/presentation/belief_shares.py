"""Belief shares: per cent by value that add up to 100, from a prior, after one was moved, and in words."""

from __future__ import annotations

from collections.abc import Mapping

from tabletop.presentation.evidence import prior_of
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words


def rounded(shares: Mapping[str, float]) -> dict[str, int]:
    """Shares of any sum in whole per cent that add up to 100: the largest remainders are rounded up.

    >>> rounded({"a": 1, "b": 1, "c": 1})
    {'a': 34, 'b': 33, 'c': 33}
    """
    total = sum(shares.values()) or 1.0
    exact = {value: 100 * share / total for value, share in shares.items()}
    found = {value: int(share) for value, share in exact.items()}
    by_rest = sorted(exact, key=lambda value: found[value] - exact[value])
    for value in by_rest[: 100 - sum(found.values())]:
        found[value] += 1
    return found


def moved(shares: Mapping[str, int], value: str, to: int) -> dict[str, int]:
    """The shares with that of one value set; the others give or take in proportion, or alike where they had nothing.

    >>> moved({"a": 50, "b": 30, "c": 20}, "a", 75), moved({"a": 100, "b": 0, "c": 0}, "a", 50)
    ({'a': 75, 'b': 15, 'c': 10}, {'a': 50, 'b': 25, 'c': 25})
    """
    to = max(0, min(100, to))
    others = {one: share for one, share in shares.items() if one != value}
    if not others:
        return {value: 100}
    if not sum(others.values()):
        others = dict.fromkeys(others, 1)
    total, left = sum(others.values()), 100 - to
    exact = {one: left * share / total for one, share in others.items()}
    found = {one: int(share) for one, share in exact.items()}
    by_rest = sorted(exact, key=lambda one: found[one] - exact[one])
    for one in by_rest[: left - sum(found.values())]:
        found[one] += 1
    return {one: to if one == value else found[one] for one in shares}


def first_shares(perspective: Perspective, hidden: str) -> dict[str, int]:
    """What a slider shows before anything was stated: the pack's prior."""
    noun = next(one for one in perspective.scenario.hidden if one.id == hidden)
    return rounded(prior_of(perspective, noun))


def shares_text(perspective: Perspective, words: Words, hidden: str, shares: Mapping[str, float]) -> str:
    """Shares in words, such as "ready 20%, probing 44%, stalling 36%"."""
    named = [(perspective.names.value(hidden, value), round(share)) for value, share in shares.items()]
    return ", ".join(words("belief.share", value=name, share=share) for name, share in named)
