"""Evidence: what a seat has seen that speaks for one value of a hidden truth or another, and how loudly.

A roll is evidence where the odds of its table hang on the hidden truth: how often each outcome comes about for each
value stands in the pack. They are worked out as the board stood when it was rolled, from what the seat knows. What the
pieces come to together is Bayes's rule (posterior in proportion to prior times likelihoods).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Literal, TypeAlias

import attrs

from tabletop.engine.log import Entry
from tabletop.presentation.known_values import KnownValues
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.board import Hidden
from tabletop.scenario.effects import Outcome, Table

#: How reliable a piece is: how many times as often it comes about for the value that it fits best as for the one that
#: it fits least.
Strength: TypeAlias = Literal["faint", "fair", "strong"]
_FAIR, _STRONG = 2.0, 4.0
#: Below this ratio a piece fits all values alike.
_TELLING = 1.15
#: The likelihood of what should not have happened at all: something else was at work, such as a facilitator.
_LEAST = 0.001


@attrs.frozen(kw_only=True)
class Likely:
    """How often, of 100 times, something comes about where the hidden truth has a value."""

    value: str
    name: str
    percent: int


@attrs.frozen(kw_only=True)
class Piece:
    """A piece of evidence: when it came, what it says, how often it comes about for each value, which value it fits
    best, and how reliable it is. `place` is that of its entry in the seat's log."""

    place: int
    turn: int
    when: str
    title: str
    text: str
    likely: tuple[Likely, ...]
    fits: str
    fits_text: str
    strength: Strength
    strength_text: str


@attrs.frozen(kw_only=True)
class Possible:
    """A value that a hidden truth may have, and what the pack says of it."""

    value: str
    name: str
    text: str


@attrs.frozen(kw_only=True)
class Dossier:
    """All evidence on one hidden truth that the seat does not know, the newest first.

    `asks` is the pack's question, `values` are what may be so, each with what the pack says of it.
    """

    hidden: str
    name: str
    text: str
    asks: str
    values: tuple[Possible, ...]
    pieces: tuple[Piece, ...]
    summary: str


def dossiers_of(perspective: Perspective, words: Words) -> tuple[Dossier, ...]:
    """A dossier for every hidden truth of which the seat has seen evidence, or which the pack asks players about."""
    asked = {one.hidden: one.text for one in perspective.scenario.presentation.beliefs}
    found = []
    for hidden in perspective.scenario.hidden:
        if hidden.id in perspective.view.facts or not perspective.seat:
            continue
        pieces = tuple(_piece(perspective, words, hidden, *one) for one in _telling(perspective, hidden))
        if pieces or hidden.id in asked:
            found.append(
                Dossier(
                    hidden=hidden.id,
                    name=hidden.name,
                    text=hidden.text,
                    asks=asked.get(hidden.id, ""),
                    values=_possible(perspective, hidden),
                    pieces=tuple(reversed(pieces)),
                    summary=words("evidence.pieces", count=len(pieces)) if pieces else words("evidence.none"),
                )
            )
    return tuple(found)


def _possible(perspective: Perspective, hidden: Hidden) -> tuple[Possible, ...]:
    texts = dict(zip(hidden.values, hidden.descriptions, strict=False))
    return tuple(
        Possible(value=value, name=sentence_case(perspective.names.value(hidden.id, value)), text=texts.get(value, ""))
        for value in hidden.values
    )


def sentence_case(name: str) -> str:
    """A name with a capital.

    >>> sentence_case("ready")
    'Ready'
    """
    return f"{name[:1].upper()}{name[1:]}"


def weighed(perspective: Perspective, hidden: Hidden) -> dict[str, float]:
    """The probability of each value by the evidence, from the pack's prior on."""
    if hidden.id not in perspective.weighed:
        perspective.weighed[hidden.id] = course_of(perspective, hidden)[-1][1]
    return perspective.weighed[hidden.id]


def course_of(perspective: Perspective, hidden: Hidden) -> list[tuple[int, dict[str, float]]]:
    """The probabilities at the start (place -1), and after each piece of evidence, by its place in the log."""
    now = prior_of(perspective, hidden)
    course = [(-1, dict(now))]
    for place, _, likely in _telling(perspective, hidden):
        for value, share in likely.items():
            now[value] *= max(share, _LEAST)
        total = sum(now.values())
        now = {value: share / total for value, share in now.items()}
        course.append((place, dict(now)))
    return course


