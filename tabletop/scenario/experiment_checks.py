"""Checks experiments: playable arms, readable measures, and a claim for each."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from tabletop.scenario.claims_and_assumptions import Assumption
from tabletop.scenario.experiments import Arm, Experiment
from tabletop.scenario.expression_language import Meaning, Scope
from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path, a, quoted
from tabletop.scenario.scope import scope_of_the_end
from tabletop.scenario.variants import GIVEN, moves_of

Assumed = Callable[[Path, Assumption, int | bool], None]


@attrs.define
class ExperimentChecks:
    """Checks every experiment of a pack. `assumed` checks a value of an assumption."""

    scenario: Scenario
    findings: Findings
    assumed: Assumed
    _end: Scope = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        self._end = scope_of_the_end(self.scenario, self.findings.scope)

    def all(self) -> None:
        """Checks every experiment; in a pack that has some, warns of claims without any."""
        for index, experiment in enumerate(self.scenario.experiments):
            self._experiment(("experiments", index), experiment)
        tested = {claim for experiment in self.scenario.experiments for claim in experiment.claims}
        if self.scenario.experiments and self.findings.repairs.complete:
            for index, claim in enumerate(self.scenario.claims):
                if claim.id not in tested and not self.findings.misnamed(claim.id):
                    self.findings.warn(("claims", index), f"no experiment shows whether the claim {claim.id} holds")

    def _experiment(self, path: Path, experiment: Experiment) -> None:
        findings, scenario = self.findings, self.scenario
        claims = [claim.id for claim in scenario.claims]
        findings.names((*path, "claims"), experiment.claims, claims, "claim")
        worldviews = [worldview.id for worldview in scenario.worldviews]
        findings.names((*path, "under"), experiment.under, worldviews, "worldview")
        scope = self._end if experiment.when is None else findings.scope
        findings.condition((*path, "when"), experiment.when)
        if experiment.among is not None:
            findings.read((*path, "among"), experiment.among, scope, "condition")
        common = self._measure((*path, "measure"), experiment.measure, scope) if experiment.measure else None
        for index, told in enumerate(experiment.beside):
            self._measure((*path, "beside", index), told, scope)
        kinds: list[str] = []
        for field in ("higher", "lower"):
            arm: Arm = getattr(experiment, field)
            self._arm((*path, field), arm)
            if arm.among is not None:
                findings.read((*path, field, "among"), arm.among, scope, "condition")
            own = self._measure((*path, field, "measure"), arm.measure, scope) if arm.measure else common
            kinds += [] if own is None else [own.kind]
            if arm.measure is None and experiment.measure is None:
                fault = f"nothing is measured: '{experiment.id}' or both of its arms need a 'measure'"
                findings.lacks(path, fault, "measure")
        if len(set(kinds)) > 1:
            findings.report(path, "one arm measures a condition and the other an amount, which cannot be compared")
        if experiment.higher == experiment.lower and not findings.repairs.took(path, "higher", "lower"):
            findings.lacks(path, f"the two arms of '{experiment.id}' are the same", "higher", "lower")

    def _measure(self, path: Path, measure: Expression, scope: Scope) -> Meaning | None:
        meaning = self.findings.read(path, measure, scope, "read")
        if meaning is not None and meaning.kind == "choice":
            self.findings.report(
                path, f"a condition or an amount can be measured, and {quoted(measure.source)} is neither"
            )
            return None
        return meaning

    def _arm(self, path: Path, arm: Arm) -> None:
        seats = [seat.id for seat in self.scenario.seats]
        for seat, player in arm.players.items():
            if self.findings.name((*path, "players", seat), seat, seats, "seat"):
                known = ["random", *(doctrine.id for doctrine in self.scenario.doctrines if doctrine.seat == seat)]
                self.findings.name((*path, "players", seat), player, known, f"doctrine of {seat} called")
        assumptions = {assumption.id: assumption for assumption in self.scenario.assumptions}
        for name, value in arm.assume.items():
            if self.findings.name((*path, "assume", name), name, assumptions, "assumption"):
                self.assumed((*path, "assume", name), assumptions[name], value)
        for name, given in arm.given.items():
            self._given((*path, "given", name), name, given)
        for seat, names in arm.without.items():
            here = (*path, "without", seat)
            if self.findings.name(here, seat, seats, "seat"):
                moves = moves_of(self.scenario, seat)
                self.findings.names(here, names, moves, f"action, option or tag of {seat} called")
                if self.findings.repairs.complete:
                    self._leaves_something(here, seat, names)

    def _given(self, path: Path, name: str, value: int | bool | str) -> None:
        symbols = self.findings.scope.symbols
        known = [symbol.id for symbol in symbols.values() if symbol.noun in GIVEN]
        symbol = symbols.get(name)
        if symbol is not None and symbol.noun not in GIVEN:
            fault = f"'{name}' is {a(symbol.noun)}; given can be a {', '.join(GIVEN)}"
            self.findings.report(path, fault, self.findings.near(name, known))
        elif self.findings.name(path, name, known, "meter, track or variable") and symbol is not None:
            if symbol.kind == "choice":
                self.findings.name(path, str(value), symbol.members, f"value of {name} called")
            elif isinstance(value, str) or isinstance(value, bool) != (symbol.kind == "bool"):
                wanted = "true or false" if symbol.kind == "bool" else "a number"
                self.findings.report(path, f"'{name}' takes {wanted}")
            elif not symbol.low <= value <= symbol.high:
                fault = f"{value} is out of range: '{name}' goes from {symbol.low} to {symbol.high}"
                self.findings.report(path, fault)

    def _leaves_something(self, path: Path, seat: str, names: tuple[str, ...]) -> None:
        """Checks that a seat that must act keeps at least one move."""
        banned = frozenset(names)
        for card in self.scenario.cards:
            for choice in card.choices:
                left = [option for option in choice.options if banned.isdisjoint((option.id, *option.tags))]
                if choice.seat != seat or len(left) == len(choice.options):
                    continue
                if not any(option.requires is None for option in left):
                    fault = f"this leaves {seat} no option that is always open on the card '{card.id}'"
                    self.findings.report(path, fault)
        acts = {
            phase
            for action in self.scenario.actions
            if seat in action.seats and banned.isdisjoint((action.id, *action.tags))
            for phase in action.phases
        }
        for stage in self.scenario.stages:
            for phase in stage.phases:
                if seat in phase.seats and not phase.may_pass and phase.id not in acts:
                    self.findings.report(path, f"this leaves {seat} nothing to do in the phase '{phase.id}'")
