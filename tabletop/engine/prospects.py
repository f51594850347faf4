"""For each move of a seat at a decision: the forecast of its effects, or the reason why it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import attrs

from tabletop.engine.conditions import holds
from tabletop.engine.forecasts import Forecast, forecast
from tabletop.engine.game import Game
from tabletop.engine.program import Action, Key
from tabletop.engine.refusals import Refusal
from tabletop.engine.state import State
from tabletop.engine.views import View


@attrs.frozen(kw_only=True)
class Prospects:
    """The moves of a seat at a decision, by their keys; equal in states that the seat cannot tell apart.

    `forecasts` has what each effect of a move would do if it were made now, for the moves open now and for all other
    actions of the seat; `refusals` says why those of the phase that are not open are not. `counsel` has the places of
    what the seat's advisers say now, in the order of the pack.
    """

    forecasts: Mapping[Key, tuple[Forecast, ...]] = MappingProxyType({})
    refusals: Mapping[Key, Refusal] = MappingProxyType({})
    counsel: tuple[int, ...] = ()


def prospects(game: Game, state: State, view: View) -> Prospects:
    """What the seat of a view may expect of its moves in a state; nothing for a view that is nobody's."""
    if not view.seat or view.finished:
        return Prospects()
    open_now = {action.key: action for action in view.actions}
    here = {noun.id for noun in game.scenario.actions if view.phase in noun.phases}
    own = [one for one in game.program.actions if one.seat == view.seat and one.kind == "action"]
    shut: list[Action] = [one for one in own if one.id in here and one.key not in open_now]
    told = {one.key: tuple(forecast(state, view.seat, one)) for one in [*own, *open_now.values()]}
    refusals = {one.key: game.why_not(state, view.seat, str(one)) for one in shut}
    return Prospects(
        forecasts=MappingProxyType(told), refusals=MappingProxyType(refusals), counsel=_counsel(state, view.seat)
    )


def _counsel(state: State, seat: str) -> tuple[int, ...]:
    """The places of what a seat's advisers say in a state; their conditions read only what the seat knows."""
    advice = state.program.scenario.presentation.advice
    if advice is None:
        return ()
    own = {adviser.id for adviser in advice.advisers if adviser.seat == seat}
    return tuple(
        at
        for at, one in enumerate(advice.counsel)
        if one.adviser in own and (one.when is None or holds(state, one.when.source))
    )
