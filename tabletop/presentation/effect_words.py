"""Effects in words: what each effect of a move is expected to do, with sign, amount, target and what hangs on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from tabletop.presentation.condition_words import condition_words
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import MARK_OF_SIGN, ROLE_OF_SIGN, Line, Span, plain_text, signed
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.forecasts import Forecast
    from tabletop.presentation.names import Names
    from tabletop.scenario.cards import Card
    from tabletop.scenario.effects import Effect
    from tabletop.scenario.endings import Ending
    from tabletop.scenario.turns import Stage

#: How faces set an effect apart: a number that moves, a roll of chance, a way out of this part of the game, or none.
Manner: TypeAlias = Literal["number", "chance", "onward", "plain"]

#: From here on a bound says nothing: it is that of the arithmetic, not of the rules.
_NO_BOUND = 200


@attrs.frozen(kw_only=True)
class Hint:
    """What one effect of a move is expected to do.

    `verb` is that of the effect, `target` the id of what it is about, `manner` how faces set it apart. `direction` is
    up (1), down (-1) or not to be known (0), `sign` whether that is good (1), bad (-1) or neither (0) for the seat that
    looks. `amount` is as far as known: "+3", "up to 4", "−3…+4", or ""; `low` and `high` bound it. `name` is what
    changes, or the whole in words for effects that change no number; `brief` is the name, or the whole, in a few
    letters for narrow screens, "" where there is none.

    `tail` tells when, for how long and whether perhaps; `is_later` and `likely` say the same for faces with signs of
    their own. `condition` is on what it hangs, `reason` and `claims` are the pack's. `outcomes` are those of a table of
    chances, under its `about`. `is_telling` is False for counters behind the scenes, which only an explanation has.
    """

    verb: str
    target: str
    name: str
    full_name: str
    manner: Manner = "plain"
    brief: str = ""
    direction: int = 0
    sign: int = 0
    amount: str = ""
    low: int = 0
    high: int = 0
    tail: str = ""
    is_later: bool = False
    likely: str = "will"
    condition: str = ""
    reason: str = ""
    claims: tuple[str, ...] = ()
    about: str = ""
    outcomes: tuple[str, ...] = ()
    is_telling: bool = True

    @property
    def arrow(self) -> str:
        """Up, down, or not to be known; "" for what is no number."""
        return {1: "▲", -1: "▼", 0: "◆"}[self.direction] if self.manner == "number" else ""

    @property
    def line(self) -> Line:
        """All of it in a few words, such as "▲ +3 ✓ Trust next turn, perhaps"."""
        first = f"{self.arrow} {self.amount}".strip()
        mark = MARK_OF_SIGN[self.sign]
        lead = " ".join(part for part in (first, mark) if part)
        spans = [Span(f"{lead} ", ROLE_OF_SIGN[self.sign])] if lead else []
        tail = [Span(f" {self.tail}", "soft")] if self.tail else []
        return (*spans, Span(self.name), *tail)

    @property
    def text(self) -> str:
        """The line without its roles."""
        return plain_text(self.line)


def hint_of(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    """What one effect is expected to do."""
    names = perspective.names
    hint = _subject(perspective, words, one)
    conditions = []
    if one.effect.when is not None and one.likely != "will":
        said = condition_words(names, words, one.effect.when.source)
        conditions.append(words("moves.only_if" if one.likely == "not now" else "moves.if", condition=said))
    if one.effect.until is not None:
        conditions.append(words("moves.until", condition=condition_words(names, words, one.effect.until.source)))
    return attrs.evolve(
        hint,
        tail=_tail(perspective, words, one),
        is_later=bool(one.effect.after or one.effect.lasts),
        likely=one.likely,
        condition=", ".join(conditions),
        reason=one.effect.why,
        claims=one.effect.claims,
    )


def together(one: Hint, other: Hint) -> Hint:
    """Two sure changes of the same thing at the same time, in one."""
    amount = one.low + other.low
    way = (amount > 0) - (amount < 0)
    sign = next((hint.sign * hint.direction for hint in (one, other) if hint.direction), 0)
    return attrs.evolve(
        one,
        low=amount,
        high=amount,
        amount=signed(amount),
        direction=way,
        sign=sign * way,
        reason=" ".join(dict.fromkeys(part for part in (one.reason, other.reason) if part)),
        claims=tuple(dict.fromkeys((*one.claims, *other.claims))),
    )


def names_named(names: Names, effect: Effect, *, short: bool = False) -> list[str]:
    """What the things are called that the verb of an effect names."""
    kind = effect.kind
    called: Callable[[str], str]
    match kind.noun:
        case "value":
            called = names.short if short else names.full
        case "table":
            called = names.full
        case "card":
            called = _titles(names.cards)
        case "stage":
            called = _titles(names.stages)
        case "ending":
            called = _titles({ending.id: ending for ending in names.scenario.endings})
        case "seat":
            called = names.seat
    return [called(id) for id in kind.named_by(effect)]


def _titles(nouns: Mapping[str, Card | Stage | Ending]) -> Callable[[str], str]:
    return lambda id: nouns[id].title


def _subject(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    kind = one.effect.kind
    if one.effect.amount is not None:
        return _number(perspective, words, one)
    if one.effect.value is not None:
        return _value(perspective, words, one)
    if kind.noun == "seat":
        return _message(perspective, words, one)
    short, full = (words.listed(names_named(perspective.names, one.effect, short=short)) for short in (True, False))
    hint = Hint(
        verb=one.verb,
        target=one.target,
        name=words(f"effect.expect_{one.verb}", what=short),
        full_name=words(f"effect.expect_{one.verb}", what=full),
        manner="chance" if kind.role == "rolls" else "onward" if kind.leads_on else "plain",
        is_telling=not any(_is_behind_the_scenes(perspective, name) for name in one.effect.changed),
    )
    table = next((table for table in perspective.scenario.tables if table.id in one.effect.rolled), None)
    if table is None:
        return hint
    outcomes = tuple(outcome.text for outcome in table.outcomes if outcome.text)
    return attrs.evolve(hint, about=table.text, outcomes=outcomes)


def _number(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    names, target = perspective.names, one.target
    if names.is_named(target):
        return _step(perspective, words, one)
    return Hint(
        verb=one.verb,
        manner="number",
        target=target,
        name=names.short(target),
        full_name=names.full(target),
        brief=names.brief(target),
        direction=one.direction,
        sign=names.good(target, one.direction, perspective.seat),
        amount=_amount(words, one),
        low=one.low if one.amount is None else one.amount,
        high=one.high if one.amount is None else one.amount,
        is_telling=one.amount != 0 and not _is_behind_the_scenes(perspective, target),
    )


def _step(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    """A step among values that have names: the one that it comes to, or else that it goes up or down."""
    names, target = perspective.names, one.target
    members = perspective.program.scope.symbols[target].members
    now = perspective.view.facts.get(target)
    if one.amount is not None and isinstance(now, str) and now in members:
        there = max(0, min(len(members) - 1, members.index(now) + one.amount))
        value = names.value(target, there)
    else:
        value = words("effect.step_up" if one.direction > 0 else "effect.step_down" if one.direction else "effect.step")
    return Hint(
        verb=one.verb,
        target=target,
        name=words("effect.expect_set", what=names.short(target), value=value),
        full_name=words("effect.expect_set", what=names.full(target), value=value),
        brief=f"{names.brief(target)}={value}",
        is_telling=one.amount != 0 and not _is_behind_the_scenes(perspective, target),
    )


def _value(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    names, target = perspective.names, one.target
    source = one.effect.value.source if one.effect.value is not None else ""
    if source in ("true", "false"):
        value = words("moves.set_yes" if source == "true" else "moves.set_no")
    elif source in perspective.view.facts and names.is_named(target):
        value = names.value(target, str(perspective.view.facts[source]))
    else:
        value = condition_words(names, words, source)
    return Hint(
        verb=one.verb,
        target=target,
        name=words(f"effect.expect_{one.verb}", what=names.short(target), value=value),
        full_name=words(f"effect.expect_{one.verb}", what=names.full(target), value=value),
        brief=f"{names.brief(target)}={value}",
        is_telling=not _is_behind_the_scenes(perspective, target),
    )


def _message(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    if one.effect.heard_by is None:
        said = words(f"effect.expect_{one.verb}_all")
    elif one.effect.heard_by == {perspective.seat}:
        said = words(f"effect.expect_{one.verb}_you")
    else:
        said = words(f"effect.expect_{one.verb}", what=words.listed(names_named(perspective.names, one.effect)))
    return Hint(verb=one.verb, target="", name=said, full_name=said)


def _is_behind_the_scenes(perspective: Perspective, target: str) -> bool:
    """Whether it is a counter of the rules: a variable without a name, or one that the seat cannot see."""
    noun = perspective.names.variables.get(target)
    return noun is not None and (not noun.name or target not in perspective.view.facts)


def _amount(words: Words, one: Forecast) -> str:
    if one.amount is not None:
        return signed(one.amount)
    far = max(abs(one.low), abs(one.high))
    if far >= _NO_BOUND:
        return ""
    return words("moves.up_to", amount=far) if one.direction else f"{signed(one.low)}…{signed(one.high)}"


def _tail(perspective: Perspective, words: Words, one: Forecast) -> str:
    parts, turn = [], perspective.stage.turn
    if one.effect.after:
        parts.append(words("moves.later", count=one.effect.after, turn=turn))
    if one.effect.lasts:
        parts.append(words("moves.lasting", count=one.effect.lasts, turn=turn))
    if one.likely == "may":
        parts.append(words("moves.perhaps"))
    return ", ".join(parts)


def effect_in_short(names: Names, words: Words, effect: Effect) -> str:
    """An effect in a few words and signs, for those who may see all of it."""
    what = ", ".join(names_named(names, effect, short=effect.amount is not None))
    if effect.amount is not None:
        by = effect.amount.source
        said = f"{what} {f'+{by}' if by.isdecimal() else by.replace('-', '−', 1)}"
    elif effect.value is not None:
        said = f"{what}: {condition_words(names, words, effect.value.source)}"
    else:
        said = effect.text if effect.kind.noun == "seat" else words(f"effect.print_{effect.kind.verb}", what=what)
    return words("facilitate.after_turns", what=said, count=effect.after) if effect.after else said
