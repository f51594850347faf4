"""Static analysis of a pack: which effects can happen in which stages, and which values names can take."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import TypeAlias

import attrs

from tabletop.scenario.effects import Effect
from tabletop.scenario.expression_language import ExpressionError, Meaning, Node, Scope, Symbol
from tabletop.scenario.expressions import Expression
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path
from tabletop.scenario.satisfiability import ConditionSolver, Domain, names_read
from tabletop.scenario.turns import MOST_TURNS

#: Something with effects: its section ("actions", "cards", "tables" or "rules") and its id.
Holder: TypeAlias = tuple[str, str]


@attrs.frozen
class PlacedEffect:
    """An effect with its path, its holder, and the path of its list of effects (`block`). An action's effects are
    listed once for each choice of parameters."""

    effect: Effect
    path: Path
    holder: Holder
    block: Path


@attrs.define
class Reachability:
    """Reachable effects and values in a scenario without errors. `by_hand` are names that a facilitator sets."""

    scenario: Scenario
    scope: Scope
    by_hand: frozenset[str] = frozenset()
    held: tuple[PlacedEffect, ...] = attrs.field(init=False)
    stages: Mapping[Holder, frozenset[int]] = attrs.field(init=False)
    possible: ConditionSolver = attrs.field(init=False)
    _by_holder: dict[Holder, list[Effect]] = attrs.field(init=False, factory=dict)

    def __attrs_post_init__(self) -> None:
        self.held = tuple(_effects_of(self.scenario))
        for one in self.held:
            self._by_holder.setdefault(one.holder, []).append(one.effect)
        self.stages = self._stages()
        self.possible = ConditionSolver(self.scope.symbols, self._domains())

    # Meanings of expressions

    def condition(self, expression: Expression | None) -> Node:
        """The tree of a condition; one that always holds if there is no condition."""
        meaning = None if expression is None else self.meaning(expression)
        return ("num", 1) if meaning is None else meaning.node

    def meaning(self, expression: Expression) -> Meaning | None:
        """The meaning of an expression; None if it is invalid with the names of the board."""
        try:
            return self.scope.read(expression.source)
        except ExpressionError:
            return None

    def read_by(self, *nodes: Node) -> set[str]:
        """The names of the board that trees read, directly or through derived values."""
        found: set[str] = set()
        pending = [name for node in nodes for name in names_read(node)]
        while pending:
            name = pending.pop()
            formula = self.scope.symbols[name].formula if name in self.scope.symbols else None
            if formula is None:
                found.add(name)
            else:
                pending += names_read(formula.node)
        return found

    # Stages

    def at(self, stages: Iterable[int], turns: tuple[int, int] | None = None) -> ConditionSolver:
        """A condition solver for some stages, and for a range of their turns."""
        places = sorted(stages)
        last = max((self.scenario.stages[place].turns for place in places), default=MOST_TURNS)
        first, last = (max(1, turns[0]), min(last, turns[1])) if turns else (1, last)
        return self.possible.with_domains({"stage": places, "stage_turn": range(first, last + 1)})

    def changed_by(self, holders: Iterable[Holder]) -> set[str]:
        """The names that effects of these holders change immediately, also through tables and cards."""
        seen: set[Holder] = set()
        found: set[str] = set()
        pending = list(holders)
        while pending:
            holder = pending.pop()
            if holder in seen:
                continue
            seen.add(holder)
            for effect in self._by_holder.get(holder, ()):
                found.update(effect.changed)
                pending += [("tables", table) for table in effect.rolled]
                pending += [("cards", card) for card in effect.dealt]
        return found

    def of_phase(self, phase: str, deck: str | None) -> list[Holder]:
        """Everything with effects that may happen in a phase."""
        found: list[Holder] = [("actions", one.id) for one in self.scenario.actions if phase in one.phases]
        found += [("rules", one.id) for one in self.scenario.rules if one.at == phase]
        return found + [("cards", one.id) for one in self.scenario.cards if deck is not None and one.deck == deck]

    def _stages(self) -> Mapping[Holder, frozenset[int]]:
        """The stages in which each holder's effects can happen. Dealt cards and delayed effects may come in any
        stage."""
        scenario, everywhere = self.scenario, frozenset(range(len(self.scenario.stages)))
        of_phase = {phase.id: at for at, stage in enumerate(scenario.stages) for phase in stage.phases}
        of_deck: dict[str, set[int]] = {}
        for at, stage in enumerate(scenario.stages):
            for phase in stage.phases:
                of_deck.setdefault(phase.deal or "", set()).add(at)
        found: dict[Holder, frozenset[int]] = {}
        for action in scenario.actions:
            found["actions", action.id] = frozenset(of_phase[name] for name in action.phases)
        for rule in scenario.rules:
            found["rules", rule.id] = frozenset([of_phase[rule.at]])
        for card in scenario.cards:
            found["cards", card.id] = frozenset(of_deck.get(card.deck, ()) if card.deck else ())
        for one in self.held:
            for card_id in one.effect.dealt:
                found["cards", card_id] = everywhere
        for table in scenario.tables:
            found["tables", table.id] = frozenset()
        for _ in range(len(scenario.tables) + 1):
            before = dict(found)
            for one in self.held:
                here = everywhere if one.effect.after or one.effect.lasts else found[one.holder]
                for table_id in one.effect.rolled:
                    found["tables", table_id] |= here
            if found == before:
                break
        return found

    # Values of names

    def _domains(self) -> dict[str, Domain]:
        values: dict[str, set[int] | None] = {}  # None: anything in its range
        for name in self.by_hand:
            values[name] = None
        for one in self.held:
            self._take(one.effect, values)
        for experiment in self.scenario.experiments:
            for arm in (experiment.higher, experiment.lower):
                for name, given in arm.given.items():
                    self._give(name, given, values)
        domains: dict[str, Domain] = {"turn": range(self._longest() + 1)}
        for variable in self.scenario.variables:
            found = values.get(variable.id, set())
            symbol = self.scope.symbols[variable.id]
            if found is not None:
                start = self._value(symbol, variable.start)
                domains[variable.id] = sorted({*found, *(start if start is not None else _least(symbol))})
        for resource in (one for seat in self.scenario.seats for one in seat.resources):
            if resource.id not in values:  # it is spent, and refreshed at most to this
                domains[resource.id] = range(max(resource.start, resource.refresh or 0) + 1)
        for hidden in self.scenario.hidden:
            weights = [self.meaning(weight) for weight in hidden.prior]
            drawn = {at for at, weight in enumerate(weights) if weight is None or weight.high > 0}
            if all(weight is None or weight.low <= 0 for weight in weights):
                drawn.add(0)  # if all weights are 0 under some assumptions, the first value is taken
            found = values.get(hidden.id, set())
            if found is not None:
                domains[hidden.id] = sorted({*found, *drawn})
        return domains

    def _take(self, effect: Effect, values: dict[str, set[int] | None]) -> None:
        for name in effect.changed:
            given = self._value(self.scope.symbols[name], effect.value)
            known = values.setdefault(name, set())
            if given is None:
                values[name] = None
            elif known is not None:
                known.update(given)

    def _give(self, name: str, given: int | bool | str, values: dict[str, set[int] | None]) -> None:
        symbol = self.scope.symbols.get(name)
        known = values.setdefault(name, set())
        if symbol is not None and known is not None:
            known.add(symbol.members.index(given) if isinstance(given, str) else int(given))

    def _value(self, symbol: Symbol, to: Expression | None) -> Collection[int] | None:
        """The values that an expression may give to a name; None for any."""
        if to is None:
            return None
        try:
            meaning = self.scope.value_for(symbol, to.source)
        except ExpressionError:
            return None
        low, high = (min(max(end, symbol.low), symbol.high) for end in (meaning.low, meaning.high))
        return range(low, high + 1) if high - low < MOST_TURNS else None

    def _longest(self) -> int:
        """The maximum number of turns of a game."""
        entered = any(one.effect.entered for one in self.held)
        places = {stage.id: at for at, stage in enumerate(self.scenario.stages)}
        goes_back = any(places[stage.then] <= at for at, stage in enumerate(self.scenario.stages) if stage.then)
        if entered or goes_back:
            return MOST_TURNS
        return min(MOST_TURNS, sum(stage.turns for stage in self.scenario.stages))


def _least(symbol: Symbol) -> Sequence[int]:
    return [max(0, symbol.low), symbol.low]


def _effects_of(scenario: Scenario) -> Iterator[PlacedEffect]:
    for index, action in enumerate(scenario.actions):
        for variant in action.variants({}):
            yield from _in(("actions", index, "effects"), variant.action.effects, ("actions", action.id))
    for index, card in enumerate(scenario.cards):
        holder, path = ("cards", card.id), ("cards", index)
        yield from _in((*path, "effects"), card.effects, holder)
        for at, choice in enumerate(card.choices):
            for place, option in enumerate(choice.options):
                yield from _in((*path, "choices", at, "options", place, "effects"), option.effects, holder)
    for index, table in enumerate(scenario.tables):
        for at, outcome in enumerate(table.outcomes):
            yield from _in(("tables", index, "outcomes", at, "effects"), outcome.effects, ("tables", table.id))
    for index, rule in enumerate(scenario.rules):
        yield from _in(("rules", index, "effects"), rule.effects, ("rules", rule.id))


def _in(block: Path, effects: Sequence[Effect], holder: Holder) -> Iterator[PlacedEffect]:
    return (PlacedEffect(effect, (*block, at), holder, block) for at, effect in enumerate(effects))
