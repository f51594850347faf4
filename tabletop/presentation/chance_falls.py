"""How chance fell, how likely that was, what else could have come, and where a facilitator overruled it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import attrs

from tabletop.presentation.chance_names import chance_subject, outcome_name
from tabletop.presentation.names import Names
from tabletop.presentation.steps import moment_words, step_words
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.session.step_summary import FallSummary


@attrs.frozen(kw_only=True)
class ChanceOption:
    """Something that could come of a fall of chance: its number among them from 1, id, name and text, and how likely it
    was in percent."""

    number: int
    id: str
    name: str
    text: str
    percent: int


@attrs.frozen(kw_only=True)
class ChanceFall:
    """A fall of chance, by its step and its place in it: what it was about, when it was, after which decision, what
    stands and what the model drew (as numbers of its options).

    `title` tells it from others of the same subject in the same step.
    """

    step: int
    place: int
    subject: str
    title: str
    when: str
    after: str
    stands: ChanceOption
    model: ChanceOption
    is_ruled: bool
    options: tuple[ChanceOption, ...]


def chance_falls(names: Names, words: Words, falls: Sequence[FallSummary]) -> tuple[ChanceFall, ...]:
    """Falls of chance in words, in the order given."""
    alike = Counter((one.step.number, one.draw.node.subject) for one in falls)
    found = []
    for one in falls:
        same = [other.draw.place for other in falls if _is_alike(one, other)]
        nth = sorted(same).index(one.draw.place) + 1
        most = alike[one.step.number, one.draw.node.subject]
        found.append(_fall(names, words, one, nth if most > 1 else 0, most))
    return tuple(found)


def _is_alike(one: FallSummary, other: FallSummary) -> bool:
    return (one.step.number, one.draw.node.subject) == (other.step.number, other.draw.node.subject)


def _fall(names: Names, words: Words, one: FallSummary, nth: int, most: int) -> ChanceFall:
    node = one.draw.node
    options = tuple(
        ChanceOption(
            number=number,
            id=outcome.id,
            name=outcome_name(names, node, outcome.id),
            text=outcome.text,
            percent=round(100 * outcome.probability),
        )
        for number, outcome in enumerate(node.outcomes, 1)
    )
    by_id = {option.id: option for option in options}
    subject = chance_subject(names, words, node)
    return ChanceFall(
        step=one.step.number,
        place=one.draw.place,
        subject=subject,
        title=words("chance_falls.nth", subject=subject, number=nth, most=most) if nth else subject,
        when=moment_words(names, one.before),
        after=step_words(names, words, one.step),
        stands=by_id[one.draw.outcome],
        model=by_id.get(one.draw.model, by_id[one.draw.outcome]),
        is_ruled=one.draw.model != one.draw.outcome,
        options=options,
    )