def prior_of(perspective: Perspective, hidden: Hidden) -> dict[str, float]:
    """The pack's prior, with the assumptions of the game."""
    known = KnownValues.of(perspective.program, perspective.view)
    weights = [max(0, known.value(one.source) or 0) for one in hidden.prior]
    return dict(zip(hidden.values, _shares(weights), strict=True))


def _shares(weights: Sequence[int]) -> list[float]:
    total = sum(weights)
    return [weight / total for weight in weights] if total else [1 / len(weights)] * len(weights)


# Finding it


def _telling(perspective: Perspective, hidden: Hidden) -> Iterator[tuple[int, Entry, dict[str, float]]]:
    """The rolls that the seat saw and whose odds hang on a hidden truth, with the odds of what came for each value."""
    tables = {table.id: table for table in perspective.scenario.tables}
    rolls = [
        (place, entry)
        for place, entry in enumerate(perspective.view.log)
        if entry.kind == "roll" and entry.outcome and entry.rule in tables
    ]
    known = boards_at(perspective, [place for place, _ in rolls])
    for place, entry in rolls:
        likely = _likelihoods(known[place], tables[entry.rule], entry.outcome, hidden)
        if likely is not None:
            yield place, entry, likely


def boards_at(perspective: Perspective, places: Sequence[int]) -> dict[int, KnownValues]:
    """What the seat knew of the board just before some entries of its log, by their places: from what it knows now,
    with all later changes taken back."""
    log, found = perspective.view.log, {}
    known = KnownValues.of(perspective.program, perspective.view)
    values, wanted = dict(known.known), set(places)
    stages = [stage.id for stage in perspective.scenario.stages]
    for place in range(len(log) - 1, -1, -1):
        entry = log[place]
        if entry.kind == "change" and entry.target in values:
            values[entry.target] = entry.before
        if place in wanted:
            label = perspective.turns.get(entry.turn)
            moment = {"turn": entry.turn, "stage": stages.index(entry.stage)}
            moment["stage_turn"] = label.number if label is not None else 0
            found[place] = known.with_({**values, **moment})
    return found


def _likelihoods(known: KnownValues, table: Table, outcome: str, hidden: Hidden) -> dict[str, float] | None:
    """The probability of an outcome of a table for each value of a hidden truth; None where it does not hang on it, or
    on something else that the seat does not know."""
    read = frozenset[str]().union(*(known.unknown(source) for source in _sources(table)))
    if read != {hidden.id}:
        return None
    found = {}
    for number, value in enumerate(hidden.values):
        weights = {row.id: _weight(known, row, {hidden.id: number}) for row in table.outcomes}
        found[value] = weights.get(outcome, 0) / max(1, sum(weights.values()))
    return found if max(found.values()) > 0 and len(set(found.values())) > 1 else None


def _sources(table: Table) -> Iterator[str]:
    for row in table.outcomes:
        yield row.weight.source
        for modifier in row.modifiers:
            yield modifier.by.source
            if modifier.when is not None:
                yield modifier.when.source


def _weight(known: KnownValues, row: Outcome, supposed: Mapping[str, int]) -> int:
    total = known.value(row.weight.source, supposed) or 0
    for modifier in row.modifiers:
        if modifier.when is None or known.value(modifier.when.source, supposed):
            total += known.value(modifier.by.source, supposed) or 0
    return max(0, total)


# Saying it


def _piece(
    perspective: Perspective, words: Words, hidden: Hidden, place: int, entry: Entry, likely: Mapping[str, float]
) -> Piece:
    fits = max(likely, key=lambda value: likely[value])
    ratio = likely[fits] / max(min(likely.values()), _LEAST)
    strength: Strength = "strong" if ratio >= _STRONG else "fair" if ratio >= _FAIR else "faint"
    named = {value: perspective.names.value(hidden.id, value) for value in hidden.values}
    label = perspective.turns.get(entry.turn)
    return Piece(
        place=place,
        turn=entry.turn,
        when=label.name if label is not None else "",
        title=entry.title,
        text=entry.text,
        likely=tuple(Likely(value=v, name=named[v], percent=round(100 * share)) for v, share in likely.items()),
        fits=fits,
        fits_text=words("evidence.nowhere") if ratio < _TELLING else words("evidence.fits", value=named[fits]),
        strength=strength,
        strength_text=words(f"evidence.{strength}"),
    )
