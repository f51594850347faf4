"""Actions of seats, with costs, requirements, parameters and effects."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from functools import partial

import attrs

from tabletop.scenario.effects import Effect
from tabletop.scenario.expressions import Expression


@attrs.frozen(kw_only=True)
class Parameter:
    """A value to be chosen with an action. `{name}` stands for it in the action's expressions and targets, and for its
    label (or the seat's name) in prose."""

    name: str
    values: tuple[str, ...]
    labels: tuple[str, ...] = ()


@attrs.frozen(kw_only=True)
class Action:
    """Something `seats` may do in `phases`: its cost by resource, what it `requires`, and what follows.

    A move may be made once a turn by default; `once` may say `turn`, `game` or `never` (no limit).
    Of the actions with the same word as `one_of`, in all their variants, a seat makes at most one a turn.
    With `closes`, it ends the seat's moves in the phase. A `secret` action is known only to the seat that takes it.
    With `final`, nothing later can undo it. `reveals` names secrets that taking it is meant to reveal, such as those
    that it requires.
    """

    id: str
    label: str
    seats: tuple[str, ...]
    phases: tuple[str, ...]
    effects: tuple[Effect, ...]
    text: str = ""
    group: str = ""
    parameters: tuple[Parameter, ...] = ()
    cost: dict[str, int] = attrs.field(factory=dict)
    requires: Expression | None = None
    refused: str = ""
    once: str = "turn"
    one_of: str = ""
    closes: bool = False
    secret: bool = False
    final: bool = False
    tags: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    reveals: tuple[str, ...] = ()

    def variants(self, names: Mapping[str, str]) -> Iterator[Variant]:
        """The action once for each combination of parameter values, with `names` (ids to display names) for prose."""
        parameters = self.parameters
        for chosen in itertools.product(*(range(len(parameter.values)) for parameter in parameters)):
            ids = {p.name: p.values[at] for p, at in zip(parameters, chosen, strict=True)}
            words = {
                p.name: p.labels[at] if at < len(p.labels) else names.get(p.values[at], p.values[at].replace("_", " "))
                for p, at in zip(parameters, chosen, strict=True)
            }
            yield Variant(values=ids, words=words, action=self._bound(ids, words))

    def _bound(self, ids: Mapping[str, str], words: Mapping[str, str]) -> Action:
        if not ids:
            return self
        return attrs.evolve(
            self,
            label=_filled(self.label, words),
            text=_filled(self.text, words),
            refused=_filled(self.refused, words),
            requires=_filled_expression(self.requires, ids),
            effects=tuple(
                effect.bound(partial(_filled, values=ids), partial(_filled, values=words)) for effect in self.effects
            ),
        )


@attrs.frozen(kw_only=True)
class Variant:
    """An action with its parameters chosen: their `values` as ids, and in `words`."""

    values: dict[str, str]
    words: dict[str, str]
    action: Action


def _filled(text: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        text = text.replace("{" + name + "}", value)
    return text


def _filled_expression(expression: Expression | None, values: Mapping[str, str]) -> Expression | None:
    return None if expression is None else Expression(_filled(expression.source, values))
