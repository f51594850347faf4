"""The scale of a negotiation: what the offers are worth to the other side, and what it wants, as far as a seat knows.

What it wants may hang on hidden truths. For a seat that does not know these, it is worked out for each value that they
may have: the marks of the scale. Readings of the gap rule values out, evidence makes some unlikely, and what is left
is the bar. Everything comes from the view, so equal views have equal scales.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import attrs

from tabletop.presentation.evidence import boards_at, weighed
from tabletop.presentation.known_values import KnownValues, Supposed
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import signed
from tabletop.presentation.words import Words
from tabletop.scenario import negotiation as pack

#: What is less likely than this by the evidence is left out of the bar.
_UNLIKELY = 0.1


@attrs.frozen(kw_only=True)
class Mark:
    """What the other side would want if a hidden truth had some value: `at` so many points. `is_likely` where it is
    part of the bar; `is_out` where a reading of the gap has ruled it out."""

    name: str
    at: int
    is_likely: bool
    is_out: bool


@attrs.frozen(kw_only=True)
class WeightShown:
    """Something away from the table that weighs: with points above 0 they want less. `of` is the meter or track
    behind it, "" for none; `sign` is 1 where it helps the seat that looks."""

    name: str
    of: str
    points: int
    points_text: str
    text: str
    sign: int


@attrs.frozen(kw_only=True)
class ScaleShown:
    """The scale from 0 to `most` points: the offers are worth `given`, and `seat` wants `low` to `high` for what is
    asked of it.

    `sure` is whether the seat knows what they want; `verdict` is 1 where the offers are enough for all that is likely,
    -1 for nothing of it, 0 in between, and `verdict_text` says so. `near` is what may be lacking all the same.
    `basis_text` says what the bar rests on.
    """

    seat: str
    place: int
    most: int
    given: int
    near: int
    low: int
    high: int
    is_sure: bool
    marks: tuple[Mark, ...]
    weights: tuple[WeightShown, ...]
    wants_text: str
    given_text: str
    verdict: int
    verdict_text: str
    basis_text: str
    weights_text: str

    @property
    def width(self) -> int:
        """How wide the bar is: what the seat does not know of their price."""
        return self.high - self.low


def scale_of(perspective: Perspective, words: Words, shown: pack.Scale) -> ScaleShown | None:
    """The scale as a seat sees it; None where it cannot know what is offered."""
    known = KnownValues.of(perspective.program, perspective.view)
    given = known.value(shown.given.source)
    if given is None:
        return None
    worlds = list(_worlds(perspective, known, shown))
    if not worlds:
        return None
    marks = _marks(perspective, words, known, shown, worlds)
    likely = [mark.at for mark in marks if mark.is_likely]
    low, high = min(likely), max(likely)
    short = low - given - shown.near, high - given - shown.near
    verdict = 1 if short[1] <= 0 else -1 if short[0] > 0 else 0
    whose = perspective.names.seat(shown.of)
    return ScaleShown(
        seat=shown.of,
        place=[one.id for one in perspective.scenario.seats].index(shown.of),
        most=max(shown.most, given, *(mark.at for mark in marks)),
        given=given,
        near=shown.near,
        low=low,
        high=high,
        is_sure=len(worlds) == 1,
        marks=marks if len(worlds) > 1 else (),
        weights=tuple(_weight(perspective, known, one) for one in shown.weights if known.value(one.points.source)),
        wants_text=words("scale.wants", seat=whose, price=_span(low, high)),
        given_text=words("scale.given", points=given),
        verdict=verdict,
        verdict_text=_verdict(words, verdict, low - given, high - given, marks, given + shown.near),
        basis_text=_basis(perspective, words, shown, marks),
        weights_text=words("scale.weights"),
    )


def _span(low: int, high: int) -> str:
    """A number, or two with what lies between.

    >>> _span(3, 3), _span(3, 7)
    ('3', '3–7')
    """
    return str(low) if low == high else f"{low}–{high}"


def worth_of(perspective: Perspective, known: KnownValues, shown: pack.Scale, item: str) -> tuple[int, int] | None:
    """What an item that is on the table is worth in points to those who get or give it, at the least and the most: the
    scale with it, less the scale without it. None where that is not known."""
    if item not in known.known:
        return None
    without = known.with_({item: 0})
    offered, bare = known.value(shown.given.source), without.value(shown.given.source)
    if offered is None or bare is None:
        return None
    if offered != bare:
        return offered - bare, offered - bare
    worlds = [world for world, is_out, _ in _worlds(perspective, known, shown) if not is_out]
    costs = [
        (known.value(shown.wants.source, world) or 0) - (without.value(shown.wants.source, world) or 0)
        for world in worlds
    ]
    return (min(costs), max(costs)) if costs else None


# What may be so


def _worlds(perspective: Perspective, known: KnownValues, shown: pack.Scale) -> Iterator[tuple[Supposed, bool, float]]:
    """The values that hidden truths behind the price may have, whether a reading rules them out, and how likely they
    are by the evidence; none where something else is behind it that the seat does not know."""
    unknown = known.unknown(shown.wants.source)
    hidden = [noun for noun in perspective.scenario.hidden if noun.id in unknown]
    if len(hidden) < len(unknown):
        return
    shares = [weighed(perspective, noun) for noun in hidden]
    readings = list(_readings(perspective, shown))
    for values in itertools.product(*(enumerate(noun.values) for noun in hidden)):
        world = {noun.id: number for noun, (number, _) in zip(hidden, values, strict=True)}
        share = 1.0
        for of_one, (_, value) in zip(shares, values, strict=True):
            share *= of_one[value]
        yield world, any(not _fits(board, shown, world, bounds) for board, bounds in readings), share


def _readings(perspective: Perspective, shown: pack.Scale) -> Iterator[tuple[KnownValues, tuple[int, int]]]:
    """What the seat was told of the gap: the board at that moment, and what was lacking at the least and the most."""
    reading = shown.reading
    if reading is None or reading.variable not in perspective.view.facts:
        return
    values = perspective.names.variables[reading.variable].values
    told = [
        (place, reading.lacking[values[entry.after]])
        for place, entry in enumerate(perspective.view.log)
        if entry.kind == "change" and entry.target == reading.variable and values[entry.after] in reading.lacking
    ]
    boards = boards_at(perspective, [place for place, _ in told])
    for place, bounds in told:
        yield boards[place], bounds


def _fits(board: KnownValues, shown: pack.Scale, world: Supposed, bounds: tuple[int, int]) -> bool:
    wants, given = board.value(shown.wants.source, world), board.value(shown.given.source)
    return wants is None or given is None or bounds[0] <= wants - given <= bounds[1]


def _marks(
    perspective: Perspective,
    words: Words,
    known: KnownValues,
    shown: pack.Scale,
    worlds: list[tuple[Supposed, bool, float]],
) -> tuple[Mark, ...]:
    """A mark for every world, those first that want least; if all were ruled out, none is."""
    if all(is_out for _, is_out, _ in worlds):
        worlds = [(world, False, share) for world, _, share in worlds]
    left = sum(share for _, is_out, share in worlds if not is_out)
    most = max(share for _, is_out, share in worlds if not is_out)
    marks = []
    for world, is_out, share in worlds:
        # Where no evidence speaks for anything, everything that is left counts.
        is_likely = not is_out and (left <= 0 or share >= min(_UNLIKELY * left, most))
        marks.append(
            Mark(
                name=_named(perspective, words, world),
                at=known.value(shown.wants.source, world) or 0,
                is_likely=is_likely,
                is_out=is_out,
            )
        )
    marks.sort(key=lambda mark: mark.at)
    return tuple(marks)


def _named(perspective: Perspective, words: Words, world: Supposed) -> str:
    names = [perspective.names.value(name, number) for name, number in world.items()]
    return words("scale.if_so", value=words.listed(names)) if names else ""


# Saying it


def _weight(perspective: Perspective, known: KnownValues, one: pack.Weight) -> WeightShown:
    points = known.value(one.points.source) or 0
    return WeightShown(
        name=one.name,
        of=one.of,
        points=points,
        points_text=signed(-points),
        text=one.text,
        sign=(points > 0) - (points < 0),
    )


def _verdict(words: Words, verdict: int, low: int, high: int, marks: tuple[Mark, ...], reach: int) -> str:
    if verdict > 0:
        return words("scale.enough")
    if verdict < 0:
        return words("scale.short", points=_span(low, high))
    enough = [mark.name for mark in marks if mark.is_likely and mark.at <= reach and mark.name]
    return words("scale.perhaps", cases=words.listed(enough, "or"), points=high)


def _basis(perspective: Perspective, words: Words, shown: pack.Scale, marks: tuple[Mark, ...]) -> str:
    """What the bar rests on."""
    if len(marks) == 1:
        return words("scale.known")
    ruled_out = sum(mark.is_out for mark in marks)
    unlikely = sum(not mark.is_likely and not mark.is_out for mark in marks)
    if ruled_out:
        return words("scale.read")
    return words("scale.seen" if unlikely else "scale.blind")
