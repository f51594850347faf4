"""Checks of a class and its questions: phases that take time, questions that can be answered."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from tabletop.scenario.classroom import MOMENTS, ClassPhase, ClassPlan, Question
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path, quoted
from tabletop.scenario.scope import good_id

MOST_MINUTES = 24 * 60
MOST_SECONDS = 24 * 3600
MOST_OPTIONS = 20
MOST_POINTS = 100


@attrs.define
class ClassroomChecks:
    """Checks the class plans and the questions of a pack. `words` checks the words of a noun."""

    scenario: Scenario
    findings: Findings
    words: Callable[[Path, Any], None]

    def all(self) -> None:
        """Checks them all; questions that no phase asks are told as a warning."""
        for index, plan in enumerate(self.scenario.classroom):
            self._plan(("classroom", index), plan)
        for index, question in enumerate(self.scenario.questions):
            self._question(("questions", index), question)
        asked = {phase.asks for plan in self.scenario.classroom for phase in plan.phases}
        if self.scenario.classroom and self.findings.repairs.complete:
            for index, question in enumerate(self.scenario.questions):
                if question.moment not in asked:
                    message = f"no phase of a class asks the questions of the moment '{question.moment}'"
                    self.findings.warn(("questions", index, "moment"), message)

    def _plan(self, path: Path, plan: ClassPlan) -> None:
        if not plan.phases:
            self.findings.report((*path, "phases"), f"the class '{plan.id}' has no phases")
        seen: set[str] = set()
        for index, phase in enumerate(plan.phases):
            here = (*path, "phases", index)
            if phase.id in seen:
                self.findings.report((*here, "id"), f"'{phase.id}' is declared more than once in the class '{plan.id}'")
            elif not good_id(phase.id):
                message = f"'{phase.id}' cannot be an id: use small letters, digits and _, no reserved word"
                self.findings.report((*here, "id"), message)
            seen.add(phase.id)
            self._phase(here, phase)

    def _phase(self, path: Path, phase: ClassPhase) -> None:
        report = self.findings.report
        self.words(path, phase)
        if not 1 <= phase.minutes <= MOST_MINUTES:
            report((*path, "minutes"), f"a phase of a class takes from 1 to {MOST_MINUTES} minutes")
        most = sum(stage.turns for stage in self.scenario.stages)
        if not 0 <= phase.turns <= most:
            report((*path, "turns"), f"the game has up to {most} turns, and this phase plays {phase.turns}")
        asked = {one.moment for one in self.scenario.questions}
        if phase.asks in MOMENTS and phase.asks not in asked and self.findings.repairs.complete:
            report((*path, "asks"), f"there is no question of the moment '{phase.asks}' to be asked")
        phases = [one.id for stage in self.scenario.stages for one in stage.phases]
        for name, seconds in phase.seconds.items():
            if self.findings.name((*path, "seconds", name), name, phases, "phase") and not 1 <= seconds <= MOST_SECONDS:
                report((*path, "seconds", name), f"a phase has from 1 to {MOST_SECONDS:,} seconds")

    def _question(self, path: Path, question: Question) -> None:
        report = self.findings.report
        self.words(path, question)
        if question.meter is not None:
            self.findings.name((*path, "meter"), question.meter, [one.id for one in self.scenario.meters], "meter")
        if question.kind != "number":
            for field in ("meter", "range"):
                if getattr(question, field) is not None:
                    report((*path, field), f"only a question that asks for a number has a {field}")
        elif question.range is not None and question.range[0] >= question.range[1]:
            report((*path, "range"), "the range goes from the lower number to the higher")
        if question.kind != "choice" and (question.options or question.among != "options"):
            report(
                (*path, "options" if question.options else "among"), "only a question of the kind choice has options"
            )
        if question.kind == "choice":
            self._options(path, question)
        if not 0 <= question.points <= MOST_POINTS:
            report((*path, "points"), f"an answer is worth from 0 to {MOST_POINTS} points")

    def _options(self, path: Path, question: Question) -> None:
        report = self.findings.report
        if question.among != "options":
            if question.options:
                report((*path, "options"), f"the options are all {question.among} already: leave one of the two out")
            elif not getattr(self.scenario, question.among, True) and self.findings.repairs.complete:
                report((*path, "among"), f"the scenario has no {question.among} to choose among")
            return
        if not 2 <= len(question.options) <= MOST_OPTIONS:
            message = f"a choice has from 2 to {MOST_OPTIONS} options, and this has {len(question.options)}"
            report((*path, "options") if question.options else path, message)
        for index, option in enumerate(question.options):
            if not option.strip():
                report((*path, "options", index), "an option says something")
            elif option in question.options[:index]:
                report((*path, "options", index), f"the option {quoted(option)} is there twice")
