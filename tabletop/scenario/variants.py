"""A scenario changed by an experiment: values fixed at the start, actions and options removed from seats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from tabletop.scenario.actions import Action
from tabletop.scenario.board import Hidden, Track, Variable
from tabletop.scenario.cards import Card, Choice, Option
from tabletop.scenario.expressions import Expression
from tabletop.scenario.pack import Scenario

#: Sections whose values an experiment may fix.
GIVEN = ("meter", "track", "variable", "hidden variable")

_NEVER, _ALWAYS = Expression("0"), Expression("1")


def varied(scenario: Scenario, given: Mapping[str, int | bool | str], taken: Mapping[str, Sequence[str]]) -> Scenario:
    """The scenario with some initial values fixed (`given`), and without the moves `taken` from each seat.

    Both are validated by `experiment_checks`; anything that does not fit is ignored.

    >>> import tabletop
    >>> scenario = tabletop.load("first-summit")
    >>> varied(scenario, {}, {}) is scenario
    True
    """
    for seat, names in taken.items():
        scenario = without(scenario, seat, names)
    if not given:
        return scenario
    return attrs.evolve(
        scenario,
        meters=tuple(
            attrs.evolve(meter, start=int(given[meter.id])) if meter.id in given else meter for meter in scenario.meters
        ),
        tracks=tuple(line for track in scenario.tracks for line in _lines(track, given)),
        variables=tuple(_variable(variable, given) for variable in scenario.variables),
        hidden=tuple(_hidden(hidden, given) for hidden in scenario.hidden),
    )


def _lines(track: Track, given: Mapping[str, int | bool | str]) -> tuple[Track, ...]:
    lines = tuple(attrs.evolve(track, id=f"{track.id}_{item}", by=()) for item in track.by) if track.by else (track,)
    if not any(line.id in given for line in lines):
        return (track,)
    return tuple(attrs.evolve(line, start=int(given.get(line.id, line.start))) for line in lines)


def _variable(variable: Variable, given: Mapping[str, int | bool | str]) -> Variable:
    if variable.id not in given:
        return variable
    value = given[variable.id]
    return attrs.evolve(variable, start=Expression(str(value).lower() if isinstance(value, bool) else str(value)))


def _hidden(hidden: Hidden, given: Mapping[str, int | bool | str]) -> Hidden:
    """Still drawn from its (now certain) prior, so that later random numbers stay the same."""
    if hidden.id not in given:
        return hidden
    return attrs.evolve(
        hidden, prior=tuple(_ALWAYS if value == given[hidden.id] else _NEVER for value in hidden.values)
    )


# Without some moves


def moves_of(scenario: Scenario, seat: str) -> frozenset[str]:
    """The names of a seat's moves: the ids and tags of its actions and of its card options."""
    actions: list[Action | Option] = [action for action in scenario.actions if seat in action.seats]
    options = [o for card in scenario.cards for choice in card.choices if choice.seat == seat for o in choice.options]
    return frozenset(name for move in [*actions, *options] for name in (move.id, *move.tags))


def without(scenario: Scenario, seat: str, names: Sequence[str]) -> Scenario:
    """The scenario without a seat's actions and options with these ids or tags."""
    banned = frozenset(names)
    return attrs.evolve(
        scenario,
        actions=tuple(
            attrs.evolve(action, seats=tuple(one for one in action.seats if one != seat))
            if seat in action.seats and not banned.isdisjoint((action.id, *action.tags))
            else action
            for action in scenario.actions
        ),
        cards=tuple(_card(card, seat, banned) for card in scenario.cards),
    )


def _card(card: Card, seat: str, banned: frozenset[str]) -> Card:
    if not any(choice.seat == seat for choice in card.choices):
        return card
    return attrs.evolve(card, choices=tuple(_choice(choice, seat, banned) for choice in card.choices))


def _choice(choice: Choice, seat: str, banned: frozenset[str]) -> Choice:
    if choice.seat != seat:
        return choice
    open_options = tuple(option for option in choice.options if banned.isdisjoint((option.id, *option.tags)))
    return attrs.evolve(choice, options=open_options)
