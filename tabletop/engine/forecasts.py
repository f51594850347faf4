"""Forecasts what an action would change, from what its seat knows."""

from __future__ import annotations

import functools
from typing import Literal, TypeAlias

import attrs

from tabletop.engine import layout
from tabletop.engine.program import Action, Program, targets_of
from tabletop.engine.state import State
from tabletop.scenario.effects import Effect
from tabletop.scenario.expression_language import Meaning

Likelihood: TypeAlias = Literal["will", "may", "not now"]


@attrs.frozen(kw_only=True)
class Forecast:
    """One effect of an action. `amount` is None if the seat cannot know it; then `low` and `high` bound it, if known.

    `likely` says whether its condition holds, from what the seat knows.
    """

    effect: Effect
    verb: str
    target: str
    likely: Likelihood = "will"
    amount: int | None = None
    low: int = 0
    high: int = 0

    @property
    def direction(self) -> int:
        """Up (1), down (-1), or unknown (0)."""
        if self.amount is not None:
            return (self.amount > 0) - (self.amount < 0)
        return 1 if self.low >= 0 and self.high > 0 else -1 if self.high <= 0 and self.low < 0 else 0


def forecast(state: State, seat: str, action: Action) -> list[Forecast]:
    """What each effect of an action would do now, one after the other. Depends only on what the seat may know.

    The action may be one of the game's own or equal to one, such as one read from JSON. For an action that the game
    does not have, only constant amounts are known.
    """
    program, core = state.program, list(state.core)
    place, found = _first_effect(program, action), []
    for effect in action.effects:
        found.append(_expectation(program, core, seat, effect, place))
        if place is not None:
            if found[-1].likely == "will" and not effect.is_put_off:
                _carry_out(program, core, seat, effect, place)
            place += len(targets_of(effect))
    return found


def _carry_out(program: Program, core: list[int], seat: str, effect: Effect, place: int) -> None:
    """Changes a core as an effect that is sure to happen would, where the seat knows to what. `place` is the number of
    its first row."""
    if effect.amount is None and effect.value is None:
        return
    for number, name in enumerate(effect.changed, place):
        row = program.code[layout.EFFECTS] + layout.EFFECT_ROW * number
        target, amount = program.code[row + layout.EFFECT_TARGET], program.code[row + layout.EFFECT_AMOUNT]
        if program.amounts[number] >= 0:
            if not _meaning(program, effect, name).known_by(seat):
                continue
            amount = int(program.formulas[program.amounts[number]](core))
        after = amount + core[target] if effect.amount is not None else amount
        low, high = program.code[row + layout.EFFECT_LOW], program.code[row + layout.EFFECT_HIGH]
        core[target] = max(low, min(high, after))


def _meaning(program: Program, effect: Effect, name: str) -> Meaning:
    """What the amount of an effect on a name, or the value that it gives it, reads."""
    if effect.amount is not None:
        return program.scope.integer(effect.amount.source)
    assert effect.value is not None
    return program.scope.value_for(program.scope.symbols[name], effect.value.source)


def _expectation(program: Program, core: list[int], seat: str, effect: Effect, place: int | None) -> Forecast:
    kind = effect.kind
    target = "" if kind.noun == "seat" else kind.named_by(effect)[0]
    low, high, amount = 0, 0, None
    if effect.amount is not None:
        meaning = program.scope.integer(effect.amount.source)
        low, high = meaning.low, meaning.high
        if low == high:
            amount = low
        elif meaning.known_by(seat) and place is not None:
            amount = int(program.formulas[program.amounts[place]](core))
    likely = _likely(program, core, seat, effect, place)
    return Forecast(effect=effect, verb=kind.verb, target=target, likely=likely, amount=amount, low=low, high=high)


def _first_effect(p: Program, action: Action) -> int | None:
    """The number in the program of the first effect of an action."""
    number = _numbers(p).get(action)
    if number is None:
        return None
    first = p.code[p.code[layout.MOVES] + layout.MOVE_ROW * number + layout.MOVE_FIRST]
    return (first - p.code[layout.EFFECTS]) // layout.EFFECT_ROW


@functools.lru_cache(maxsize=4)
def _numbers(p: Program) -> dict[Action, int]:
    return {action: number for number, action in enumerate(p.actions)}


def _likely(program: Program, core: list[int], seat: str, effect: Effect, place: int | None) -> Likelihood:
    if effect.when is None:
        return "will"
    if place is None or not program.scope.condition(effect.when.source).known_by(seat):
        return "may"
    return "will" if program.formulas[program.conditions[place]](core) else "not now"
