"""Checks of a pack's presentation: that what it names is in the pack, and can be shown as it asks."""

from __future__ import annotations

import functools
import re
from collections.abc import Collection, Mapping
from typing import Any

import attrs

from tabletop.scenario.advice_checks import AdviceChecks
from tabletop.scenario.findings import Findings
from tabletop.scenario.negotiation_checks import NegotiationChecks
from tabletop.scenario.pack import Scenario
from tabletop.scenario.presentation import KINDS, NEEDS, SIDES, WAITS, Appearance, first_day, is_file
from tabletop.scenario.problems import Path, quoted
from tabletop.storage.shipped_data import shelf

MOST_STEPS = 60


@functools.cache
def icon_names() -> frozenset[str]:
    """The icons that ship with the program, by name."""
    return frozenset(file.stem for file in (shelf("assets") / "icons").glob("*.svg"))


@attrs.define
class PresentationChecks:
    """Looks through the section `presentation` of a pack."""

    scenario: Scenario
    findings: Findings

    def all(self) -> None:
        """Reports whatever names nothing, or cannot be shown."""
        shown = self.scenario.presentation
        self._calendar()
        if shown.negotiation is not None:
            NegotiationChecks(self.scenario, self.findings).all(shown.negotiation)
        self._map()
        self._title()
        self._lesson()
        AdviceChecks(self.scenario, self.findings).all()
        self._beliefs()
        tracks = [track.id for track in self.scenario.tracks]
        self._looks("seats", shown.seats, self._seats, "seat")
        self._looks("meters", shown.meters, [*self._meters, *tracks], "meter or track")
        self._looks("kinds", shown.kinds, KINDS, "kind of card")
        cards = [card.id for card in self.scenario.cards]
        for id in shown.cards:
            self.findings.name(("presentation", "cards", id), id, cards, "card")

    @property
    def _seats(self) -> list[str]:
        return [seat.id for seat in self.scenario.seats]

    @property
    def _meters(self) -> list[str]:
        return [meter.id for meter in self.scenario.meters]

    @property
    def _stages(self) -> list[str]:
        return [stage.id for stage in self.scenario.stages]

    def _calendar(self) -> None:
        one = self.scenario.presentation.calendar
        if one is None:
            return
        path: Path = ("presentation", "calendar")
        self.findings.name((*path, "stage"), one.stage, self._stages, "stage")
        variables = {noun.id: noun for noun in self.scenario.variables}
        counts = bool(one.counts) and self.findings.name((*path, "counts"), one.counts, variables, "variable")
        if counts and variables[one.counts].range is None:
            self.findings.report((*path, "counts"), f"'{one.counts}' counts nothing: it has no 'range'")
        if one.variable and self.findings.name((*path, "variable"), one.variable, variables, "variable"):
            values = variables[one.variable].values
            self.findings.names((*path, "stands"), one.stands, values, f"value of '{one.variable}' called")
            if not one.stands:
                self.findings.lacks(path, f"say which values of '{one.variable}' mean that a date stands", "stands")
        elif one.stands and not one.variable:
            self.findings.report((*path, "stands"), "say of which 'variable' these are values")
        if one.first and first_day(one) is None:
            self.findings.report((*path, "first"), f'{quoted(one.first)} is no date: write it as "2018-03-08"')
        if not 1 <= one.days <= 3660:
            self.findings.report((*path, "days"), f"from turn to turn it is 1 to 3660 days, not {one.days}")

    def _map(self) -> None:
        one = self.scenario.presentation.map
        if one is None:
            return
        path: Path = ("presentation", "map")
        for field in ("places", "edges"):
            self._keys((*path, field), getattr(one, field), self._seats, "seat")
        self._edges((*path, "edges"), one.edges)
        for field in ("view", "wide"):
            self._view((*path, field), getattr(one, field))

    def _edges(self, path: Path, edges: Mapping[str, tuple[int, int]]) -> None:
        for seat, ends in edges.items():
            if not all(0 <= end <= 100 for end in ends):
                self.findings.report((*path, seat), "an edge is two numbers from 0 to 100: per cent across and down")

    def _view(self, path: Path, view: tuple[int, ...]) -> None:
        if view and (len(view) != 4 or view[2] <= 0 or view[3] <= 0 or max(map(abs, view)) > 1_000_000):
            self.findings.report(path, "a part of the map is four numbers: left, top, width and height")

    def _title(self) -> None:
        one = self.scenario.presentation.title
        if one is None:
            return
        path: Path = ("presentation", "title")
        self._view((*path, "view"), one.view)
        self._keys((*path, "edges"), one.edges, self._seats, "seat")
        self._edges((*path, "edges"), one.edges)
        self._keys((*path, "labels"), one.labels, self._seats, "seat")
        for seat, side in one.labels.items():
            self._word((*path, "labels", seat), side, SIDES)
        for at, line in enumerate(one.connections):
            between: Path = (*path, "connections", at, "between")
            self.findings.names(between, line.between, self._seats, "seat")
            if len(line.between) != 2:
                self.findings.lacks(between, "a line is drawn between two seats", "between")
            if not (-100 <= line.bend <= 100 and 0 <= line.strength <= 100):
                self.findings.report((*path, "connections", at), "'bend' is -100 to 100, 'strength' 0 to 100 per cent")

    def _looks(self, section: str, looks: Mapping[str, Appearance], known: Collection[str], noun: str) -> None:
        path: Path = ("presentation", section)
        self._keys(path, looks, known, noun)
        for id, one in looks.items():
            if one.icon and not is_file(one.icon):
                self.findings.name((*path, id, "icon"), one.icon, icon_names(), "icon")
            if one.colour and not re.fullmatch("#[0-9a-fA-F]{6}", one.colour):
                self.findings.report((*path, id, "colour"), f'{quoted(one.colour)} is no colour: write it as "#5585ac"')

    def _lesson(self) -> None:
        lesson = self.scenario.presentation.lesson
        if lesson is None:
            return
        path: Path = ("presentation", "lesson", "steps")
        phases = [phase.id for stage in self.scenario.stages for phase in stage.phases]
        if not 1 <= len(lesson.steps) <= MOST_STEPS:
            self.findings.lacks(path, f"a lesson has from 1 to {MOST_STEPS} steps", "steps")
        seen: set[str] = set()
        for at, step in enumerate(lesson.steps):
            here: Path = (*path, at)
            if step.id in seen:
                self.findings.report((*here, "id"), f"'{step.id}' is declared more than once here")
            seen.add(step.id)
            for place, word in enumerate(step.waits):
                self._word((*here, "waits", place), word, WAITS)
            if step.needs:
                self._word((*here, "needs"), step.needs, NEEDS)
            if step.phase:
                self.findings.name((*here, "phase"), step.phase, phases, "phase")
            for field in ("until", "when"):
                player = self.scenario.player
                self.findings.known_condition((*here, field), getattr(step, field), player, "this step of the lesson")
        for at, one in enumerate(lesson.learnt):
            self.findings.name(("presentation", "lesson", "learnt", at, "icon"), one.icon, icon_names(), "icon")

    def _beliefs(self) -> None:
        hidden = [noun.id for noun in self.scenario.hidden]
        last = sum(stage.turns for stage in self.scenario.stages)
        seen: set[str] = set()
        for at, one in enumerate(self.scenario.presentation.beliefs):
            path: Path = ("presentation", "beliefs", at)
            if self.findings.name((*path, "hidden"), one.hidden, hidden, "hidden truth") and one.hidden in seen:
                self.findings.report((*path, "hidden"), f"'{one.hidden}' is asked about more than once here")
            seen.add(one.hidden)
            variables = [noun.id for noun in self.scenario.variables]
            self.findings.names((*path, "counts"), one.counts, variables, "variable")
            for place, turn in enumerate(one.turns):
                if not 1 <= turn <= last:
                    self.findings.report((*path, "turns", place), f"the game has the turns 1 to {last}, and no {turn}")

    def _keys(self, path: Path, mapping: Mapping[str, Any], known: Collection[str], noun: str) -> None:
        for name in mapping:
            self.findings.name((*path, name), name, known, noun)

    def _word(self, path: Path, word: str, words: Collection[str]) -> None:
        if word not in words:
            known = ", ".join(words)
            self.findings.report(path, f"{quoted(word)} is none of {known}", self.findings.near(word, words))
