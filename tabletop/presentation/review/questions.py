"""Questions that a game itself raises, for the guide of whoever leads its debrief."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from tabletop.presentation.ending import Ending
from tabletop.presentation.record import RulingLine
from tabletop.presentation.review.alternatives import WeighedDecision
from tabletop.presentation.review.predictions import Prediction
from tabletop.presentation.words import Words


def questions_on_the_course(words: Words, ending: Ending | None) -> tuple[str, ...]:
    """What to ask of what happened: of the turning points that nobody decided."""
    points = ending.what_if if ending is not None else ()
    return tuple(words("review.ask_turn", when=one.when, what=one.title) for one in points if not one.decision)


def questions_on_causes(
    words: Words, ending: Ending | None, weighed: Sequence[WeighedDecision], rulings: Iterable[RulingLine]
) -> tuple[str, ...]:
    """What to ask of why: first of decisions that hang on a premise, then of those that went otherwise than was to be
    expected, of what moved most, and of what a facilitator ruled."""
    return (
        *_on_premises(words, weighed),
        *_on_luck(words, weighed),
        *_on_turning_points(words, ending),
        *(words("review.ask_ruling", when=one.when, what=one.text, why=one.why) for one in rulings if one.why),
    )


def _on_premises(words: Words, weighed: Iterable[WeighedDecision]) -> Iterator[str]:
    for one in weighed:
        if one.contested >= 0:
            places = {"when": one.when, "who": one.who, "what": one.chosen}
            yield words("review.ask_flip", rival=one.rivals[one.contested], lens=one.lenses[one.contested], **places)


def _on_luck(words: Words, weighed: Iterable[WeighedDecision]) -> Iterator[str]:
    for one in weighed:
        if one.mark:
            kind = "right_badly" if one.verdict == "right" else "wrong_well"
            yield words(f"review.ask_{kind}", when=one.when, who=one.who, what=one.chosen)


def _on_turning_points(words: Words, ending: Ending | None) -> Iterator[str]:
    for one in ending.what_if if ending is not None else ():
        if one.decision:
            who, _, what = one.title.partition(": ")
            yield words("review.ask_decision", when=one.when, who=who, what=what)


def questions_on_predictions(words: Words, predictions: Iterable[Prediction]) -> tuple[str, ...]:
    """What to ask of predictions, those first that missed most."""
    return tuple(
        words("review.ask_high", name=one.name, middle=f"{one.middle:g}", came=one.came)
        for one in sorted(predictions, key=lambda one: -abs(one.off))
    )
