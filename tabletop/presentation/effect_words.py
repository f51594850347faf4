"""Effects in words: what each effect of a move is expected to do, with sign, amount, target and what hangs on it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import attrs

from tabletop.presentation.condition_words import condition_words
from tabletop.presentation.perspective import Perspective
from tabletop.presentation.spans import MARK_OF_SIGN, ROLE_OF_SIGN, Line, Span, plain_text, signed
from tabletop.presentation.words import Words

if TYPE_CHECKING:
    from tabletop.engine.forecasts import Forecast
    from tabletop.presentation.names import Names
    from tabletop.scenario.effects import Effect

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
    hint = _SUBJECTS[one.verb](perspective, words, one)
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


def _change(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    names, target = perspective.names, one.target
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


def _set(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    names, target = perspective.names, one.target
    source = one.effect.value.source if one.effect.value is not None else ""
    if source in ("true", "false"):
        value = words("moves.set_yes" if source == "true" else "moves.set_no")
    else:
        value = condition_words(names, words, source)
    return Hint(
        verb=one.verb,
        target=target,
        name=words("moves.sets", what=names.short(target), value=value),
        full_name=words("moves.sets", what=names.full(target), value=value),
        brief=f"{names.brief(target)}={value}",
        is_telling=not _is_behind_the_scenes(perspective, target),
    )


def _roll(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    table = next(table for table in perspective.scenario.tables if table.id == one.target)
    said = words("moves.chance", what=table.title)
    outcomes = tuple(outcome.text for outcome in table.outcomes if outcome.text)
    hint = _whole(one, said, "chance")
    return attrs.evolve(hint, about=table.text, outcomes=outcomes)


def _deal(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    return _whole(one, words("moves.deals", what=perspective.names.cards[one.target].title))


def _enter(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    return _whole(one, words("moves.leads_to", what=perspective.names.stages[one.target].title), "onward")


def _end(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    return _whole(one, words("moves.ends"), "onward")


def _tell(perspective: Perspective, words: Words, one: Forecast) -> Hint:
    seats = one.effect.kind.named_by(one.effect)
    if one.effect.heard_by is None:
        said = words("moves.tells_all")
    elif seats == (perspective.seat,):
        said = words("moves.tells_you")
    else:
        said = words("moves.tells", seats=words.listed([perspective.names.seat(seat) for seat in seats]))
    return _whole(one, said)


def _whole(one: Forecast, said: str, manner: Manner = "plain") -> Hint:
    """An effect that changes no number, in one phrase."""
    return Hint(verb=one.verb, target=one.target, name=said, full_name=said, manner=manner)


#: Each kind of effect in words, by its verb.
_SUBJECTS = {
    "change": _change,
    "set": _set,
    "roll": _roll,
    "deal": _deal,
    "enter": _enter,
    "end": _end,
    "tell": _tell,
}


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
    named = effect.kind.named_by(effect)
    if effect.amount is not None:
        by = effect.amount.source
        said = f"{names.short(named[0])} {f'+{by}' if by.isdecimal() else by.replace('-', '−', 1)}"
    elif effect.value is not None:
        said = f"{names.full(named[0])}: {effect.value.source.replace('_', ' ')}"
    elif effect.kind.noun == "seat":
        said = effect.text
    else:
        said = ", ".join(names.cards[id].title if id in names.cards else names.full(id) for id in named)
    return words("facilitate.after_turns", what=said, count=effect.after) if effect.after else said
