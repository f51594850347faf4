"""Wording: numbers, changes and expectations in a few words, and whether they are good for the seat that looks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from tabletop.engine.forecasts import Forecast
from tabletop.engine.log import Entry
from tabletop.engine.program import Action
from tabletop.presentation.names import units, worded
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.words import Words
from tabletop.window.text import Run

#: The role of a colour, and the mark beside it, of what is good, bad or neither for the seat that looks.
ROLES = {1: "good", -1: "bad", 0: "ink"}
MARKS = {1: " ✓", -1: " ✗", 0: ""}


def signed(amount: int) -> str:
    """A change with its sign.

    >>> signed(3), signed(-2)
    ('+3', '−2')
    """
    return f"+{amount}" if amount > 0 else f"−{-amount}" if amount < 0 else "±0"


def arrow(way: int) -> str:
    """Up, down, or not to be known."""
    return "▲" if way > 0 else "▼" if way < 0 else "◆"


@attrs.frozen(kw_only=True)
class Hint:
    """What one effect of a move is expected to do, in a few words."""

    way: int
    amount: str
    name: str
    sign: int = 0
    tail: str = ""

    def runs(self) -> list[Run]:
        """As text: the arrow and amount in colour, then what they are about."""
        role = ROLES[self.sign]
        tail = [Run(f" {self.tail}", "text", "soft")] if self.tail else []
        amount = f"{arrow(self.way)} {self.amount}".strip()
        return [Run(f"{amount}{MARKS[self.sign]} ", "bold", role), Run(self.name, "text"), *tail]

    @property
    def words(self) -> str:
        """The same without colours."""
        return "".join(run.text for run in self.runs())


def hints(perspective: Perspective, words: Words, action: Action) -> list[Hint]:
    """What is to be expected of a move, the surest first, each said once."""
    found = [one for one in perspective.forecasts(action) if one.likely != "not now"]
    each = [hint for hint in (hint_of(perspective, words, one) for one in found) if hint is not None]
    return list(dict.fromkeys(each))


def hint_of(perspective: Perspective, words: Words, one: Forecast) -> Hint | None:
    """What one effect is expected to do; None for what is only told, or says nothing."""
    names = perspective.names
    tail = _tail(words, one)
    if one.verb == "roll":
        return Hint(way=0, amount="", name=words("table.chance", what=names.full(one.target)), tail=tail)
    if one.verb == "enter":
        return Hint(way=0, amount="", name=words("table.leads_to", what=names.stages[one.target].title), tail=tail)
    if one.verb == "end":
        return Hint(way=0, amount="", name=words("table.ends"), tail=tail)
    if one.verb == "deal":
        return Hint(way=0, amount="", name=words("table.deals", what=names.cards[one.target].title), tail=tail)
    if one.verb == "set":
        value = set_value(perspective, words, one)
        named = names.is_named(one.target) and (
            one.target not in names.variables or one.target in perspective.view.facts
        )
        return Hint(way=0, amount="", name=f"{names.full(one.target)}: {value}", tail=tail) if value and named else None
    if one.verb != "change" or one.amount == 0 or _is_count(perspective, one.target):
        return None
    sign = names.good(one.target, one.direction, perspective.seat)
    return Hint(way=one.direction, amount=amount(words, one), name=names.short(one.target), sign=sign, tail=tail)


def _is_count(perspective: Perspective, target: str) -> bool:
    """Whether it is a number behind the scenes: one without a name of its own, or that the seat cannot see."""
    noun = perspective.names.variables.get(target)
    return noun is not None and (not noun.name or target not in perspective.view.facts)


def set_value(perspective: Perspective, words: Words, one: Forecast) -> str:
    """To what a thing is set, where that is written out; else ""."""
    source = one.effect.to.source if one.effect.to is not None else ""
    if source in ("true", "false"):
        return words("table.set_yes" if source == "true" else "table.set_no")
    return worded(source) if source.replace("_", "a").isalpha() else ""


def amount(words: Words, one: Forecast) -> str:
    """By how much, as far as that can be known: "+3", "up to 4", or "" for what only has a direction."""
    if one.amount is not None:
        return signed(one.amount)
    far = max(abs(one.low), abs(one.high))
    if one.direction:
        return words("table.up_to", count=far) if far < 200 else ""
    return f"{signed(one.low)}…{signed(one.high)}" if far < 200 else ""


def _tail(words: Words, one: Forecast) -> str:
    parts = []
    if one.effect.after:
        parts.append(words("table.later", count=one.effect.after))
    if one.effect.lasts:
        parts.append(words("table.lasting", count=one.effect.lasts))
    if one.likely == "may":
        parts.append(words("table.perhaps"))
    return ", ".join(parts)


def price(perspective: Perspective, action: Action) -> str:
    """What a move costs, in words; "" if nothing."""
    return ", ".join(units(amount, perspective.names.full(name)) for name, amount in action.cost.items() if amount)


def reasons(perspective: Perspective, words: Words, action: Action) -> Iterator[str]:
    """For each thing that a move is expected to do: what, and the scenario's reason for it."""
    for one in perspective.forecasts(action):
        hint = hint_of(perspective, words, one)
        if hint is not None and one.likely != "not now" and one.effect.why:
            yield f"{hint.words}: {one.effect.why}"


def told_reasons(perspective: Perspective, words: Words, action: Action) -> list[str]:
    """The scenario's reason for each of the `hints` of a move."""
    found: dict[Hint, str] = {}
    for one in perspective.forecasts(action):
        hint = hint_of(perspective, words, one) if one.likely != "not now" else None
        if hint is not None:
            found.setdefault(hint, one.effect.why)
    return list(found.values())


def change_words(perspective: Perspective, entry: Entry) -> list[Run]:
    """A change of the log, as text."""
    names = perspective.names
    name = names.short(entry.target)
    if names.is_named(entry.target):
        before, after = names.value(entry.target, entry.before), names.value(entry.target, entry.after)
        return [Run(f"{name}: ", "text"), Run(f"{before} → {after}", "bold")]
    sign = names.good(entry.target, entry.amount, perspective.seat)
    return [
        Run(f"{arrow(entry.amount)} {signed(entry.amount)}{MARKS[sign]} ", "bold", ROLES[sign]),
        Run(name, "text"),
    ]


def joined(parts: Sequence[str], between: str = " · ") -> str:
    """The parts that say something, in one line."""
    return between.join(part for part in parts if part)
