"""Warns of conditions that never hold, variables that nothing sets, and endings that earlier ones shadow."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import attrs

from tabletop.scenario.cards import Card
from tabletop.scenario.expression_language import Node, Scope, conjuncts
from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path
from tabletop.scenario.reachability import PlacedEffect, Reachability
from tabletop.scenario.satisfiability import ConditionSolver, negated
from tabletop.scenario.scope import scope_of_the_end, track_ids
from tabletop.scenario.turns import Phase

#: How many earlier endings are checked for shadowing a later one.
_MOST_COMPARED = 60


@attrs.define
class ReachabilityChecks:
    """Warns of things in a valid pack that can never happen. `moved` are the names that some effect changes."""

    scenario: Scenario
    findings: Findings
    reach: Reachability
    moved: Collection[str]
    _still: set[str] = attrs.field(factory=set)
    _places: dict[str, tuple[int, Phase]] = attrs.field(init=False)
    _changed: dict[str, set[str]] = attrs.field(factory=dict)

    def __attrs_post_init__(self) -> None:
        stages = enumerate(self.scenario.stages)
        self._places = {phase.id: (at, phase) for at, stage in stages for phase in stage.phases}

    def all(self) -> None:
        """Runs every check, starting with those that explain problems which others would report again."""
        self._facts()
        self._phases()
        self._actions()
        self._cards()
        self._rules()
        self._effects()
        self._tables()
        self._endings()
        self._experiments()

    # Variables that nothing sets

    def _facts(self) -> None:
        given = {
            name
            for experiment in self.scenario.experiments
            for arm in (experiment.higher, experiment.lower)
            for name in arm.given
        }
        moved = {*self.moved, *self.reach.by_hand, *given}
        for index, variable in enumerate(self.scenario.variables):
            symbol = self.findings.scope.symbols[variable.id]
            if variable.id not in moved and symbol.low < symbol.high:
                self._still.add(variable.id)
                stays = f": it stays {variable.start}" if variable.start is not None else ""
                self._warn(
                    ("variables", index),
                    f"nothing sets the variable '{variable.id}'{stays}; let an effect or an inject do so",
                )
        for index, track in enumerate(self.scenario.tracks):
            if moved.isdisjoint(track_ids(track)):
                self._warn(
                    ("tracks", index), f"nothing moves the track '{track.id}': let an effect do so, or take it out"
                )

    def _warn(self, path: Path, message: str) -> None:
        self.findings.warn(path, message)

    # Conditions that never hold

    def _never(
        self, path: Path, what: str, expression: Expression | None, where: ConditionSolver, beside: Sequence[Node] = ()
    ) -> None:
        """Warns of a condition that never holds at some place, alone or together with others that must hold too."""
        if expression is None:
            return
        node = self.reach.condition(expression)
        if where.satisfiable(node, *beside):
            return
        if not where.satisfiable(*beside) and beside:
            return  # they never hold themselves, which is reported elsewhere
        if self._still & self.reach.read_by(node, *beside):
            widened = {name: range(self._high(name) + 1) for name in self._still}
            if where.with_domains(widened).satisfiable(node, *beside):
                return  # reported by `_facts`
        if not self.findings.has_told(path):
            self._warn(path, f"{what}: {self._cause(expression, where, self.findings.scope, bool(beside))}")

    def _high(self, name: str) -> int:
        return self.findings.scope.symbols[name].high

    def _cause(self, expression: Expression, where: ConditionSolver, scope: Scope, beside: bool = False) -> str:
        """Why a condition never holds, with advice: contradictory in itself, in two of its parts, or never made
        true."""
        parts = conjuncts(expression.source)
        nodes = [scope.condition(part).node for part in parts]
        anywhere = ConditionSolver(scope.symbols)
        for part, node in zip(parts, nodes, strict=True):
            if not anywhere.satisfiable(node):
                return f"'{part}' never holds{self._ranges(node, anywhere)}"
        for at, one in enumerate(nodes):
            for other in range(at):
                if not anywhere.satisfiable(nodes[other], one):
                    return f"'{parts[other]}' and '{parts[at]}' exclude one another: leave one out, or write 'or'"
        for part, node in zip(parts, nodes, strict=True):
            if not where.satisfiable(node):
                return self._unmade(part, node, where, anywhere)
        if beside and where.satisfiable(*nodes):
            return f"'{expression.source}' does not go with what must hold before it: leave one of them out"
        return f"the parts of '{expression.source}' exclude one another"

    def _ranges(self, node: Node, where: ConditionSolver) -> str:
        """The range of the only name that a condition reads, if there is only one."""
        names = sorted(self.reach.read_by(node))
        if len(names) != 1 or where.symbols[names[0]].members or where.symbols[names[0]].kind == "bool":
            return ""
        domain = where.domain(names[0])
        return f": '{names[0]}' goes from {domain[0]} to {domain[-1]}"

    def _unmade(self, part: str, node: Node, where: ConditionSolver, anywhere: ConditionSolver) -> str:
        clock = ("stage", "stage_turn", "turn")
        if self.reach.read_by(node) & {*clock}:
            then = anywhere.with_domains({name: where.domain(name) for name in clock})
            if not then.satisfiable(node):
                return f"'{part}' never holds when it is asked{self._ranges(node, where)}"
        return f"no effect ever makes '{part}' true: let one set it, or take the condition out"

    # Conditions by section

    def _in_phase(self, name: str) -> set[str]:
        if name not in self._changed:
            phase = self._places[name][1]
            resources = {resource.id for seat in self.scenario.seats for resource in seat.resources}
            self._changed[name] = resources | self.reach.changed_by(self.reach.of_phase(name, phase.deal))
        return self._changed[name]

    def _stable(self, condition: Expression | None, changed: Collection[str]) -> list[Node]:
        """A condition that was true before, if nothing since can have changed what it reads."""
        node = self.reach.condition(condition)
        return [] if condition is None or self.reach.read_by(node) & {*changed} else [node]

    def _phases(self) -> None:
        for at, stage in enumerate(self.scenario.stages):
            here = self.reach.at([at])
            self._never(("stages", at, "until"), f"the stage '{stage.id}' never ends early", stage.until, here)
            for place, phase in enumerate(stage.phases):
                path: Path = ("stages", at, "phases", place, "when")
                self._never(path, f"the phase '{phase.id}' is never played", phase.when, here)

    def _actions(self) -> None:
        for index, action in enumerate(self.scenario.actions):
            for name, amount in action.cost.items():
                most = self.reach.possible.domain(name)[-1]
                if amount > most:
                    fault = f"it costs {amount}, and nothing brings '{name}' above {most}"
                    self._warn(("actions", index, "cost", name), f"'{action.id}' can never be done: {fault}")
            bound = [variant.action.requires for variant in action.variants({})]
            ways = [(name, requires) for requires in bound for name in action.phases]
            if action.requires is not None and not any(self._can_be_done(*way) for way in ways):
                for name, requires in ways[:1]:
                    at, phase = self._places[name]
                    beside = self._stable(phase.when, self._in_phase(name))
                    what = f"'{action.id}' can never be done"
                    self._never(("actions", index, "requires"), what, requires, self.reach.at([at]), beside)

    def _can_be_done(self, name: str, requires: Expression | None) -> bool:
        at, phase = self._places[name]
        beside = self._stable(phase.when, self._in_phase(name))
        return self.reach.at([at]).satisfiable(self.reach.condition(requires), *beside)

    def _cards(self) -> None:
        dealt = {name for one in self.reach.held for name in one.effect.dealt}
        for index, card in enumerate(self.scenario.cards):
            path: Path = ("cards", index)
            here = self._where(card, card.id in dealt)
            if card.deck is not None and card.id not in dealt:
                self._never((*path, "eligible"), f"the card '{card.id}' can never come up", card.eligible, here)
            for at, choice in enumerate(card.choices):
                place = (*path, "choices", at)
                self._never((*place, "when"), f"{choice.seat} is never asked", choice.when, here)
                for number, option in enumerate(choice.options):
                    what = f"the option '{option.id}' can never be chosen"
                    self._never((*place, "options", number, "requires"), what, option.requires, here)

    def _where(self, card: Card, dealt: bool) -> ConditionSolver:
        stages = self.reach.stages["cards", card.id] or range(len(self.scenario.stages))
        return self.reach.at(stages, card.turns if card.deck is not None and not dealt else None)

    def _rules(self) -> None:
        for index, rule in enumerate(self.scenario.rules):
            at, phase = self._places[rule.at]
            beside = self._stable(phase.when, self._in_phase(rule.at))
            what = f"the rule '{rule.id}' never applies"
            self._never(("rules", index, "when"), what, rule.when, self.reach.at([at]), beside)

    def _effects(self) -> None:
        conditions = self._holding()
        for one in self.reach.held:
            stages = self.reach.stages[one.holder]
            if one.effect.when is None or not stages:
                continue
            beside = self._beside(one, conditions)
            what = "this effect never happens"
            self._never((*one.path, "when"), what, one.effect.when, self.reach.at(stages), beside)

    def _holding(self) -> Mapping[Path, Expression | None]:
        """The conditions known to hold when the effects of a block start."""
        found: dict[Path, Expression | None] = {}
        for index, rule in enumerate(self.scenario.rules):
            found["rules", index, "effects"] = rule.when
        for index, card in enumerate(self.scenario.cards):
            for at, choice in enumerate(card.choices):
                for place, option in enumerate(choice.options):
                    found["cards", index, "choices", at, "options", place, "effects"] = option.requires
        return found

    def _beside(self, one: PlacedEffect, conditions: Mapping[Path, Expression | None]) -> list[Node]:
        condition = conditions.get(one.block)
        return [] if condition is None else self._stable(condition, self.reach.changed_by([one.holder]))

    def _tables(self) -> None:
        for index, table in enumerate(self.scenario.tables):
            stages = self.reach.stages["tables", table.id]
            if not stages:
                continue
            for at, outcome in enumerate(table.outcomes):
                for place, modifier in enumerate(outcome.modifiers):
                    path: Path = ("tables", index, "outcomes", at, "modifiers", place, "when")
                    self._never(path, "this modifier never applies", modifier.when, self.reach.at(stages))

    def _endings(self) -> None:
        possible = self.reach.possible
        ended = {name for one in self.reach.held for name in one.effect.ended}
        before: list[tuple[str, Node]] = []
        for index, ending in enumerate(self.scenario.endings):
            node = self.reach.condition(ending.when)
            if ending.id not in ended:
                path: Path = ("endings", index, "when")
                self._never(path, f"the ending '{ending.id}' can never come", ending.when, possible)
                if possible.satisfiable(node):
                    self._hidden_behind(path, ending.id, node, before[-_MOST_COMPARED:])
            before.append((ending.id, node))

    def _hidden_behind(self, path: Path, name: str, node: Node, before: Sequence[tuple[str, Node]]) -> None:
        possible = self.reach.possible
        what = f"the ending '{name}' can never come: whenever it would"
        for other, condition in before:
            if not possible.satisfiable(node, negated(condition)):
                self._warn(
                    path,
                    f"{what}, '{other}' comes before it; move it up, or take it out",
                )
                return
        if before and not possible.satisfiable(node, *(negated(condition) for _, condition in before)):
            names = ", ".join(f"'{other}'" for other, _ in before)
            self._warn(
                path,
                f"{what}, one of {names} comes before it; move it up",
            )

    def _experiments(self) -> None:
        end = scope_of_the_end(self.scenario, self.findings.scope)
        for index, experiment in enumerate(self.scenario.experiments):
            path: Path = ("experiments", index)
            scope = end if experiment.when is None else self.findings.scope
            found: list[tuple[Path, Expression | None]] = [((*path, "among"), experiment.among)]
            found += [((*path, arm, "among"), getattr(experiment, arm).among) for arm in ("higher", "lower")]
            for place, expression in found:
                self._among(place, expression, scope)
            what = "nothing is ever measured"
            self._never((*path, "when"), what, experiment.when, self.reach.possible)
            self._measures(path, experiment.measure, scope)

    def _among(self, path: Path, expression: Expression | None, scope: Scope) -> None:
        if expression is None:
            return
        where = ConditionSolver(scope.symbols, self.reach.possible.domains)
        if not where.satisfiable(scope.condition(expression.source).node):
            self._warn(path, f"no game is left to be measured: {self._cause(expression, where, scope)}")

    def _measures(self, path: Path, measure: Expression | None, scope: Scope) -> None:
        meaning = None if measure is None else scope.read(measure.source)
        if meaning is not None and meaning.low == meaning.high:
            self._warn((*path, "measure"), "this comes out the same in every game: measure what can differ")
