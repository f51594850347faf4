"""Questions that a game itself raises, for the guide of whoever leads its debrief: sentences to be said aloud."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tabletop.presentation.ending import Ending
from tabletop.presentation.record import RulingLine
from tabletop.presentation.review.arguments import Argument
from tabletop.presentation.review.predictions import Prediction
from tabletop.presentation.words import Words


def questions_on_the_course(words: Words, ending: Ending | None) -> tuple[str, ...]:
    """What to ask of what happened: of the turning points that nobody decided."""
    points = ending.what_if if ending is not None else ()
    return tuple(words("review.ask_turn", when=one.turn_name, what=one.title) for one in points if not one.decision)


def questions_on_causes(words: Words, argued: Sequence[Argument], rulings: Iterable[RulingLine]) -> tuple[str, ...]:
    """What to ask of why: of the decisions worth arguing about, and of what a facilitator ruled."""
    ruled = [words("review.ask_ruling", when=one.when, what=one.text, why=one.why) for one in rulings if one.why]
    return (*(one.ask for one in argued), *ruled)


def questions_on_predictions(words: Words, predictions: Iterable[Prediction]) -> tuple[str, ...]:
    """What to ask of predictions, those first that missed most."""
    return tuple(
        words("review.ask_high", name=one.name, middle=f"{one.middle:g}", came=one.came)
        for one in sorted(predictions, key=lambda one: -abs(one.off))
    )
