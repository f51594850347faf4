"""Checks of a pack's negotiation: that what it names is in the pack, and that its scale can be worked out."""

from __future__ import annotations

import attrs

from tabletop.scenario.expressions import Expression
from tabletop.scenario.findings import Findings
from tabletop.scenario.negotiation import Negotiation, Reading, Scale
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path
from tabletop.scenario.scope import LARGEST


@attrs.define
class NegotiationChecks:
    """Looks through `negotiation` in the section `presentation` of a pack."""

    scenario: Scenario
    findings: Findings

    def all(self, one: Negotiation) -> None:
        """Reports whatever names nothing, or cannot be shown."""
        path: Path = ("presentation", "negotiation")
        variables = {noun.id: noun for noun in self.scenario.variables}
        seats = [seat.id for seat in self.scenario.seats]
        actions = [action.id for action in self.scenario.actions]
        self.findings.name((*path, "stage"), one.stage, [stage.id for stage in self.scenario.stages], "stage")
        if len(one.sides) != 2:
            self.findings.lacks((*path, "sides"), f"a table has two sides, and this one has {len(one.sides)}", "sides")
        for at, side in enumerate(one.sides):
            self.findings.name((*path, "sides", at, "seat"), side.seat, seats, "seat")
            for place, offers in enumerate(side.offers):
                items: Path = (*path, "sides", at, "offers", place, "items")
                self.findings.names(items, offers.items, variables, "variable")
        self.findings.names((*path, "answers"), one.answers, variables, "variable")
        values = [value for name in one.answers if name in variables for value in variables[name].values]
        self.findings.names((*path, "agreed"), one.agreed, values, "answer")
        self.findings.names((*path, "way_out"), one.way_out, actions, "action")
        if one.signature:
            self.findings.name((*path, "signature"), one.signature, actions, "action")
        if one.speech:
            self.findings.name((*path, "speech"), one.speech, [table.id for table in self.scenario.tables], "table")
        self._paper(path, one, list(variables))
        self._says(path, one)
        if one.scale is not None:
            self._scale((*path, "scale"), one.scale, seats)

    def _paper(self, path: Path, one: Negotiation, variables: list[str]) -> None:
        at_table = [side.seat for side in one.sides]
        for at, clause in enumerate(one.paper):
            here: Path = (*path, "paper", at)
            self.findings.name((*here, "seat"), clause.seat, at_table, "side of the table")
            if clause.item:
                self.findings.name((*here, "item"), clause.item, variables, "variable")
            self._public((*here, "when"), clause.when, "a line of the paper")

    def _says(self, path: Path, one: Negotiation) -> None:
        at_table = [side.seat for side in one.sides]
        for at, saying in enumerate(one.says):
            here: Path = (*path, "says", at)
            self.findings.name((*here, "seat"), saying.seat, at_table, "side of the table")
            if saying.when is not None:
                self._public((*here, "when"), saying.when, "what is said at the table")

    def _public(self, path: Path, condition: Expression, what: str) -> None:
        """A condition that everybody at the table can see."""
        meaning = self.findings.condition(path, condition)
        if meaning is not None and meaning.known_to is not None:
            self.findings.report(path, f"{what} may hang only on what everybody knows: all hear it, and could infer it")

    def _scale(self, path: Path, one: Scale, seats: list[str]) -> None:
        self.findings.name((*path, "of"), one.of, seats, "seat")
        for field in ("wants", "given"):
            self.findings.amount((*path, field), getattr(one, field))
        if not 1 <= one.most <= LARGEST:
            self.findings.report((*path, "most"), f"the scale goes from 0 to 'most', which is {one.most}")
        if one.near < 0:
            self.findings.report((*path, "near"), f"what may be lacking is at least 0, not {one.near}")
        scenario = self.scenario
        nouns = [noun.id for nouns in (scenario.meters, scenario.tracks) for noun in nouns]
        claims = [claim.id for claim in scenario.claims]
        for at, weight in enumerate(one.weights):
            here: Path = (*path, "weights", at)
            meaning = self.findings.amount((*here, "points"), weight.points)
            if meaning is not None and meaning.known_to is not None:
                self.findings.report((*here, "points"), "a weight may hang only on what everybody knows")
            if weight.of:
                self.findings.name((*here, "of"), weight.of, nouns, "meter or track")
            self.findings.names((*here, "claims"), weight.claims, claims, "claim")
        if one.reading is not None:
            self._reading((*path, "reading"), one.reading)

    def _reading(self, path: Path, one: Reading) -> None:
        variables = {noun.id: noun for noun in self.scenario.variables}
        if not self.findings.name((*path, "variable"), one.variable, variables, "variable"):
            return
        for value, bounds in one.lacking.items():
            self.findings.name(
                (*path, "lacking", value), value, variables[one.variable].values, f"value of '{one.variable}' called"
            )
            if bounds[0] > bounds[1]:
                self.findings.report((*path, "lacking", value), f"no number is from {bounds[0]} to {bounds[1]}")
