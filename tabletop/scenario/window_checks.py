"""Checks the days of turns, and that no dated card comes up at a time when it would not be news."""

from __future__ import annotations

import datetime
import itertools

import attrs

from tabletop.scenario.cards import Card
from tabletop.scenario.findings import Findings
from tabletop.scenario.pack import Scenario
from tabletop.scenario.problems import Path, quoted
from tabletop.scenario.reachability import Reachability
from tabletop.scenario.turns import Stage
from tabletop.scenario.windows import day_of, days_of_turn, is_timely


def check_days(scenario: Scenario, findings: Findings) -> None:
    """Reports days that are no dates, and days of turns or windows that run backwards."""
    for index, stage in enumerate(scenario.stages):
        _days_of_stage(stage, ("stages", index), findings)
    for index, card in enumerate(scenario.cards):
        window, path = card.window, ("cards", index, "window")
        if window is None:
            continue
        for field, text in (("first", window.first), ("last", window.last)):
            _day((*path, field), text, findings)
        if window.days is not None and window.days[0] > window.days[1]:
            findings.report((*path, "last"), f"{window.last} is before {window.first}, the first day of the window")


def _days_of_stage(stage: Stage, path: Path, findings: Findings) -> None:
    days = [_day((*path, "begins", at), text, findings) for at, text in enumerate(stage.begins)]
    for at, (day, after) in enumerate(itertools.pairwise(days)):
        if day is not None and after is not None and after <= day:
            findings.report((*path, "begins", at + 1), f"turn {at + 2} begins on {after}, not after turn {at + 1}")
    if days and len(days) != stage.turns and not findings.repairs.took(path, "begins", "turns"):
        fault = f"'{stage.id}' has {stage.turns} turns, and says of {len(days)} when they begin: say it of each"
        findings.report((*path, "begins"), fault)


def _day(path: Path, text: str, findings: Findings) -> datetime.date | None:
    day = day_of(text)
    if day is None:
        findings.report(path, f'{quoted(text)} is no date: write it as "2018-03-08"')
    return day


@attrs.define
class WindowChecks:
    """Warns of dated cards that can come up outside their window, in a pack without errors."""

    scenario: Scenario
    findings: Findings
    reach: Reachability

    def all(self) -> None:
        for index, card in enumerate(self.scenario.cards):
            stages = [at for at, stage in enumerate(self.scenario.stages) if self._deals(stage, card)]
            if any(self.scenario.stages[at].begins for at in stages):
                self._card(("cards", index), card, stages)

    def _deals(self, stage: Stage, card: Card) -> bool:
        return card.deck is not None and any(phase.deal == card.deck for phase in stage.phases)

    def _card(self, path: Path, card: Card, stages: list[int]) -> None:
        window = card.window
        if window is None:
            if card.date and card.certainty != "invented":
                fault = f"the card '{card.id}' has a date, and no 'window' says on which days it may come up"
                self.findings.warn((*path, "date"), fault)
        elif window.moves:
            if card.eligible is None:
                fault = f"'{card.id}' moves with the course of the game, and nothing ties it to that: say in 'eligible'"
                self.findings.warn((*path, "window", "moves"), f"{fault} what must be so")
        else:
            for at in stages:
                self._in_time(path, card, at)

    def _in_time(self, path: Path, card: Card, at: int) -> None:
        stage = self.scenario.stages[at]
        early = [turn for turn in self._turns(card, at) if not is_timely(card.window, stage.begins, turn)]
        days = days_of_turn(stage.begins, early[0]) if early else None
        if card.window is None or days is None:
            return
        timely = [turn for turn in range(1, stage.turns + 1) if is_timely(card.window, stage.begins, turn)]
        fault = (
            f"the card '{card.id}' can come up in {stage.turn} {early[0]} ({days[0]} to {days[1]}), "
            f"outside its window, {card.window.first} to {card.window.last}"
        )
        mend = f"let its 'turns' be [{timely[0]}, {timely[-1]}]" if timely else "no turn has a day of it"
        self.findings.warn((*path, "turns" if card.turns is not None else "window"), f"{fault}: {mend}")

    def _turns(self, card: Card, at: int) -> list[int]:
        """The turns of a stage in which a card may come up."""
        first, last = card.turns or (1, self.scenario.stages[at].turns)
        turns = range(max(1, first), min(last, self.scenario.stages[at].turns) + 1)
        eligible = self.reach.condition(card.eligible)
        return [turn for turn in turns if self.reach.at([at], (turn, turn)).satisfiable(eligible)]
