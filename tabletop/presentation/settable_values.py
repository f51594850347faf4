"""The values that a facilitator can set: what each is now, what it can be, and who knows it."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.scenario.expression_language import Symbol

#: What kinds of names can be set; others follow from these.
_NOUNS = ("meter", "track", "resource", "variable", "hidden variable", "assumption")


@attrs.frozen(kw_only=True)
class ValueOption:
    """A value that something can have, by name: "true" and "false" for what is so or not."""

    id: str
    name: str


@attrs.frozen(kw_only=True)
class SettableValue:
    """Something that can be set: a number from `low` to `high`, or one of the `options`.

    `kind` is "int", "bool" or "choice"; `now` is its value in words, `value` as data. `can_be` says what it can be,
    `example` is a value of that kind as it is typed, and `known_to` says who knows it.
    """

    id: str
    name: str
    kind: str
    value: int | bool | str
    now: str
    low: int
    high: int
    options: tuple[ValueOption, ...]
    can_be: str
    example: str
    known_to: str


def settable_values(perspective: Perspective, words: Words) -> tuple[SettableValue, ...]:
    """All that can be set, in the scenario's order, from the view of a facilitator."""
    symbols = perspective.program.scope.symbols
    return tuple(_value(perspective, words, one) for one in symbols.values() if one.noun in _NOUNS)


def _value(perspective: Perspective, words: Words, symbol: Symbol) -> SettableValue:
    view, id = perspective.view, symbol.id
    known = (view.meters, view.tracks, view.resources, view.facts, view.assumptions)
    value = next(found[id] for found in known if id in found)
    options: tuple[ValueOption, ...] = ()
    if symbol.kind == "bool":
        options = (
            ValueOption(id="true", name=words.yes_or_no(True).capitalize()),
            ValueOption(id="false", name=words.yes_or_no(False).capitalize()),
        )
    elif symbol.members:
        options = tuple(ValueOption(id=one, name=_capital(perspective.names.value(id, one))) for one in symbol.members)
    return SettableValue(
        id=id,
        name=perspective.names.full(id),
        kind=symbol.kind,
        value=value,
        now=perspective.names.in_words(words, id, value),
        low=symbol.low,
        high=symbol.high,
        options=options,
        can_be=_can_be(words, symbol),
        example=_example(symbol),
        known_to=known_to_words(perspective, words, symbol.known_to),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def known_to_words(perspective: Perspective, words: Words, known: Iterable[str] | None) -> str:
    """Who knows something: everybody (None), nobody, or some seats."""
    if known is None:
        return words("facilitate.known_to_all")
    seats = [seat.name for seat in perspective.scenario.seats if seat.id in set(known)]
    return words("facilitate.known_to", seats=", ".join(seats)) if seats else words("facilitate.known_to_none")


def _can_be(words: Words, symbol: Symbol) -> str:
    if symbol.kind == "bool":
        return words("facilitate.yes_or_no")
    if symbol.members:
        return ", ".join(symbol.members)
    return words("facilitate.from_to", low=symbol.low, high=symbol.high)


def _example(symbol: Symbol) -> str:
    if symbol.kind == "bool":
        return "yes"
    return symbol.members[-1] if symbol.members else str((symbol.low + symbol.high) // 2)
