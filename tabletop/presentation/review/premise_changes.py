"""What each assumption would have changed in a game: what was to be expected with it switched, and which decisions it
turns round."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from tabletop.analysis.decisions import DecisionReview, DecisionTable, Lens
from tabletop.presentation.names import Names
from tabletop.presentation.review.alternatives import condition
from tabletop.presentation.review.turning import StepWords, figure_title, shown_as, within
from tabletop.presentation.words import Words

#: How many of the decisions that a premise turns round are named.
MOST_TURNED = 5


def premise_changes(
    names: Names, words: Words, table: DecisionTable, steps: Mapping[int, StepWords]
) -> dict[str, tuple[str, ...]]:
    """Sentences on what would have changed, by the id of the assumption."""
    found: dict[str, tuple[str, ...]] = {}
    for lens in table.lenses:
        if lens.kind == "assumption":
            told = (*_expected(names, words, table, lens), *_turned(words, table, lens, steps))
            found[lens.name] = (*found.get(lens.name, ()), *told)
    return found


def _expected(names: Names, words: Words, table: DecisionTable, lens: Lens) -> Iterator[str]:
    """What was to be expected of the first decision of each seat, as it was made, with the assumption switched."""
    first: dict[str, DecisionReview] = {}
    for one in table.reviews:
        first.setdefault(one.seat, one)
    for seat, one in first.items():
        made = one.option(one.chosen)
        there = made.by_assumption.get(lens.key)
        if there is not None:
            show = shown_as(table.figures[seat])
            is_apart = there.low > made.as_known.high or there.high < made.as_known.low
            yield words(
                "review.would_change" if is_apart else "review.would_change_none",
                condition=condition(names, words, lens.name, lens.value),
                figure=figure_title(names, words, table.figures[seat]),
                here=within(words, made.as_known, show, False),
                there=within(words, there, show, False),
            )


def _turned(words: Words, table: DecisionTable, lens: Lens, steps: Mapping[int, StepWords]) -> Iterator[str]:
    turned = [one for one in table.reviews if any(flip.lens == lens for flip in one.flips)]
    if turned:
        which = [f"{steps[one.step].when}, {steps[one.step].done}" for one in turned if one.step in steps]
        more = ["…"] if len(which) > MOST_TURNED else []
        yield words("review.turns_round", count=len(turned), which="; ".join([*which[:MOST_TURNED], *more]))
