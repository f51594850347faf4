"""Forecasts what an action would change, from what its seat knows."""

from __future__ import annotations

import functools
from typing import Literal, TypeAlias

import attrs

from tabletop.engine import layout
from tabletop.engine.program import Action, Program, targets_of
from tabletop.engine.state import State
from tabletop.scenario.effects import Effect

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
    """What each effect of an action would do now. Depends only on what the seat may know.

    The action may be one of the game's own or equal to one, such as one read from JSON. For an action that the game
    does not have, only constant amounts are known.
    """
    place, found = _first_effect(state.program, action), []
    for effect in action.effects:
        found.append(_expectation(state, seat, effect, place))
        place = None if place is None else place + len(targets_of(effect))
    return found


def _expectation(state: State, seat: str, effect: Effect, place: int | None) -> Forecast:
    kind, program = effect.kind, state.program
    target = "" if kind.noun == "seat" else kind.named_by(effect)[0]
    low, high, amount = 0, 0, None
    if effect.amount is not None:
        meaning = program.scope.integer(effect.amount.source)
        low, high = meaning.low, meaning.high
        if low == high:
            amount = low
        elif meaning.known_by(seat) and place is not None:
            amount = int(program.formulas[program.amounts[place]](list(state.core)))
    likely = _likely(state, seat, effect, place)
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


def _likely(state: State, seat: str, effect: Effect, place: int | None) -> Likelihood:
    if effect.when is None:
        return "will"
    program = state.program
    if place is None or not program.scope.condition(effect.when.source).known_by(seat):
        return "may"
    return "will" if program.formulas[program.conditions[place]](list(state.core)) else "not now"
