"""Checks of the advice in a pack's presentation: who counsels whom, of which move, and when."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from tabletop.scenario.actions import Action
from tabletop.scenario.advice import MOST_DEALT, Adviser, Counsel
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path

#: The most that one line can weigh.
MOST_WEIGHT = 100
_PATH: Path = ("presentation", "advice")


@attrs.define
class AdviceChecks:
    """Looks through `advice` in the section `presentation` of a pack."""

    scenario: Scenario
    findings: Findings

    def all(self) -> None:
        """Reports advisers of nobody, counsel about no move, and conditions that its seat cannot know."""
        advice = self.scenario.presentation.advice
        if advice is None:
            return
        if not 1 <= advice.deals <= MOST_DEALT:
            self.findings.report((*_PATH, "deals"), f"a turn deals 1 to {MOST_DEALT} moves, not {advice.deals}")
        seats = [seat.id for seat in self.scenario.seats]
        known: dict[str, Adviser] = {}
        for at, adviser in enumerate(advice.advisers):
            path: Path = (*_PATH, "advisers", at)
            self.findings.name((*path, "seat"), adviser.seat, seats, "seat")
            if adviser.id in known:
                self.findings.report((*path, "id"), f"'{adviser.id}' is declared more than once here")
            known.setdefault(adviser.id, adviser)
        actions = {action.id: action for action in self.scenario.actions}
        for at, counsel in enumerate(advice.counsel):
            self._counsel((*_PATH, "counsel", at), counsel, known, actions)

    def _counsel(
        self, path: Path, counsel: Counsel, known: Mapping[str, Adviser], actions: Mapping[str, Action]
    ) -> None:
        if not 1 <= counsel.weight <= MOST_WEIGHT:
            self.findings.report((*path, "weight"), f"a weight is 1 to {MOST_WEIGHT}, not {counsel.weight}")
        knows_adviser = self.findings.name((*path, "adviser"), counsel.adviser, known, "adviser")
        if knows_adviser:
            seat = known[counsel.adviser].seat
            self.findings.known_condition((*path, "when"), counsel.when, seat, "what an adviser says")
        if bool(counsel.urges) == bool(counsel.warns):
            self.findings.lacks(path, "an adviser 'urges' an action or 'warns' of it", "urges", "warns")
            return
        field = "urges" if counsel.urges else "warns"
        if not self.findings.name((*path, field), counsel.action, actions, "action"):
            return
        action = actions[counsel.action]
        if knows_adviser and known[counsel.adviser].seat not in action.seats:
            seat = known[counsel.adviser].seat
            self.findings.report((*path, field), f"'{action.id}' is not a move of {seat}, whom this adviser counsels")
        parameters = {parameter.name: parameter.values for parameter in action.parameters}
        for name, value in counsel.using.items():
            here: Path = (*path, "using", name)
            if self.findings.name(here, name, parameters, f"parameter of {action.id} called"):
                self.findings.name(here, value, parameters[name], f"value of {name} called")
