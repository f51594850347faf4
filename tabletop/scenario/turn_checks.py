"""Checks the order of play: labels of turns, stages that never lead to the end, phases in which nobody can act."""

from __future__ import annotations

import attrs

from tabletop.scenario.actions import Action
from tabletop.scenario.expression_language import Node
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path
from tabletop.scenario.reachability import Reachability
from tabletop.scenario.turns import MOST_TURNS, Phase, Stage

_END = -1


def check_dates(scenario: Scenario, findings: Findings) -> None:
    """Warns of stages with fewer or more turn labels than turns."""
    for index, stage in enumerate(scenario.stages):
        count, path = len(stage.dates), ("stages", index, "dates")
        if not count or count == stage.turns or findings.repairs.took(("stages", index), "dates", "turns"):
            continue
        if count < stage.turns:
            message = (
                f"'{stage.id}' has {stage.turns} turns, and {_nameless(stage)} no date: name all, or leave 'dates' out"
            )
        else:
            beyond = count - stage.turns
            dates = "date never comes" if beyond == 1 else f"{beyond} dates never come"
            message = f"'{stage.id}' has {stage.turns} turns, and the last {dates}: have more turns, or fewer dates"
        findings.warn(path, message)


def _nameless(stage: Stage) -> str:
    first = len(stage.dates) + 1
    return f"turn {first} has" if first == stage.turns else f"turns {first} to {stage.turns} have"


@attrs.define
class TurnChecks:
    """Warns of games that can't end by themselves and of decisions without moves, in a pack without errors."""

    scenario: Scenario
    findings: Findings
    reach: Reachability

    def all(self) -> None:
        self._loops()
        for at, stage in enumerate(self.scenario.stages):
            for place, phase in enumerate(stage.phases):
                if not phase.may_pass:
                    self._must_act(at, ("stages", at, "phases", place), phase)

    # Stages

    def _loops(self) -> None:
        """Warns of stages that never lead to the end of the game."""
        ways = [self._ways(at) for at in range(len(self.scenario.stages))]
        ending = {_END}
        for _ in ways:
            ending |= {at for at, leads in enumerate(ways) if leads & ending}
        begun = {0}
        for _ in ways:
            begun |= {to for at in begun if at != _END for to in ways[at]}
        lost = sorted(at for at in begun if at not in ending)
        if lost:
            names = ", ".join(f"'{self.scenario.stages[at].id}'" for at in lost)
            message = (
                f"no way leads out of {names}, until turn {MOST_TURNS} ends the game: enter another stage, or 'end' it"
            )
            first = lost[0]
            if not self.findings.has_told(("stages", first)):
                field = "then" if self.scenario.stages[first].then else "id"
                self.findings.warn(("stages", first, field), message)

    def _ways(self, at: int) -> set[int]:
        """The possible next stages. A stage that is always entered is the only one."""
        stage = self.scenario.stages[at]
        places = {one.id: place for place, one in enumerate(self.scenario.stages)}
        forced = self._always_entered(stage)
        if forced is not None:
            return {places[forced]}
        ways = {places[stage.then] if stage.then else _END}
        here = self.reach.at([at])
        for one in self.reach.held:
            effect = one.effect
            if not effect.leads_on:
                continue
            put_off = effect.after or effect.lasts
            is_here = put_off or at in self.reach.stages[one.holder]
            if is_here and (put_off or here.satisfiable(self.reach.condition(effect.when))):
                ways.update([_END] if effect.ended else (places[name] for name in effect.entered))
        return ways

    def _always_entered(self, stage: Stage) -> str | None:
        """The stage that an unconditional rule enters in the first turn; None if the game may end before."""
        phases = {phase.id for phase in stage.phases if phase.when is None}
        rules = [rule for rule in self.scenario.rules if rule.at in phases and rule.when is None]
        effects = [one for rule in rules for one in rule.effects if not (one.when or one.after or one.lasts)]
        entered = {name for effect in effects for name in effect.entered}
        may_end = any(one.effect.ended for one in self.reach.held)
        others = any(not entered.issuperset(one.effect.entered) for one in self.reach.held if one.holder[0] != "rules")
        return entered.pop() if len(entered) == 1 and not may_end and not others else None

    # Phases

    def _must_act(self, at: int, path: Path, phase: Phase) -> None:
        for seat in phase.seats:
            actions = [one for one in self.scenario.actions if seat in one.seats and phase.id in one.phases]
            if not actions:
                continue  # reported as a seat that has nothing to do
            moves = [move for action in actions for move in self._open(action)]
            here = self.reach.at([at])
            when = self.reach.condition(phase.when)
            if not any(here.satisfiable(when, move) for move in moves):
                self.findings.warn(
                    (*path, "may_pass"),
                    f"{seat} must act in the phase '{phase.id}' and never can: "
                    "open one of its actions there, or take out 'may_pass'",
                )

    def _open(self, action: Action) -> list[Node]:
        """The conditions under which each move of an action is legal."""
        costs: list[Node] = [(">=", ("name", name), ("num", amount)) for name, amount in action.cost.items() if amount]
        found: list[Node] = []
        for variant in action.variants({}):
            requires = self.reach.condition(variant.action.requires)
            found.append(("and", requires, *costs) if costs else requires)
        return found
