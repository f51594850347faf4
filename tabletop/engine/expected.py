"""Expected: what an action would change, as far as the seat that asks can know it beforehand."""

from __future__ import annotations

import functools
from typing import Literal, TypeAlias

import attrs

from tabletop.engine.program import Action, Program
from tabletop.engine.state import State
from tabletop.scenario.effects import Effect

Likelihood: TypeAlias = Literal["will", "may", "not now"]


@attrs.frozen(kw_only=True)
class Expectation:
    """One effect of an action. `amount` is known or None; then `low` to `high` bound it, as far as they say anything.

    `likely` says whether its condition holds by what the seat knows.
    """

    effect: Effect
    verb: str
    target: str
    likely: Likelihood = "will"
    amount: int | None = None
    low: int = 0
    high: int = 0

    @property
    def way(self) -> int:
        """Up (1), down (-1), or not to be known (0)."""
        if self.amount is not None:
            return (self.amount > 0) - (self.amount < 0)
        return 1 if self.low >= 0 and self.high > 0 else -1 if self.high <= 0 and self.low < 0 else 0


def expected(state: State, seat: str, action: Action) -> list[Expectation]:
    """What each effect of an action would do if it were taken now. Nothing that the seat may not know decides it."""
    return [_expectation(state, seat, effect) for effect in action.effects]


def _expectation(state: State, seat: str, effect: Effect) -> Expectation:
    verb = effect.verbs[0]
    program = state.program
    place = _place(program, effect)
    target = getattr(effect, verb)
    base = Expectation(effect=effect, verb=verb, target=target if isinstance(target, str) else "")
    base = attrs.evolve(base, likely=_likely(state, seat, effect, place))
    if effect.by is None:
        return base
    meaning = program.scope.integer(effect.by.source)
    base = attrs.evolve(base, low=meaning.low, high=meaning.high)
    if meaning.low == meaning.high:
        return attrs.evolve(base, amount=meaning.low)
    if meaning.known_by(seat) and place is not None:
        return attrs.evolve(base, amount=int(program.formulas[program.amounts[place]](list(state.core))))
    return base


def _place(program: Program, effect: Effect) -> int | None:
    return _places(program).get(id(effect))


@functools.lru_cache(maxsize=4)
def _places(program: Program) -> dict[int, int]:
    return {id(origin.effect): place for place, origin in enumerate(program.origins)}


def _likely(state: State, seat: str, effect: Effect, place: int | None) -> Likelihood:
    if effect.when is None:
        return "will"
    program = state.program
    if place is None or not program.scope.condition(effect.when.source).known_by(seat):
        return "may"
    return "will" if program.formulas[program.conditions[place]](list(state.core)) else "not now"
